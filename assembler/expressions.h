#pragma once
// Arithmetic on expressions: folded at once where everything is known, else kept for after the layout.

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "assembler/program.h"

namespace peach::assembler {

struct OperatorToken {
    Operator op;
    uint8_t precedence;  // as in GNU as: 6 * / % << >>, 5 | & ^ !, 4 + -, 3 comparisons, 2 &&, 1 ||
    uint8_t length;      // characters
};

// The binary operator that a text begins with.
std::optional<OperatorToken> binary_operator(std::string_view text);

// left op right; or what is wrong with it.
std::expected<Expression, std::string_view> combine(Program& program, Operator op, Expression left,
                                                    Expression right);

// The value, if it does not depend on the layout: numbers, and distances between labels with nothing
// stretchable between them.
std::optional<int64_t> value_now(const Program& program, const Expression& expression);

// What debug information says about code that was dropped; debuggers know this value (DWARF issue 200609.1).
inline constexpr int64_t kDroppedAddress = 0xFFFFFFFF;

// The value after the layout. Symbols of dropped sections have kDroppedAddress, though distances between them
// are right. Nothing if a symbol is undefined, defined by itself, or a divisor is zero, or if it takes far
// too long.
std::optional<int64_t> value_after_layout(const Program& program, const Expression& expression);

// Calls visit(SymbolId) for every symbol the expression mentions.
template <typename Visit>
void for_each_symbol(const Program& program, const Expression& expression, Visit visit) {
    if (expression.plus != kNoSymbol) visit(expression.plus);
    if (expression.minus != kNoSymbol) visit(expression.minus);
    if (expression.node < 0) return;
    const ExpressionNode& node = program.nodes[static_cast<size_t>(expression.node)];
    for_each_symbol(program, node.left, visit);
    for_each_symbol(program, node.right, visit);
}

}  // namespace peach::assembler
