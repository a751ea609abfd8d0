#include "debugger/expression_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emulator/isa/registers.h"

namespace peach::debugger::detail {
namespace {

constexpr int kDeepestNesting = 200;
constexpr uint64_t kPcNumber = 16;

struct BinaryOperator {
    std::string_view sign;
    int precedence;
    std::optional<Operation> operation;  // none: && and ||
};

constexpr std::array<BinaryOperator, 18> kBinaryOperators = {{
    {"||", 1, std::nullopt},
    {"&&", 2, std::nullopt},
    {"|", 3, Operation::bit_or},
    {"^", 4, Operation::bit_xor},
    {"&", 5, Operation::bit_and},
    {"==", 6, Operation::equal},
    {"!=", 6, Operation::not_equal},
    {"<", 7, Operation::less},
    {"<=", 7, Operation::less_or_equal},
    {">", 7, Operation::greater},
    {">=", 7, Operation::greater_or_equal},
    {"<<", 8, Operation::shift_left},
    {">>", 8, Operation::shift_right},
    {"+", 9, Operation::add},
    {"-", 9, Operation::subtract},
    {"*", 10, Operation::multiply},
    {"/", 10, Operation::divide},
    {"%", 10, Operation::remainder},
}};

const BinaryOperator* find_operator(const Token& token) {
    if (token.kind != TokenKind::punctuation) return nullptr;
    const auto found = std::ranges::find(kBinaryOperators, token.text, &BinaryOperator::sign);
    return found == kBinaryOperators.end() ? nullptr : &*found;
}

std::string shown(const Token& token) {
    switch (token.kind) {
        case TokenKind::end:
            return "the end";
        case TokenKind::number:
            return "a number";
        case TokenKind::text:
            return "a string";
        case TokenKind::register_name:
            return "'$" + token.text + "'";
        default:
            return "'" + token.text + "'";
    }
}

}  // namespace

ExpressionParser::ExpressionParser(std::string_view text, const Scope& scope)
    : scope_(scope), info_(*scope.info), rules_(info_.types()), tokens_(tokens_of(text)), rows_(scope.rows) {
    if (scope.pc) variables_ = info_.variables_at(*scope.pc);
    const auto wrong = std::ranges::find(tokens_, TokenKind::wrong, &Token::kind);
    if (wrong != tokens_.end()) fail(wrong->column, wrong->text);
}

NodePtr ExpressionParser::fail(uint32_t column, std::string why) {
    if (!error_) error_ = ExpressionError{.message = std::move(why), .column = column};
    at_ = tokens_.size() - 1;
    return rules_.constant(0, info_.types().int32());
}

NodePtr ExpressionParser::typed(uint32_t column, Typed result) {
    if (failed() || !result) return fail(column, result ? "" : std::move(result.error()));
    return std::move(*result);
}

bool ExpressionParser::is(std::string_view sign) const {
    return peek().kind == TokenKind::punctuation && peek().text == sign;
}

bool ExpressionParser::is_word(std::string_view word) const {
    return peek().kind == TokenKind::name && peek().text == word;
}

bool ExpressionParser::accept(std::string_view sign) {
    if (!is(sign)) return false;
    take();
    return true;
}

void ExpressionParser::expect(std::string_view sign, std::string_view after) {
    if (!accept(sign))
        fail(peek().column, fmt::format("'{}' should follow {}, not {}", sign, after, shown(peek())));
}

std::expected<NodePtr, ExpressionError> ExpressionParser::whole_expression() {
    if (!failed() && peek().kind == TokenKind::end) fail(1, "an expression should stand here");
    NodePtr root = choice();
    if (!failed() && peek().kind != TokenKind::end) {
        const bool assigns = is("=");
        fail(peek().column, assigns ? "expressions only look and cannot assign: did you mean '=='?"
                                    : fmt::format("an operator should stand before {}", shown(peek())));
    }
    if (error_) return std::unexpected(*error_);
    return root;
}

std::expected<CompiledList, ExpressionError> ExpressionParser::whole_list() {
    ListPart part = list();
    if (!failed() && peek().kind != TokenKind::end)
        fail(peek().column, fmt::format("nothing should follow the list, but {} does", shown(peek())));
    if (error_) return std::unexpected(*error_);
    return CompiledList{.row_name = std::move(part.row_name), .list = std::move(part.list)};
}

// ---- Operators
// ---------------------------------------------------------------------------------------------

NodePtr ExpressionParser::choice() {
    if (++depth_ > kDeepestNesting) fail(peek().column, "the expression is nested too deeply");
    NodePtr condition = binary(1);
    const uint32_t column = peek().column;
    if (accept("?")) {
        NodePtr yes = choice();
        expect(":", "the first choice of '?'");
        NodePtr no = choice();
        condition = typed(column, rules_.choose(std::move(condition), std::move(yes), std::move(no)));
    }
    --depth_;
    return condition;
}

NodePtr ExpressionParser::binary(int least_precedence) {
    NodePtr left = unary();
    while (const BinaryOperator* found = find_operator(peek())) {
        if (found->precedence < least_precedence) break;
        const uint32_t column = take().column;
        NodePtr right = binary(found->precedence + 1);
        if (found->operation) {
            left = typed(column, rules_.binary(*found->operation, std::move(left), std::move(right)));
        } else {
            const NodeKind kind = found->precedence == 1 ? NodeKind::either : NodeKind::both;
            left = typed(column, rules_.logical(kind, std::move(left), std::move(right)));
        }
    }
    return left;
}

NodePtr ExpressionParser::unary() {
    if (++depth_ > kDeepestNesting) return fail(peek().column, "the expression is nested too deeply");
    const Token token = peek();
    NodePtr result;
    if (is_word("sizeof")) {
        result = size_of();
    } else if (accept("+")) {
        result = unary();
    } else if (accept("-")) {
        result = typed(token.column, rules_.unary(NodeKind::negate, unary()));
    } else if (accept("~")) {
        result = typed(token.column, rules_.unary(NodeKind::complement, unary()));
    } else if (accept("!")) {
        result = typed(token.column, rules_.unary(NodeKind::logical_not, unary()));
    } else if (accept("*")) {
        result = typed(token.column, rules_.dereference(unary()));
    } else if (accept("&")) {
        result = typed(token.column, rules_.address_of(unary()));
    } else {
        result = postfix();
    }
    --depth_;
    return result;
}

NodePtr ExpressionParser::postfix() {
    NodePtr node = primary();
    while (!failed()) {
        const uint32_t column = peek().column;
        if (accept("[")) {
            node = index(std::move(node), column);
        } else if (is(".") || is("->")) {
            const Token sign = take();
            const Token name = take();
            if (name.kind != TokenKind::name)
                return fail(name.column, fmt::format("a member's name should follow '{}'", sign.text));
            node = typed(name.column, rules_.member(std::move(node), name.text));
        } else if (is("(")) {
            return fail(column, "expressions cannot call functions: that would change the machine");
        } else {
            break;
        }
    }
    return node;
}

NodePtr ExpressionParser::index(NodePtr base, uint32_t column) {
    NodePtr first = choice();
    if (!accept(":")) {
        expect("]", "the index");
        return typed(column, rules_.subscript(std::move(base), std::move(first)));
    }
    NodePtr end = choice();
    expect("]", "the end of the slice");
    return typed(column, rules_.slice(std::move(base), std::move(first), std::move(end)));
}

NodePtr ExpressionParser::primary() {
    const Token token = take();
    switch (token.kind) {
        case TokenKind::number:
            return number(token);
        case TokenKind::text:
            return rules_.literal(token.text);
        case TokenKind::register_name:
            return register_value(token);
        case TokenKind::name:
            return named(token);
        default:
            break;
    }
    if (token.kind == TokenKind::punctuation && token.text == "(") return parenthesis(token.column);
    return fail(token.column, fmt::format("a value should stand here, not {}", shown(token)));
}

NodePtr ExpressionParser::parenthesis(uint32_t column) {
    if (is_word("string") && peek(1).kind == TokenKind::punctuation && peek(1).text == ")") {
        take();
        take();
        NodePtr operand = unary();
        if (!failed() && !rules_.can_be_string(*operand)) {
            return fail(column, fmt::format("(string) needs a pointer to or an array of characters, not {}",
                                            type_name(*operand->type)));
        }
        return rules_.as_string(std::move(operand));
    }
    if (starts_type()) return cast(column);
    NodePtr inner = choice();
    expect(")", "the expression in parentheses");
    return inner;
}

NodePtr ExpressionParser::number(const Token& token) {
    const TypeTable& types = info_.types();
    if (token.is_character) return rules_.constant(token.value, types.character());
    const bool is_wide = token.value > UINT32_MAX || (!token.is_unsigned && token.value > INT32_MAX);
    if (is_wide) return rules_.constant(token.value, token.is_unsigned ? types.uint64() : types.int64());
    return rules_.constant(token.value, token.is_unsigned ? types.uint32() : types.int32());
}

NodePtr ExpressionParser::register_value(const Token& token) {
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::cpu_register;
    node->is_place = true;
    node->type = info_.types().uint32();
    if (token.text == "pc") {
        node->number = kPcNumber;
        return node;
    }
    const auto found = isa::find_register(token.text);
    if (!found) {
        return fail(token.column,
                    fmt::format("there is no register '{}': $a0-$a5, $s1, $t0-$t2, $ra, $sp, $fp, "
                                "$gp, $tp, $zero and $pc are registers",
                                token.text));
    }
    node->number = *found;
    return node;
}

// ---- Types
// -------------------------------------------------------------------------------------------------

bool ExpressionParser::starts_type() const {
    static constexpr std::array<std::string_view, 13> kWords = {
        "struct", "union", "enum", "unsigned", "signed",   "char", "short",
        "int",    "long",  "void", "const",    "volatile", "_Bool"};
    if (peek().kind != TokenKind::name) return false;
    if (std::ranges::find(kWords, peek().text) != kWords.end()) return true;
    // A typedef's name, unless a variable hides it.
    const auto has_name = [&](const Scope::Row& row) { return row.name == peek().text; };
    if (std::ranges::any_of(rows_, has_name) || info_.find_global(peek().text) != nullptr) return false;
    const Type* type = info_.types().find(peek().text);
    return type != nullptr && type->kind == TypeKind::alias;
}

std::string ExpressionParser::base_type_words() {
    static constexpr std::array<std::string_view, 6> kWords = {"unsigned", "signed", "char",
                                                               "short",    "int",    "long"};
    std::string words;
    while (peek().kind == TokenKind::name && std::ranges::find(kWords, peek().text) != kWords.end()) {
        words += (words.empty() ? "" : " ") + take().text;
    }
    return words.empty() ? take().text : words;
}

const Type* ExpressionParser::type_name_here() {
    while (is_word("const") || is_word("volatile")) take();
    const uint32_t column = peek().column;
    std::string name;
    if (is_word("struct") || is_word("union") || is_word("enum")) {
        name = take().text;
        name += " " + take().text;
    } else {
        name = base_type_words();
    }
    const Type* type = info_.types().find(name);
    if (type == nullptr) {
        fail(column, fmt::format("there is no type '{}' in this program", name));
        return nullptr;
    }
    while (is("*") || is_word("const") || is_word("volatile")) {
        if (take().text == "*") type = info_.types().pointer_to(type);
    }
    return type;
}

NodePtr ExpressionParser::cast(uint32_t column) {
    const Type* type = type_name_here();
    expect(")", "the type of a cast");
    NodePtr operand = unary();
    if (failed()) return operand;
    return typed(column, rules_.cast(type, std::move(operand)));
}

NodePtr ExpressionParser::size_of() {
    take();
    const TypeTable& types = info_.types();
    if (is("(")) {
        const size_t before = at_;
        take();
        if (starts_type()) {
            const Type* type = type_name_here();
            expect(")", "the type");
            return rules_.constant(type == nullptr ? 0 : type->size, types.uint32());
        }
        at_ = before;
    }
    const NodePtr operand = unary();
    return rules_.constant(operand->type->size, types.uint32());
}

// ---- Lists
// -------------------------------------------------------------------------------------------------

ExpressionParser::ListPart ExpressionParser::list() {
    const Token name = take();
    if (name.kind != TokenKind::name) {
        fail(name.column, "a list is written NAME in ARRAY, or NAME from POINTER via MEMBER");
        return {};
    }
    const Token word = take();
    const bool is_array = word.kind == TokenKind::name && word.text == "in";
    if (!is_array && (word.kind != TokenKind::name || word.text != "from")) {
        fail(word.column,
             fmt::format("'in ARRAY' or 'from POINTER via MEMBER' should follow '{}'", name.text));
        return {};
    }
    NodePtr source = choice();
    if (is_array)
        return {.row_name = name.text, .list = typed(word.column, rules_.elements(std::move(source)))};
    if (!is_word("via")) {
        fail(peek().column, "'via MEMBER' should follow: the member that points to the next element");
        return {};
    }
    take();
    const Token link = take();
    return {.row_name = name.text, .list = typed(link.column, rules_.links(std::move(source), link.text))};
}

NodePtr ExpressionParser::quantifier(Operation operation) {
    take();  // the parenthesis
    ListPart part = list();
    if (failed()) return rules_.constant(0, info_.types().int32());
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::quantifier;
    node->operation = operation;
    node->number = rows_.size();
    node->type = info_.types().int32();
    rows_.push_back({.name = part.row_name, .type = part.list->type});
    node->a = std::move(part.list);
    if (accept(":")) {
        const uint32_t column = peek().column;
        node->b = choice();
        if (std::string fault = TypeRules::condition_fault(*node->b); !fault.empty()) fail(column, fault);
        if (operation == Operation::sum && node->b->type->size == 8) node->type = info_.types().int64();
    } else if (operation != Operation::count) {
        fail(peek().column, fmt::format("': EXPRESSION' should follow the list, not {}", shown(peek())));
    }
    rows_.pop_back();
    expect(")", "the question about the list");
    return node;
}

}  // namespace peach::debugger::detail
