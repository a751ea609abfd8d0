#include "debugger/timeline.h"

#include <algorithm>
#include <utility>

#include "emulator/base/assert.h"

namespace peach::debugger {

Timeline::Timeline(Machine initial, TimelineOptions options)
    : initial_(std::move(initial)),
      options_(options),
      engine_(initial_),
      frontier_(initial_.cycle()),
      next_snapshot_cycle_(initial_.cycle() + options.snapshot_interval_cycles) {
    PEACH_ASSERT(options_.snapshot_interval_cycles > 0);
    output_.collect_traps = true;
    take_snapshot(false);
}

// ---- running ----

RunResult Timeline::run_forward(uint64_t until, std::span<const uint32_t> stops) {
    RunResult result{.reason = StopReason::limit, .cpu = machine().current_cpu()};
    while (true) {
        deliver_due();
        if (cursor() >= until) return result;
        result = run_portion(until, stops);
        const bool watched = engine_.watch_hit().has_value();
        deliver_due();
        if (watched && result.reason != StopReason::powered_off) {
            result.reason = StopReason::watch;
            return result;
        }
        switch (result.reason) {
            case StopReason::powered_off:
                return result;
            case StopReason::stop_address:
                if (stands_at(result, stops)) return result;
                break;
            case StopReason::idle:
                if (next_event_cycle() == kEndOfTime && live_) return result;
                // In known history something comes in at this very cycle; a script may end the idleness only
                // at the cycle it names, which an idle machine never reaches.
                if (next_event_cycle() > cursor()) return result;
                break;
            case StopReason::limit:
            case StopReason::watch:
                break;
        }
    }
}

// As far as nothing comes in, no snapshot is due and known and new history are not mixed.
RunResult Timeline::run_portion(uint64_t until, std::span<const uint32_t> stops) {
    until = std::min(until, next_event_cycle());
    use_watches(watches_);
    if (live_) {
        wanted_stops_.assign(stops.begin(), stops.end());
        if (observer_ != nullptr) {
            const auto probes = observer_->probe_addresses();
            wanted_stops_.insert(wanted_stops_.end(), probes.begin(), probes.end());
        }
        use_stops(wanted_stops_);
        return run_new(until);
    }
    use_stops(stops);
    scratch_.console.clear();
    scratch_.console_cycles.clear();
    const RunResult result = engine_.run(std::min(until, frontier_), scratch_);
    if (cursor() == frontier_) {
        live_ = true;
        frontier_machine_.reset();
    }
    return result;
}

RunResult Timeline::run_new(uint64_t until) {
    const RunResult result = engine_.run(std::min(until, next_snapshot_cycle_), output_);
    frontier_ = cursor();
    report_frontier(result);
    if (frontier_ >= next_snapshot_cycle_) {
        take_snapshot(false);
        thin_old();
        next_snapshot_cycle_ = frontier_ + options_.snapshot_interval_cycles;
    }
    return result;
}

void Timeline::report_frontier(const RunResult& result) {
    if (observer_ != nullptr) {
        if (!output_.traps.empty()) observer_->on_traps(output_.traps);
        if (stands_at(result, observer_->probe_addresses())) observer_->on_probe(machine(), result.cpu);
    }
    output_.traps.clear();
}

bool Timeline::stands_at(const RunResult& result, std::span<const uint32_t> stops) const {
    if (result.reason != StopReason::stop_address) return false;
    return std::ranges::find(stops, machine().cpu(result.cpu).pc) != stops.end();
}

void Timeline::use_watches(std::span<const WatchRange> ranges) {
    if (std::ranges::equal(ranges, watches_in_use_)) return;
    watches_in_use_.assign(ranges.begin(), ranges.end());
    engine_.set_watch_ranges(watches_in_use_);
}

void Timeline::use_stops(std::span<const uint32_t> stops) {
    if (std::ranges::equal(stops, stops_in_use_)) return;
    stops_in_use_.assign(stops.begin(), stops.end());
    engine_.set_stop_addresses(stops_in_use_);
}

// ---- inputs ----

uint64_t Timeline::next_event_cycle() const {
    return events_delivered_ < events_.size() ? events_[events_delivered_].cycle : kEndOfTime;
}

void Timeline::deliver_due() {
    while (next_event_cycle() <= cursor()) engine_.deliver(events_[events_delivered_++]);
}

void Timeline::deliver(InputAction what) {
    if (!live_ || events_delivered_ < events_.size()) abandon_future();
    events_.push_back({.cycle = cursor(), .what = std::move(what)});
    deliver_due();
}

void Timeline::set_script(std::span<const InputEvent> events) {
    PEACH_ASSERT(live_);
    PEACH_ASSERT(std::ranges::is_sorted(events, {}, &InputEvent::cycle));
    PEACH_ASSERT(events.empty() || events.front().cycle >= cursor());
    events_.resize(events_delivered_);
    events_.insert(events_.end(), events.begin(), events.end());
    deliver_due();
}

// ---- seeking ----

void Timeline::seek(uint64_t cycle) {
    cycle = std::max(cycle, first_cycle());
    if (cycle >= frontier_) {
        if (live_) return;
        const auto delivered = std::ranges::upper_bound(events_, frontier_, {}, &InputEvent::cycle);
        put_engine(*frontier_machine_, static_cast<size_t>(delivered - events_.begin()));
        live_ = true;
        frontier_machine_.reset();
        return;
    }
    leave_frontier();
    const Snapshot& base = snapshots_[snapshot_index(cycle)];
    const bool cursor_is_nearer = cursor() <= cycle && cursor() >= base.cycle;
    if (!cursor_is_nearer) put_engine(base.machine, base.events_delivered);
    place_near(cursor(), cycle);
    rerun_to(cycle);
    thin_near();
}

void Timeline::put_engine(const Machine& machine, size_t events_delivered) {
    engine_.restore(machine);
    events_delivered_ = events_delivered;
}

// Within known history; leaves `live_` false.
void Timeline::rerun_to(uint64_t cycle) {
    use_stops({});
    use_watches({});
    deliver_due();
    while (cursor() < cycle) {
        scratch_.console.clear();
        scratch_.console_cycles.clear();
        const uint64_t before = cursor();
        engine_.run(std::min(cycle, next_event_cycle()), scratch_);
        deliver_due();
        PEACH_ASSERT(cursor() > before);  // known history does not stand still
    }
}

// Going back from a moment often goes on a little further back: snapshots 16, 256, 4096, ... cycles before it
// make the next step cheap.
void Timeline::place_near(uint64_t base, uint64_t target) {
    uint64_t distance = 16;
    while (distance * 16 < target - base) distance *= 16;
    for (; distance >= 16; distance /= 16) {
        if (target - base <= distance) continue;
        const uint64_t place = target - distance;
        if (place <= cursor()) continue;
        rerun_to(place);
        take_snapshot(true);
    }
}

void Timeline::leave_frontier() {
    if (!live_) return;
    frontier_machine_ = std::make_unique<const Machine>(engine_.snapshot());
    live_ = false;
}

std::optional<uint64_t> Timeline::last_stop(uint64_t first, uint64_t before, std::span<const uint32_t> stops,
                                            const Accept& accept, const AcceptAccess& accept_access) {
    first = std::max(first, first_cycle());
    before = std::min(before, frontier_);
    if ((stops.empty() && !accept_access) || first >= before) return std::nullopt;
    leave_frontier();
    const Snapshot& base = snapshots_[snapshot_index(first)];
    put_engine(base.machine, base.events_delivered);
    rerun_to(first);
    std::optional<uint64_t> last;
    RunResult result{.reason = StopReason::stop_address, .cpu = machine().current_cpu()};
    while (true) {
        const bool executes = !machine().cpu(result.cpu).waiting;
        if (executes && stands_at(result, stops) && accept(machine(), result.cpu)) last = cursor();
        if (cursor() >= before - 1) return last;
        result = run_forward(before - 1, stops);
        const std::optional<WatchHit>& access = watch_hit();
        const bool accessed = result.reason == StopReason::watch && access && accept_access;
        if (accessed && accept_access(machine(), *access)) last = cursor();
    }
}

namespace {

// A second engine on the same history, for looking something up without moving the cursor.
class Replica {
  public:
    Replica(const Machine& start, std::span<const InputEvent> to_come) : engine_(start), to_come_(to_come) {}

