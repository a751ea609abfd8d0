// Motions forwards. Backwards: motions_back.cpp.

#include "debugger/motions.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstring>

#include "debugger/frames.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

uint64_t saturating_add(uint64_t a, uint64_t b) {
    return a > kEndOfTime - b ? kEndOfTime : a + b;
}

// How far one portion of a motion that looks for an event in the log may overshoot it.
constexpr uint64_t kLookAheadCycles = 50'000;

}  // namespace

bool is_call(const isa::Decoded& d) {
    return (d.op == isa::Op::jal || d.op == isa::Op::jalr) && d.rd == isa::kRa;
}

// ---- what stands where ----

MotionEngine::FrameId MotionEngine::frame_of(const Machine& machine, unsigned cpu_index) const {
    const Cpu& state = machine.cpu(cpu_index);
    // Kernel stacks have addresses of their own; user stacks are alike in every process.
    return {.sp = state.x[isa::kSp],
            .ptbr = state.user_mode() ? ptbr::root(state.ptbr) : 0,
            .user = state.user_mode()};
}

MotionEngine::FrameId MotionEngine::frame() const {
    return frame_of(machine(), session_.focus_cpu_);
}

MotionEngine::Place MotionEngine::place() const {
    const uint32_t pc = cpu().pc;
    const auto info = session_.debug_info_at(session_.focus_cpu_, pc);
    if (info == nullptr) return {};
    const auto where = info->line_at(pc);
    if (!where || where->line == 0) return {};
    const Function* function = info->function_at(pc);
    return {.program = info.get(),
            .function = function == nullptr ? 0 : function->low_pc,
            .file = where->file_index,
            .line = where->line,
            .row_start = where->where.low};
}

std::optional<isa::Decoded> MotionEngine::instruction_at(uint32_t address) const {
    std::array<std::byte, 4> bytes;
    if (!machine().read_virtual(session_.focus_cpu_, address, bytes)) return std::nullopt;
    uint32_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return isa::decode(word);
}

std::optional<isa::Decoded> MotionEngine::next_instruction() const {
    return instruction_at(cpu().pc);
}

void MotionEngine::settle(StopCause cause, std::string sentence, int breakpoint) {
    session_.settle(cause, std::move(sentence), breakpoint);
}

// ---- beginning ----

void MotionEngine::begin(Motion motion) {
    start_ = place();
    start_cycle_ = now();
    search_end_ = now();
    rest_.reset();
    landing_ = {};
    landing_cycle_.reset();
    leaving_first_line_ = start_.known() && start_.row_start == cpu().pc;
    if (!leaving_first_line_) landing_ = start_;
    if (motion == Motion::step_over && !start_.known()) {
        const auto next = next_instruction();
        if (next && is_call(*next)) rest_ = Resting{{cpu().pc + 4}, frame()};
    }
    if (motion == Motion::step_out) begin_step_out();
}

void MotionEngine::advance(uint64_t max_cycles) {
    const uint64_t end = saturating_add(now(), max_cycles);
    switch (session_.motion_) {
        case Motion::none:
            return;
        case Motion::run:
        case Motion::run_to_cycle:
        case Motion::run_to_place:
            return run(end);
        case Motion::step_instruction:
            if (one_instruction(end) || session_.motion_ == Motion::none) return;
            return settle(StopCause::done, "one instruction");
        case Motion::step_line:
        case Motion::step_over:
        case Motion::step_out:
            return step_lines(end);
        case Motion::next_switch:
            return next_switch(end);
        case Motion::back_instruction:
            if (!back_one()) return;
            return settle(StopCause::done, "one instruction back");
        case Motion::back_line:
        case Motion::back_over:
            return back_lines();
        case Motion::back_out:
            return back_out();
        case Motion::run_backwards:
            return run_backwards();
        case Motion::previous_switch:
            return previous_switch();
    }
}

// ---- running ----

// Settles if nothing more can happen. True: it can.
bool MotionEngine::report_end(const RunResult& result) {
    if (result.reason == StopReason::powered_off) {
        settle(StopCause::powered_off,
               fmt::format("the machine is off, with status {}", machine().exit_status()));
        return false;
    }
    if (result.reason == StopReason::idle) {
        settle(StopCause::idle, "every CPU waits: only input can wake one");
        return false;
    }
    return true;
}

