#include "debugger/expression.h"

#include <fmt/format.h>

#include "debugger/expression_node.h"
#include "debugger/expression_parser.h"

namespace peach::debugger {
namespace detail {

std::expected<std::unique_ptr<Node>, ExpressionError> compile_expression(std::string_view text,
                                                                         const Scope& scope) {
    return ExpressionParser(text, scope).whole_expression();
}

std::expected<CompiledList, ExpressionError> compile_list(std::string_view text, const Scope& scope) {
    return ExpressionParser(text, scope).whole_list();
}

}  // namespace detail

std::string ExpressionError::picture(std::string_view text) const {
    return fmt::format("{}\n  {}\n  {:>{}}", message, text, '^', column);
}

Expression::Expression(std::string text, std::shared_ptr<const DebugInfo> info,
                       std::unique_ptr<detail::Node> root)
    : text_(std::move(text)), info_(std::move(info)), root_(std::move(root)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::expected<Expression, ExpressionError> Expression::compile(std::string_view text, const Scope& scope) {
    auto root = detail::compile_expression(text, scope);
    if (!root) return std::unexpected(std::move(root.error()));
    return Expression(std::string(text), scope.info, std::move(*root));
}

const Type& Expression::type() const {
    return *root_->type;
}

bool Expression::is_string() const {
    return root_->is_text;
}

std::expected<Value, std::string> Expression::evaluate(const EvaluationContext& context,
                                                       std::span<const uint32_t> rows) const {
    detail::Evaluator evaluator(*info_, context, rows);
    Value value = evaluator.value(*root_);
    if (evaluator.failed()) return std::unexpected(evaluator.failure());
    return value;
}

std::expected<int64_t, std::string> Expression::evaluate_number(const EvaluationContext& context,
                                                                std::span<const uint32_t> rows) const {
    detail::Evaluator evaluator(*info_, context, rows);
    const uint64_t number = evaluator.number(*root_);
    if (evaluator.failed()) return std::unexpected(evaluator.failure());
    return static_cast<int64_t>(number);
}

std::expected<Value, Error> evaluate_once(std::string_view text, const std::shared_ptr<const DebugInfo>& info,
                                          const EvaluationContext& context) {
    Scope scope{.info = info, .pc = {}, .at_entry = false, .rows = {}};
    if (context.registers != nullptr) scope.pc = context.registers->pc;
    const auto expression = Expression::compile(text, scope);
    if (!expression) return std::unexpected(Error{expression.error().picture(text)});
    auto value = expression->evaluate(context);
    if (!value) return std::unexpected(Error{fmt::format("{}: {}", text, value.error())});
    return *std::move(value);
}

}  // namespace peach::debugger
