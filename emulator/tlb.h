#pragma once
// The translation look-aside buffer: 256 copies of page table entries, direct-mapped. Each CPU has one for
// instruction fetch and one for data. It is part of the machine, not a trick of the host: an entry stays,
// stale or not, until the guest flushes it or another page takes its place.
//
//     virtual address  [ vpn: 20 bits | offset: 12 ]      set = (vpn ^ (address space << 4)) & 0xFF
//
//     hit    the entry's vpn and address space are those of the access. Its copy of the page table entry
//     decides
//            about permission; the table in memory is not looked at.
//     miss   the tables are walked (emulator/mmu.h) and the entry is replaced if the walk succeeds.
//     store  to a page whose copy has D clear: walked again, so that D is set in memory.
//
// Not modelled: global pages, associativity, several page sizes.

#include <array>
#include <cstdint>

#include "emulator/base/hasher.h"

namespace peach {

struct TlbEntry {
    uint32_t vpn = 0;
    uint32_t page_table_entry = 0;
    uint8_t address_space = 0;
    bool valid = false;

    bool operator==(const TlbEntry&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("vpn", self.vpn);
        visit("page_table_entry", self.page_table_entry);
        visit("address_space", self.address_space);
        visit("valid", self.valid);
    }
};

class Tlb {
  public:
    static constexpr uint32_t kSets = 256;

    static constexpr uint32_t set_of(uint32_t vpn, uint32_t address_space) {
        return (vpn ^ (address_space << 4)) & (kSets - 1);
    }

    // The entry that holds the page, or nullptr.
    const TlbEntry* find(uint32_t vpn, uint32_t address_space) const {
        const TlbEntry& entry = entries_[set_of(vpn, address_space)];
        return entry.valid && entry.vpn == vpn && entry.address_space == address_space ? &entry : nullptr;
    }
    void fill(uint32_t vpn, uint32_t address_space, uint32_t page_table_entry) {
        entries_[set_of(vpn, address_space)] = {vpn, page_table_entry, static_cast<uint8_t>(address_space),
                                                true};
    }
    void flush() { entries_.fill({}); }
    void flush_page(uint32_t vpn) {  // in every address space
        for (TlbEntry& entry : entries_) {
            if (entry.vpn == vpn) entry = {};
        }
    }
    const std::array<TlbEntry, kSets>& entries() const { return entries_; }

    bool operator==(const Tlb&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("entries", self.entries_);
    }

  private:
    std::array<TlbEntry, kSets> entries_{};
};

}  // namespace peach
