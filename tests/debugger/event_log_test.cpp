// The event log: intervals from announcements and traps, and what can be asked about them.

#include "debugger/event_log.h"

#include <gtest/gtest.h>

#include "emulator/isa/traps.h"
#include "machines.h"

namespace peach::debugger {
namespace {

enum State : uint8_t { kUnused, kSleeping, kRunnable, kRunning };

constexpr uint32_t kTimer = isa::kInterruptFlag;
constexpr auto kCall = static_cast<uint32_t>(isa::TrapCause::system_call);

EventLog two_cpus() {
    EventLog log;
    log.start(2, 0);
    log.set_states({{0, "UNUSED", StateRole::unused, "U"},
                    {1, "SLEEPING", StateRole::sleeping, "S"},
                    {2, "RUNNABLE", StateRole::runnable, "Q"},
                    {3, "RUNNING", StateRole::running, ">"}});
    return log;
}

void announce(EventLog& log, uint64_t cycle, uint32_t pid, State from, State to,
              std::string_view reason = "so") {
    log.add_transition({.cycle = cycle,
                        .cpu = 0,
                        .pid = pid,
                        .name = "prog",
                        .from_value = from,
                        .to_value = to,
                        .reason = reason});
}

TrapRecord trap(uint64_t cycle, TrapKind kind, uint32_t cause, bool user, uint32_t detail = 0) {
    return {.cycle = cycle,
            .cpu = 0,
            .kind = kind,
            .cause = cause,
            .pc = 0x10000,
            .user = user,
            .detail = detail};
}

TEST(EventLog, AnnouncementsBecomeIntervals) {
    EventLog log = two_cpus();
    announce(log, 10, 1, kUnused, kRunnable);
    announce(log, 20, 1, kRunnable, kRunning);
    announce(log, 35, 1, kRunning, kSleeping, "waiting");
    ASSERT_EQ(log.processes().size(), 1u);
    const ProcessHistory& process = log.processes()[0];
    EXPECT_EQ(process.birth_cycle, 10u);
    ASSERT_EQ(process.intervals.size(), 3u);
    EXPECT_EQ(process.intervals[1].begin, 20u);
    EXPECT_EQ(process.intervals[1].end, 35u);
    EXPECT_EQ(process.intervals[2].end, kOpen) << "not over yet";
    EXPECT_EQ(process.at(34)->state, kRunning);
    EXPECT_EQ(process.at(35)->state, kSleeping);
    EXPECT_EQ(process.at(9), nullptr);
    EXPECT_EQ(log.reason(log.transitions()[2]), "waiting");
    EXPECT_EQ(log.running_at(0, 34), 0u);
    EXPECT_EQ(log.running_at(0, 35), kNoProcess);
    EXPECT_EQ(log.running_at(1, 34), kNoProcess);
}

TEST(EventLog, APidThatIsUsedAgainIsAnotherProcess) {
    EventLog log = two_cpus();
    announce(log, 10, 4, kUnused, kRunnable);
    announce(log, 50, 4, kRunnable, kUnused);
    announce(log, 90, 4, kUnused, kRunnable);
    ASSERT_EQ(log.processes().size(), 2u);
    EXPECT_EQ(log.processes()[0].end_cycle, 50u);
    EXPECT_EQ(log.find_process(4, 49), 0u);
    EXPECT_EQ(log.find_process(4, 60), kNoProcess);
    EXPECT_EQ(log.find_process(4, 95), 1u);
}

TEST(EventLog, TrapsBecomeStaysInTheKernel) {
    EventLog log = two_cpus();
    log.add_trap(trap(99, TrapKind::leave, 0, true));  // eret in cycle 99: user mode at moment 100
    log.add_trap(trap(200, TrapKind::enter, kCall, true, 15));
    log.add_trap(trap(210, TrapKind::enter, kTimer, false));  // within the kernel
    log.add_trap(trap(215, TrapKind::leave, kTimer, false));
    log.add_trap(trap(220, TrapKind::leave, kCall, true));
    log.add_trap(trap(300, TrapKind::enter, kTimer, true));
    const auto stays = log.kernel_intervals(0);
    ASSERT_EQ(stays.size(), 3u);
    EXPECT_EQ(stays[0].end, 100u) << "since the reset";
    EXPECT_EQ(stays[1].begin, 201u) << "an instruction's trap shows at the next moment";
    EXPECT_EQ(stays[1].end, 221u);
    EXPECT_EQ(stays[1].detail, 15u);
    EXPECT_EQ(stays[2].begin, 300u) << "an interrupt comes before the instruction";
    EXPECT_EQ(stays[2].end, kOpen);
    EXPECT_EQ(log.kernel_at(0, 150), nullptr);
    EXPECT_EQ(log.kernel_at(0, 210), &stays[1]);
    EXPECT_EQ(log.kernel_intervals(1).size(), 1u);
}

TEST(EventLog, WaitingForSomethingToDoIsNoWork) {
    EventLog log = two_cpus();
    log.add_trap(trap(99, TrapKind::leave, 0, true));
    log.add_trap(trap(200, TrapKind::enter, kCall, true, 15));
    log.add_idle(250, 0);
    log.add_trap(trap(900, TrapKind::enter, kTimer, false));  // ends the wait
    log.add_trap(trap(910, TrapKind::leave, kTimer, false));
    log.add_trap(trap(950, TrapKind::enter, kTimer, false));  // within the kernel's work
    log.add_trap(trap(960, TrapKind::leave, kTimer, false));
    log.add_trap(trap(999, TrapKind::leave, kCall, true));
    log.add_idle(100, 1);  // since the reset it has not been in user mode
    const auto all = log.kernel_intervals(0);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1].end, 1000u);
    const auto work = log.working_intervals(0);
    ASSERT_EQ(work.size(), 3u);
    EXPECT_EQ(work[1].begin, 201u);
    EXPECT_EQ(work[1].end, 250u);
    EXPECT_EQ(work[2].begin, 900u);
    EXPECT_EQ(work[2].cause, kTimer);
    EXPECT_EQ(work[2].end, 1000u);
    EXPECT_EQ(log.working_intervals(1).back().end, 100u);
    log.truncate(240);
    EXPECT_EQ(log.working_intervals(0).back().end, kOpen) << "at that moment it had not begun to wait";
}