    const Machine& machine() const { return engine_.machine(); }
    void watch(const WatchRange& range) { engine_.set_watch_ranges({&range, 1}); }

    void run_to(uint64_t cycle) {
        run_by(cycle, [this](uint64_t until) { return engine_.run(until, output_); });
    }
    // Calls `on_hit` after each access to what is watched.
    template <class OnHit>
    void run_to(uint64_t cycle, OnHit on_hit) {
        run_by(cycle, [&](uint64_t until) {
            const RunResult result = engine_.run(until, output_);
            if (engine_.watch_hit()) on_hit(*engine_.watch_hit());
            return result;
        });
    }

    void observe_to(uint64_t cycle, InstructionObserver& observer) {
        run_by(cycle, [&](uint64_t until) { return engine_.run(until, output_, observer); });
    }

  private:
    template <class Run>
    void run_by(uint64_t cycle, const Run& run) {
        deliver_due();
        while (machine().cycle() < cycle) {
            const uint64_t next = to_come_.empty() ? kEndOfTime : to_come_.front().cycle;
            const RunResult result = run(std::min(cycle, next));
            deliver_due();
            PEACH_ASSERT(result.reason != StopReason::powered_off || machine().cycle() >= cycle);
        }
        output_ = {};
    }

    void deliver_due() {
        while (!to_come_.empty() && to_come_.front().cycle <= machine().cycle()) {
            engine_.deliver(to_come_.front());
            to_come_ = to_come_.subspan(1);
        }
    }

