// The book clock: only what user mode completes takes time.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kHandler = kStart + 0x400;
constexpr uint32_t kUserCode = kStart + 0x800;
constexpr uint32_t kTimerCause = isa::kInterruptFlag;
constexpr int32_t kUserBit = 2;
constexpr int32_t kInterruptBit = 1;

MachineConfig book(unsigned cpus = 1) {
    MachineConfig config = small_config(cpus);
    config.clock = Clock::book;
    return config;
}

// Kernel: arms the timer for `countdown` and enters user mode, where `user` runs; every trap comes back to
// the handler.
Machine kernel_and_user(const Program& handler, const Program& user, uint32_t countdown,
                        const MachineConfig& config) {
    Program kernel;
    kernel.li(t0, kHandler).csrw(Control::tvec, t0);
    kernel.store_word(device::interrupt_controller_enabled, 1);
    kernel.store_word(device::timer_countdown, countdown);
    kernel.li(t0, kUserCode).csrw(Control::epc, t0);
    kernel.li(t0, (kUserBit | kInterruptBit) << 4).csrw(Control::status, t0).plain(Op::eret);
    Machine machine = machine_with(kernel, config);
    EXPECT_TRUE(machine.write_physical(handler.address(), handler.bytes()));
    EXPECT_TRUE(machine.write_physical(user.address(), user.bytes()));
    return machine;
}

Program counting_user() {  // s1 counts user instructions, two a round
    Program user(kUserCode);
    user.addi(s1, s1, 2).jump(kUserCode);
    return user;
}

// Arms again and returns, until s1 has come to `enough`.
Program handler_that_rearms(uint32_t countdown, uint32_t enough) {
    Program p(kHandler);
    p.csrr(a0, Control::cause).li(t1, enough);
    p.branch(Op::bgeu, s1, t1, p.here() + 4 * 7);
    p.store_word(device::timer_countdown, countdown);
    p.plain(Op::eret);
    return p.power_off();
}

TEST(BookClock, AQuantumIsExactlySoManyUserInstructions) {
    for (const uint32_t quantum : {1u, 2u, 7u, 100u, 10'000u}) {
        const Finished end = run_program(
            kernel_and_user(handler_that_rearms(quantum, 50'000), counting_user(), quantum, book()));
        ASSERT_EQ(end.result.reason, StopReason::powered_off);
        uint64_t interrupts = 0;
        for (const TrapRecord& trap : end.output.traps) {
            if (trap.kind != TrapKind::enter) continue;
            EXPECT_EQ(trap.cause, kTimerCause);
            ++interrupts;
        }
        // The power goes off in the kernel, so the clock has counted the whole quanta and nothing else.
        EXPECT_EQ(end.machine.clock(), interrupts * quantum);
        EXPECT_GE(end.machine.clock(), 49'999u);  // s1 runs ahead of the jump by one
    }
}

TEST(BookClock, KernelAndTrapsAreFree) {
    Program user(kUserCode);
    user.addi(a0, a0, 1).plain(Op::ecall).addi(a0, a0, 1).plain(Op::ecall);
    Program handler(kHandler);  // goes on behind the ecall; the second time it switches off
    handler.csrr(t0, Control::epc).addi(t0, t0, 4).csrw(Control::epc, t0);
    handler.addi(a1, a1, 1).addi(t1, zero, 2);
    handler.branch(Op::beq, a1, t1, handler.here() + 8).plain(Op::eret);
    handler.csrr(a2, Control::cycle).li(t1, device::timer_now_low).load(Op::lw, a3, 0, t1).power_off();
    const Machine end = run_program(kernel_and_user(handler, user, 1000, book())).machine;
    EXPECT_TRUE(end.powered_off());
    EXPECT_EQ(end.clock(), 2u);  // the two addi
    EXPECT_GT(end.cycle(), 40u);
    EXPECT_EQ(end.cpu(0).x[a2], 2u);  // what the guest reads
    EXPECT_EQ(end.cpu(0).x[a3], 2u);
}

TEST(BookClock, FaultsTakeNoTime) {
    Program user(kUserCode);
    user.load(Op::lw, a0, 2, zero).addi(a0, a0, 1).plain(Op::ecall);
    Program handler(kHandler);
    handler.csrr(t0, Control::epc).addi(t0, t0, 4).csrw(Control::epc, t0).csrr(a1, Control::cause);
    handler.addi(t1, zero, static_cast<int32_t>(isa::TrapCause::system_call));
    handler.branch(Op::beq, a1, t1, handler.here() + 8).plain(Op::eret).power_off();
    const Machine end = run_program(kernel_and_user(handler, user, 1000, book())).machine;
    EXPECT_TRUE(end.powered_off());
    EXPECT_EQ(end.clock(), 1u);
}

TEST(BookClock, AnIdleMachineSkipsToTheNextEvent) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1).store_word(device::timer_countdown, 1'000'000);
    p.plain(Op::wfi).power_off();
    const Machine end = run_program(machine_with(p, book()), 10'000'000).machine;
    EXPECT_TRUE(end.powered_off());
    EXPECT_EQ(end.clock(), 1'000'000u);
}

TEST(BookClock, ASecondCpuInTheKernelDoesNotAddTime) {
    // CPU 1 loops in the kernel; CPU 0 counts its quanta as if it were alone.
    Machine machine = kernel_and_user(handler_that_rearms(100, 5000), counting_user(), 100, book(2));
    Program looping(kStart + 0x2000);
    looping.jump(looping.here());
    EXPECT_TRUE(machine.write_physical(looping.address(), looping.bytes()));
    machine.deliver({0, RegisterEdit{1, 16, looping.address()}});
    const Finished end = run_program(machine);
    ASSERT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_EQ(end.machine.clock(), 5000u);
}

TEST(BookClock, TheRunIsTheSameHoweverItIsCut) {
    const Machine start = kernel_and_user(handler_that_rearms(100, 5000), counting_user(), 100, book());
    const Finished whole = run_program(start);
    for (const uint64_t piece : {1u, 7u, 333u}) {
        Engine engine(start);
        RunOutput output;
        while (engine.run(engine.machine().cycle() + piece, output).reason == StopReason::limit) {
        }
        EXPECT_EQ(engine.machine().hash(), whole.machine.hash());
    }
}

TEST(RealClock, IsTheCycleCount) {
    const Machine end =
        run_program(kernel_and_user(handler_that_rearms(100, 5000), counting_user(), 100, small_config()))
            .machine;
    EXPECT_TRUE(end.powered_off());
    EXPECT_EQ(end.clock(), end.cycle());
}

}  // namespace
}  // namespace peach::testing
