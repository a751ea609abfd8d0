// .cfi_*: .debug_frame, as readelf and libdw would read it.

#include <algorithm>

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes frames_of(const std::string& text) {
    return bytes_of(assemble_well("_start: .globl _start\n" + text), ".debug_frame");
}

// The instructions of the last procedure's entry: behind length, common entry, address and size.
Bytes last_rules(const std::string& text) {
    const Bytes all = frames_of(text);
    size_t at = 0;
    size_t last = 0;
    while (at + 4 <= all.size()) {
        last = at;
        at += 4 + (all[at] | size_t{all[at + 1]} << 8);
    }
    return {all.begin() + static_cast<ptrdiff_t>(last) + 16, all.end()};
}

TEST(Frames, SayWhereTheCallersRegistersAre) {
    const Bytes expected = {
        16,   0,    0,  0, 0xFF, 0xFF, 0xFF, 0xFF,  // a common entry
        4,    0,    4,  0, 1,    0x7C, 1,  // version 4, no augmentation, words of 4, code x1, data x-4, ra
        0x0C, 2,    0,  0, 0,              // cfa = sp; padding
        20,   0,    0,  0, 0,    0,    0,    0,  // a procedure of that entry
        0,    0,    1,  0, 12,   0,    0,    0,  // from 0x10000, 12 bytes
        0x44, 0x0E, 16,                          // after 4 bytes: cfa = sp + 16
        0x44, 0x11, 1,  1,                       // after 4 more: ra at cfa - 4
        0,
    };
    EXPECT_EQ(frames_of(R"(
        .cfi_startproc
        addi sp, sp, -16
        .cfi_def_cfa_offset 16
        sw ra, 12(sp)
        .cfi_offset ra, -4
        ret
        .cfi_endproc
)"),
              expected);
}

TEST(Frames, KnowAllRules) {
    const auto rule = [](const std::string& directive) {
        Bytes bytes = last_rules(".cfi_startproc\n" + directive + "\nret\n.cfi_endproc\n");
        while (!bytes.empty() && bytes.back() == 0) bytes.pop_back();
        return bytes;
    };
    EXPECT_EQ(rule(".cfi_def_cfa fp, 8"), (Bytes{0x0C, 8, 8}));
    EXPECT_EQ(rule(".cfi_def_cfa_register s0"), (Bytes{0x0D, 8}));
    EXPECT_EQ(rule(".cfi_adjust_cfa_offset 8\n.cfi_adjust_cfa_offset 4"), (Bytes{0x0E, 8, 0x0E, 12}));
    EXPECT_EQ(rule(".cfi_def_cfa_offset 16\n.cfi_rel_offset ra, 12"), (Bytes{0x0E, 16, 0x11, 1, 1}));
    EXPECT_EQ(rule(".cfi_val_offset sp, -4"), (Bytes{0x15, 2, 1}));
    EXPECT_EQ(rule(".cfi_register ra, t0"), (Bytes{0x09, 1, 5}));
    EXPECT_EQ(rule(".cfi_restore x8"), (Bytes{0x06, 8}));
    EXPECT_EQ(rule(".cfi_undefined 1"), (Bytes{0x07, 1}));
    EXPECT_EQ(rule(".cfi_same_value s1"), (Bytes{0x08, 9}));
    EXPECT_EQ(
        rule(".cfi_remember_state\n.cfi_def_cfa_offset 4\n.cfi_restore_state\n.cfi_adjust_cfa_offset 4"),
        (Bytes{0x0A, 0x0E, 4, 0x0B, 0x0E, 4}));
    EXPECT_EQ(rule(".cfi_escape 0x16, 1, 2"), (Bytes{0x16, 1, 2}));
}

TEST(Frames, OfCodeThatIsDroppedAreDroppedToo) {
    EXPECT_EQ(frames_of("ret\n.section .text.unused,\"ax\"\n.cfi_startproc\nret\n.cfi_endproc\n"), Bytes{});
}

TEST(Frames, OfInterruptedCodeHaveTheirOwnEntry) {
    const Bytes all = frames_of(
        ".cfi_startproc\nret\n.cfi_endproc\n.cfi_startproc simple\n.cfi_signal_frame\n.cfi_return_column 64\n"
        "ret\n.cfi_endproc\n");
    const Bytes augmentation = {4, 'z', 'S', 0, 4, 0, 1, 0x7C, 64, 0};
    EXPECT_NE(std::search(all.begin(), all.end(), augmentation.begin(), augmentation.end()), all.end());
}

}  // namespace
}  // namespace peach::assembler::testing
