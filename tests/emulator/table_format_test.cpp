// Page tables of other shapes: a textbook's small examples, and the machine's own.

#include "emulator/table_format.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <array>
#include <random>

#include "tests/emulator/guest_program.h"
#include "tests/reference/random_world.h"

namespace peach::testing {
namespace {

ReadByte bytes_of(const std::vector<uint8_t>& memory) {
    return [&memory](uint64_t address) -> std::optional<uint8_t> {
        if (address >= memory.size()) return std::nullopt;
        return memory[address];
    };
}

// A 64-byte address space with pages of 16 bytes in a physical memory of 128 bytes; a linear table in frame 0
// puts virtual pages 0, 1, 2, 3 into frames 3, 7, 5, 2. So virtual address 21 is 117.
TEST(TableFormat, SixtyFourBytesInPagesOfSixteen) {
    const TableFormat format{.offset_bits = 4,
                             .index_bits = {2},
                             .entry_bytes = 1,
                             .valid_bit = 7,
                             .frame_shift = 0,
                             .frame_bits = 3};
    ASSERT_EQ(check(format), "");
    EXPECT_EQ(format.address_bits(), 6u);
    constexpr std::array<uint8_t, 4> kFrames{3, 7, 5, 2};
    std::vector<uint8_t> memory(128);
    for (size_t page = 0; page < kFrames.size(); ++page) memory[page] = 0x80 | kFrames[page];
    for (uint64_t address = 0; address < 64; ++address) {
        const TableWalk walk = walk_table(format, 0, address, bytes_of(memory));
        EXPECT_EQ(walk.physical_address, kFrames[address / 16] * 16u + address % 16);
    }
    const TableWalk walk = walk_table(format, 0, 21, bytes_of(memory));
    EXPECT_EQ(walk.physical_address, 117u);
    const std::vector<std::string> expected{"Level 0: entry 1 at 0x1 is 0x87, frame 7.",
                                            "Virtual 0x15 is physical 0x75."};
    EXPECT_EQ(walk.explain(format, 21), expected);
    memory[1] = 7;  // no longer valid
    EXPECT_EQ(walk_table(format, 0, 21, bytes_of(memory)).explain(format, 21).back(),
              "Virtual 0x15 is a fault.");
}

// Two levels of five bits over pages of 32 bytes: a virtual space of 1,024 pages, a byte an entry, the valid
// bit above seven bits of frame. Every page of a sparse space is checked against the map it was built from.
TEST(TableFormat, TwoLevelsOfFiveBits) {
    const TableFormat format{.offset_bits = 5,
                             .index_bits = {5, 5},
                             .entry_bytes = 1,
                             .valid_bit = 7,
                             .frame_shift = 0,
                             .frame_bits = 7};
    ASSERT_EQ(check(format), "");
    EXPECT_EQ(format.address_bits(), 15u);
    std::vector<uint8_t> memory(128 * 32);
    std::mt19937 random(5);
    constexpr uint32_t kRootFrame = 73;
    std::vector<uint8_t> free_frames;
    for (uint8_t frame = 0; frame < 128; ++frame) {
        if (frame != kRootFrame) free_frames.push_back(frame);
    }
    std::ranges::shuffle(free_frames, random);
    const auto take_frame = [&] {
        const uint8_t frame = free_frames.back();
        free_frames.pop_back();
        return frame;
    };
    std::vector<std::optional<uint8_t>> map(1024);
    for (int i = 0; i < 60; ++i) {
        const uint32_t page = random() % 1024;
        uint8_t& directory = memory[kRootFrame * 32 + page / 32];
        if (directory == 0) directory = 0x80 | take_frame();
        uint8_t& entry = memory[(directory & 0x7F) * 32 + page % 32];
        if (entry == 0) entry = 0x80 | take_frame();
        map[page] = entry & 0x7F;
    }
    for (uint64_t address = 0; address < 1024 * 32; address += 7) {
        const TableWalk walk = walk_table(format, kRootFrame * 32, address, bytes_of(memory));
        const std::optional<uint8_t> frame = map[address / 32];
        if (frame) {
            EXPECT_EQ(walk.physical_address, *frame * 32u + address % 32);
            EXPECT_EQ(walk.steps.size(), 2u);
        } else {
            EXPECT_FALSE(walk.physical_address.has_value());
        }
    }
}

// The machine's own tables, walked as a format, lead where the machine's MMU leads.
TEST(TableFormat, TheMachinesOwnIsOneOfThem) {
    const Machine machine = reference::RandomWorld(4).machine();
    const TableFormat format = peach_format();
    ASSERT_EQ(check(format), "");
    const ReadByte read = [&](uint64_t address) -> std::optional<uint8_t> {
        std::array<std::byte, 1> byte;
        if (!machine.read_physical(static_cast<uint32_t>(address), byte)) return std::nullopt;
        return std::to_integer<uint8_t>(byte[0]);
    };
    const uint32_t root = kStart + 0x20000;
    int mapped = 0;
    for (uint32_t page = 0; page < 80; ++page) {
        for (const uint32_t base : {0u, kStart}) {
            const uint32_t address = base + page * 4096 + 0x123;
            const auto expected = machine.physical_address(root | 1, address);
            const TableWalk walk = walk_table(format, root, address, read);
            if (!expected) continue;
            EXPECT_EQ(walk.physical_address, *expected);
            ++mapped;
        }
    }
    EXPECT_GT(mapped, 60);
}

TEST(TableFormat, ImpossibleOnesAreNamed) {
    TableFormat format = peach_format();
    format.index_bits.clear();
    EXPECT_EQ(check(format), "a page table has at least one level");
    format = peach_format();
    format.index_bits = {11, 10};
    EXPECT_EQ(check(format), "a virtual address has at most 32 bits");
    format = peach_format();
    format.valid_bit = 13;
    EXPECT_EQ(check(format), "the valid bit lies inside of the frame's number");
}

}  // namespace
}  // namespace peach::testing
