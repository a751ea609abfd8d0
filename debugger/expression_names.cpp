// What an identifier in an expression stands for: rows, variables, enumerators, functions, symbols, in this
// order.

#include <fmt/format.h>

#include <algorithm>

#include "assembler/suggest.h"
#include "debugger/expression_parser.h"

namespace peach::debugger::detail {
namespace {

bool is_passed_by_address(const Type& type) {
    return type.is_aggregate() && type.size > 8;
}

std::optional<Operation> find_quantifier(std::string_view name) {
    if (name == "count") return Operation::count;
    if (name == "all") return Operation::all;
    if (name == "any") return Operation::any;
    if (name == "sum") return Operation::sum;
    return std::nullopt;
}

NodePtr place_node(NodeKind kind, const Type* type) {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->type = type;
    node->is_place = true;
    return node;
}

}  // namespace

NodePtr ExpressionParser::named(const Token& token) {
    if (NodePtr node = find_row(token)) return node;
    if (NodePtr node = find_variable(token)) return node;
    if (const auto question = find_quantifier(token.text); question && is("(")) return quantifier(*question);
    if (NodePtr node = find_other(token)) return node;
    return fail(token.column, unknown_name(token.text));
}

NodePtr ExpressionParser::find_row(const Token& token) {
    for (size_t slot = rows_.size(); slot-- > 0;) {
        if (rows_[slot].name != token.text) continue;
        NodePtr node = place_node(NodeKind::row, rows_[slot].type);
        node->number = slot;
        return node;
    }
    return nullptr;
}

NodePtr ExpressionParser::find_variable(const Token& token) {
    const auto local = std::ranges::find(variables_, token.text, &Variable::name);
    if (local != variables_.end() && scope_.pc) {
        const Function* function = info_.function_at(*scope_.pc);
        if (scope_.at_entry && (*local)->is_parameter) return find_parameter(*function, **local);
        NodePtr node = place_node(NodeKind::local, (*local)->type);
        node->variable = *local;
        return node;
    }
    const Variable* global = info_.find_global(token.text);
    if (global == nullptr) return nullptr;
    NodePtr node = place_node(NodeKind::global, global->type);
    if (const auto address = info_.global_address(*global)) {
        node->number = *address;
    } else {
        node->kind = NodeKind::local;  // a constant, or gone: its own location says which
        node->variable = global;
    }
    return node;
}

// At a function's first instruction: by the calling convention, unless the compiler itself says where (it may
// have given a static function other arguments).
NodePtr ExpressionParser::find_parameter(const Function& function, const Variable& variable) {
    const auto is_exact = [&](const LocationChoice& choice) {
        return choice.where.contains(function.low_pc) && choice.where.high <= function.high_pc;
    };
    if (std::ranges::any_of(variable.locations, is_exact)) {
        NodePtr node = place_node(NodeKind::local, variable.type);
        node->variable = &variable;
        return node;
    }
    uint64_t word = is_passed_by_address(*function.result) ? 1 : 0;  // where the result goes comes first
    for (const Variable& parameter : function.parameters) {
        if (&parameter == &variable) break;
        word += is_passed_by_address(*parameter.type) ? 1 : (parameter.type->size + 3) / 4;
    }
    NodePtr node = place_node(NodeKind::parameter, variable.type);
    node->number = word;
    node->scale = is_passed_by_address(*variable.type) ? 1 : 0;
    return node;
}

NodePtr ExpressionParser::find_other(const Token& token) {
    const TypeTable& types = info_.types();
    if (const auto enumerator = types.find_enumerator(token.text)) {
        return rules_.constant(static_cast<uint64_t>(enumerator->second), enumerator->first);
    }
    if (const Function* function = info_.find_function(token.text)) {
        return rules_.constant(function->low_pc, types.pointer_to(types.nothing()));
    }
    if (token.text == "true" || token.text == "false")
        return rules_.constant(token.text == "true" ? 1 : 0, types.boolean());
    if (token.text == "NULL" || token.text == "null")
        return rules_.constant(0, types.pointer_to(types.nothing()));
    if (token.text == "cpu") {
        NodePtr node = rules_.constant(0, types.uint32());
        node->kind = NodeKind::cpu_number;
        return node;
    }
    if (const ElfSymbol* symbol = info_.find_symbol(token.text))
        return rules_.constant(symbol->address, types.uint32());
    if (token.text == "clock") {
        NodePtr node = rules_.constant(0, types.uint64());
        node->kind = NodeKind::clock;
        return node;
    }
    return nullptr;
}

std::string ExpressionParser::unknown_name(const std::string& name) const {
    assembler::Suggestion suggestion(name);
    for (const Scope::Row& row : rows_) suggestion.consider(row.name);
    for (const Variable* variable : variables_) suggestion.consider(variable->name);
    for (const Variable& global : info_.globals()) suggestion.consider(global.name);
    for (const Type& type : info_.types().all()) {
        for (const Enumerator& row : type.enumerators) suggestion.consider(row.name);
    }
    for (const Function& function : info_.functions()) suggestion.consider(function.name);
    return fmt::format("there is no '{}' here{}", name, suggestion.text());
}

}  // namespace peach::debugger::detail
