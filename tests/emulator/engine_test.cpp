// Counting, stopping, interrupts, waiting: what run() promises.

#include "emulator/engine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

// Counts down from n; a0 counts the rounds.
Program counting_loop(uint32_t rounds) {
    Program p;
    p.li(a1, rounds);
    const uint32_t loop = p.here();
    p.addi(a0, a0, 1).addi(a1, a1, -1).branch(Op::bne, a1, zero, loop);
    p.power_off(7);
    return p;
}

TEST(Engine, PowerOffEndsTheRunWithItsStatus) {
    const Finished end = run_program(counting_loop(10));
    EXPECT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_EQ(end.machine.exit_status(), 7);
    EXPECT_EQ(end.machine.cpu(0).x[a0], 10u);
    EXPECT_EQ(end.machine.cycle(), 2u + 30u + 5u);
}

TEST(Engine, StopsAtEveryCycleExactlyAndTheSameWay) {
    Engine steps(machine_with(counting_loop(200)));
    RunOutput output;
    for (uint64_t cycle = 1; cycle <= 600; ++cycle) {
        ASSERT_EQ(steps.run(cycle, output).reason, StopReason::limit);
        ASSERT_EQ(steps.machine().cycle(), cycle);
        Engine once(machine_with(counting_loop(200)));
        once.run(cycle, output);
        ASSERT_EQ(once.machine().hash(), steps.machine().hash()) << "at cycle " << cycle;
        ASSERT_EQ(once.machine(), steps.machine());
    }
}

TEST(Engine, RunIntoThePastDoesNothing) {
    Engine engine(machine_with(counting_loop(10)));
    RunOutput output;
    engine.run(5, output);
    const uint64_t hash = engine.machine().hash();
    EXPECT_EQ(engine.run(3, output).reason, StopReason::limit);
    EXPECT_EQ(engine.machine().hash(), hash);
}

TEST(Engine, CodeRunsAcrossPages) {
    Program p;
    p.pad_to(kStart + 3 * isa::kPageSize + 8);
    p.power_off(0);
    const Finished end = run_program(p);
    EXPECT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_EQ(end.machine.cycle(), 3 * 1024u + 2 + 5);
    for (const uint64_t cycle : {1023, 1024, 1025, 2048}) {
        EXPECT_EQ(run_program(p, cycle).machine.cpu(0).pc, kStart + cycle * 4);
    }
}

TEST(Engine, StopAddressStopsBeforeTheInstructionAndLetsItGoNextTime) {
    const uint32_t loop = kStart + 8;
    Engine engine(machine_with(counting_loop(3)));
    engine.set_stop_addresses(std::array{loop + 4});
    RunOutput output;
    for (uint32_t round = 1; round <= 3; ++round) {
        EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::stop_address);
        EXPECT_EQ(engine.machine().cpu(0).pc, loop + 4);
        EXPECT_EQ(engine.machine().cycle(), 2 + (round - 1) * 3 + 1);
        EXPECT_EQ(engine.machine().cpu(0).x[a0], round);
    }
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
}

TEST(Engine, StopAddressAtTheLimitIsNotMissed) {
    const uint32_t loop = kStart + 8;
    Engine engine(machine_with(counting_loop(3)));
    engine.set_stop_addresses(std::array{loop + 4});
    RunOutput output;
    EXPECT_EQ(engine.run(3, output).reason, StopReason::stop_address);
    EXPECT_EQ(engine.run(4, output).reason, StopReason::limit);
}

TEST(Engine, StopAddressesComeAndGoWhileCodeIsDecoded) {
    const uint32_t loop = kStart + 8;
    Engine engine(machine_with(counting_loop(1000)));
    RunOutput output;
    engine.run(100, output);
    engine.set_stop_addresses(std::array{loop});
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::stop_address);
    engine.set_stop_addresses({});
    EXPECT_EQ(engine.run(200, output).reason, StopReason::limit);
    EXPECT_EQ(engine.machine().cycle(), 200u);
}

