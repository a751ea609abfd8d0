#pragma once
// Puts values that are known only after the layout into the bytes that wait for them.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "assembler/program.h"

namespace peach::assembler {

inline constexpr std::string_view kMisalignedInstruction =
    "an instruction must stand at a multiple of 4: write `.p2align 2` before it";

// What is wrong with room of fewer than no bytes, of .space, and of .org at the end of a section.
std::string negative_size_message(int64_t bytes);
std::string backwards_message(uint32_t size, int64_t distance);

// Signed or unsigned, both are welcome in a datum.
constexpr bool fits_datum(int64_t value, uint32_t bytes) {
    if (bytes == 8) return true;
    return value >= -(int64_t{1} << (8 * bytes - 1)) && value < int64_t{1} << (8 * bytes);
}

// A value in two instructions: lui or auipc sets the high part, another adds the low part, which is -0x800 to
// 0x7FF.
constexpr uint32_t high_part(int64_t value) {
    return (static_cast<uint32_t>(value) + 0x800) >> 12;
}
constexpr uint32_t low_part(int64_t value) {
    return static_cast<uint32_t>(value) - (high_part(value) << 12);
}

// `bytes` is the section after the layout, at section.address. Reports values that do not fit and branches
// that do not reach.
void apply_fixups(const Program& program, const Section& section, std::span<std::byte> bytes,
                  Reporter& reporter);

}  // namespace peach::assembler
