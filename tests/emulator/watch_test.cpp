// Watched ranges stop a run after the instruction that accessed them, exactly, and change nothing else.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"
#include "tests/reference/random_world.h"

namespace peach::testing {
namespace {

constexpr uint32_t kWord = kStart + 0x8000;

Program counting_in_memory() {  // stores 1, 2, 3, ... to kWord; each round loads it back and writes beside it
    Program p;
    p.li(s1, kWord);
    const uint32_t loop = p.here();
    p.addi(a0, a0, 1).store(Op::sw, a0, 0, s1).load(Op::lw, a1, 0, s1).store(Op::sw, a0, 8, s1);
    p.addi(t0, zero, 5).branch(Op::bne, a0, t0, loop);
    return p.power_off();
}

TEST(Watch, StoresStopAfterTheInstruction) {
    Engine engine(machine_with(counting_in_memory()));
    engine.set_watch_ranges(std::vector<WatchRange>{{.first = kWord, .last = kWord + 3}});
    RunOutput output;
    for (uint32_t value = 1; value <= 5; ++value) {
        ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
        const WatchHit expected{.cpu = 0,
                                .pc = kStart + 12,
                                .address = kWord,
                                .physical = kWord,
                                .size = 4,
                                .store = true,
                                .before = value - 1,
                                .after = value};
        EXPECT_EQ(engine.watch_hit(), expected);
        EXPECT_EQ(engine.machine().cpu(0).pc, kStart + 16);
        EXPECT_EQ(word_at(engine.machine(), kWord), value);
    }
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
}

TEST(Watch, LoadsStopToo) {
    Engine engine(machine_with(counting_in_memory()));
    engine.set_watch_ranges(std::vector<WatchRange>{
        {.first = kWord + 2, .last = kWord + 2, .physical = true, .loads = true, .stores = false}});
    RunOutput output;
    ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
    EXPECT_EQ(engine.watch_hit()->pc, kStart + 16);
    EXPECT_FALSE(engine.watch_hit()->store);
    EXPECT_EQ(engine.machine().cpu(0).x[a1], 1u);
}

TEST(Watch, AStopAddressBehindTheAccessIsNotLost) {
    Engine engine(machine_with(counting_in_memory()));
    engine.set_watch_ranges(std::vector<WatchRange>{{.first = kWord, .last = kWord}});
    engine.set_stop_addresses(std::vector<uint32_t>{kStart + 16});
    RunOutput output;
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::stop_address);
    EXPECT_TRUE(engine.watch_hit().has_value());
}

TEST(Watch, AtomicsAreSeen) {
    Program p;
    p.li(s1, kWord).addi(a1, zero, 3);
    p.op({Op::amoadd_w, a0, s1, a1, 0})
        .op({Op::lr_w, a0, s1, 0, 0})
        .op({Op::sc_w, a0, s1, zero, 0})
        .power_off();
    Engine engine(machine_with(p));
    engine.set_watch_ranges(std::vector<WatchRange>{{.first = kWord, .last = kWord + 3}});
    RunOutput output;
    ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
    EXPECT_EQ(engine.watch_hit()->after, 3u);
    ASSERT_EQ(engine.run(kPlenty, output).reason, StopReason::watch);
    EXPECT_EQ(engine.watch_hit()->after, 0u);
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
}

TEST(Watch, AccessesThatTrapAreNotHits) {
    Program p;
    p.li(s1, kWord + 1).li(t0, kStart + 0x100).csrw(Control::tvec, t0).store(Op::sw, a0, 0, s1);
    p.pad_to(kStart + 0x100).power_off();
    Engine engine(machine_with(p));
    engine.set_watch_ranges(std::vector<WatchRange>{{.first = kWord, .last = kWord + 7}});
    RunOutput output;
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
}

// With everything watched, random worlds go as they go without.
TEST(Watch, NeverTouches) {
    uint64_t hits = 0;
    for (uint32_t seed = 1; seed <= 60; ++seed) {
        const Machine start = reference::RandomWorld(seed).machine();
        Engine plain(start);
        Engine watched(start);
        watched.set_watch_ranges(
            std::vector<WatchRange>{{.first = 0, .last = UINT32_MAX, .loads = true},
                                    {.first = kStart, .last = UINT32_MAX, .physical = true}});
        RunOutput output;
        RunOutput watched_output;
        plain.run(8000, output);
        RunResult result;
        do {
            result = watched.run(8000, watched_output);
            hits += watched.watch_hit() ? 1 : 0;
        } while (result.reason == StopReason::watch && watched.machine().cycle() < 8000);
        ASSERT_EQ(plain.machine().hash(), watched.machine().hash()) << "seed " << seed;
    }
    EXPECT_GT(hits, 10'000u);
}

}  // namespace
}  // namespace peach::testing
