#pragma once
// Colours for the words of C source and of instructions.

#include <string_view>
#include <vector>

#include "debugger/views/code.h"  // and with it the disassembler's tokens
#include "gui/theme.h"

namespace peach::gui {

struct ColouredWord {
    std::string_view text;  // of the line that was given
    Colour colour;
};

// One line of C by itself: comments that began on an earlier line are recognised by a leading `*`.
std::vector<ColouredWord> coloured_c(std::string_view line, const Theme& theme);
// One line of assembly: a mnemonic and its operands, then a comment.
std::vector<ColouredWord> coloured_assembly(std::string_view line, const Theme& theme);
Colour token_colour(const assembler::Token& token, const Theme& theme);

}  // namespace peach::gui
