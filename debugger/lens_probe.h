#pragma once
// Watches the frontier for the event log: asks the lens at every announced change of state, and passes traps
// on.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "debugger/event_log.h"
#include "debugger/lens.h"
#include "debugger/timeline.h"

namespace peach::debugger {

class LensProbe final : public HistoryObserver {
  public:
    // `lens` may be null: then only traps are passed on.
    LensProbe(std::shared_ptr<const Lens> lens, EventLog& log);

    // What the lens lacks for a lane of state changes; empty: nothing.
    const std::string& message() const { return message_; }

    std::span<const uint32_t> probe_addresses() const override { return addresses_; }
    void on_probe(const Machine& machine, unsigned cpu) override;
    void on_traps(std::span<const TrapRecord> traps) override;
    void on_truncate(uint64_t cycle) override { log_.truncate(cycle); }

  private:
    void find_transition();
    void find_rename();
    void find_idle();
    void on_transition(const Machine& machine, const EvaluationContext& context);
    void on_rename(const Machine& machine, const EvaluationContext& context);
    const FieldValue& ask(const Lens::Event& event, size_t field, const EvaluationContext& context);

    std::shared_ptr<const Lens> lens_;
    EventLog& log_;
    std::string message_;
    const Lens::Event* transition_ = nullptr;
    size_t pid_ = 0;
    size_t from_ = 0;
    size_t to_ = 0;
    std::optional<size_t> name_;
    std::optional<size_t> reason_;
    const Lens::Event* rename_ = nullptr;
    size_t rename_pid_ = 0;
    size_t rename_name_ = 0;
    const Lens::Event* idle_ = nullptr;
    std::vector<uint32_t> addresses_;
    std::vector<FieldValue> fields_;  // kept between calls
};

// The states of the lens's processes, for the event log.
std::vector<StateInfo> lens_states(const Lens& lens);
StateRole role_named(std::string_view name);

}  // namespace peach::debugger
