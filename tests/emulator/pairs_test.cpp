// Instructions that execute in pairs (emulator/engine/pairs.inc): nobody can tell. Each test executes the
// pair often enough that it is one, then gets between its halves.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kData = kStart + 0x8000;
constexpr uint32_t kHandler = kStart + 0x400;
constexpr uint32_t kAddHundred = 0x20AA0064;  // addi a0, a0, 100

constexpr uint32_t kLoop = kStart + 8;  // of the following program

// Forever: two pairs that count a0 by 1 and 10, and a1 by 1; then the jump that no pair has room for.
Program counting() {
    Program p;
    p.li(s1, kData);
    p.addi(a0, a0, 1).addi(a0, a0, 10).addi(a1, a1, 1).store(Op::sw, a1, 0, s1).jump(kLoop);
    return p;
}

// After the instruction of `cycle` - 1.
void expect_counting_at(const Machine& machine, uint64_t cycle) {
    ASSERT_EQ(machine.cycle(), cycle);
    const auto rounds = static_cast<uint32_t>((cycle - 2) / 5);
    const auto done = static_cast<uint32_t>((cycle - 2) % 5);
    const Cpu& cpu = machine.cpu(0);
    EXPECT_EQ(cpu.pc, kLoop + done * 4) << cycle;
    EXPECT_EQ(cpu.x[a0], rounds * 11 + (done >= 2 ? 11 : done)) << cycle;
    EXPECT_EQ(cpu.x[a1], rounds + (done >= 3 ? 1 : 0)) << cycle;
    EXPECT_EQ(word_at(machine, kData), rounds + (done >= 4 ? 1 : 0)) << cycle;
}

TEST(Pairs, TheLimitMayFallInside) {
    for (uint64_t length = 1; length < 40; ++length) {
        Engine engine(machine_with(counting()));
        RunOutput output;
        for (uint64_t cycle = 1000; cycle < 1400; cycle += length) {
            ASSERT_EQ(engine.run(cycle, output).reason, StopReason::limit);
            expect_counting_at(engine.machine(), cycle);
        }
    }
}

// Near its limit a run marks records of the page; rounds of all lengths meet the marks everywhere.
TEST(Pairs, LongRoundsMeetTheLimitExactly) {
    for (uint32_t extra = 0; extra < 900; extra += 37) {
        Program p;
        p.addi(a0, zero, 0).addi(a1, zero, 0);
        for (uint32_t i = 0; i < extra; ++i) p.addi(a0, a0, 1);
        p.jump(kLoop);
        Engine engine(machine_with(p));
        RunOutput output;
        for (uint64_t cycle = 3000; cycle < 8000; cycle += 211) {
            ASSERT_EQ(engine.run(cycle, output).reason, StopReason::limit);
            ASSERT_EQ(engine.machine().cycle(), cycle);
            const uint64_t done = (cycle - 2) % (extra + 1);
            ASSERT_EQ(engine.machine().cpu(0).pc, kLoop + done * 4);
            ASSERT_EQ(engine.machine().cpu(0).x[a0], (cycle - 2) / (extra + 1) * extra + done);
        }
    }
}

TEST(Pairs, OneMayJumpIntoTheMiddle) {
    Program p;
    p.addi(a1, zero, 20);
    const uint32_t pair = p.here();
    p.addi(a0, a0, 1).addi(a0, a0, 10).addi(a1, a1, -1);
    p.branch(Op::blt, a1, zero, p.here() + 16).rri(Op::andi, a2, a1, 1);
    p.branch(Op::beq, a2, zero, pair).jump(pair + 4);  // even: the whole pair; odd: its second half
    p.power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 11u + 10 * 20 + 10);
}

TEST(Pairs, AStopAddressOnTheSecondHalfIsExact) {
    Engine engine(machine_with(counting()));
    RunOutput output;
    engine.run(1002, output);  // all pairs are at work
    engine.set_stop_addresses(std::array{kLoop + 4});
    for (uint64_t cycle = 1003; cycle < 1050; cycle += 5) {
        ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::stop_address);
        expect_counting_at(engine.machine(), cycle);
    }
    engine.set_stop_addresses({});
    EXPECT_EQ(engine.run(2000, output).reason, StopReason::limit);
    expect_counting_at(engine.machine(), 2000);
}

TEST(Pairs, InterruptsLandBetweenTheHalves) {
    for (uint32_t countdown = 100; countdown < 110; ++countdown) {
        Program p;
        p.li(t2, kHandler).csrw(Control::tvec, t2).store_word(device::interrupt_controller_enabled, 1);
        p.store_word(device::timer_countdown, countdown).addi(t0, zero, status::kInterruptEnable);
        p.csrw(Control::status, t0).addi(a0, zero, 0);
        const uint32_t loop = p.here();
        p.addi(a0, a0, 1).addi(a0, a0, 10).jump(loop);
        p.pad_to(kHandler).csrr(a1, Control::epc).power_off();
        const Cpu cpu = run_program(p).machine.cpu(0);
        const uint32_t halves = (cpu.x[a1] - loop) / 4;  // that were done of the last round
        ASSERT_LT(halves, 3u);
        const uint32_t rounds = cpu.x[a0] / 11;
        EXPECT_EQ(cpu.x[a0] % 11, halves == 1 ? 1u : 0u);
        const uint32_t whole_rounds = halves == 2 ? rounds - 1 : rounds;
        EXPECT_EQ(whole_rounds * 3 + halves, countdown - 4) << countdown;  // what stands before the loop
    }
}

