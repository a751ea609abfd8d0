#include "assembler/expressions.h"

namespace peach::assembler {

namespace {

constexpr uint32_t kMostOperators = 500;  // repeated `.set x, x * x` doubles them each time
constexpr int kMostNesting = 200;         // `.set` chains deeper than this are taken for circles
constexpr int kMostSteps = 100'000;       // one that branches everywhere would take for ever

struct OperatorRow {
    std::string_view text;
    Operator op;
    uint8_t precedence;
};

// Longer spellings first.
constexpr OperatorRow kOperators[] = {
    {"<<", Operator::shift_left, 6}, {">>", Operator::shift_right, 6}, {"&&", Operator::logical_and, 2},
    {"||", Operator::logical_or, 1}, {"==", Operator::equal, 3},       {"!=", Operator::not_equal, 3},
    {"<>", Operator::not_equal, 3},  {"<=", Operator::less_equal, 3},  {">=", Operator::greater_equal, 3},
    {"+", Operator::add, 4},         {"-", Operator::subtract, 4},     {"*", Operator::multiply, 6},
    {"/", Operator::divide, 6},      {"%", Operator::remainder, 6},    {"&", Operator::bit_and, 5},
    {"|", Operator::bit_or, 5},      {"^", Operator::bit_xor, 5},      {"!", Operator::bit_or_not, 5},
    {"<", Operator::less, 3},        {">", Operator::greater, 3},
};

// Wraps around like the machine would, so that no input is undefined behaviour here.
std::optional<int64_t> calculate(Operator op, int64_t left, int64_t right) {
    const auto a = static_cast<uint64_t>(left);
    const auto b = static_cast<uint64_t>(right);
    const auto truth = [](bool value) { return static_cast<int64_t>(value ? -1 : 0); };  // as GNU as has it
    switch (op) {
        case Operator::add:
            return static_cast<int64_t>(a + b);
        case Operator::subtract:
            return static_cast<int64_t>(a - b);
        case Operator::multiply:
            return static_cast<int64_t>(a * b);
        case Operator::divide:
            if (right == 0) return std::nullopt;
            return right == -1 ? static_cast<int64_t>(0 - a) : left / right;
        case Operator::remainder:
            if (right == 0) return std::nullopt;
            return right == -1 ? 0 : left % right;
        case Operator::shift_left:
            return b > 63 ? 0 : static_cast<int64_t>(a << b);
        case Operator::shift_right:
            return b > 63 ? 0 : static_cast<int64_t>(a >> b);
        case Operator::bit_and:
            return left & right;
        case Operator::bit_or:
            return left | right;
        case Operator::bit_xor:
            return left ^ right;
        case Operator::bit_or_not:
            return left | ~right;
        case Operator::equal:
            return truth(left == right);
        case Operator::not_equal:
            return truth(left != right);
        case Operator::less:
            return truth(left < right);
        case Operator::less_equal:
            return truth(left <= right);
        case Operator::greater:
            return truth(left > right);
        case Operator::greater_equal:
            return truth(left >= right);
        case Operator::logical_and:
            return left != 0 && right != 0 ? 1 : 0;
        case Operator::logical_or:
            return left != 0 || right != 0 ? 1 : 0;
    }
    return std::nullopt;
}

int64_t wrapping_add(int64_t a, int64_t b) {
    return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

int64_t wrapping_subtract(int64_t a, int64_t b) {
    return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}

// Turns plus - minus into a number if both are in one place of one section.
void fold_distance(const Program& program, Expression& expression) {
    if (expression.plus == kNoSymbol || expression.minus == kNoSymbol) return;
    if (expression.plus != expression.minus) {
        const Position& plus = program.symbols[expression.plus].position;
        const Position& minus = program.symbols[expression.minus].position;
        const bool fixed =
            plus.section == minus.section && plus.section < kAbsolute && plus.stretches == minus.stretches;
        if (!fixed) return;
        expression.constant = wrapping_add(
            expression.constant, static_cast<int64_t>(plus.offset) - static_cast<int64_t>(minus.offset));
    }
    expression.plus = kNoSymbol;
    expression.minus = kNoSymbol;
}

uint32_t operators_in(const Program& program, const Expression& expression) {
    return expression.node < 0 ? 0 : program.nodes[static_cast<size_t>(expression.node)].operators;
}

std::expected<Expression, std::string_view> add_node(Program& program, Operator op, const Expression& left,
                                                     const Expression& right) {
    const uint32_t operators = 1 + operators_in(program, left) + operators_in(program, right);
    if (operators > kMostOperators) return std::unexpected("this expression is too complicated");
    program.nodes.push_back({.op = op, .left = left, .right = right, .operators = operators});
    Expression expression;
    expression.node = static_cast<int32_t>(program.nodes.size() - 1);
    return expression;
}

bool fits_one_shape(const Expression& left, SymbolId right_plus, SymbolId right_minus) {
    return (left.plus == kNoSymbol || right_plus == kNoSymbol) &&
           (left.minus == kNoSymbol || right_minus == kNoSymbol);
}

class Evaluation {
  public:
    explicit Evaluation(const Program& program) : program_(program) {}

    std::optional<int64_t> value(const Expression& expression) {
        if (expression.node >= 0) return node_value(program_.nodes[static_cast<size_t>(expression.node)]);
        int64_t sum = expression.constant;
        if (expression.plus != kNoSymbol) {
            if (expression.minus == kNoSymbol && is_dropped(expression.plus)) return kDroppedAddress;
            const auto plus = symbol_value(expression.plus);
            if (!plus) return std::nullopt;
            sum = wrapping_add(sum, *plus);
        }
        if (expression.minus != kNoSymbol) {
            const auto minus = symbol_value(expression.minus);
            if (!minus) return std::nullopt;
            sum = wrapping_subtract(sum, *minus);
        }
        return sum;
    }

  private:
    bool is_dropped(SymbolId id) const {
        const Symbol& symbol = program_.resolve(id);
        return symbol.position.section < kAbsolute && !program_.sections[symbol.position.section].kept;
    }

    std::optional<int64_t> symbol_value(SymbolId id) {
        const Symbol& symbol = program_.resolve(id);
        if (symbol.value >= 0) {
            if (nesting_ >= kMostNesting || ++steps_ > kMostSteps) return std::nullopt;
            ++nesting_;
            const auto result = value(program_.values[static_cast<size_t>(symbol.value)]);
            --nesting_;
            return result;
        }
        if (symbol.position.section == kAbsolute) return symbol.position.offset;
        if (symbol.position.section == kUndefined) {
            return symbol.binding == SymbolBinding::weak ? std::optional<int64_t>(0) : std::nullopt;
        }
        const Section& section = program_.sections[symbol.position.section];
        return static_cast<int64_t>(section.address) +
               section.stretched(symbol.position.offset, symbol.position.stretches);
    }

    std::optional<int64_t> node_value(const ExpressionNode& node) {
        const auto left = value(node.left);
        const auto right = value(node.right);
        if (!left || !right) return std::nullopt;
        return calculate(node.op, *left, *right);
    }

    const Program& program_;
    int nesting_ = 0;
    int steps_ = 0;
};

}  // namespace

std::optional<OperatorToken> binary_operator(std::string_view text) {
    for (const OperatorRow& row : kOperators) {
        if (text.starts_with(row.text)) {
            return OperatorToken{
                .op = row.op, .precedence = row.precedence, .length = static_cast<uint8_t>(row.text.size())};
        }
    }
    return std::nullopt;
}

std::expected<Expression, std::string_view> combine(Program& program, Operator op, Expression left,
                                                    Expression right) {
    fold_distance(program, left);
    fold_distance(program, right);
    if (left.is_constant() && right.is_constant()) {
        const auto value = calculate(op, left.constant, right.constant);
        if (!value) return std::unexpected("division by zero");
        left.constant = *value;
        return left;
    }
    const bool linear = left.node < 0 && right.node < 0;
    if (op == Operator::add && linear && fits_one_shape(left, right.plus, right.minus)) {
        left.constant = wrapping_add(left.constant, right.constant);
        if (right.plus != kNoSymbol) left.plus = right.plus;
        if (right.minus != kNoSymbol) left.minus = right.minus;
        fold_distance(program, left);
        return left;
    }
    if (op == Operator::subtract && linear && fits_one_shape(left, right.minus, right.plus)) {
        left.constant = wrapping_subtract(left.constant, right.constant);
        if (right.minus != kNoSymbol) left.plus = right.minus;
        if (right.plus != kNoSymbol) left.minus = right.plus;
        fold_distance(program, left);
        return left;
    }
    return add_node(program, op, left, right);
}

std::optional<int64_t> value_now(const Program& program, const Expression& expression) {
    if (expression.node >= 0) {
        const ExpressionNode& node = program.nodes[static_cast<size_t>(expression.node)];
        const auto left = value_now(program, node.left);
        const auto right = value_now(program, node.right);
        if (!left || !right) return std::nullopt;
        return calculate(node.op, *left, *right);
    }
    Expression folded = expression;
    fold_distance(program, folded);
    if (!folded.is_constant()) return std::nullopt;
    return folded.constant;
}

std::optional<int64_t> value_after_layout(const Program& program, const Expression& expression) {
    return Evaluation(program).value(expression);
}

}  // namespace peach::assembler
