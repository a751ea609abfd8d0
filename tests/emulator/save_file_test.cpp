// A machine survives its save file, and no other file passes for one.

#include "emulator/save_file.h"

#include <gtest/gtest.h>

#include <random>

#include "emulator/base/byte_stream.h"
#include "emulator/state_changes.h"
#include "tests/emulator/guest_program.h"
#include "tests/reference/random_world.h"

namespace peach::testing {
namespace {

// A machine in the middle of things: every device busy, several address spaces in the TLBs.
Machine lived_in(uint32_t seed) {
    reference::RandomWorld world(seed);
    Engine engine(world.machine());
    RunOutput output;
    for (int i = 0; i < 10; ++i) {
        engine.run(engine.machine().cycle() + 1000, output);
        engine.deliver(world.input());
    }
    return engine.machine();
}

TEST(SaveFile, AMachineComesBackAndGoesOnTheSame) {
    for (uint32_t seed = 1; seed <= 30; ++seed) {
        const Machine machine = lived_in(seed);
        const auto loaded = load_machine(save_machine(machine), "it");
        ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
        ASSERT_EQ(*loaded, machine);
        EXPECT_EQ(loaded->hash(), machine.hash());
        EXPECT_TRUE(state_changes(machine, *loaded).empty());
        const uint64_t end = machine.cycle() + 5000;
        EXPECT_EQ(run_program(*loaded, end).machine.hash(), run_program(machine, end).machine.hash());
    }
}

TEST(SaveFile, EmptyMemoryTakesNoRoom) {
    MachineConfig config;
    config.ram_bytes = 1u << 30;
    EXPECT_LT(save_machine(Machine(config)).size(), 4096u);
}

// Eight bytes in a file, whatever it takes in memory.
struct Counted {
    static inline int made = 0;
    Counted() { ++made; }
    void save_into(ByteWriter& out) const { out.number(0, 8); }
    void load_from(ByteReader& in) { in.number(8); }
};

TEST(SaveFile, ADamagedCountMakesNoMoreValuesThanThereAreBytesFor) {
    ByteWriter out;
    out.number(1000, 8);
    for (int i = 0; i < 125; ++i) out.number(0, 8);
    const std::vector<std::byte> bytes = out.take();
    ByteReader in(bytes);
    std::vector<Counted> values;
    read_value(in, values);
    EXPECT_TRUE(in.failed());
    EXPECT_LE(Counted::made, 126);
}

std::string refusal(std::span<const std::byte> file) {
    const auto loaded = load_machine(file, "x.save");
    return loaded ? "accepted" : loaded.error().message;
}

TEST(SaveFile, ForeignAndDamagedFilesAreRefusedInWords) {
    const std::vector<std::byte> good = save_machine(lived_in(3));
    EXPECT_EQ(refusal({}), "x.save is not a Peach saved machine: make one with `peach run --save FILE`");
    EXPECT_EQ(refusal(std::vector<std::byte>(5000, std::byte{'a'})), refusal({}));
    EXPECT_EQ(refusal(std::span(good).first(10)), "x.save is cut off: make it again");
    EXPECT_EQ(refusal(std::span(good).first(good.size() - 1)),
              "x.save is damaged (its checksum does not fit): copy or make it again");
    std::vector<std::byte> other_version = good;
    other_version[8] = std::byte{99};
    EXPECT_EQ(
        refusal(other_version),
        "x.save is a saved machine of version 99, and this Peach reads version 1: make it again, or use "
        "the Peach that made it");
    std::mt19937 random(1);
    for (int i = 0; i < 300; ++i) {
        std::vector<std::byte> damaged = good;
        damaged[8 + random() % (good.size() - 8)] ^= static_cast<std::byte>(1u << random() % 8);
        EXPECT_NE(refusal(damaged), "accepted");
    }
}

TEST(StateChanges, NamesEveryFieldThatDiffers) {
    Machine before(small_config(2));
    before.set_disk(std::vector<std::byte>(8192));
    Machine after = before;
    EXPECT_TRUE(state_changes(before, after).empty());
    after.deliver({0, RegisterEdit{1, a0, 0x2A}});
    after.deliver({0, RegisterEdit{0, 16, 0x80000010}});
    after.deliver({0, SwitchMove{1, 7}});
    after.deliver({0, ConsoleInput{"abc"}});
    after.deliver({0, MemoryEdit{kStart + 0x5004, {std::byte{0xAB}, std::byte{1}}}});
    const std::vector<StateChange> expected{
        {"cpus[0].pc", "0x80000000", "0x80000010"},
        {"cpus[1].x[10]", "0x0", "0x2A"},
        {"devices.console.typed", "0 characters", "3 characters"},
        {"devices.front_panel.switches[1]", "0x0", "0x7"},
        {"devices.front_panel.moved", "0x0", "0x1"},
        {"ram 80005004", "00 00 00 00 00 00 00 00", "AB 01 00 00 00 00 00 00", 0x80005004},
    };
    EXPECT_EQ(state_changes(before, after), expected);
}

TEST(StateChanges, AreEmptyExactlyIfTheMachinesAreEqual) {
    for (uint32_t seed = 40; seed < 60; ++seed) {
        reference::RandomWorld world(seed);
        Engine engine(world.machine());
        RunOutput output;
        engine.run(2000, output);
        const Machine before = engine.snapshot();
        engine.run(before.cycle() + 1, output);
        EXPECT_EQ(state_changes(before, engine.machine()).empty(), before == engine.machine());
    }
}

}  // namespace
}  // namespace peach::testing
