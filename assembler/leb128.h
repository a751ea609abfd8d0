#pragma once
// LEB128 numbers, as debug information has them: seven bits a byte, lowest first, bit 7 set if more follow.

#include <cstdint>
#include <vector>

namespace peach::assembler {

inline constexpr uint32_t kMostLeb128Bytes = 10;  // of a number of 64 bits

inline void append_leb128(std::vector<uint8_t>& out, int64_t value, bool is_signed) {
    auto rest = static_cast<uint64_t>(value);
    while (true) {
        const auto low = static_cast<uint8_t>(rest & 0x7F);
        rest = is_signed ? static_cast<uint64_t>(static_cast<int64_t>(rest) >> 7) : rest >> 7;
        const bool last = is_signed
                              ? (rest == 0 && (low & 0x40) == 0) || (rest == UINT64_MAX && (low & 0x40) != 0)
                              : rest == 0;
        out.push_back(last ? low : static_cast<uint8_t>(low | 0x80));
        if (last) return;
    }
}

inline uint32_t leb128_size(int64_t value, bool is_signed) {
    std::vector<uint8_t> bytes;
    append_leb128(bytes, value, is_signed);
    return static_cast<uint32_t>(bytes.size());
}

}  // namespace peach::assembler
