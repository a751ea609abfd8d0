// Atomics, and several CPUs that take turns.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kWord = kStart + 0x8000;

// The routine on CPU `cpu` at kStart + (cpu + 1) * 0x400.
Program by_cpu() {
    Program p;
    p.csrr(t0, Control::cpuid).rri(Op::slli, t0, t0, 10).li(t1, kStart + 0x400).rrr(Op::add, t1, t1, t0);
    p.rri(Op::jalr, zero, t1, 0);
    return p.pad_to(kStart + 0x400);
}

MachineConfig smp(unsigned cpus, uint32_t slice) {
    MachineConfig config = small_config(cpus);
    config.slice_instructions = slice;
    return config;
}

TEST(Atomics, LoadReservedStoreConditional) {
    Program p;
    p.li(a0, kWord).addi(a1, zero, 5);
    p.op({Op::sc_w, a2, a0, a1, 0});  // no reservation
    p.op({Op::lr_w, a3, a0, 0, 0}).op({Op::sc_w, a4, a0, a1, 0});
    p.op({Op::sc_w, a5, a0, a1, 0});  // used up
    p.power_off();
    const Machine machine = run_program(p).machine;
    EXPECT_EQ(machine.cpu(0).x[a2], 1u);
    EXPECT_EQ(machine.cpu(0).x[a3], 0u);
    EXPECT_EQ(machine.cpu(0).x[a4], 0u);
    EXPECT_EQ(machine.cpu(0).x[a5], 1u);
    EXPECT_EQ(word_at(machine, kWord), 5u);
}

TEST(Atomics, AReservationIsForOneAddressAndEndsWithATrap) {
    Program p;
    p.li(t2, kStart + 0x200).csrw(Control::tvec, t2).li(a0, kWord);
    p.op({Op::lr_w, zero, a0, 0, 0}).addi(a1, a0, 4).op({Op::sc_w, a2, a1, a1, 0});
    p.op({Op::lr_w, zero, a0, 0, 0}).plain(Op::ecall).op({Op::sc_w, a3, a0, a1, 0}).power_off();
    p.pad_to(kStart + 0x200).csrr(t0, Control::epc).addi(t0, t0, 4).csrw(Control::epc, t0).plain(Op::eret);
    const Machine machine = run_program(p).machine;
    EXPECT_EQ(machine.cpu(0).x[a2], 1u);
    EXPECT_EQ(machine.cpu(0).x[a3], 1u);
    EXPECT_EQ(word_at(machine, kWord), 0u);
}

TEST(Atomics, MisalignedOnesTrap) {
    const std::pair<Op, isa::TrapCause> cases[] = {{Op::lr_w, isa::TrapCause::load_misaligned},
                                                   {Op::sc_w, isa::TrapCause::store_misaligned},
                                                   {Op::amoadd_w, isa::TrapCause::store_misaligned}};
    for (const auto& [op, cause] : cases) {
        Program p;
        p.li(t2, kStart + 0x200).csrw(Control::tvec, t2).li(a0, kWord + 2).op({op, a1, a0, a1, 0});
        p.pad_to(kStart + 0x200).power_off();
        EXPECT_EQ(run_program(p).machine.cpu(0).cause, static_cast<uint32_t>(cause));
    }
}

TEST(SeveralCpus, TakeTurnsInSlices) {
    Program p;
    const uint32_t loop = p.here();
    p.addi(a0, a0, 1).jump(loop);
    Engine engine(machine_with(p, smp(3, 10)));
    RunOutput output;
    const auto rounds = [&](unsigned cpu) { return engine.machine().cpu(cpu).x[a0]; };
    engine.run(10, output);
    EXPECT_EQ(engine.machine().current_cpu(), 1u);
    EXPECT_EQ(rounds(0), 5u);
    EXPECT_EQ(rounds(1), 0u);
    engine.run(25, output);
    EXPECT_EQ(rounds(1), 5u);
    EXPECT_EQ(rounds(2), 3u);
    engine.run(300, output);
    for (unsigned cpu = 0; cpu < 3; ++cpu) EXPECT_EQ(rounds(cpu), 50u);
}

// Each CPU adds 1 to a word `rounds` times; CPU 0 waits for all and powers off.
Program add_in_parallel(unsigned cpus, int rounds, bool with_reservation) {
    Program p = by_cpu();
    for (unsigned cpu = 0; cpu < cpus; ++cpu) {
        p.pad_to(kStart + 0x400 * (cpu + 1)).li(a0, kWord).addi(a1, zero, rounds).addi(a2, zero, 1);
        const uint32_t loop = p.here();
        if (with_reservation) {
            p.op({Op::lr_w, a3, a0, 0, 0}).addi(a3, a3, 1).op({Op::sc_w, a4, a0, a3, 0});
            p.branch(Op::bne, a4, zero, loop);
        } else {
            p.op({Op::amoadd_w, zero, a0, a2, 0});
        }
        p.addi(a1, a1, -1).branch(Op::bne, a1, zero, loop);
        p.addi(a0, a0, 4).op({Op::amoadd_w, zero, a0, a2, 0});
        if (cpu == 0) {
            const uint32_t wait = p.here();
            p.load(Op::lw, a3, 0, a0)
                .addi(a4, zero, static_cast<int32_t>(cpus))
                .branch(Op::bne, a3, a4, wait);
            p.power_off();
        } else {
            p.plain(Op::wfi).jump(p.here() - 4);
        }
    }
    return p;
}

