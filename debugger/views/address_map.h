#pragma once
// The address space of the process that a CPU has: its areas as the kernel's lens names them (the views
// `regions` and `spaces`), and of each page what the page table says.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "debugger/session.h"

namespace peach::debugger {

struct AddressPage {
    uint32_t entry =
        0;  // of the page table; 0: never touched. Not valid and not 0: the kernel keeps it elsewhere
    std::optional<uint32_t> physical;  // where it is in memory
    bool written = false;              // the hardware has seen a store
    uint32_t users = 0;                // how many address spaces share that page

    bool is_elsewhere() const { return entry != 0 && !physical; }
};

struct AddressArea {
    std::string name;    // "code", "heap", "stack", ...
    uint32_t first = 0;  // the address of its first page
    std::vector<AddressPage> pages = {};

    uint32_t address_of(size_t page) const;
    uint64_t end() const;
};

struct AddressMap {
    std::string process;  // "3 primes"
    uint32_t pid = 0;
    uint32_t page_table = 0;
    std::vector<AddressArea> areas;  // from low addresses to high
    std::string message;             // why there is nothing; empty: there is
};

AddressMap address_map(const Session& session, unsigned cpu);

// "0x00011000: in memory at 0x80158000, VR-XU-A-, shared by 2"
std::string describe_page(const AddressArea& area, size_t page);

}  // namespace peach::debugger
