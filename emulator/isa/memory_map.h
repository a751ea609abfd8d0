#pragma once
// Where things are in the physical address space; rows in memory_map.inc.

#include <cstdint>
#include <string_view>

namespace peach::isa {

struct Region {
    uint32_t first;
    uint32_t size;
    std::string_view name;
    std::string_view sentence;
};

inline constexpr Region kRegions[] = {
#define REGION(id, first, size, name, sentence) {first, size, name, sentence},
#include "emulator/isa/memory_map.inc"
#undef REGION
};

namespace region {
#define REGION(id, first, size, name, sentence) inline constexpr Region id{first, size, name, sentence};
#include "emulator/isa/memory_map.inc"
#undef REGION
}  // namespace region

inline constexpr uint32_t kPageSize = 4096;
inline constexpr uint32_t kResetAddress = region::ram.first;

}  // namespace peach::isa
