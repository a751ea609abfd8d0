#pragma once
// Every page of RAM and whose it is, as the kernel's own table of pages says (the lens's view `pages`, of
// which the columns frame, kind, users, pid, address and modified are wanted).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct PageOwner {
    std::string name;   // "free", "kernel", "kernel table", "3 primes"
    uint32_t pid = 0;   // 0: nobody, or the kernel
    size_t pages = 0;   // how many it has
    size_t shared = 0;  // of these: what others use as well
    size_t modified = 0;
};

struct MappedPage {
    uint16_t owner = 0;    // index into PageMap::owners; 0: free
    uint32_t address = 0;  // of a program's page: where the program has it
    uint32_t users = 0;    // how many address spaces share it
    bool modified = false;
};

struct PageMap {
    uint32_t first = 0;             // physical address of the first page
    std::vector<MappedPage> pages;  // one behind the other, kPageSize bytes each
    std::vector<PageOwner> owners;  // "free" first, then the kernel's, then processes by pid
    std::string message;            // why there is nothing; empty: there is

    uint32_t address_of(size_t page) const;
    // The page that an address lies in; nothing if it is none of RAM's.
    std::optional<size_t> page_at(uint32_t physical_address) const;
};

PageMap page_map(const Session& session);
Table page_owners_table(const Session& session);

// "page 0x80147000: 3 primes at 0x00010000, modified, 2 users"
std::string describe_page(const PageMap& map, size_t page);

}  // namespace peach::debugger
