#pragma once
// A lens: a text file that tells the debugger which structures of *this* kernel make up a view, an event, a
// state or an invariant. Nothing about any guest OS stands in host code; syntax and an example are in
// docs/lenses.md.
//
//   lens text + DebugInfo ──compile──> Lens (immutable) ──evaluate(memory, registers)──> rows, event fields

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/debug_info.h"
#include "debugger/expression.h"

namespace peach::debugger {

// One value of a state enumeration, and how front ends show it.
struct LensState {
    int64_t value = 0;
    std::string name;    // the enumerator: "RUNNABLE"
    std::string role;    // "unused" "embryo" "sleeping" "runnable" "running" "zombie", or any other word
    std::string letter;  // "Q": one character for where there is no colour
};

struct LensCell {
    std::string text;
    int64_t number = 0;  // the value if it is a number, enumeration or pointer
    bool is_number = false;
    bool is_error = false;             // `text` says why there is no value
    std::optional<uint32_t> address;   // where in guest memory the value stands
    uint32_t size = 0;                 // bytes there
    const LensState* state = nullptr;  // if the column's type has a `states` table
};

struct LensRow {
    int64_t key = 0;              // tells the same thing again in another moment
    uint32_t address = 0;         // of the element
    std::vector<LensCell> cells;  // one per column
};

struct LensColumn {
    std::string name;   // "pid": for programs
    std::string title;  // "PID": for people; the name if the lens gives no other
};

struct LensRows {
    std::vector<LensRow> rows;
    std::string error;  // why the list ended early, else empty
};

struct EventField {
    std::string name;
    bool is_text = false;  // FieldValue::text carries it; else `number` does
};

struct FieldValue {
    int64_t number = 0;
    std::string text;  // for text fields; or why there is no value, if `is_error`
    bool is_error = false;
};

class Lens {
  public:
    // All errors of the file at once, each "file:line:column: what is wrong: what to do" with the line and a
    // caret.
    static std::expected<std::shared_ptr<const Lens>, Error> compile(std::string_view text,
                                                                     std::string_view file_name,
                                                                     std::shared_ptr<const DebugInfo> info);
    static std::expected<std::shared_ptr<const Lens>, Error> load(const std::filesystem::path& path,
                                                                  std::shared_ptr<const DebugInfo> info);
    ~Lens();

    const std::shared_ptr<const DebugInfo>& info() const { return info_; }

    // ---- Views
    // ---------------------------------------------------------------------------------------------
    struct View {
        std::string name;   // "process"
        std::string title;  // "Processes"
        std::vector<LensColumn> columns;
        // The column of that name; its index is that of the rows' cells.
        std::optional<size_t> column(std::string_view column_name) const;
        struct Program;
        std::shared_ptr<const Program> program;  // how to get the rows
    };
    std::span<const View> views() const { return views_; }
    const View* find_view(std::string_view name) const;
    LensRows evaluate(const View& view, const EvaluationContext& context) const;

    // ---- Events
    // -------------------------------------------------------------------------------------------- A probe:
    // when a CPU is about to execute the instruction at `address` in kernel mode, an event happens.
    struct Event {
        std::string name;      // "transition", "switch", "system_call", ...
        std::string function;  // as written after `at`
        uint32_t address = 0;
        std::vector<EventField> fields;
        std::optional<size_t> field(std::string_view field_name) const;
        struct Program;
        std::shared_ptr<const Program> program;
    };
    std::span<const Event> events() const { return events_; }
    const Event* find_event(std::string_view name) const;
    // Fills `out` (one per field; kept between calls to save allocations). False: the event's `where`
    // condition says no.
    bool evaluate(const Event& event, const EvaluationContext& context, std::vector<FieldValue>& out) const;
    // The two halves of it, for those who need few fields: whether the condition holds, and one field.
    bool happens(const Event& event, const EvaluationContext& context) const;
    void evaluate(const Event& event, size_t field_index, const EvaluationContext& context,
                  FieldValue& field) const;
    // A field's value in words: enumerators by name, pointers with their symbol.
    std::string field_text(const Event& event, size_t field, const FieldValue& value) const;
    // The state that a field's value stands for, if its type has a `states` table.
    const LensState* field_state(const Event& event, size_t field, int64_t value) const;

    // ---- States
    // --------------------------------------------------------------------------------------------
    struct StateTable {
        std::string name;               // the enumeration's tag
        const Type* type = nullptr;     // the enumeration
        std::vector<LensState> states;  // in the order written: the order of a legend
    };
    std::span<const StateTable> state_tables() const { return state_tables_; }
    const LensState* state_of(const Type& type, int64_t value) const;

    // ---- Values by name
    // ------------------------------------------------------------------------------------ `value NAME =
    // EXPRESSION`: facts that front ends ask for by agreed names, with `cpu` as the CPU's number:
    // "current_process" (a pid; 0: none), "policy", "quantum", ... Nothing if the lens has no such value.
    bool has_value(std::string_view name) const;
    std::optional<std::expected<Value, std::string>> value(std::string_view name,
                                                           const EvaluationContext& context) const;
    std::vector<std::string> value_names() const;

    // ---- Invariants
    // ----------------------------------------------------------------------------------------
    struct Invariant {
        std::string name;      // "one_running_process_per_cpu"
        std::string sentence;  // for people
        struct Program;
        std::shared_ptr<const Program> program;
    };
    struct InvariantResult {
        bool holds = false;
        std::string error;  // if it could not be evaluated
    };
    std::span<const Invariant> invariants() const { return invariants_; }
    InvariantResult evaluate(const Invariant& invariant, const EvaluationContext& context) const;

  private:
    friend class LensCompiler;
    explicit Lens(std::shared_ptr<const DebugInfo> info);
    LensCell cell(const detail::Node& node, const EvaluationContext& context, uint32_t row) const;

    struct NamedExpression;
    std::shared_ptr<const DebugInfo> info_;
    std::vector<View> views_;
    std::vector<Event> events_;
    std::vector<StateTable> state_tables_;
    std::vector<Invariant> invariants_;
    std::vector<NamedExpression> values_;
};

}  // namespace peach::debugger
