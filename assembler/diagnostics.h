#pragma once
// What the assembler has to say about a source file.
//
// A diagnostic names one place exactly. `render` prints it the way compilers do:
//
//   hello.s:3:5: error: unknown instruction `adi`; did you mean `addi`?
//       3 |     adi a0, a0, 1
//         |     ^~~
//   hello.s:9:1: note: ...

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peach::assembler {

enum class Severity : uint8_t { error, warning, note };

// Slips that are no errors. Each can be switched off by its name: `-Wno-NAME`.
enum class Warning : uint8_t {
    fall_through,     // execution runs over the end of a section
    stack_alignment,  // sp is no multiple of 4 at a call
    lost_result,      // li, la or mv into the register zero
    user,             // `.warning`
};

inline constexpr std::string_view kWarningNames[] = {"fall-through", "stack-alignment", "lost-result",
                                                     "user"};

constexpr std::string_view warning_name(Warning which) {
    return kWarningNames[static_cast<size_t>(which)];
}

std::optional<Warning> find_warning(std::string_view name);

// Which warnings are wanted; all, to begin with.
class WarningSet {
  public:
    bool is_on(Warning which) const { return (off_ >> static_cast<unsigned>(which) & 1u) == 0; }
    void turn_on(Warning which) { off_ &= ~(1u << static_cast<unsigned>(which)); }
    void turn_off(Warning which) { off_ |= 1u << static_cast<unsigned>(which); }
    void turn_all_off() { off_ = ~0u; }
    void turn_all_on() { off_ = 0; }

  private:
    uint32_t off_ = 0;
};

struct Diagnostic {
    Severity severity = Severity::error;
    std::string file = {};     // as the source was named; empty if the message is about the whole program
    uint32_t line = 0;         // from 1; 0 if there is no place
    uint32_t column = 0;       // from 1, in bytes
    uint32_t length = 1;       // how much of the line is underlined, in bytes
    std::string message = {};  // what is wrong, what was expected, what may have been meant
    std::string source_line = {};

    bool operator==(const Diagnostic&) const = default;
};

enum class Colour : uint8_t { off, on };

// One diagnostic, with its source line and caret, ending in a newline.
std::string render(const Diagnostic& diagnostic, Colour colour = Colour::off);

// All of them, and a last line that counts errors and warnings.
std::string render(std::span<const Diagnostic> diagnostics, Colour colour = Colour::off);

bool has_errors(std::span<const Diagnostic> diagnostics);

}  // namespace peach::assembler
