#pragma once
// C's typing rules for expression trees: which type an operator's result has, and what is not allowed.
// Private to the expression compiler.

#include <expected>
#include <memory>
#include <string>

#include "debugger/expression_node.h"

namespace peach::debugger::detail {

using NodePtr = std::unique_ptr<Node>;
using Typed = std::expected<NodePtr, std::string>;  // or what is wrong

// Builds typed nodes; all names are resolved already.
class TypeRules {
  public:
    explicit TypeRules(const TypeTable& types) : types_(types) {}

    NodePtr constant(uint64_t value, const Type* type) const;
    NodePtr literal(std::string text) const;
    NodePtr as_string(NodePtr node) const;  // (string) node; the node must be able to
    bool can_be_string(const Node& node) const;

    Typed member(NodePtr whole, const std::string& name) const;
    Typed subscript(NodePtr base, NodePtr index) const;
    Typed slice(NodePtr base, NodePtr first, NodePtr end) const;
    Typed dereference(NodePtr pointer) const;
    Typed address_of(NodePtr place) const;
    Typed unary(NodeKind kind, NodePtr operand) const;
    Typed binary(Operation operation, NodePtr a, NodePtr b) const;
    Typed logical(NodeKind kind, NodePtr a, NodePtr b) const;
    Typed choose(NodePtr condition, NodePtr yes, NodePtr no) const;
    Typed cast(const Type* type, NodePtr operand) const;
    Typed elements(NodePtr array) const;
    Typed links(NodePtr first, const std::string& link) const;

    // Whether it can stand where C wants a condition.
    static std::string condition_fault(const Node& node);

  private:
    NodePtr node(NodeKind kind, const Type* type) const;
    NodePtr decayed(NodePtr node) const;  // arrays become pointers to their first element
    NodePtr converted(NodePtr node, const Type* type) const;
    const Type* common_type(const Node& a, const Node& b) const;
    const Type* promoted(const Type& type) const;
    Typed pointer_arithmetic(Operation operation, NodePtr a, NodePtr b) const;
    Typed compare_text(Operation operation, NodePtr a, NodePtr b) const;

    const TypeTable& types_;
};

}  // namespace peach::debugger::detail
