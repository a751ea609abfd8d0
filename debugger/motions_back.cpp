// Motions backwards: what came before is found by looking at history, never by undoing instructions.

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <optional>

#include "debugger/frames.h"
#include "debugger/motions.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

bool is_return(const isa::Decoded& d) {
    return d.op == isa::Op::jalr && d.rd == 0 && d.rs1 == isa::kRa;
}

// Searches this far back in one go: a fraction of a second of the host at most.
constexpr uint64_t kSearchCycles = 8'000'000;

}  // namespace

bool MotionEngine::at_beginning() const {
    return now() <= session_.timeline_.first_cycle();
}

// The last moment before the cursor that is accepted, but not before `first`; the cursor goes there. False:
// none.
bool MotionEngine::back_to_last(std::span<const uint32_t> goals, const Accept& accept, uint64_t first) {
    const uint64_t from = now();
    for (uint64_t end = from; end > first;) {
        uint64_t begin = std::max(first, timeline().snapshot_before(end));
        if (end - begin > kSearchCycles) begin = end - kSearchCycles;
        if (const auto found = timeline().last_stop(begin, end, goals, accept)) {
            timeline().seek(*found);
            return true;
        }
        end = begin;
    }
    timeline().seek(from);
    return false;
}

// To the moment before the focused CPU's last instruction. False: settled, there is none.
bool MotionEngine::back_one() {
    const unsigned focus = session_.focus_cpu_;
    while (!at_beginning()) {
        timeline().seek(now() - 1);
        if (cpu().waiting) {
            const std::array<uint32_t, 2> sleeps{cpu().pc - 4, cpu().pc};
            const auto is_ours = [&](const Machine&, unsigned index) { return index == focus; };
            if (back_to_last(sleeps, is_ours, timeline().first_cycle())) return true;
            continue;
        }
        if (machine().current_cpu() == focus) return true;
    }
    settle(StopCause::history_end, "this is the beginning");
    return false;
}

// One instruction back in the same frame: over the traps that came in between, and perhaps the calls. False:
// settled.
bool MotionEngine::back_within(bool over_calls) {
    const FrameId home = frame();
    const uint32_t pc = cpu().pc;
    const uint64_t from = now();
    const unsigned focus = session_.focus_cpu_;
    if (!back_one()) return false;
    const auto last = next_instruction();
    if (!last) return true;
    const auto at_home = [&](const Machine& machine, unsigned index) {
        return index == focus && frame_of(machine, index) == home;
    };
    if (last->op == isa::Op::eret) {
        // The trap from here: in the handler's first instruction nothing but pc and mode has changed.
        const auto trapped_here = [&](const Machine& machine, unsigned index) {
            const Cpu& state = machine.cpu(index);
            const bool from_user = (state.status & status::kPreviousUser) != 0;
            const bool same_space = !home.user || ptbr::root(state.ptbr) == home.ptbr;
            return (state.epc == pc || state.epc == pc - 4) && state.x[isa::kSp] == home.sp &&
                   from_user == home.user && same_space;
        };
        const std::array<uint32_t, 1> handler{cpu().tvec};
        return !back_to_last(handler, trapped_here, timeline().first_cycle()) || back_one();
    }
    const auto before = instruction_at(pc - 4);
    if (over_calls && is_return(*last) && before && is_call(*before)) {
        const std::array<uint32_t, 1> call{pc - 4};
        if (!back_to_last(call, at_home, timeline().first_cycle())) timeline().seek(from - 1);
    }
    return true;
}

