#pragma once
// "Did you mean": the known word that is nearest to a misspelt one.

#include <cstdint>
#include <string>
#include <string_view>

namespace peach::assembler {

class Suggestion {
  public:
    explicit Suggestion(std::string_view misspelt);

    // Capitals count as small letters.
    void consider(std::string_view candidate);

    // "; did you mean `addi`?", or nothing if no candidate is near enough.
    std::string text() const;

  private:
    std::string_view misspelt_;
    std::string small_;  // the same in small letters
    std::string_view best_;
    size_t best_distance_;
};

// How unlike two words are: 2 for a letter that is left out, added or swapped with its neighbour, 3 for a
// wrong one.
size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace peach::assembler