TEST(EventLog, KnowsWhoWokeWhom) {
    EventLog log = two_cpus();
    announce(log, 1, 1, kUnused, kRunnable);
    announce(log, 2, 2, kUnused, kSleeping);
    announce(log, 3, 1, kRunnable, kRunning);
    log.add_trap(trap(4, TrapKind::leave, 0, true));
    log.add_trap(trap(10, TrapKind::enter, kCall, true));
    announce(log, 12, 2, kSleeping, kRunnable);
    EXPECT_EQ(log.transitions().back().waker, 0u) << "process 1, in its system call";
    EXPECT_EQ(log.transitions().back().cause, kCall);
    announce(log, 13, 2, kRunnable, kSleeping);
    log.add_trap(trap(14, TrapKind::leave, kCall, true));
    log.add_trap(trap(20, TrapKind::enter, kTimer, true));
    announce(log, 22, 2, kSleeping, kRunnable);
    EXPECT_EQ(log.transitions().back().waker, kNoProcess) << "the interrupt did it, not who ran";
    EXPECT_EQ(log.transitions().back().cause, kTimer);
}

TEST(EventLog, AnAnnouncementThatIsRepeatedAfterAnInterruptCountsOnce) {
    EventLog log = two_cpus();
    announce(log, 1, 1, kUnused, kRunnable);
    announce(log, 5, 1, kRunnable, kRunning);
    announce(log, 9, 1, kRunnable, kRunning);
    EXPECT_EQ(log.transitions().size(), 2u);
    EXPECT_EQ(log.processes()[0].intervals.back().begin, 9u);
}

TEST(EventLog, TruncatingGoesBackToThatMoment) {
    EventLog log = two_cpus();
    announce(log, 1, 1, kUnused, kRunnable);
    announce(log, 5, 1, kRunnable, kRunning);
    log.add_trap(trap(6, TrapKind::leave, 0, true));
    announce(log, 9, 1, kRunning, kUnused);
    announce(log, 9, 2, kUnused, kRunnable);
    log.truncate(8);
    EXPECT_EQ(log.transitions().size(), 2u);
    ASSERT_EQ(log.processes().size(), 1u);
    EXPECT_EQ(log.processes()[0].end_cycle, kOpen);
    EXPECT_EQ(log.processes()[0].intervals.back().end, kOpen);
    EXPECT_EQ(log.running_at(0, 20), 0u);
    log.truncate(6);
    EXPECT_EQ(log.kernel_intervals(0).back().end, kOpen) << "eret of cycle 6 shows at moment 7";
    announce(log, 12, 1, kRunning, kSleeping);
    EXPECT_EQ(log.processes().size(), 1u) << "the same process goes on";
}

TEST(EventLog, SwitchesCanBeFoundInBothDirections) {
    EventLog log = two_cpus();
    announce(log, 1, 1, kUnused, kRunnable);
    announce(log, 5, 1, kRunnable, kRunning);
    announce(log, 20, 1, kRunning, kRunnable);
    announce(log, 25, 1, kRunnable, kRunning);
    EXPECT_EQ(log.next_switch(0, 0), 5u);
    EXPECT_EQ(log.next_switch(0, 5), 25u);
    EXPECT_EQ(log.next_switch(0, 25), std::nullopt);
    EXPECT_EQ(log.previous_switch(0, 25), 5u);
    EXPECT_EQ(log.previous_switch(0, 5), std::nullopt);
}

// The log and the kernel's own table are two witnesses of one machine.
TEST(EventLog, AgreesWithTheKernelsTableWhereverOneLooks) {
    auto session = testing::peachos_at_prompt();
    session->type("primes 300 & spin 300000 & ls | wc\n");
    session->finish(20'000'000);
    const Lens::View* view = session->lens()->find_view("process");
    ASSERT_NE(view, nullptr);
    const size_t state = *view->column("state");
    const uint64_t end = session->timeline().frontier();
    int compared = 0;
    for (uint64_t cycle = end / 40; cycle < end; cycle += end / 40) {
        session->seek(cycle);
        const PhysicalMemory memory(session->machine());
        for (const LensRow& row :
             session->lens()->evaluate(*view, {.memory = memory, .registers = nullptr}).rows) {
            const uint32_t index = session->events().find_process(static_cast<uint32_t>(row.key), cycle);
            ASSERT_NE(index, kNoProcess);
            const ProcessHistory& process = session->events().processes()[index];
            const StateInterval* interval = process.at(cycle);
            ASSERT_NE(interval, nullptr);
            // At the announcement itself the table still has the old state, for some instructions.
            if (cycle - interval->begin < 200) continue;
            EXPECT_EQ(session->events().states()[interval->state].value, row.cells[state].number) << cycle;
            ++compared;
        }
    }
    EXPECT_GT(compared, 80);
}

}  // namespace
}  // namespace peach::debugger
