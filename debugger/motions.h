#pragma once
// How a session moves: each motion in portions, forwards by running to where it should end, backwards by
// looking for the last moment before.
//
// A motion follows one CPU and, where it steps over something, one stack frame: the same stack pointer under
// the same page table is the same frame, whoever ran in between.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "debugger/session.h"
#include "emulator/isa/instructions.h"

namespace peach::debugger {

bool is_call(const isa::Decoded& instruction);

class MotionEngine {
  public:
    explicit MotionEngine(Session& session) : session_(session) {}

    void set_target_cycle(uint64_t cycle) { target_cycle_ = cycle; }
    void set_target_place(ResolvedPlace place) { target_place_ = std::move(place); }

    void begin(Motion motion);
    void advance(uint64_t max_cycles);

  private:
    // A frame of a process or of the kernel: mode, page table if it matters, stack pointer.
    struct FrameId {
        uint32_t sp = 0;
        uint32_t ptbr = 0;
        bool user = false;
        bool operator==(const FrameId&) const = default;
    };
    // Where a step over something is to end.
    struct Resting {
        std::vector<uint32_t> addresses;
        FrameId frame;
    };
    struct Place {
        const void* program = nullptr;
        uint32_t function = 0;
        uint16_t file = 0;
        uint32_t line = 0;
        uint32_t row_start = 0;
        bool known() const { return line != 0; }
        bool same_line(const Place& other) const {
            return program == other.program && function == other.function && file == other.file &&
                   line == other.line;
        }
    };
    using Accept = Timeline::Accept;

    const Machine& machine() const { return session_.machine(); }
    Timeline& timeline() { return session_.timeline_; }
    const Cpu& cpu() const { return machine().cpu(session_.focus_cpu_); }
    uint64_t now() const { return session_.timeline_.cursor(); }
    void settle(StopCause cause, std::string sentence, int breakpoint = 0);

    FrameId frame() const;
    FrameId frame_of(const Machine& machine, unsigned cpu) const;
    Place place() const;
    std::optional<isa::Decoded> next_instruction() const;
    std::optional<isa::Decoded> instruction_at(uint32_t address) const;

    // Forwards; each returns true while the motion goes on.
    bool run_towards(uint64_t until, std::span<const uint32_t> goals, const Accept& accept,
                     bool with_breakpoints);
    bool stop_at_breakpoint(unsigned cpu_index);
    void report_breakpoint(unsigned cpu_index, int id);
    BreakpointList::Moment moment_of(const Machine& machine, unsigned cpu_index) const;
    bool runs_program(const Machine& machine, unsigned cpu_index, std::string_view program) const;
    Watch* watch_of(const Machine& machine, const WatchHit& access);
    bool stop_at_watch();
    void report_watch(const WatchHit& access);
    bool report_end(const RunResult& result);
    void run(uint64_t end);
    bool one_instruction(uint64_t end);
    void step_lines(uint64_t end);
    bool step_within(uint64_t end);
    void rest_after(const Cpu& before, const FrameId& frame_before, bool was_call);
    bool run_to_rest(uint64_t end);
    bool line_step_is_over();
    void begin_step_out();
    void next_switch(uint64_t end);

    // Backwards.
    bool back_one();
    bool back_within(bool over_calls);
    bool back_to_last(std::span<const uint32_t> goals, const Accept& accept, uint64_t first);
    void back_lines();
    void back_out();
    void run_backwards();
    void previous_switch();
    bool at_beginning() const;

    Session& session_;
    uint64_t target_cycle_ = 0;
    ResolvedPlace target_place_;
    Place start_;
    uint64_t start_cycle_ = 0;
    std::optional<Resting> rest_;
    bool leaving_first_line_ = false;        // going back: still in the line where it began
    Place landing_;                          // going back: the line whose beginning is looked for
    std::optional<uint64_t> landing_cycle_;  // its earliest moment so far that steps end at
    uint64_t search_end_ = 0;
};

}  // namespace peach::debugger
