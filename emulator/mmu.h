#pragma once
// The memory management unit: how a virtual address becomes a physical one.
//
//     virtual address     31        22 21        12 11         0
//                        +------------+------------+------------+
//                        | index 1    | index 0    | offset     |
//                        +-----|------+-----|------+------------+
//     ptbr: root page          |            |
//        |                     v            |
//        +--> first-level table: entry -----|--> second-level table
//             1024 words                    v    1024 words: entry --> physical page
//
//     page table entry    31         12 11    8 7 6 5 4 3 2 1 0
//                        +-------------+-------+-+-+-+-+-+-+-+-+
//                        | physical page|  soft |D|A|0|U|X|W|R|V|
//                        +-------------+-------+-+-+-+-+-+-+-+-+
//
//     V valid   R W X readable, writable, executable   U user mode may (and kernel mode may not execute)
//     A set by hardware at any access, D at a store    soft: free for the kernel
//
// A first-level entry has R = W = X = 0 and points to a table. An entry that is not valid, has bit 5 set, or
// lacks the permission is a page fault; a table outside of RAM is a bus error; both with the virtual address.
// With paging off (as after reset) virtual addresses are physical ones and everything is permitted.
//
// Not modelled: pages of 4 MiB, execute-only protection of kernel reads, caches of first-level entries.

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "emulator/cpu.h"
#include "emulator/memory.h"

namespace peach {

enum class Access : uint8_t { fetch, load, store };

namespace pte {
inline constexpr uint32_t kValid = 1u << 0;
inline constexpr uint32_t kRead = 1u << 1;
inline constexpr uint32_t kWrite = 1u << 2;
inline constexpr uint32_t kExecute = 1u << 3;
inline constexpr uint32_t kUser = 1u << 4;
inline constexpr uint32_t kReserved = 1u << 5;
inline constexpr uint32_t kAccessed = 1u << 6;
inline constexpr uint32_t kDirty = 1u << 7;
inline constexpr uint32_t kSoftware = 0xFu << 8;
constexpr uint32_t physical_page(uint32_t entry) {
    return entry & 0xFFFFF000;
}

// The flag bits as text, "VRW-U-AD" for example; a dash for a clear bit.
std::string flags_text(uint32_t entry);
}  // namespace pte

isa::TrapCause page_fault(Access access);
isa::TrapCause bus_error(Access access);
isa::TrapCause misaligned(Access access);

// Whether an entry lets a mode do this.
constexpr bool permits(uint32_t entry, Access access, bool user_mode) {
    if (user_mode && (entry & pte::kUser) == 0) return false;
    switch (access) {
        case Access::fetch:
            return (entry & pte::kExecute) != 0 && ((entry & pte::kUser) != 0) == user_mode;
        case Access::load:
            return (entry & pte::kRead) != 0;
        case Access::store:
            return (entry & pte::kWrite) != 0;
    }
    return false;
}

struct WalkFault {
    Trap trap;
    const char* reason;  // a sentence
};

// A walk of the page tables, as far as it came.
struct Walk {
    struct Step {
        uint32_t entry_address = 0;  // physical
        uint32_t entry = 0;
    };
    std::array<Step, 2> steps;
    unsigned step_count = 0;
    std::optional<WalkFault> fault;

    // Of a walk without fault: the entry of the page as it was read, and where it stands, for setting A and
    // D.
    uint32_t entry() const { return steps[1].entry; }
    uint32_t entry_address() const { return steps[1].entry_address; }
};

// No side effects. Paging is taken to be on.
Walk walk(const PagedMemory& ram, uint32_t ptbr, uint32_t virtual_address, Access access, bool user_mode);

// Where an access would go.
struct Translation {
    uint32_t physical_address = 0;
    uint32_t page_table_entry = 0;  // 0 if paging is off
    bool from_tlb = false;

    bool operator==(const Translation&) const = default;
};

// What an access by this CPU in its present state would meet: TLB first, then the tables. No side effects.
std::expected<Translation, Trap> translate(const Cpu& cpu, const PagedMemory& ram, uint32_t virtual_address,
                                           Access access, bool user_mode);

// The same as sentences, one a step, the last the outcome.
std::vector<std::string> explain_translation(const Cpu& cpu, const PagedMemory& ram, uint32_t virtual_address,
                                             Access access, bool user_mode);

}  // namespace peach