// Twenty rounds in which the pair works, one in which it traps: in `first` or in the second half.
void expect_precise_fault(bool first) {
    Program p;
    p.li(t2, kHandler).csrw(Control::tvec, t2).li(s1, kData).addi(a1, zero, 20);
    const uint32_t loop = p.here();
    if (first) {
        p.load(Op::lw, a2, 0, s1).addi(a0, a0, 1);
    } else {
        p.addi(a0, a0, 1).load(Op::lw, a2, 0, s1);
    }
    p.addi(a1, a1, -1).branch(Op::bne, a1, zero, loop).addi(s1, s1, 2).jump(loop);
    p.pad_to(kHandler).power_off();
    const Finished end = run_program(p);
    const Cpu& cpu = end.machine.cpu(0);
    EXPECT_EQ(cpu.cause, static_cast<uint32_t>(isa::TrapCause::load_misaligned));
    EXPECT_EQ(cpu.badaddr, kData + 2);
    EXPECT_EQ(cpu.epc, first ? loop : loop + 4);
    EXPECT_EQ(cpu.x[a0], first ? 20u : 21u);
    ASSERT_EQ(end.output.traps.size(), 1u);
    EXPECT_EQ(end.output.traps[0].cycle, 6u + 20 * 4 + 2 + (first ? 0 : 1));
}

TEST(Pairs, FaultsArePreciseInEitherHalf) {
    expect_precise_fault(true);
    expect_precise_fault(false);
}

TEST(Pairs, EitherHalfMayBeRewritten) {
    for (const uint32_t half : {0u, 1u}) {
        Program p;
        const uint32_t loop = kStart + 6 * 4;
        p.li(t0, loop + half * 4).li(t1, kAddHundred).addi(a1, zero, 2).addi(a2, zero, 0);
        ASSERT_EQ(p.here(), loop);
        p.addi(a0, a0, 1).addi(a0, a0, 10).addi(a1, a1, -1).store(Op::sw, t1, 0, t0);
        p.branch(Op::bne, a1, zero, loop).power_off();
        EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 11u + (half == 0 ? 110 : 101));
    }
}

TEST(Pairs, EitherHalfMayBeEditedOrRestored) {
    for (const uint32_t half : {0u, 1u}) {
        Engine engine(machine_with(counting()));
        RunOutput output;
        engine.run(1002, output);
        const Machine before = engine.snapshot();
        const auto bytes = std::as_bytes(std::span(&kAddHundred, 1));
        engine.deliver({0, MemoryEdit{kLoop + half * 4, {bytes.begin(), bytes.end()}}});
        engine.run(1007, output);
        EXPECT_EQ(engine.machine().cpu(0).x[a0], 200u * 11 + (half == 0 ? 110 : 101));
        engine.restore(before);
        engine.run(2000, output);
        expect_counting_at(engine.machine(), 2000);
    }
}

// The store is the first half of a pair: twenty times it goes elsewhere, then into the second half.
TEST(Pairs, TheFirstHalfMayRewriteTheSecond) {
    Program p;
    const uint32_t loop = kStart + 6 * 4;
    p.li(t0, kData).li(t1, kAddHundred).addi(a1, zero, 20).addi(a2, zero, 0);
    ASSERT_EQ(p.here(), loop);
    p.store(Op::sw, t1, 0, t0).addi(a0, a0, 1).addi(a1, a1, -1).branch(Op::bne, a1, zero, loop);
    p.li(t0, loop + 4).branch(Op::bne, a2, zero, p.here() + 16);
    p.addi(a2, zero, 1).addi(a1, zero, 1).jump(loop).power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 20u + 100);
}

TEST(Pairs, AWatchedAccessStopsBetweenTheHalves) {
    Program p;
    p.li(s1, kData);
    p.store(Op::sw, a0, 0, s1).addi(a0, a0, 1).addi(a1, a1, 1).store(Op::sw, a0, 64, s1).jump(kLoop);
    Engine engine(machine_with(p));
    RunOutput output;
    engine.run(502, output);  // 100 rounds
    engine.set_watch_ranges(std::array{WatchRange{.first = kData, .last = kData + 3}});
    for (uint32_t round = 100; round < 104; ++round) {
        ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
        EXPECT_EQ(engine.watch_hit()->pc, kLoop);
        EXPECT_EQ(engine.machine().cpu(0).pc, kLoop + 4);
        EXPECT_EQ(engine.machine().cpu(0).x[a0], round);
    }
    engine.set_watch_ranges(std::array{WatchRange{.first = kData + 64, .last = kData + 67}});
    ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
    EXPECT_EQ(engine.watch_hit()->pc, kLoop + 12);
    EXPECT_EQ(engine.machine().cpu(0).pc, kLoop + 16);
}

TEST(Pairs, ThePageMayEndBetweenTheHalves) {
    const uint32_t last = kStart + isa::kPageSize - 4;
    for (uint64_t limit = 1; limit < 3000; limit += 7) {
        Program p;
        p.jump(last);
        p.pad_to(last).addi(a0, a0, 1).addi(a0, a0, 10).jump(last);
        Engine engine(machine_with(p));
        RunOutput output;
        engine.run(limit, output);
        ASSERT_EQ(engine.machine().cycle(), limit);
        const uint64_t done = (limit - 1) % 3;
        ASSERT_EQ(engine.machine().cpu(0).pc, last + done * 4);
        ASSERT_EQ(engine.machine().cpu(0).x[a0], (limit - 1) / 3 * 11 + (done == 0 ? 0 : done == 1 ? 1 : 11));
    }
}

}  // namespace
}  // namespace peach::testing