// To the beginning of the line before this one; or of this one, from its middle.
void MotionEngine::back_lines() {
    if (!start_.known()) {
        const bool found = session_.motion_ == Motion::back_over ? back_within(true) : back_one();
        if (found) settle(StopCause::done, "one instruction back");
        return;
    }
    const bool over = session_.motion_ == Motion::back_over;
    for (int left = 500; left > 0; --left) {
        const uint64_t from = now();
        if (!back_within(over)) return;
        const Place here = place();
        if (leaving_first_line_) {
            if (here.same_line(start_) || !here.known()) continue;
            leaving_first_line_ = false;
            landing_ = here;
        } else if (here.known() && !here.same_line(landing_) && from == start_cycle_) {
            landing_ = here;  // what stood in the middle had only just come back from there
        } else if (here.known() && !here.same_line(landing_)) {
            timeline().seek(landing_cycle_.value_or(from));
            return settle(StopCause::done, "the line before");
        }
        // Steps forward end where a row of the line table begins: so do steps back.
        if (here.row_start == cpu().pc) landing_cycle_ = now();
    }
}

void MotionEngine::back_out() {
    const Cpu& state = cpu();
    const CpuMemory memory(machine(), session_.focus_cpu_);
    const auto info = session_.debug_info_at(session_.focus_cpu_, state.pc);
    const auto caller = caller_of({.pc = state.pc,
                                   .sp = state.x[isa::kSp],
                                   .fp = state.x[isa::kFp],
                                   .ra = state.x[isa::kRa],
                                   .innermost = true},
                                  info.get(), memory);
    if (!caller) return settle(StopCause::done, "nothing called this function");
    FrameId home = frame();
    home.sp = caller->cfa;
    const std::array<uint32_t, 1> call{caller->return_address - 4};
    const auto at_home = [&](const Machine& machine, unsigned index) {
        return frame_of(machine, index) == home;
    };
    const bool found = back_to_last(call, at_home, timeline().first_cycle());
    settle(found ? StopCause::done : StopCause::history_end,
           found ? "before the call of this function" : "the call of this function was not found");
}

// To the last breakpoint or change of watched memory before the cursor; one stretch of history in each call.
void MotionEngine::run_backwards() {
    const auto stops = session_.breakpoints_.addresses();
    const bool watching = !session_.watches_.all().empty();
    const uint64_t first = timeline().first_cycle();
    if ((stops.empty() && !watching) || search_end_ <= first) {
        timeline().seek(first);
        return settle(StopCause::history_end, "this is the beginning");
    }
    const uint64_t snapshot = timeline().snapshot_before(search_end_);
    const uint64_t begin = search_end_ - snapshot > kSearchCycles ? search_end_ - kSearchCycles : snapshot;
    struct Hit {
        unsigned cpu = 0;
        int breakpoint = 0;
        std::optional<WatchHit> access;
    } last;
    const auto at_breakpoint = [&](const Machine& machine, unsigned index) {
        const Breakpoint* hit = session_.breakpoints_.hit(moment_of(machine, index));
        if (hit != nullptr) last = {.cpu = index, .breakpoint = hit->id, .access = {}};
        return hit != nullptr;
    };
    Timeline::AcceptAccess changed;
    if (watching) {
        changed = [&](const Machine& machine, const WatchHit& access) {
            const bool hit = watch_of(machine, access) != nullptr;
            if (hit) last = {.cpu = access.cpu, .breakpoint = 0, .access = access};
            return hit;
        };
    }
    // A change that `begin` is just behind belongs to this stretch, so look from one moment earlier.
    const uint64_t look_from = watching && begin > first ? begin - 1 : begin;
    if (const auto found = timeline().last_stop(look_from, search_end_, stops, at_breakpoint, changed)) {
        timeline().seek(*found);
        return last.access ? report_watch(*last.access) : report_breakpoint(last.cpu, last.breakpoint);
    }
    search_end_ = begin;
    timeline().seek(begin);
}

void MotionEngine::previous_switch() {
    const auto cycle = session_.events_.previous_switch(session_.focus_cpu_, now());
    if (!cycle) return settle(StopCause::history_end, "no context switch before this moment");
    timeline().seek(*cycle);
    settle(StopCause::done, "a context switch");
}

}  // namespace peach::debugger
