#pragma once
// A compiled expression: a tree whose types, addresses and offsets are already known. Private to expressions
// and lenses.
//
// Some nodes are places (they have an address or a register and can be read at any width), the others are
// values. Strings are a third thing: only text(), comparisons and conditions understand them.

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "debugger/expression.h"

namespace peach::debugger::detail {

enum class NodeKind : uint8_t {
    // Places. The address is that of the base plus `offset`.
    row,           // rows[number]
    global,        // number
    dereference,   // a: the pointer
    subscript,     // a: pointer or array place, b: index, scale
    slice,         // a: pointer or array place, b: first, c: end, scale
    local,         // variable
    parameter,     // number: which word of the arguments; scale: 1 if the word is the address of the argument
    cpu_register,  // number: 0-15, 16 is pc
    member,        // a: a place that may be in registers
    // Values.
    constant,  // number
    cpu_number,
    clock,
    address_of,  // a: a place
    convert,     // a
    negate,
    complement,
    logical_not,
    binary,  // operation, a, b, already of one type; scale: bytes a step for pointers
    both,    // a && b
    either,  // a || b
    choose,  // a ? b : c; a place if both are
    // Text.
    text,        // literal
    string_of,   // a: pointer to or array of characters
    equal_text,  // a, b; number: 1 for equal, 0 for unequal
    // Lists of rows, and questions about them. The row's slot is `number`.
    elements,    // a: array place or slice
    links,       // a: first pointer; offset: of the link in what it points to
    quantifier,  // a: list, b: body or null; operation
};

enum class Operation : uint8_t {
    add,
    subtract,
    multiply,
    divide,
    remainder,
    shift_left,
    shift_right,
    bit_and,
    bit_or,
    bit_xor,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    // of quantifiers
    count,
    all,
    any,
    sum,
};

struct Node {
    NodeKind kind = NodeKind::constant;
    Operation operation = Operation::add;
    bool is_place = false;
    bool is_text = false;
    uint8_t bit_offset = 0;  // of a place that is a bit field
    uint8_t bit_size = 0;
    uint32_t column = 1;
    uint32_t offset = 0;
    uint32_t scale = 0;
    uint64_t number = 0;
    const Type* type = nullptr;  // of the result; of a list: of its elements
    const Variable* variable = nullptr;
    std::unique_ptr<Node> a;
    std::unique_ptr<Node> b;
    std::unique_ptr<Node> c;
    std::string literal;
};

// Evaluates one tree in one context. After a failure everything yields zero; `failure()` says why.
class Evaluator {
  public:
    Evaluator(const DebugInfo& info, const EvaluationContext& context, std::span<const uint32_t> rows)
        : info_(info), context_(context), rows_(rows.begin(), rows.end()) {}

    Value value(const Node& node);
    uint64_t number(const Node& node);
    std::string text(const Node& node);
    std::vector<uint32_t> row_addresses(const Node& list);

    bool failed() const { return !failure_.empty(); }
    const std::string& failure() const { return failure_; }

  private:
    struct Place {
        enum class Kind : uint8_t { memory, register_number, value };
        Kind kind = Kind::memory;
        uint64_t number = 0;
    };

    Place place(const Node& node);
    Place place_in_memory(uint64_t address) const;
    Place local_place(const Node& node);
    Place parameter_place(const Node& node);
    Place member_place(const Node& node);
    uint64_t element_base(const Node& node);
    uint64_t load(const Place& place, const Node& node);
    uint64_t read_scalar(uint32_t address, uint32_t size);
    uint64_t register_value(uint64_t number);
    uint64_t binary(const Node& node);
    uint64_t quantifier(const Node& node);
    void add_elements(const Node& list, std::vector<uint32_t>& out);
    void add_links(const Node& list, std::vector<uint32_t>& out);
    std::pair<int64_t, int64_t> slice_bounds(const Node& slice);
    const RegisterValues* registers();
    void fail(std::string why);

    const DebugInfo& info_;
    const EvaluationContext& context_;
    std::vector<uint32_t> rows_;
    std::string failure_;
};

// What an expression or list compiles to; every name is resolved.
std::expected<std::unique_ptr<Node>, ExpressionError> compile_expression(std::string_view text,
                                                                         const Scope& scope);

struct CompiledList {
    std::string row_name;
    std::unique_ptr<Node> list;
};
// "p in ARRAY" or "p from POINTER via MEMBER".
std::expected<CompiledList, ExpressionError> compile_list(std::string_view text, const Scope& scope);

}  // namespace peach::debugger::detail
