#pragma once
// A lens file into statements: one a line, each knowing where it stands in the file. Private to the lens
// compiler.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peach::debugger::detail {

// A piece of the file, to be read word by word from the left.
class LensStatement {
  public:
    LensStatement(std::string_view text, size_t offset) : text_(text), offset_(offset) {}

    // The next word ([A-Za-z0-9_]+), and where it began; empty if something else comes.
    std::string take_word();
    // The next "quoted text"; empty if something else comes.
    std::string take_quoted();
    // Anything up to the next space.
    std::string take_any();
    bool accept(char sign);
    // What is left, without spaces around it.
    std::string_view rest();
    bool at_end() { return rest().empty(); }

    // The place in the file of what would be taken next.
    size_t offset();

  private:
    void skip_spaces();

    std::string_view text_;
    size_t offset_;
    size_t at_ = 0;
};

// The statements of a file. Comments are blanked out; a backslash at the end of a line joins it with the
// next. `storage` keeps the text that the statements refer to; it is as long as the file, place by place.
std::vector<LensStatement> statements_of(std::string_view file_text, std::string& storage);

// Line and column, from 1, of a place in a text, and that whole line.
struct TextPlace {
    uint32_t line = 1;
    uint32_t column = 1;
    std::string_view text;
};
TextPlace place_in(std::string_view file_text, size_t offset);

}  // namespace peach::debugger::detail
