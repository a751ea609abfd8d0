#pragma once
// Recursive descent over an expression's tokens, straight to typed nodes. Private to the expression compiler.
//
//   choice  :=  either [? choice : choice]           unary   := ! - ~ * & + (type) sizeof unary | postfix
//   either  :=  binary operators by C's precedence   postfix := primary { .name  ->name  [index]  [first:end]
//   }

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/expression_lexer.h"
#include "debugger/expression_types.h"

namespace peach::debugger::detail {

class ExpressionParser {
  public:
    ExpressionParser(std::string_view text, const Scope& scope);

    std::expected<NodePtr, ExpressionError> whole_expression();
    std::expected<CompiledList, ExpressionError> whole_list();

  private:
    struct ListPart {
        std::string row_name;
        NodePtr list;
    };

    NodePtr choice();
    NodePtr binary(int least_precedence);
    NodePtr unary();
    NodePtr postfix();
    NodePtr primary();
    NodePtr parenthesis(uint32_t column);
    NodePtr cast(uint32_t column);
    NodePtr size_of();
    NodePtr number(const Token& token);
    NodePtr register_value(const Token& token);
    NodePtr named(const Token& token);
    NodePtr index(NodePtr base, uint32_t column);
    NodePtr quantifier(Operation operation);
    ListPart list();

    NodePtr find_row(const Token& token);
    NodePtr find_variable(const Token& token);
    NodePtr find_parameter(const Function& function, const Variable& variable);
    NodePtr find_other(const Token& token);
    std::string unknown_name(const std::string& name) const;

    bool starts_type() const;
    const Type* type_name_here();  // null if it failed
    std::string base_type_words();

    const Token& peek(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool is(std::string_view sign) const;
    bool is_word(std::string_view word) const;
    bool accept(std::string_view sign);
    void expect(std::string_view sign, std::string_view after);

    // The first error is kept; from then on only placeholders are made, and the tokens are at their end.
    NodePtr fail(uint32_t column, std::string why);
    NodePtr typed(uint32_t column, Typed result);
    bool failed() const { return error_.has_value(); }

    const Scope& scope_;
    const DebugInfo& info_;
    TypeRules rules_;
    std::vector<Token> tokens_;
    size_t at_ = 0;
    int depth_ = 0;
    std::vector<Scope::Row> rows_;
    std::vector<const Variable*> variables_;
    std::optional<ExpressionError> error_;
};

}  // namespace peach::debugger::detail
