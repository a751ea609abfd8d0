#pragma once
// The host's side of address translation: from a guest's virtual address to a host address, in one compare.
//
// It has the shape of the guest's TLB (emulator/tlb.h), set for set, and one invariant:
//
//     an entry here implies that paging is off, or that the guest's TLB holds the same page in the same set
//     with the permission in question.
//
// So a hit here changes nothing in the guest's TLB, and what replaces or flushes a set there drops the set
// here.
//
// The key of an access is its address xor the context of the CPU:
//
//     63  62 ........ 42 41    34  33    32      31                  0
//    +---+--------------+--------+------+-------+---------------------+
//    | 1 |       0      | space  | user | paging|   space << 16       |   context
//    +---+--------------+--------+------+-------+---------------------+
//
// which puts the set into bits 19-12 and makes entries of other address spaces and modes differ, so that
// neither a process switch nor a trap empties anything. Bits 11-2 of the key are masked off, bits 1-0 as the
// size of the access says: a misaligned access never equals a tag.

#include <array>
#include <cstdint>

#include "emulator/cpu.h"
#include "emulator/tlb.h"

namespace peach {

constexpr uint64_t translation_context(const Cpu& cpu) {
    constexpr uint64_t kAlways = uint64_t{1} << 63;
    if (!cpu.paging_on()) return kAlways;
    const uint64_t space = cpu.address_space();
    return kAlways | space << 34 | uint64_t{cpu.user_mode()} << 33 | uint64_t{1} << 32 | space << 16;
}

class TranslationCache {
  public:
    struct Entry {
        uint64_t tag = 0;    // of the page; 0 never matches
        uintptr_t host = 0;  // see add()
    };

    static constexpr uint64_t tag_of(uint64_t key, uint32_t size) {
        return key & (~uint64_t{0xFFF} | (size - 1));
    }
    static constexpr uint32_t set_of(uint64_t key) { return key >> 12 & (Tlb::kSets - 1); }

    const Entry& entry(uint64_t key) const { return entries_[set_of(key)]; }
    void add(uint64_t key, uintptr_t host, uint32_t physical_page) {
        entries_[set_of(key)] = {tag_of(key, 1), host};
        physical_pages_[set_of(key)] = physical_page;
    }
    void drop_set(uint32_t set) { entries_[set] = {}; }
    void drop_physical_page(uint32_t physical_page) {
        for (uint32_t set = 0; set < Tlb::kSets; ++set) {
            if (physical_pages_[set] == physical_page) entries_[set] = {};
        }
    }
    void clear() { entries_.fill({}); }

  private:
    std::array<Entry, Tlb::kSets> entries_{};
    std::array<uint32_t, Tlb::kSets> physical_pages_{};
};

}  // namespace peach
