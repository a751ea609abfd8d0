#pragma once
// What the parts of a lens compile to. Private to lens.cpp and lens_compiler.cpp.

#include <memory>
#include <vector>

#include "debugger/expression_node.h"
#include "debugger/lens.h"

namespace peach::debugger {

using NodeHandle = std::unique_ptr<detail::Node>;

struct Lens::View::Program {
    NodeHandle list;
    std::vector<NodeHandle> conditions;  // all must hold
    NodeHandle key;                      // null: the element's address
    NodeHandle order;                    // null: as they stand in the list
    std::vector<NodeHandle> cells;
};

struct Lens::Event::Program {
    std::vector<NodeHandle> conditions;
    std::vector<NodeHandle> fields;
};

struct Lens::Invariant::Program {
    NodeHandle condition;
};

struct Lens::NamedExpression {
    std::string name;
    NodeHandle expression;
};

}  // namespace peach::debugger
