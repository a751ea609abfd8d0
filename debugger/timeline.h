#pragma once
// The history of one machine: snapshots, the log of everything that came in from outside, and one engine that
// can be put at any moment of it. A moment is a cycle number; at a moment, everything logged for it has been
// delivered.
//
//   first_cycle                    cursor                     frontier
//      |--s------s------s-----s--s-ss|s---------s---------------| - - - not yet
//         snapshots, denser near the cursor        live when cursor == frontier
//
// Running at the frontier makes history: console output, traps and probe stops are recorded once. Behind the
// frontier the engine only re-runs what is known, and reaches bit-identical states.
//
// Acting behind the frontier starts a branch: the abandoned future is kept as its inputs and its length, from
// which switch_branch() makes it again.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "emulator/engine.h"
#include "emulator/input_event.h"
#include "emulator/machine.h"

namespace peach::debugger {

using InputAction = decltype(InputEvent::what);

inline constexpr uint64_t kEndOfTime = std::numeric_limits<uint64_t>::max();

struct TimelineOptions {
    uint64_t snapshot_interval_cycles = 4'000'000;
    size_t snapshot_budget_bytes = size_t{512} << 20;  // then old snapshots thin out, the oldest the most
};

// Told about frontier execution, and only about that: each moment of a branch is reported once, in order.
class HistoryObserver {
  public:
    virtual ~HistoryObserver() = default;
    // Virtual addresses at which on_probe() wants to look, ascending, without duplicates.
    virtual std::span<const uint32_t> probe_addresses() const = 0;
    virtual void on_probe(const Machine& machine, unsigned cpu) = 0;
    virtual void on_traps(std::span<const TrapRecord> traps) = 0;
    // History after `cycle` has been abandoned; what happened at `cycle` itself stays.
    virtual void on_truncate(uint64_t cycle) = 0;
};

// An abandoned future.
struct Branch {
    uint64_t fork_cycle = 0;         // where it left the history that replaced it
    uint64_t frontier_cycle = 0;     // how far it had come
    uint64_t final_hash = 0;         // the machine there
    std::vector<InputEvent> events;  // its whole log, from the first cycle
};

class Timeline {
  public:
    explicit Timeline(Machine initial, TimelineOptions options = {});

    // The observer must outlive the timeline, or be replaced by nullptr.
    void set_observer(HistoryObserver* observer) { observer_ = observer; }

    const Machine& machine() const { return engine_.machine(); }  // at the cursor
    uint64_t cursor() const { return engine_.machine().cycle(); }
    uint64_t frontier() const { return frontier_; }
    uint64_t first_cycle() const { return initial_.cycle(); }
    bool is_live() const { return live_; }
    const Machine& initial() const { return initial_; }
    const Machine& frontier_machine() const { return live_ ? machine() : *frontier_machine_; }

    // Memory that run_forward() stops after an access to; the reason is then StopReason::watch.
    void set_watches(std::vector<WatchRange> ranges) { watches_ = std::move(ranges); }
    const std::optional<WatchHit>& watch_hit() const { return engine_.watch_hit(); }

    // Runs forward to exactly `until`, through known history and beyond the frontier, delivering logged
    // inputs on the way. Ends early before an instruction at one of `stops` (but not at the very first one),
    // when the machine is idle with no input to come, or switched off.
    RunResult run_forward(uint64_t until, std::span<const uint32_t> stops = {});

    // Puts the cursor at a moment between the first cycle and the frontier; beyond the frontier it goes live.
    void seek(uint64_t cycle);
    void go_live() { seek(frontier_); }

    // Something comes in from outside, at the cursor. Behind the frontier this starts a branch.
    void deliver(InputAction what);

    // The inputs of this history in order; those after the frontier are a script that is still to come.
    std::span<const InputEvent> events() const { return events_; }
    // Adds inputs to come (for a replay); ascending, none before the frontier.
    void set_script(std::span<const InputEvent> events);