TEST(Engine, StopAddressAtAFirstEnteredPageLeavesTheStateUntouched) {
    Program p;
    p.jump(kStart + 0x2000).pad_to(kStart + 0x2000).power_off();
    Engine stopped(machine_with(p));
    stopped.set_stop_addresses(std::array{kStart + 0x2000});
    RunOutput output;
    EXPECT_EQ(stopped.run(kPlenty, output).reason, StopReason::stop_address);
    EXPECT_EQ(stopped.machine().cycle(), 1u);
    EXPECT_EQ(stopped.machine().hash(), run_program(p, 1).machine.hash());
}

// A handler that counts timer interrupts in s1 and arms the timer again.
constexpr uint32_t kHandler = kStart + 0x400;

Program timer_program(uint32_t period) {
    Program p;
    p.li(t2, kHandler).csrw(Control::tvec, t2);
    p.store_word(device::interrupt_controller_enabled, 1);
    p.store_word(device::timer_countdown, period);
    p.li(t2, status::kInterruptEnable).csrw(Control::status, t2);
    const uint32_t loop = p.here();
    p.addi(a0, a0, 1).jump(loop);
    p.pad_to(kHandler);
    p.addi(s1, s1, 1).store_word(device::timer_countdown, period).plain(Op::eret);
    return p;
}

TEST(Engine, TimerInterruptLandsAtItsCycle) {
    const Finished end = run_program(timer_program(100), 400);
    ASSERT_FALSE(end.output.traps.empty());
    const TrapRecord& first = end.output.traps[0];
    EXPECT_EQ(first.cycle, 3u + 5 + 4 + 100);  // the store to countdown is the instruction of cycle 12
    EXPECT_EQ(first.kind, TrapKind::enter);
    EXPECT_EQ(first.cause, isa::kInterruptFlag | 0u);
    EXPECT_FALSE(first.user);
    const TrapRecord& second = end.output.traps[1];
    EXPECT_EQ(second.kind, TrapKind::leave);
    EXPECT_EQ(second.cycle, first.cycle + 6);
    EXPECT_EQ(second.pc, first.pc);
}

TEST(Engine, StateAtTheInterruptsCycleHasTakenIt) {
    const Machine machine = run_program(timer_program(100), 112).machine;
    EXPECT_EQ(machine.cpu(0).pc, kHandler);
    EXPECT_EQ(machine.cpu(0).cause, isa::kInterruptFlag);
    EXPECT_EQ(machine.cpu(0).status, status::kPreviousInterruptEnable);
    EXPECT_TRUE(machine.devices().timer.raised[0]);
}

TEST(Engine, SingleStepsEqualOneRunWithInterrupts) {
    for (const uint32_t period : {1u, 2u, 7u, 50u}) {
        Engine steps(machine_with(timer_program(period)));
        RunOutput step_output;
        step_output.collect_traps = true;
        for (uint64_t cycle = 1; cycle <= 300; ++cycle) steps.run(cycle, step_output);
        const Finished once = run_program(timer_program(period), 300);
        EXPECT_EQ(once.machine.hash(), steps.machine().hash());
        EXPECT_EQ(once.output.traps, step_output.traps);
    }
}

TEST(Engine, WaitSkipsToTheTimer) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1);
    p.store_word(device::timer_countdown, 5000);
    p.plain(Op::wfi);
    p.load(Op::lw, a0, 4, t0).power_off();  // now_low
    const Finished end = run_program(p);
    EXPECT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_EQ(end.machine.cpu(0).x[a0], 9u + 5000);
    const Machine middle = run_program(p, 1234).machine;
    EXPECT_EQ(middle.cycle(), 1234u);
    EXPECT_TRUE(middle.cpu(0).waiting);
}

TEST(Engine, WaitForNothingIsIdleUntilAnEventComes) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1u << 2);
    p.plain(Op::wfi);
    p.li(t0, device::console_data).load(Op::lw, a0, 0, t0).power_off();
    Engine engine(machine_with(p));
    RunOutput output;
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::idle);
    EXPECT_EQ(engine.machine().cycle(), 6u);
    engine.deliver({6, ConsoleInput{"x"}});
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
    EXPECT_EQ(engine.machine().cpu(0).x[a0], static_cast<uint32_t>('x'));
}

