// The machine as a value: every field counts.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

// Lays the listed fields out one after the other, as the compiler does with members; a field that the list
// forgets, or names in another order, leaves a hole.
template <class T>
void expect_all_fields_listed(const char* type) {
    const T object{};
    size_t end = 0;
    size_t alignment = 1;
    T::for_each_field(object, [&](const char* name, const auto& field) {
        const size_t field_alignment = alignof(std::remove_cvref_t<decltype(field)>);
        alignment = std::max(alignment, field_alignment);
        end = (end + field_alignment - 1) / field_alignment * field_alignment;
        const auto offset = static_cast<size_t>(reinterpret_cast<const char*>(&field) -
                                                reinterpret_cast<const char*>(&object));
        EXPECT_EQ(offset, end) << type << "::" << name
                               << ": a field before it is missing in for_each_field()";
        end += sizeof field;
    });
    EXPECT_EQ((end + alignment - 1) / alignment * alignment, sizeof(T))
        << type << ": a last field is missing";
}

TEST(State, FieldListsAreComplete) {
    expect_all_fields_listed<MachineConfig>("MachineConfig");
    expect_all_fields_listed<Machine>("Machine");
    expect_all_fields_listed<Cpu>("Cpu");
    expect_all_fields_listed<TlbEntry>("TlbEntry");
    expect_all_fields_listed<Tlb>("Tlb");
    expect_all_fields_listed<Devices>("Devices");
    expect_all_fields_listed<InterruptController>("InterruptController");
    expect_all_fields_listed<Timer>("Timer");
    expect_all_fields_listed<PowerCut>("PowerCut");
    expect_all_fields_listed<Disk>("Disk");
    expect_all_fields_listed<FrontPanel>("FrontPanel");
    expect_all_fields_listed<Power>("Power");
}

TEST(State, EveryInputChangesTheHash) {
    const Machine start(small_config());
    const InputEvent events[] = {
        {0, ConsoleInput{"a"}},
        {0, ConsoleInput{"b"}},
        {0, ConsoleEnd{}},
        {0, SwitchMove{1, 5}},
        {0, RegisterEdit{0, a0, 1}},
        {0, RegisterEdit{0, 16, 4}},
        {0, MemoryEdit{kStart, {std::byte{1}}}},
    };
    std::vector<uint64_t> hashes{start.hash()};
    for (const InputEvent& event : events) {
        Machine machine = start;
        machine.deliver(event);
        EXPECT_FALSE(machine == start);
        hashes.push_back(machine.hash());
    }
    std::ranges::sort(hashes);
    EXPECT_TRUE(std::ranges::adjacent_find(hashes) == hashes.end());
}

TEST(State, CopiesAreEqualAndIndependent) {
    Machine machine = machine_with(Program().power_off());
    const Machine copy = machine;
    EXPECT_EQ(machine, copy);
    EXPECT_EQ(machine.hash(), copy.hash());
    put_word(machine, kStart + 0x1000, 1);
    EXPECT_FALSE(machine == copy);
    EXPECT_EQ(word_at(copy, kStart + 0x1000), 0u);
}

TEST(State, ConsoleInputCountsOnlyWhileItWaits) {
    Console one;
    one.type("abc");
    one.take();
    Console two;
    two.type("bc");
    EXPECT_EQ(one, two);
    Hasher first;
    Hasher second;
    one.hash_into(first);
    two.hash_into(second);
    EXPECT_EQ(first.result(), second.result());
}

TEST(State, ImpossibleConfigurationsAreRefusedInWords) {
    MachineConfig config;
    config.cpu_count = 9;
    EXPECT_EQ(check(config).error().message, "9 CPUs: a machine has 1 to 8");
    config = {};
    config.ram_bytes = 5000;
    EXPECT_FALSE(check(config).has_value());
    config = {};
    config.slice_instructions = 0;
    EXPECT_FALSE(check(config).has_value());
}

TEST(State, LoadingOutsideOfRamIsRefused) {
    Machine machine(small_config());
    const std::array<std::byte, 8> bytes{};
    EXPECT_FALSE(machine.write_physical(0x1000, bytes));
    EXPECT_FALSE(machine.write_physical(kStart + (1 << 20) - 4, bytes));
    EXPECT_TRUE(machine.write_physical(kStart + (1 << 20) - 8, bytes));
    std::array<std::byte, 8> back{};
    EXPECT_FALSE(machine.read_physical(0xFFFFFFFC, back));
}

}  // namespace
}  // namespace peach::testing
