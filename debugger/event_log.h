#pragma once
// What happened, with its cycle and its cause: one log that the process list, the state diagram, the timeline
// chart, the status line and the exports all read, so that they cannot disagree.
//
//   probe stops  -> transitions -> state intervals of each process         ( a row of the chart )
//   trap records -> kernel intervals of each CPU, with their causes        ( kernel time, hover )
//   both         -> who woke whom
//
// A process is its pid and the cycle of its birth, so that a reused pid is another process.
// Every list is ascending in time; look-ups are binary searches.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emulator/engine.h"

namespace peach::debugger {

// What a state means to a scheduler; which of the guest's states plays which role is the lens's word.
enum class StateRole : uint8_t { unused, embryo, sleeping, runnable, running, zombie, other };

struct StateInfo {
    int64_t value = 0;  // the guest's own number
    std::string name;   // "RUNNABLE"
    StateRole role = StateRole::other;
    std::string letter;  // "Q"
};

inline constexpr uint32_t kNoProcess = 0xFFFFFFFF;
inline constexpr uint64_t kOpen = 0xFFFFFFFFFFFFFFFF;  // the end of an interval that has not ended

// One change of state, as the guest's own function announced it.
struct Transition {
    uint64_t cycle = 0;             // the first moment at which the guest's memory has the new state
    uint64_t clock = 0;             // the machine's clock then: under the book clock, user instructions only
    uint32_t process = kNoProcess;  // index into EventLog::processes()
    uint32_t reason = 0;            // index into EventLog::reasons()
    uint32_t waker =
        kNoProcess;  // sleeping -> runnable: who was running; kNoProcess: an interrupt or the kernel itself
    uint32_t cause = 0;  // cause register of the trap that the CPU was in; 0: none known
    uint8_t cpu = 0;
    uint8_t from = 0;  // index into EventLog::states()
    uint8_t to = 0;
};

struct StateInterval {
    uint64_t begin = 0;
    uint64_t end = kOpen;
    uint32_t transition =
        0;  // index into EventLog::transitions(): the one that began it; kNoTransition: forgotten
    uint8_t state = 0;
    uint8_t cpu = 0;  // for running states: where
};

// A process takes another name when it runs another program.
struct NameInterval {
    uint64_t begin = 0;
    std::string name;
};

struct ProcessHistory {
    uint32_t pid = 0;
    uint64_t birth_cycle = 0;
    uint64_t end_cycle = kOpen;  // when its slot became unused again
    std::vector<NameInterval> names;
    std::vector<StateInterval> intervals;

    const StateInterval* at(uint64_t cycle) const;  // nullptr: not alive then
    // Before its birth: the name that it will have first.
    std::string_view name_at(uint64_t cycle) const;
};

inline constexpr uint32_t kNoTransition = 0xFFFFFFFF;

// A stay of one CPU in the kernel, from a trap out of user mode (or the reset) to the return to user mode: at
// every moment from `begin` on, and before `end`, the CPU is in kernel mode.
struct KernelInterval {
    uint64_t begin = 0;
    uint64_t end = kOpen;
    uint32_t cause = 0;   // the cause register at the entry; 0: since reset
    uint32_t detail = 0;  // system calls: their number; page faults: the address
    uint32_t pc = 0;      // where user mode was interrupted
};

// Who a CPU belongs to, until the next of its stays begins.
struct RunningStay {
    uint64_t begin = 0;
    uint32_t process = kNoProcess;  // kNoProcess: nobody, the kernel looks for one
};

class EventLog {
  public:
    // Before the first cycle: every CPU is in the kernel since the reset.
    void start(unsigned cpu_count, uint64_t first_cycle);
    // The states in the lens's order; without a lens there are none, and only traps are logged.
    void set_states(std::vector<StateInfo> states);

