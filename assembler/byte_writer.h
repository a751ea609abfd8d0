#pragma once
// Appends numbers and strings to bytes, little-endian.

#include <cstdint>
#include <string_view>
#include <vector>

#include "assembler/leb128.h"

namespace peach::assembler {

class ByteWriter {
  public:
    explicit ByteWriter(std::vector<uint8_t>& out) : out_(out) {}

    void u8(uint32_t value) { out_.push_back(static_cast<uint8_t>(value)); }
    void u16(uint32_t value) { little_endian(value, 2); }
    void u32(uint32_t value) { little_endian(value, 4); }
    void uleb(uint64_t value) { append_leb128(out_, static_cast<int64_t>(value), false); }
    void sleb(int64_t value) { append_leb128(out_, value, true); }
    void string(std::string_view text) {
        out_.insert(out_.end(), text.begin(), text.end());
        out_.push_back(0);
    }

    uint32_t size() const { return static_cast<uint32_t>(out_.size()); }

    // A length that is known only later: the bytes from behind it to the end.
    uint32_t begin_length() {
        u32(0);
        return size();
    }
    void end_length(uint32_t begin) {
        const uint32_t length = size() - begin;
        for (uint32_t i = 0; i < 4; ++i) out_[begin - 4 + i] = static_cast<uint8_t>(length >> (8 * i));
    }

  private:
    void little_endian(uint32_t value, uint32_t bytes) {
        for (uint32_t i = 0; i < bytes; ++i) out_.push_back(static_cast<uint8_t>(value >> (8 * i)));
    }

    std::vector<uint8_t>& out_;
};

}  // namespace peach::assembler