BreakpointList::Moment MotionEngine::moment_of(const Machine& machine, unsigned cpu_index) const {
    BreakpointList::Moment moment{.machine = machine, .cpu = cpu_index, .program = {}};
    if (!session_.breakpoints_.asks_for_program()) return moment;
    if (auto process = session_.current_process(machine, cpu_index))
        moment.program = std::move(process->name);
    return moment;
}

bool MotionEngine::runs_program(const Machine& machine, unsigned cpu_index, std::string_view program) const {
    if (program.empty()) return true;
    const auto process = session_.current_process(machine, cpu_index);
    return process && process->name == program;
}

bool MotionEngine::stop_at_breakpoint(unsigned cpu_index) {
    const Breakpoint* hit = session_.breakpoints_.hit(moment_of(machine(), cpu_index));
    if (hit == nullptr) return false;
    report_breakpoint(cpu_index, hit->id);
    return true;
}

void MotionEngine::report_breakpoint(unsigned cpu_index, int id) {
    Breakpoint* breakpoint = session_.breakpoints_.find(id);
    ++breakpoint->hits;
    session_.focus_cpu_ = cpu_index;
    settle(StopCause::breakpoint, fmt::format("breakpoint {}, {}", id, breakpoint->place), id);
}

// The watch of which the access has changed something.
Watch* MotionEngine::watch_of(const Machine& machine, const WatchHit& access) {
    const auto runs = [&](std::string_view program) { return runs_program(machine, access.cpu, program); };
    return session_.watches_.changed_by(access, ptbr::root(machine.cpu(access.cpu).ptbr), runs);
}

bool MotionEngine::stop_at_watch() {
    const std::optional<WatchHit> access = timeline().watch_hit();
    if (!access || watch_of(machine(), *access) == nullptr) return false;
    report_watch(*access);
    return true;
}

void MotionEngine::report_watch(const WatchHit& access) {
    Watch* watch = watch_of(machine(), access);
    ++watch->hits;
    session_.focus_cpu_ = access.cpu;
    settle(StopCause::watch,
           fmt::format("watch {}, {}: {} became {}, written at {}", watch->id, watch->expression,
                       access.before, access.after, session_.symbolize(access.cpu, access.pc)));
}

// Runs until `until`, a breakpoint, or a goal that is accepted: then it returns false (and only a breakpoint
// or the end of everything has settled the motion).
bool MotionEngine::run_towards(uint64_t until, std::span<const uint32_t> goals, const Accept& accept,
                               bool with_breakpoints) {
    std::vector<uint32_t> stops(goals.begin(), goals.end());
    const auto breakpoints = session_.breakpoints_.addresses();
    if (with_breakpoints) stops.insert(stops.end(), breakpoints.begin(), breakpoints.end());
    while (now() < until) {
        const RunResult result = timeline().run_forward(until, stops);
        if (!report_end(result)) return false;
        if (result.reason == StopReason::watch && with_breakpoints && stop_at_watch()) return false;
        if (result.reason != StopReason::stop_address) continue;
        const uint32_t pc = machine().cpu(result.cpu).pc;
        const bool at_goal = std::ranges::find(goals, pc) != goals.end();
        if (at_goal && accept(machine(), result.cpu)) return false;
        if (with_breakpoints && stop_at_breakpoint(result.cpu)) return false;
    }
    return true;
}

void MotionEngine::run(uint64_t end) {
    const bool to_cycle = session_.motion_ == Motion::run_to_cycle;
    std::vector<uint32_t> goals;
    if (session_.motion_ == Motion::run_to_place) goals = target_place_.addresses;
    if (to_cycle) end = std::min(end, target_cycle_);
    const auto is_there = [&](const Machine& machine, unsigned index) {
        if (!runs_program(machine, index, target_place_.program)) return false;
        session_.focus_cpu_ = index;
        return true;
    };
    const bool goes_on = run_towards(end, goals, is_there, !to_cycle);
    if (session_.motion_ == Motion::none) return;
    if (!goes_on) return settle(StopCause::done, fmt::format("at 0x{:08X}", cpu().pc));
    if (to_cycle && now() >= target_cycle_) settle(StopCause::done, fmt::format("at cycle {}", now()));
}

// ---- stepping ----

