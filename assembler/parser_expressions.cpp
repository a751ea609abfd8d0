// Expressions, numbers, characters and strings.
//
//   expression   term (operator term)*         precedence as in GNU as, see expressions.h
//   term         number  'c'  symbol  .  1b  1f  ( expression )  - term  + term  ~ term  ! term

#include <fmt/format.h>

#include "assembler/expressions.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

constexpr uint32_t kMostNesting = 100;

int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

}  // namespace

bool Parser::parse_expression(Expression& value, int least_precedence) {
    if (++nesting_ > kMostNesting) {
        --nesting_;
        return error_here("this expression is nested too deeply");
    }
    bool good = parse_term(value);
    uint32_t operators = 0;
    while (good) {
        cursor_.skip_blanks();
        if (cursor_.at_end_of_statement() || cursor_.peek() == ',' || cursor_.peek() == ')') break;
        const auto token = binary_operator(cursor_.rest());
        if (!token || token->precedence < least_precedence) break;
        if (++operators > kMostNesting) {
            good = error_here("this expression is too long");
            break;
        }
        const uint32_t at = cursor_.offset();
        cursor_.advance(token->length);
        Expression right;
        good = parse_expression(right, token->precedence + 1);
        if (!good) break;
        const auto combined = combine(program_, token->op, value, right);
        if (!combined) {
            good = error(at, token->length, std::string(combined.error()));
            break;
        }
        value = *combined;
    }
    --nesting_;
    return good;
}

bool Parser::parse_term(Expression& value) {
    cursor_.skip_blanks();
    const char c = cursor_.peek();
    if (is_digit(c)) return parse_number(value);
    if (c == '\'') return parse_character(value);
    if (c == '(') {
        cursor_.advance();
        if (!parse_expression(value)) return false;
        return cursor_.take(')') || expected("`)`");
    }
    if (c == '-' || c == '+' || c == '~' || c == '!') return parse_unary(value, c);
    if (c == '.' && !is_name_character(cursor_.peek_next())) {
        cursor_.advance();
        value = {.plus = symbol_here()};
        return true;
    }
    if (!is_name_start(c) && c != '"') return expected("a number, a symbol or an expression");
    std::string_view name;
    if (!parse_symbol_name(name, "a symbol")) return false;
    const SymbolId id = symbol(name);
    Symbol& used = program_.symbols[id];
    used.awaited |= !used.is_defined();
    const int32_t assigned = used.value;
    value = assigned >= 0 ? program_.values[static_cast<size_t>(assigned)] : Expression{.plus = id};
    return true;
}

bool Parser::parse_unary(Expression& value, char op) {
    const uint32_t at = cursor_.offset();
    cursor_.advance();
    if (++nesting_ > kMostNesting) {
        --nesting_;
        return error(at, 1, "this expression is nested too deeply");
    }
    Expression operand;
    const bool good = parse_term(operand);
    --nesting_;
    if (!good) return false;
    std::expected<Expression, std::string_view> result = operand;
    if (op == '-') result = combine(program_, Operator::subtract, {}, operand);
    if (op == '~') result = combine(program_, Operator::bit_xor, operand, {.constant = -1});
    if (op == '!') {
        // Comparisons are -1 or 0, as GNU as has them; `!` is 1 or 0.
        result = combine(program_, Operator::equal, operand, {});
        if (result) result = combine(program_, Operator::logical_and, *result, {.constant = 1});
    }
    if (!result) return error(at, 1, std::string(result.error()));
    value = *result;
    return true;
}

// 10  0x10  0b10  010  1b  1f
bool Parser::parse_number(Expression& value) {
    const uint32_t begin = cursor_.offset();
    int base = 10;
    if (cursor_.peek() == '0') {
        const char next = cursor_.peek_next();
        if (next == 'x' || next == 'X') base = 16;
        const bool digit_follows = cursor_.rest().size() > 2 && is_digit(cursor_.rest()[2]);
        if ((next == 'b' || next == 'B') && digit_follows) base = 2;
        if (is_digit(next)) base = 8;
        if (base == 16 || base == 2) cursor_.advance(2);
    }
    uint64_t number = 0;
    uint32_t digits = 0;
    bool too_large = false;
    while (digit_value(cursor_.peek()) < base) {
        too_large |= __builtin_mul_overflow(number, static_cast<uint64_t>(base), &number);
        too_large |=
            __builtin_add_overflow(number, static_cast<uint64_t>(digit_value(cursor_.peek())), &number);
        cursor_.advance();
        ++digits;
    }
    const char after = cursor_.peek();
    if (base == 10 || (base == 8 && digits == 1)) {
        const bool label = (after == 'b' || after == 'f') && !is_name_character(cursor_.peek_next());
        if (label) return parse_numeric_label_use(number, begin, value);
    }
    if (digits == 0 || is_name_character(after)) {
        while (is_name_character(cursor_.peek())) cursor_.advance();
        return error(
            begin, cursor_.offset() - begin,
            fmt::format("`{}` is not a number: expected decimal, 0x hexadecimal, 0b binary or 0 octal digits",
                        cursor_.since(begin)));
    }
    if (too_large) return error(begin, cursor_.offset() - begin, "this number does not fit in 64 bits");
    value = {.constant = static_cast<int64_t>(number)};
    return true;
}