TEST(SeveralCpus, AtomicsLoseNothing) {
    for (const uint32_t slice : {1u, 2u, 3u, 7u, 100u}) {
        for (const bool with_reservation : {false, true}) {
            const Finished end =
                run_program(machine_with(add_in_parallel(4, 300, with_reservation), smp(4, slice)));
            EXPECT_EQ(end.result.reason, StopReason::powered_off);
            EXPECT_EQ(word_at(end.machine, kWord), 1200u) << "slice " << slice;
        }
    }
}

TEST(SeveralCpus, APlainStoreOfAnotherCpuBreaksTheReservation) {
    Program p = by_cpu();
    p.li(a0, kWord).store(Op::sw, zero, 8, a0).op({Op::lr_w, a1, a0, 0, 0});
    for (int i = 0; i < 20; ++i) p.addi(zero, zero, 0);
    p.op({Op::sc_w, a2, a0, a0, 0}).power_off();
    p.pad_to(kStart + 0x800).li(a0, kWord).addi(a1, zero, 9);
    const uint32_t loop = p.here();
    p.store(Op::sw, a1, 0, a0).jump(loop);  // the page is in its store cache long before
    const Machine machine = run_program(machine_with(p, smp(2, 4))).machine;
    EXPECT_EQ(machine.cpu(0).x[a2], 1u);
    EXPECT_EQ(word_at(machine, kWord), 9u);
}

TEST(SeveralCpus, AStoreBesideTheReservedWordDoesNot) {
    Program p = by_cpu();
    p.li(a0, kWord).op({Op::lr_w, a1, a0, 0, 0});
    for (int i = 0; i < 20; ++i) p.addi(zero, zero, 0);
    p.op({Op::sc_w, a2, a0, a0, 0}).power_off();
    p.pad_to(kStart + 0x800).li(a0, kWord).addi(a1, zero, 9);
    const uint32_t loop = p.here();
    p.store(Op::sw, a1, 4, a0).jump(loop);
    EXPECT_EQ(run_program(machine_with(p, smp(2, 4))).machine.cpu(0).x[a2], 0u);
}

TEST(SeveralCpus, InterprocessorInterruptWakesAnother) {
    Program p = by_cpu();
    p.addi(a1, zero, 40);
    const uint32_t delay = p.here();
    p.addi(a1, a1, -1).branch(Op::bne, a1, zero, delay);
    p.store_word(device::interrupt_controller_send, 1u << 1);
    p.plain(Op::wfi).jump(p.here() - 4);
    p.pad_to(kStart + 0x800).store_word(device::interrupt_controller_enabled, 1u << 1);
    p.plain(Op::wfi).li(t0, device::interrupt_controller_pending).load(Op::lw, a0, 0, t0);
    p.store(Op::sw, zero, 0xC, t0).load(Op::lw, a1, 0, t0).power_off();
    const Finished end = run_program(machine_with(p, smp(2, 5)));
    EXPECT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_EQ(end.machine.cpu(1).x[a0], 2u);
    EXPECT_EQ(end.machine.cpu(1).x[a1], 0u);
}

TEST(SeveralCpus, SingleStepsEqualOneRun) {
    const Program p = add_in_parallel(3, 40, true);
    for (const uint32_t slice : {1u, 3u, 50u}) {
        Engine steps(machine_with(p, smp(3, slice)));
        RunOutput output;
        for (uint64_t cycle = 1; cycle <= 800; ++cycle) {
            steps.run(cycle, output);
            if (cycle % 97 != 0) continue;
            EXPECT_EQ(steps.machine().hash(),
                      run_program(machine_with(p, smp(3, slice)), cycle).machine.hash());
        }
    }
}

TEST(SeveralCpus, EachTimerIsItsOwn) {
    Program p;
    p.csrr(a0, Control::cpuid).addi(a0, a0, 1).rri(Op::slli, a0, a0, 8);  // 256, 512
    p.store_word(device::interrupt_controller_enabled, 1);
    p.li(t0, device::timer_countdown).store(Op::sw, a0, 0, t0).plain(Op::wfi);
    p.csrr(a1, Control::cycle);
    p.store_word(device::interrupt_controller_enabled, 0).plain(Op::wfi);
    const Finished end = run_program(machine_with(p, smp(2, 1000)));
    EXPECT_EQ(end.result.reason, StopReason::idle);
    EXPECT_EQ(end.machine.cpu(0).x[a1], 10u + 256);
    EXPECT_EQ(end.machine.cpu(1).x[a1], 12u + 10 + 512);
}

}  // namespace
}  // namespace peach::testing
