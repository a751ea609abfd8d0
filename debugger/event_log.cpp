#include "debugger/event_log.h"

#include <algorithm>

#include "emulator/base/assert.h"
#include "emulator/isa/traps.h"

namespace peach::debugger {
namespace {

// About 250 MB of each; then the older half is forgotten.
constexpr size_t kMostTransitions = 4'000'000;
constexpr size_t kMostKernelIntervals = 8'000'000;

bool is_interrupt(uint32_t cause) {
    return (cause & isa::kInterruptFlag) != 0;
}

// The last element that begins at or before `cycle`; end if there is none.
template <class List>
auto last_begun(const List& list, uint64_t cycle) {
    using Element = typename List::value_type;
    const auto after = std::ranges::upper_bound(list, cycle, {}, &Element::begin);
    return after == list.begin() ? list.end() : std::prev(after);
}

// The first moment at which the machine's state shows a trap. An interrupt is taken before the instruction of
// its cycle; what an instruction causes is there one cycle later.
uint64_t moment_of(const TrapRecord& trap) {
    const bool interrupt = trap.kind == TrapKind::enter && is_interrupt(trap.cause);
    return interrupt ? trap.cycle : trap.cycle + 1;
}

}  // namespace

const StateInterval* ProcessHistory::at(uint64_t cycle) const {
    const auto interval = last_begun(intervals, cycle);
    return interval == intervals.end() || interval->end <= cycle ? nullptr : &*interval;
}

std::string_view ProcessHistory::name_at(uint64_t cycle) const {
    const auto interval = last_begun(names, cycle);
    if (interval != names.end()) return interval->name;
    return cycle < birth_cycle && !names.empty() ? std::string_view(names.front().name) : std::string_view{};
}

// ---- looking ----

std::span<const KernelInterval> EventLog::kernel_intervals(unsigned cpu) const {
    return cpu < cpus_.size() ? std::span<const KernelInterval>(cpus_[cpu].kernel)
                              : std::span<const KernelInterval>{};
}

std::span<const KernelInterval> EventLog::working_intervals(unsigned cpu) const {
    return cpu < cpus_.size() ? std::span<const KernelInterval>(cpus_[cpu].working)
                              : std::span<const KernelInterval>{};
}

std::span<const RunningStay> EventLog::running_stays(unsigned cpu) const {
    return cpu < cpus_.size() ? std::span<const RunningStay>(cpus_[cpu].running)
                              : std::span<const RunningStay>{};
}

size_t EventLog::transitions_until(uint64_t cycle) const {
    return static_cast<size_t>(std::ranges::upper_bound(transitions_, cycle, {}, &Transition::cycle) -
                               transitions_.begin());
}

uint32_t EventLog::running_at(unsigned cpu, uint64_t cycle) const {
    if (cpu >= cpus_.size()) return kNoProcess;
    const auto stay = last_begun(cpus_[cpu].running, cycle);
    return stay == cpus_[cpu].running.end() ? kNoProcess : stay->process;
}

const KernelInterval* EventLog::kernel_at(unsigned cpu, uint64_t cycle) const {
    if (cpu >= cpus_.size()) return nullptr;
    const auto stay = last_begun(cpus_[cpu].kernel, cycle);
    return stay == cpus_[cpu].kernel.end() || stay->end <= cycle ? nullptr : &*stay;
}

uint32_t EventLog::find_process(uint32_t pid, uint64_t cycle) const {
    for (size_t i = processes_.size(); i-- > 0;) {
        const ProcessHistory& process = processes_[i];
        if (process.pid == pid && process.birth_cycle <= cycle && cycle < process.end_cycle) {
            return static_cast<uint32_t>(i);
        }
    }
    return kNoProcess;
}

std::optional<uint64_t> EventLog::next_switch(unsigned cpu, uint64_t after) const {
    if (cpu >= cpus_.size()) return std::nullopt;
    const auto& stays = cpus_[cpu].running;
    auto stay = std::ranges::upper_bound(stays, after, {}, &RunningStay::begin);
    while (stay != stays.end() && stay->process == kNoProcess) ++stay;
    return stay == stays.end() ? std::nullopt : std::optional(stay->begin);
}

std::optional<uint64_t> EventLog::previous_switch(unsigned cpu, uint64_t before) const {
    if (cpu >= cpus_.size()) return std::nullopt;
    const auto& stays = cpus_[cpu].running;
    auto stay = std::ranges::lower_bound(stays, before, {}, &RunningStay::begin);
    while (stay != stays.begin()) {
        --stay;
        if (stay->process != kNoProcess) return stay->begin;
    }
    return std::nullopt;
}

// ---- recording ----

void EventLog::start(unsigned cpu_count, uint64_t first_cycle) {
    cpus_.assign(cpu_count, {});
    for (CpuHistory& cpu : cpus_) {
        cpu.kernel.push_back({.begin = first_cycle, .end = kOpen, .cause = 0, .detail = 0, .pc = 0});
        cpu.working = cpu.kernel;
    }
}

void EventLog::set_states(std::vector<StateInfo> states) {
    PEACH_ASSERT(transitions_.empty());
    states_ = std::move(states);
    // What the guest writes may be no state at all.
    states_.push_back({.value = -1, .name = "?", .role = StateRole::other, .letter = "?"});
}

uint8_t EventLog::state_index(int64_t value) const {
    const auto found = std::ranges::find(states_, value, &StateInfo::value);
    const auto index =
        found == states_.end() ? states_.size() - 1 : static_cast<size_t>(found - states_.begin());
    return static_cast<uint8_t>(index);
}

uint32_t EventLog::intern_reason(std::string_view reason) {
    const auto known = reason_index_.find(reason);
    if (known != reason_index_.end()) return known->second;
    const auto index = static_cast<uint32_t>(reasons_.size());
    reason_index_.emplace(reason, index);
    reasons_.emplace_back(reason);
    return index;
}

uint32_t EventLog::process_for(const Announcement& what) {
    const auto living = living_.find(what.pid);
    if (living != living_.end()) return living->second;
    const auto index = static_cast<uint32_t>(processes_.size());
    processes_.push_back(
        {.pid = what.pid, .birth_cycle = what.cycle, .end_cycle = kOpen, .names = {}, .intervals = {}});
    living_.emplace(what.pid, index);
    return index;
}

void EventLog::note_name(ProcessHistory& process, uint64_t cycle, std::string_view name) {
    if (name.empty() || (!process.names.empty() && process.names.back().name == name)) return;
    process.names.push_back({.begin = cycle, .name = std::string(name)});
}

void EventLog::add_name(uint64_t cycle, uint32_t pid, std::string_view name) {
    const auto living = living_.find(pid);
    if (living != living_.end()) note_name(processes_[living->second], cycle, name);
}

void EventLog::add_transition(const Announcement& what) {
    PEACH_ASSERT(what.cpu < cpus_.size() && !states_.empty());
    const uint8_t from = state_index(what.from_value);
    if (has_role(from, StateRole::unused)) living_.erase(what.pid);  // a new process of that number
    Transition transition{.cycle = what.cycle,
                          .clock = what.clock,
                          .process = process_for(what),
                          .reason = intern_reason(what.reason),
                          .waker = kNoProcess,
                          .cause = 0,
                          .cpu = static_cast<uint8_t>(what.cpu),
                          .from = from,
                          .to = state_index(what.to_value)};
    find_cause(transition);
    ProcessHistory& process = processes_[transition.process];
    note_name(process, what.cycle, what.name);
    if (repeats_last(process, transition)) {
        transitions_.pop_back();
        process.intervals.pop_back();
    }
    transitions_.push_back(transition);
    extend(process, transition, static_cast<uint32_t>(transitions_.size() - 1));
    if (transitions_.size() > kMostTransitions) forget_oldest();
}

// A front end may deliver an input just before the announced change is made; an interrupt then comes first,
// and the guest announces the same change again afterwards.
bool EventLog::repeats_last(const ProcessHistory& process, const Transition& transition) const {
    if (transitions_.empty() || process.intervals.empty()) return false;
    const Transition& last = transitions_.back();
    return last.process == transition.process && last.from == transition.from && last.to == transition.to &&
           last.to != transition.from && process.intervals.back().transition + 1 == transitions_.size();
}

void EventLog::find_cause(Transition& transition) const {
    const CpuHistory& cpu = cpus_[transition.cpu];
    const KernelInterval* stay = cpu.kernel.empty() ? nullptr : &cpu.kernel.back();
    if (cpu.nested_cause != 0)
        transition.cause = cpu.nested_cause;
    else if (stay != nullptr && stay->end == kOpen)
        transition.cause = stay->cause;
    const bool wakes =
        has_role(transition.from, StateRole::sleeping) && has_role(transition.to, StateRole::runnable);
    if (!wakes || transition.cause == 0 || is_interrupt(transition.cause)) return;
    for (size_t i = cpu.running.size(); i-- > 0;) {
        if (cpu.running[i].process == kNoProcess) continue;
        transition.waker = cpu.running[i].process;
        return;
    }
}

void EventLog::extend(ProcessHistory& process, const Transition& transition, uint32_t index) {
    if (!process.intervals.empty() && process.intervals.back().end == kOpen) {
        process.intervals.back().end = transition.cycle;
    }
    if (has_role(transition.from, StateRole::running)) note_stop(transition.process, transition.cycle);
    if (has_role(transition.to, StateRole::running)) {
        note_running(transition.cpu, transition.process, transition.cycle);
    }
    if (has_role(transition.to, StateRole::unused)) {
        process.end_cycle = transition.cycle;
        living_.erase(process.pid);
        return;
    }
    process.intervals.push_back({.begin = transition.cycle,
                                 .end = kOpen,
                                 .transition = index,
                                 .state = transition.to,
                                 .cpu = transition.cpu});
}

void EventLog::note_running(unsigned cpu_index, uint32_t process, uint64_t cycle) {
    cpus_[cpu_index].running.push_back({.begin = cycle, .process = process});
}

// Another CPU may be the one that takes it away.
void EventLog::note_stop(uint32_t process, uint64_t cycle) {
    for (CpuHistory& cpu : cpus_) {
        if (!cpu.running.empty() && cpu.running.back().process == process) {
            cpu.running.push_back({.begin = cycle, .process = kNoProcess});
        }
    }
}

void EventLog::add_trap(const TrapRecord& trap) {
    PEACH_ASSERT(trap.cpu < cpus_.size());
    CpuHistory& cpu = cpus_[trap.cpu];
    if (trap.kind == TrapKind::leave) {
        cpu.nested_cause = 0;
        if (!trap.user) return;
        close_last(cpu.kernel, moment_of(trap));
        close_last(cpu.working, moment_of(trap));
        return;
    }
    cpu.nested_cause = trap.user ? 0 : trap.cause;
    if (trap.user) add_stay(cpu.kernel, trap);
    const bool was_idle = cpu.working.empty() || cpu.working.back().end != kOpen;
    if (trap.user || was_idle) add_stay(cpu.working, trap);
}

void EventLog::add_idle(uint64_t cycle, unsigned cpu) {
    PEACH_ASSERT(cpu < cpus_.size());
    close_last(cpus_[cpu].working, cycle);
}

void EventLog::close_last(std::vector<KernelInterval>& stays, uint64_t cycle) {
    if (!stays.empty() && stays.back().end == kOpen) stays.back().end = cycle;
}

void EventLog::add_stay(std::vector<KernelInterval>& stays, const TrapRecord& trap) {
    stays.push_back(
        {.begin = moment_of(trap), .end = kOpen, .cause = trap.cause, .detail = trap.detail, .pc = trap.pc});
    if (stays.size() <= kMostKernelIntervals) return;
    const auto half = stays.begin() + static_cast<std::ptrdiff_t>(stays.size() / 2);
    complete_since_ = std::max(complete_since_, half->begin);
    stays.erase(stays.begin(), half);
}

// ---- forgetting ----

namespace {

// Cuts a list of intervals back to a moment; the last one that remains may be open again.
template <class Interval>
void cut_back(std::vector<Interval>& list, uint64_t cycle) {
    while (!list.empty() && list.back().begin > cycle) list.pop_back();
    if (!list.empty() && list.back().end > cycle) list.back().end = kOpen;
}

}  // namespace

void EventLog::truncate(uint64_t cycle) {
    transitions_.resize(transitions_until(cycle));
    truncate_processes(cycle);
    for (CpuHistory& cpu : cpus_) {
        cut_back(cpu.kernel, cycle);
        cut_back(cpu.working, cycle);
        while (!cpu.running.empty() && cpu.running.back().begin > cycle) cpu.running.pop_back();
        cpu.nested_cause = 0;
    }
    rebuild_living();
}

void EventLog::truncate_processes(uint64_t cycle) {
    while (!processes_.empty() && processes_.back().birth_cycle > cycle) processes_.pop_back();
    for (ProcessHistory& process : processes_) {
        while (!process.names.empty() && process.names.back().begin > cycle) process.names.pop_back();
        if (process.end_cycle != kOpen && process.end_cycle <= cycle) continue;
        process.end_cycle = kOpen;
        cut_back(process.intervals, cycle);
    }
}

void EventLog::rebuild_living() {
    living_.clear();
    for (size_t i = 0; i < processes_.size(); ++i) {
        if (processes_[i].end_cycle == kOpen) living_[processes_[i].pid] = static_cast<uint32_t>(i);
    }
}

// The older half of the transitions, and the intervals that had ended by then. Processes stay, as names.
void EventLog::forget_oldest() {
    const size_t gone = transitions_.size() / 2;
    const uint64_t since = transitions_[gone].cycle;
    transitions_.erase(transitions_.begin(), transitions_.begin() + static_cast<std::ptrdiff_t>(gone));
    for (ProcessHistory& process : processes_) {
        std::erase_if(process.intervals,
                      [&](const StateInterval& interval) { return interval.end <= since; });
        for (StateInterval& interval : process.intervals) {
            if (interval.transition == kNoTransition) continue;
            interval.transition = interval.transition >= gone
                                      ? interval.transition - static_cast<uint32_t>(gone)
                                      : kNoTransition;
        }
    }
    for (CpuHistory& cpu : cpus_) {
        const auto kept = last_begun(cpu.running, since);
        if (kept != cpu.running.end()) cpu.running.erase(cpu.running.begin(), kept);
    }
    complete_since_ = std::max(complete_since_, since);
}

}  // namespace peach::debugger