TEST(Engine, SnapshotAndRestoreReplayExactly) {
    Engine engine(machine_with(timer_program(37)));
    RunOutput output;
    engine.run(500, output);
    const Machine moment = engine.snapshot();
    const uint64_t hash_then = moment.hash();
    engine.run(5000, output);
    const uint64_t hash_later = engine.machine().hash();
    EXPECT_EQ(moment.hash(), hash_then);
    engine.restore(moment);
    EXPECT_EQ(engine.machine().hash(), hash_then);
    engine.run(5000, output);
    EXPECT_EQ(engine.machine().hash(), hash_later);
}

TEST(Engine, EditsTakeEffectAtOnce) {
    Engine engine(machine_with(counting_loop(1000)));
    RunOutput output;
    engine.run(100, output);
    engine.deliver({100, RegisterEdit{0, a0, 5000}});
    EXPECT_EQ(engine.machine().cpu(0).x[a0], 5000u);
    const uint32_t add_two = encoded({Op::addi, a0, a0, 0, 2});
    const auto bytes = std::as_bytes(std::span(&add_two, 1));
    engine.deliver({100, MemoryEdit{kStart + 8, {bytes.begin(), bytes.end()}}});
    const uint32_t before = engine.machine().cpu(0).x[a0];
    engine.run(103, output);
    EXPECT_EQ(engine.machine().cpu(0).x[a0], before + 2);
    engine.deliver({103, RegisterEdit{0, 16, kStart}});
    EXPECT_EQ(engine.machine().cpu(0).pc, kStart);
    engine.deliver({103, RegisterEdit{0, 0, 1}});
    EXPECT_EQ(engine.machine().cpu(0).x[0], 0u);
}

// Two CPUs take turns at one word, each noting in its own log what it saw.
uint64_t interleaving_hash(uint32_t slice, uint32_t seed) {
    Program p;
    p.csrr(a0, Control::cpuid).rri(Op::slli, a0, a0, 12).li(t2, kStart + 0x10000).rrr(Op::add, t2, t2, a0);
    p.li(s1, kStart + 0x8000).li(a5, 300);
    const uint32_t loop = p.here();
    p.load(Op::lw, a1, 0, s1).addi(a1, a1, 1).store(Op::sw, a1, 0, s1);
    p.store(Op::sw, a1, 0, t2).addi(t2, t2, 4).addi(a5, a5, -1).branch(Op::bne, a5, zero, loop);
    p.jump(p.here());
    MachineConfig config = small_config(2);
    config.slice_instructions = slice;
    config.slice_seed = seed;
    const Machine end = run_program(machine_with(p, config), 10'000).machine;
    Hasher hasher;
    for (uint32_t offset = 0; offset < 0x2000; offset += 4)
        hasher.add(word_at(end, kStart + 0x10000 + offset));
    return hasher.result();
}

TEST(Slices, ASeedGivesAnotherInterleavingAndAlwaysTheSame) {
    std::vector<uint64_t> hashes;
    for (const uint32_t slice : {7u, 50u}) {
        for (uint32_t seed = 0; seed < 5; ++seed) {
            const uint64_t hash = interleaving_hash(slice, seed);
            EXPECT_EQ(hash, interleaving_hash(slice, seed));
            hashes.push_back(hash);
        }
    }
    std::ranges::sort(hashes);
    EXPECT_TRUE(std::ranges::adjacent_find(hashes) == hashes.end());
}

TEST(Slices, VariedSlicesStayWithinTheirBounds) {
    Program p;
    p.jump(p.here());
    MachineConfig config = small_config(2);
    config.slice_instructions = 10;
    config.slice_seed = 3;
    Engine engine(machine_with(p, config));
    RunOutput output;
    std::vector<unsigned> lengths(20);
    unsigned cpu = 0;
    unsigned length = 0;
    for (uint64_t cycle = 1; cycle < 20'000; ++cycle) {
        engine.run(cycle, output);
        ++length;
        if (engine.machine().current_cpu() == cpu) continue;
        ASSERT_TRUE(length >= 1 && length < lengths.size());
        ++lengths[length];
        cpu = engine.machine().current_cpu();
        length = 0;
    }
    for (unsigned i = 1; i < lengths.size(); ++i) EXPECT_GT(lengths[i], 40u) << i << " instructions";
}

}  // namespace
}  // namespace peach::testing
