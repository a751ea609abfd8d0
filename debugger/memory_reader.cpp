#include "debugger/memory_reader.h"

#include <algorithm>

#include "debugger/elf_image.h"
#include "emulator/machine.h"

namespace peach::debugger {

bool PhysicalMemory::read(uint32_t address, std::span<std::byte> out) const {
    return machine_.read_physical(address, out);
}

bool CpuMemory::read(uint32_t address, std::span<std::byte> out) const {
    return machine_.read_virtual(cpu_, address, out);
}

bool ImageMemory::read(uint32_t address, std::span<std::byte> out) const {
    for (const ElfSegment& segment : image_.segments()) {
        const uint32_t offset = address - segment.address;
        if (offset >= segment.memory_size || out.size() > segment.memory_size - offset) continue;
        const auto stored = segment.contents.subspan(std::min<size_t>(offset, segment.contents.size()));
        const size_t count = std::min(stored.size(), out.size());
        std::ranges::copy(stored.first(count), out.begin());
        std::ranges::fill(out.subspan(count), std::byte{0});
        return true;
    }
    return false;
}

}  // namespace peach::debugger
