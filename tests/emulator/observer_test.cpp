// Somebody who watches every instruction sees all of them, in order, once, and changes nothing.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"
#include "tests/reference/random_world.h"

namespace peach::testing {
namespace {

struct Seen {
    uint64_t cycle;
    unsigned cpu;
    uint32_t pc;
    uint32_t word;
    bool operator==(const Seen&) const = default;
};

class Recorder final : public InstructionObserver {
  public:
    void before(const ObservedInstruction& instruction) override {
        seen.push_back({instruction.cycle, instruction.cpu, instruction.pc, instruction.word});
        a0_values.push_back(instruction.x[a0]);
        physical_addresses.push_back(instruction.physical);
    }
    std::vector<Seen> seen;
    std::vector<uint32_t> a0_values;
    std::vector<uint32_t> physical_addresses;
};

TEST(Observer, SeesEachInstructionBeforeItExecutes) {
    Program p;
    p.addi(a0, zero, 3);
    const uint32_t loop = p.here();
    p.addi(a0, a0, -1).branch(Op::bne, a0, zero, loop).power_off();
    Engine engine(machine_with(p));
    RunOutput output;
    Recorder recorder;
    ASSERT_EQ(engine.run(kPlenty, output, recorder).reason, StopReason::powered_off);
    ASSERT_EQ(recorder.seen.size(), engine.machine().cycle());
    const uint32_t offsets[] = {0, 4, 8, 4, 8, 4, 8, 12, 16, 20, 24, 28};
    const uint32_t a0_before[] = {0, 3, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0};
    ASSERT_EQ(recorder.seen.size(), std::size(offsets));
    for (size_t i = 0; i < recorder.seen.size(); ++i) {
        const uint32_t address = kStart + offsets[i];
        EXPECT_EQ(recorder.seen[i], (Seen{i, 0, address, word_at(engine.machine(), address)}));
        EXPECT_EQ(recorder.a0_values[i], a0_before[i]);
        EXPECT_EQ(recorder.physical_addresses[i], address);
    }
}

TEST(Observer, SeesInstructionsThatTrap) {
    Program p;
    p.li(t2, kStart + 0x100).csrw(Control::tvec, t2).word(0xFFFFFFFF).pad_to(kStart + 0x100).power_off();
    Engine engine(machine_with(p));
    RunOutput output;
    Recorder recorder;
    engine.run(kPlenty, output, recorder);
    EXPECT_EQ(recorder.seen[3], (Seen{3, 0, kStart + 12, 0xFFFFFFFF}));
    EXPECT_EQ(recorder.seen[4].pc, kStart + 0x100);
}

// Runs random worlds, with everything that can watch at work, in portions of any length.
void run_watched(Engine& engine, uint64_t end, uint32_t portion, RunOutput& output, Recorder& recorder) {
    while (engine.machine().cycle() < end) {
        const uint64_t until = std::min(end, engine.machine().cycle() + portion);
        const RunResult result = engine.run(until, output, recorder);
        if (result.reason == StopReason::idle || result.reason == StopReason::powered_off) break;
    }
}

TEST(Observer, ChangesNothingAndSeesTheSameInAnyPortions) {
    constexpr uint64_t kCycles = 8000;
    for (uint32_t seed = 1; seed <= 40; ++seed) {
        const Machine start = reference::RandomWorld(seed).machine();
        Engine fast(start);
        RunOutput output;
        output.collect_traps = true;
        fast.run(kCycles, output);

        Engine whole(start);
        RunOutput whole_output;
        whole_output.collect_traps = true;
        Recorder whole_seen;
        run_watched(whole, kCycles, kCycles, whole_output, whole_seen);
        ASSERT_EQ(whole.machine().hash(), fast.machine().hash()) << "seed " << seed;
        EXPECT_EQ(whole_output.traps, output.traps);

        Engine parts(start);
        parts.set_watch_ranges(std::vector<WatchRange>{{.first = 0, .last = UINT32_MAX, .loads = true}});
        parts.set_stop_addresses(std::vector<uint32_t>{kStart + 64, kStart + 68, 128, kStart + 0x10000});
        RunOutput parts_output;
        Recorder parts_seen;
        run_watched(parts, kCycles, 1 + seed * 7, parts_output, parts_seen);
        ASSERT_EQ(parts.machine().hash(), fast.machine().hash()) << "seed " << seed;
        EXPECT_EQ(parts_seen.seen, whole_seen.seen) << "seed " << seed;
    }
}

// One engine, now watched and now not.
TEST(Observer, MayComeAndGo) {
    for (uint32_t seed = 100; seed <= 120; ++seed) {
        const Machine start = reference::RandomWorld(seed).machine();
        Engine fast(start);
        Engine mixed(start);
        RunOutput output;
        RunOutput mixed_output;
        Recorder recorder;
        fast.run(9000, output);
        for (uint64_t cycle = 300; cycle <= 9000; cycle += 300) {
            if (cycle % 600 == 0) {
                mixed.run(cycle, mixed_output);
            } else {
                mixed.run(cycle, mixed_output, recorder);
            }
        }
        ASSERT_EQ(mixed.machine().hash(), fast.machine().hash()) << "seed " << seed;
        EXPECT_EQ(mixed_output.console, output.console);
    }
}

}  // namespace
}  // namespace peach::testing
