#pragma once
// Expressions over the guest's variables, in C: compiled once against a DebugInfo (names, types and offsets
// are resolved then), evaluated as often as you like without looking anything up.
//
//   process_table[1].name            p->parent->pid            $a0 & 0xFF == 3        (struct process *) $a0
//   state == RUNNING ? "on" : "off"  (string) p->name          process_table[0:4]     &console.buffer
//   count(p in process_table : p.state == RUNNING)      also all(...), any(...), sum(p in LIST : EXPRESSION)
//
// Names: variables in scope at `Scope::pc`, then globals, enumerators, functions (their address), plain
// symbols (as unsigned), `cpu`, the number of the CPU that is asked, and `clock`, the time as a guest reads
// it. $x0-$x15, $zero-$a5 and $pc are registers.
// `.` and `->` are interchangeable, as are a pointer and what it points to in `in` lists.
// Nothing assigns and nothing calls: evaluating never touches the machine.

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/debug_info.h"
#include "debugger/memory_reader.h"
#include "debugger/value.h"

namespace peach::debugger {

struct ExpressionError {
    std::string message;  // "there is no 'pidd' in struct process: did you mean 'pid'?"
    uint32_t column = 1;  // from 1, in the expression's text

    // The message under the expression with a caret.
    std::string picture(std::string_view text) const;
};

struct EvaluationContext {
    const MemoryReader& memory;
    const RegisterValues* registers = nullptr;  // null: registers and locals cannot be read
    uint32_t cpu = 0;
    uint64_t clock = 0;  // the machine's clock, in cycles
};

struct Scope {
    std::shared_ptr<const DebugInfo> info;
    std::optional<uint32_t> pc;  // locals and parameters visible there
    // True: `pc` is a function's first instruction, where its parameters still stand in a0-a5 and on the
    // stack as the calling convention passed them (the compiler's own locations begin to hold only later).
    bool at_entry = false;
    // Names that the evaluator's caller supplies (lens rows): each stands for an address of a type.
    struct Row {
        std::string name;
        const Type* type;
    };
    std::vector<Row> rows;
};

namespace detail {
struct Node;
}

class Expression {
  public:
    static std::expected<Expression, ExpressionError> compile(std::string_view text, const Scope& scope);

    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
    ~Expression();

    const std::string& text() const { return text_; }
    const Type& type() const;  // of the result; a (string) is an array of characters of size 0
    bool is_string() const;    // the result is text

    // Valid while pc stays in the function of Scope::pc. `rows` are the addresses for Scope::rows, in order.
    // An error is a short phrase that can stand in a cell: "no memory at 0x00000004", "optimised out".
    std::expected<Value, std::string> evaluate(const EvaluationContext& context,
                                               std::span<const uint32_t> rows = {}) const;
    // The cheap way for numbers (integers, pointers, enumerations; an aggregate gives its address).
    std::expected<int64_t, std::string> evaluate_number(const EvaluationContext& context,
                                                        std::span<const uint32_t> rows = {}) const;

  private:
    Expression(std::string text, std::shared_ptr<const DebugInfo> info, std::unique_ptr<detail::Node> root);

    std::string text_;
    std::shared_ptr<const DebugInfo> info_;
    std::unique_ptr<detail::Node> root_;
};

// Compile at registers->pc and evaluate once, for a prompt or a tooltip; the error is complete with picture.
std::expected<Value, Error> evaluate_once(std::string_view text, const std::shared_ptr<const DebugInfo>& info,
                                          const EvaluationContext& context);

}  // namespace peach::debugger