bool Parser::parse_numeric_label_use(uint64_t number, uint32_t begin, Expression& value) {
    const bool back = cursor_.peek() == 'b';
    cursor_.advance();
    NumericLabel& label = numeric_label(number);
    if (back) {
        if (label.latest == kNoSymbol) {
            return error(
                begin, cursor_.offset() - begin,
                fmt::format("no label `{0}:` stands before: `{0}b` means the last one in this file", number));
        }
        value = {.plus = label.latest};
        return true;
    }
    if (label.awaited == kNoSymbol) {
        program_.symbols.emplace_back().unit = unit_;
        label.awaited = static_cast<SymbolId>(program_.symbols.size() - 1);
        label.awaited_at = begin;
    }
    value = {.plus = label.awaited};
    return true;
}

// 'a'  '\n'  and GNU's 'a without an end
bool Parser::parse_character(Expression& value) {
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    if (cursor_.at_end() || cursor_.peek() == '\n') return error(begin, 1, "expected a character after `'`");
    std::string bytes;
    if (cursor_.peek() == '\\') {
        if (!parse_escape(bytes)) return false;
    } else if (static_cast<unsigned char>(cursor_.peek()) >= 0x80) {
        return error(begin, 1 + cursor_.word_length(), "this character is more than one byte: use .ascii");
    } else {
        bytes = cursor_.peek();
        cursor_.advance();
    }
    if (cursor_.peek() == '\'') cursor_.advance();
    value = {.constant = static_cast<uint8_t>(bytes[0])};
    return true;
}

bool Parser::parse_constant(int64_t& value, std::string_view what) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    Expression expression;
    if (!parse_expression(expression)) return false;
    const auto constant = value_now(program_, expression);
    if (constant) {
        value = *constant;
        return true;
    }
    return not_known(begin, what);
}

bool Parser::not_known(uint32_t begin, std::string_view what) {
    return error(
        begin, cursor_.offset() - begin,
        fmt::format(
            "{} must be a number that is known here, not one that depends on later lines or on the layout",
            what));
}

bool Parser::parse_string(std::string& bytes) {
    cursor_.skip_blanks();
    if (cursor_.peek() != '"') return expected("a string in double quotes");
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    while (cursor_.peek() != '"') {
        if (cursor_.at_end() || cursor_.peek() == '\n') {
            return error(begin, cursor_.offset() - begin,
                         "this string is never closed: expected `\"` on the same line");
        }
        if (cursor_.peek() == '\\') {
            if (!parse_escape(bytes)) return false;
        } else {
            bytes += cursor_.peek();
            cursor_.advance();
        }
    }
    cursor_.advance();
    return true;
}

bool Parser::parse_escape(std::string& bytes) {
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    const char c = cursor_.at_end() ? '\n' : cursor_.peek();
    if (c >= '0' && c <= '7') {
        uint32_t code = 0;
        for (int i = 0; i < 3 && cursor_.peek() >= '0' && cursor_.peek() <= '7'; ++i) {
            code = code * 8 + static_cast<uint32_t>(cursor_.peek() - '0');
            cursor_.advance();
        }
        bytes += static_cast<char>(code);
        return true;
    }
    if (c == 'x') {
        cursor_.advance();
        uint32_t code = 0;
        uint32_t digits = 0;
        for (; digit_value(cursor_.peek()) < 16; ++digits) {
            code = code * 16 + static_cast<uint32_t>(digit_value(cursor_.peek()));
            cursor_.advance();
        }
        if (digits == 0) return error(begin, 2, "expected hexadecimal digits after `\\x`");
        bytes += static_cast<char>(code);
        return true;
    }
    constexpr std::string_view kLetters = "nrtbfv\\\"'ae";
    constexpr std::string_view kMeanings = "\n\r\t\b\f\v\\\"'\a\x1b";
    const size_t which = c == '\n' ? kLetters.npos : kLetters.find(c);
    if (which == kLetters.npos) {
        return error(
            begin, 2,
            "unknown escape: expected one of \\n \\r \\t \\b \\f \\v \\a \\e \\\\ \\\" \\' \\123 \\x1F");
    }
    bytes += kMeanings[which];
    cursor_.advance();
    return true;
}

// A plain name, or one in double quotes, which may hold any characters.
bool Parser::parse_symbol_name(std::string_view& name, std::string_view what) {
    cursor_.skip_blanks();
    if (cursor_.peek() != '"') {
        name = cursor_.name();
        return !name.empty() || expected(what);
    }
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    while (!cursor_.at_end() && cursor_.peek() != '"' && cursor_.peek() != '\n') cursor_.advance();
    if (cursor_.peek() != '"' || cursor_.offset() == begin + 1) {
        return error(begin, cursor_.offset() - begin, "expected a name in the quotes");
    }
    name = cursor_.since(begin).substr(1);
    cursor_.advance();
    return true;
}

}  // namespace peach::assembler