    std::span<const StateInfo> states() const { return states_; }
    StateRole role_of(int64_t value) const { return states_[state_index(value)].role; }
    std::span<const Transition> transitions() const { return transitions_; }
    std::span<const ProcessHistory> processes() const { return processes_; }
    std::span<const std::string> reasons() const { return reasons_; }
    std::span<const KernelInterval> kernel_intervals(unsigned cpu) const;
    // The same without the time in which the CPU waits for something to do: what is left of a stay begins at
    // its entry, or with the interrupt that ended a wait.
    std::span<const KernelInterval> working_intervals(unsigned cpu) const;
    std::span<const RunningStay> running_stays(unsigned cpu) const;
    unsigned cpu_count() const { return static_cast<unsigned>(cpus_.size()); }

    std::string_view reason(const Transition& transition) const { return reasons_[transition.reason]; }
    // How many transitions lie at or before that moment.
    size_t transitions_until(uint64_t cycle) const;
    // Who was running on a CPU at that moment (from the transitions); kNoProcess if nobody.
    uint32_t running_at(unsigned cpu, uint64_t cycle) const;
    // The stay in the kernel that a moment lies in; nullptr in user mode.
    const KernelInterval* kernel_at(unsigned cpu, uint64_t cycle) const;
    // The process with that pid that was alive at that moment.
    uint32_t find_process(uint32_t pid, uint64_t cycle) const;
    // The moment of the next or previous change of the running process of a CPU; nothing if none is logged.
    std::optional<uint64_t> next_switch(unsigned cpu, uint64_t after) const;
    std::optional<uint64_t> previous_switch(unsigned cpu, uint64_t before) const;

    // Details older than this have been dropped to bound memory; what is left of them is not complete.
    uint64_t complete_since() const { return complete_since_; }

    // Recording (frontier only).
    struct Announcement {
        uint64_t cycle = 0;
        uint64_t clock = 0;
        unsigned cpu = 0;
        uint32_t pid = 0;
        std::string_view name;
        int64_t from_value = 0;
        int64_t to_value = 0;
        std::string_view reason;
    };
    void add_transition(const Announcement& what);
    void add_name(uint64_t cycle, uint32_t pid, std::string_view name);
    void add_trap(const TrapRecord& trap);
    void add_idle(uint64_t cycle, unsigned cpu);  // from now to its next interrupt the CPU has nothing to do
    void truncate(uint64_t cycle);

  private:
    struct CpuHistory {
        std::vector<KernelInterval> kernel;
        std::vector<KernelInterval> working;
        std::vector<RunningStay> running;
        uint32_t nested_cause = 0;  // of the trap in kernel mode that is being handled; 0: none
    };

    uint8_t state_index(int64_t value) const;
    bool has_role(uint8_t state, StateRole role) const { return states_[state].role == role; }
    uint32_t intern_reason(std::string_view reason);
    uint32_t process_for(const Announcement& what);
    static void note_name(ProcessHistory& process, uint64_t cycle, std::string_view name);
    bool repeats_last(const ProcessHistory& process, const Transition& transition) const;
    void find_cause(Transition& transition) const;
    void extend(ProcessHistory& process, const Transition& transition, uint32_t index);
    void note_running(unsigned cpu_index, uint32_t process, uint64_t cycle);
    void note_stop(uint32_t process, uint64_t cycle);
    static void close_last(std::vector<KernelInterval>& stays, uint64_t cycle);
    void add_stay(std::vector<KernelInterval>& stays, const TrapRecord& trap);
    void forget_oldest();
    void rebuild_living();
    void truncate_processes(uint64_t cycle);

    std::vector<StateInfo> states_;
    std::vector<Transition> transitions_;
    std::vector<ProcessHistory> processes_;
    std::vector<std::string> reasons_;
    std::map<std::string, uint32_t, std::less<>> reason_index_;
    std::unordered_map<uint32_t, uint32_t> living_;  // pid -> index of the living process
    std::vector<CpuHistory> cpus_;
    uint64_t complete_since_ = 0;
};

}  // namespace peach::debugger