// Lets the focused CPU execute one instruction; others may have their turns before. False: done (or settled).
bool MotionEngine::one_instruction(uint64_t end) {
    const unsigned focus = session_.focus_cpu_;
    while (now() < end) {
        if (cpu().waiting) {
            // It goes on behind the wfi, or in the trap handler.
            const std::array<uint32_t, 3> wakes{cpu().pc, cpu().pc + 4, cpu().tvec};
            const auto is_ours = [&](const Machine&, unsigned index) { return index == focus; };
            return run_towards(end, wakes, is_ours, false);
        }
        const bool ours = machine().current_cpu() == focus;
        if (!report_end(timeline().run_forward(now() + 1))) return false;
        if (ours) return false;
    }
    return true;
}

void MotionEngine::step_lines(uint64_t end) {
    // Stepping is interactive: a portion must not take longer than a slice, however slowly instructions come.
    for (int left = 2'000; left > 0 && now() < end; --left) {
        if (!step_within(end)) return;
    }
}

// One instruction of the line, or a part of what it steps over. False: settled, or the portion is used up.
bool MotionEngine::step_within(uint64_t end) {
    if (rest_) {
        if (run_to_rest(end)) return false;
        if (session_.motion_ == Motion::none) return false;
        if (session_.motion_ == Motion::step_out || !start_.known()) {
            settle(StopCause::done,
                   session_.motion_ == Motion::step_out ? "out of the function" : "over the call");
            return false;
        }
        return !line_step_is_over();
    }
    const Cpu before = cpu();
    const FrameId frame_before = frame();
    const auto next = next_instruction();
    const bool was_call = next && is_call(*next);
    if (one_instruction(end)) return false;
    if (session_.motion_ == Motion::none) return false;
    if (!start_.known()) {
        settle(StopCause::done, "one instruction");
        return false;
    }
    rest_after(before, frame_before, was_call);
    return rest_ || !line_step_is_over();
}

// After one instruction: whether it led somewhere that the step passes over.
void MotionEngine::rest_after(const Cpu& before, const FrameId& frame_before, bool was_call) {
    const bool trapped = cpu().pc == cpu().tvec && !cpu().user_mode() && before.pc != cpu().tvec - 4;
    // The call was made, and the interrupt came before the called function's first instruction.
    const bool called_first = trapped && was_call && cpu().epc != before.pc;
    if (trapped && !(called_first && session_.motion_ != Motion::step_line)) {
        FrameId home = frame_before;
        home.sp = cpu().x[isa::kSp];
        rest_ = Resting{{cpu().epc, cpu().epc + 4}, home};
        return;
    }
    if (!was_call) return;
    const bool into = session_.motion_ == Motion::step_line && place().known();
    if (!into) rest_ = Resting{{before.pc + 4}, frame_before};
}

// True: still on the way.
bool MotionEngine::run_to_rest(uint64_t end) {
    if (!rest_) return false;
    const Resting rest = *rest_;
    const auto is_home = [&](const Machine& machine, unsigned index) {
        return frame_of(machine, index) == rest.frame;
    };
    if (run_towards(end, rest.addresses, is_home, true)) return true;
    rest_.reset();
    return false;
}

bool MotionEngine::line_step_is_over() {
    const Place here = place();
    if (!here.known() || here.same_line(start_) || here.row_start != cpu().pc) return false;
    settle(StopCause::done, "the next line");
    return true;
}

void MotionEngine::begin_step_out() {
    const Cpu& state = cpu();
    const CpuMemory memory(machine(), session_.focus_cpu_);
    const auto info = session_.debug_info_at(session_.focus_cpu_, state.pc);
    const StackPosition here{.pc = state.pc,
                             .sp = state.x[isa::kSp],
                             .fp = state.x[isa::kFp],
                             .ra = state.x[isa::kRa],
                             .innermost = true};
    const auto caller = caller_of(here, info.get(), memory);
    FrameId frame_after = frame();
    if (!caller) return settle(StopCause::done, "nothing called this function");
    frame_after.sp = caller->cfa;
    rest_ = Resting{{caller->return_address}, frame_after};
}

// The event log knows a switch once it has happened.
void MotionEngine::next_switch(uint64_t end) {
    const unsigned focus = session_.focus_cpu_;
    while (now() < end) {
        if (const auto cycle = session_.events_.next_switch(focus, start_cycle_)) {
            timeline().seek(*cycle);
            return settle(StopCause::done, "a context switch");
        }
        const uint64_t known = std::max(now(), timeline().frontier());
        timeline().go_live();
        if (!report_end(timeline().run_forward(saturating_add(known, kLookAheadCycles)))) return;
    }
}

}  // namespace peach::debugger
