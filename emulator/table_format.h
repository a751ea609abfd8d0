#pragma once
// Page tables of any shape: how wide a page and each level's index are, and where an entry keeps what. The
// machine's own shape is one value of it (kPeachFormat, the same walk as emulator/mmu.h); a textbook's
// example is another.
//
//     virtual address   [ index of level 0 | index of level 1 | ... | offset ]
//
// Bits are counted from 0, the lowest. Numbers of frames are what stands in an entry's frame field.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace peach {

struct TableFormat {
    unsigned offset_bits = 12;         // of a page
    std::vector<unsigned> index_bits;  // of each level, the root first
    unsigned entry_bytes = 4;          // little-endian
    unsigned valid_bit = 0;            // in the entry
    unsigned frame_shift = 12;         // the lowest bit of the frame's number
    unsigned frame_bits = 20;          // and how many there are

    unsigned address_bits() const;
    uint32_t page_bytes() const { return 1u << offset_bits; }
};

// 10/10/12, a word an entry, V in bit 0, the frame in bits 31-12.
TableFormat peach_format();

// Says what is wrong with a format, if anything; empty: nothing.
std::string check(const TableFormat& format);

struct TableWalk {
    struct Step {
        uint32_t index = 0;
        uint64_t entry_address = 0;
        uint32_t entry = 0;
        uint32_t frame = 0;
    };
    std::vector<Step> steps;                   // as far as the walk came
    std::optional<uint64_t> physical_address;  // nothing: an entry was not valid or not there

    // One sentence a step, the last the outcome.
    std::vector<std::string> explain(const TableFormat& format, uint64_t virtual_address) const;
};

// A byte of physical memory; nothing if there is none at that address.
using ReadByte = std::function<std::optional<uint8_t>(uint64_t)>;

// Walks from a table that begins at `root`, a physical address. The tables below begin at a frame's first
// byte. No side effects.
TableWalk walk_table(const TableFormat& format, uint64_t root, uint64_t virtual_address,
                     const ReadByte& read_byte);

}  // namespace peach