    Engine engine_;
    std::span<const InputEvent> to_come_;
    RunOutput output_;
};

}  // namespace

std::optional<Timeline::Store> Timeline::last_store(const WatchRange& range, uint64_t now) const {
    constexpr uint64_t kFirstPortionCycles = 100'000;
    uint64_t portion = kFirstPortionCycles;
    for (uint64_t end = now; end > first_cycle(); portion *= 4) {
        const uint64_t begin = end - std::min(end - first_cycle(), portion);
        const Snapshot& base = snapshots_[snapshot_index(begin)];
        Replica replica(base.machine, std::span(events_).subspan(base.events_delivered));
        replica.run_to(begin);
        replica.watch(range);
        std::optional<Store> last;
        replica.run_to(end, [&](const WatchHit& access) {
            if (access.store) last = {.cycle = replica.machine().cycle(), .access = access};
        });
        if (last) return last;
        end = begin;
    }
    return std::nullopt;
}

Machine Timeline::machine_at(uint64_t cycle) const {
    PEACH_ASSERT(cycle >= first_cycle() && cycle <= frontier_);
    const Snapshot& base = snapshots_[snapshot_index(cycle)];
    Replica replica(base.machine, std::span(events_).subspan(base.events_delivered));
    replica.run_to(cycle);
    return replica.machine();
}

void Timeline::observe(uint64_t first, uint64_t end, const Look& look) const {
    PEACH_ASSERT(first >= first_cycle() && first <= end && end <= frontier_);
    struct Teller final : InstructionObserver {
        Teller(const Machine& of, const Look& to) : machine(of), look(to) {}
        void before(const ObservedInstruction& instruction) override { look(machine, instruction); }
        const Machine& machine;
        const Look& look;
    };
    const Snapshot& base = snapshots_[snapshot_index(first)];
    Replica replica(base.machine, std::span(events_).subspan(base.events_delivered));
    replica.run_to(first);
    Teller teller(replica.machine(), look);
    replica.observe_to(end, teller);
}

// ---- snapshots ----

// Of the latest one at or before `cycle`.
size_t Timeline::snapshot_index(uint64_t cycle) const {
    const auto after = std::ranges::upper_bound(snapshots_, cycle, {}, &Snapshot::cycle);
    PEACH_ASSERT(after != snapshots_.begin());
    return static_cast<size_t>(after - snapshots_.begin()) - 1;
}

uint64_t Timeline::snapshot_before(uint64_t cycle) const {
    if (cycle <= first_cycle()) return first_cycle();
    return snapshots_[snapshot_index(cycle - 1)].cycle;
}

namespace {

// What a snapshot costs besides its pages: CPUs with their TLBs, tables of pages, the vector's slot.
constexpr size_t kSnapshotOverheadBytes = 24 << 10;
constexpr size_t kMostSnapshots = 4000;
constexpr size_t kMostNearSnapshots = 32;

size_t unshared_bytes(const Machine& machine, const Machine& before) {
    return kSnapshotOverheadBytes +
           machine.ram().pages_not_shared_with(before.ram()) * PagedMemory::kPageSize;
}

}  // namespace

void Timeline::take_snapshot(bool near_cursor) {
    const auto place = std::ranges::lower_bound(snapshots_, cursor(), {}, &Snapshot::cycle);
    if (place != snapshots_.end() && place->cycle == cursor()) return;
    Machine copy = engine_.snapshot();
    const size_t bytes = place == snapshots_.begin() ? kSnapshotOverheadBytes
                                                     : unshared_bytes(copy, std::prev(place)->machine);
    snapshot_bytes_ += bytes;
    snapshots_.insert(place, Snapshot{.cycle = cursor(),
                                      .events_delivered = events_delivered_,
                                      .bytes = bytes,
                                      .near_cursor = near_cursor,
                                      .machine = std::move(copy)});
}

void Timeline::remove_snapshot(size_t index) {
    PEACH_ASSERT(index > 0 && index < snapshots_.size());
    snapshot_bytes_ -= snapshots_[index].bytes;
    snapshots_.erase(snapshots_.begin() + static_cast<std::ptrdiff_t>(index));
    if (index == snapshots_.size()) return;
    Snapshot& next = snapshots_[index];  // now holds alone what it shared with the one removed
    const size_t bytes = unshared_bytes(next.machine, snapshots_[index - 1].machine);
    snapshot_bytes_ += bytes - next.bytes;
    next.bytes = bytes;
}

// Those farthest from the cursor go first.
void Timeline::thin_near() {
    auto count = static_cast<size_t>(std::ranges::count(snapshots_, true, &Snapshot::near_cursor));
    const auto distance = [&](const Snapshot& snapshot) {
        return snapshot.cycle > cursor() ? snapshot.cycle - cursor() : cursor() - snapshot.cycle;
    };
    for (; count > kMostNearSnapshots; --count) {
        size_t farthest = 0;
        for (size_t i = 1; i < snapshots_.size(); ++i) {
            if (!snapshots_[i].near_cursor) continue;
            if (farthest == 0 || distance(snapshots_[i]) > distance(snapshots_[farthest])) farthest = i;
        }
        remove_snapshot(farthest);
    }
}

// Removes where the gap that it leaves is smallest, measured by its age: gaps grow with age, so that the
// number of snapshots grows with the logarithm of time.
void Timeline::thin_old() {
    while (snapshots_.size() > 2 &&
           (snapshot_bytes_ > options_.snapshot_budget_bytes || snapshots_.size() > kMostSnapshots)) {
        size_t best = 1;
        double best_cost = 0;
        for (size_t i = 1; i + 1 < snapshots_.size(); ++i) {
            const auto gap = static_cast<double>(snapshots_[i + 1].cycle - snapshots_[i - 1].cycle);
            const double cost = gap / static_cast<double>(frontier_ - snapshots_[i].cycle);
            if (i == 1 || cost < best_cost) {
                best = i;
                best_cost = cost;
            }
        }
        remove_snapshot(best);
    }
}

// ---- branches ----

namespace {
constexpr size_t kMostBranches = 32;
}

void Timeline::store_branch() {
    Branch branch{.fork_cycle = cursor(), .frontier_cycle = frontier_, .final_hash = 0, .events = events_};
    branch.final_hash = frontier_machine().hash();
    if (branches_.size() == kMostBranches) branches_.erase(branches_.begin());
    branches_.push_back(std::move(branch));
}

// The cursor becomes the frontier; what was to come is stored.
void Timeline::abandon_future() {
    store_branch();
    events_.resize(events_delivered_);
    forget_records(cursor());
}

void Timeline::forget_records(uint64_t cycle) {
    while (snapshots_.back().cycle > cycle && snapshots_.size() > 1) remove_snapshot(snapshots_.size() - 1);
    output_.console.resize(console_length_at(cycle));
    output_.console_cycles.resize(output_.console.size());
    if (observer_ != nullptr) observer_->on_truncate(cycle);
    frontier_ = cycle;
    frontier_machine_.reset();
    live_ = true;
    next_snapshot_cycle_ = snapshots_.back().cycle + options_.snapshot_interval_cycles;
}

void Timeline::switch_branch(size_t index) {
    PEACH_ASSERT(index < branches_.size());
    Branch branch = std::move(branches_[index]);
    branches_.erase(branches_.begin() + static_cast<std::ptrdiff_t>(index));
    const auto common =
        static_cast<size_t>(std::ranges::mismatch(events_, branch.events).in1 - events_.begin());
    store_branch();

    size_t base = snapshots_.size() - 1;
    const auto usable = [&](const Snapshot& snapshot) {
        return snapshot.events_delivered <= common && snapshot.cycle <= branch.frontier_cycle;
    };
    while (base > 0 && !usable(snapshots_[base])) --base;
    branches_.back().fork_cycle =
        common < events_.size() ? events_[common].cycle : std::min(frontier_, branch.frontier_cycle);

    // A snapshot does not hold inputs of its own cycle that came after it; those of the branch are its log's
    // word.
    put_engine(snapshots_[base].machine, snapshots_[base].events_delivered);
    events_ = std::move(branch.events);
    forget_records(snapshots_[base].cycle);
    run_forward(branch.frontier_cycle);
}

// ---- console ----

size_t Timeline::console_length_at(uint64_t cycle) const {
    return static_cast<size_t>(std::ranges::lower_bound(output_.console_cycles, cycle) -
                               output_.console_cycles.begin());
}

}  // namespace peach::debugger