    // The last moment in [first, before) at which the pc of some CPU stands at one of `stops`, about to
    // execute it, and `accept` agrees; or, with `accept_access`, after `first` and just behind an access to
    // watched memory. The cursor is left anywhere in between: seek() afterwards.
    using Accept = std::function<bool(const Machine&, unsigned cpu)>;
    using AcceptAccess = std::function<bool(const Machine&, const WatchHit&)>;
    std::optional<uint64_t> last_stop(uint64_t first, uint64_t before, std::span<const uint32_t> stops,
                                      const Accept& accept, const AcceptAccess& accept_access = {});
    // The last store to a range of RAM that lies before `now`, and the moment after it. It stops at every
    // store on the way, which costs nothing away from the range's page.
    struct Store {
        uint64_t cycle = 0;
        WatchHit access;
    };
    std::optional<Store> last_store(const WatchRange& range, uint64_t now) const;
    // The machine as it was at a moment of known history. The cost grows with the distance to a snapshot.
    Machine machine_at(uint64_t cycle) const;
    // Executes a stretch of known history again, on an engine of its own, and shows every instruction just
    // before it executes. The machine's memory and control registers are those of that moment; its registers
    // and its cycle are not: take those of the instruction.
    using Look = std::function<void(const Machine&, const ObservedInstruction&)>;
    void observe(uint64_t first, uint64_t end, const Look& look) const;
    // The latest snapshot before `cycle`, or the first cycle: convenient portions for searching backwards.
    uint64_t snapshot_before(uint64_t cycle) const;

    // Everything the machine sent to its console up to the frontier, and the cycle of each byte.
    std::string_view console() const { return output_.console; }
    std::span<const uint64_t> console_cycles() const { return output_.console_cycles; }
    size_t console_length_at(uint64_t cycle) const;  // how many bytes had been sent at that moment

    std::span<const Branch> branches() const { return branches_; }
    // Makes branch `index` the present history again (and stores the present one); the cursor goes to its
    // frontier.
    void switch_branch(size_t index);

    size_t snapshot_count() const { return snapshots_.size(); }
    size_t snapshot_bytes() const { return snapshot_bytes_; }  // an estimate of what they hold

  private:
    struct Snapshot {
        uint64_t cycle;
        size_t events_delivered;  // how many inputs of the log lie behind it
        size_t bytes;             // pages that changed since the one before
        bool near_cursor;         // placed by a seek, dropped when the cursor has gone elsewhere
        Machine machine;
    };

    RunResult run_portion(uint64_t until, std::span<const uint32_t> stops);
    RunResult run_new(uint64_t until);
    void report_frontier(const RunResult& result);
    void use_watches(std::span<const WatchRange> ranges);
    void use_stops(std::span<const uint32_t> stops);
    bool stands_at(const RunResult& result, std::span<const uint32_t> stops) const;

    void deliver_due();
    uint64_t next_event_cycle() const;

    void put_engine(const Machine& machine, size_t events_delivered);
    void rerun_to(uint64_t cycle);
    void place_near(uint64_t base, uint64_t target);
    void leave_frontier();
    size_t snapshot_index(uint64_t cycle) const;
    void take_snapshot(bool near_cursor);
    void remove_snapshot(size_t index);
    void thin_near();
    void thin_old();

    void abandon_future();
    void store_branch();
    void forget_records(uint64_t cycle);

    Machine initial_;
    TimelineOptions options_;
    Engine engine_;
    HistoryObserver* observer_ = nullptr;
    uint64_t frontier_;
    bool live_ = true;
    std::unique_ptr<const Machine> frontier_machine_;  // kept while the cursor is elsewhere
    size_t events_delivered_ = 0;                      // at the cursor
    std::vector<InputEvent> events_;
    std::vector<Snapshot> snapshots_;  // ascending; the first is the initial machine and always stays
    size_t snapshot_bytes_ = 0;
    uint64_t next_snapshot_cycle_;
    RunOutput output_;   // of the frontier
    RunOutput scratch_;  // of re-runs, thrown away
    std::vector<uint32_t> stops_in_use_;
    std::vector<WatchRange> watches_;
    std::vector<WatchRange> watches_in_use_;
    std::vector<uint32_t> wanted_stops_;
    std::vector<Branch> branches_;
};

}  // namespace peach::debugger
