#include "emulator/table_format.h"

#include <fmt/format.h>

#include <numeric>

namespace peach {
namespace {

std::optional<uint32_t> read_entry(const TableFormat& format, uint64_t address, const ReadByte& read_byte) {
    uint32_t entry = 0;
    for (unsigned i = 0; i < format.entry_bytes; ++i) {
        const std::optional<uint8_t> byte = read_byte(address + i);
        if (!byte) return std::nullopt;
        entry |= uint32_t{*byte} << (8 * i);
    }
    return entry;
}

uint32_t mask(unsigned bits) {
    return static_cast<uint32_t>((uint64_t{1} << bits) - 1);
}

}  // namespace

unsigned TableFormat::address_bits() const {
    return std::accumulate(index_bits.begin(), index_bits.end(), offset_bits);
}

TableFormat peach_format() {
    return {.offset_bits = 12,
            .index_bits = {10, 10},
            .entry_bytes = 4,
            .valid_bit = 0,
            .frame_shift = 12,
            .frame_bits = 20};
}

std::string check(const TableFormat& format) {
    const unsigned entry_bits = 8 * format.entry_bytes;
    if (format.index_bits.empty()) return "a page table has at least one level";
    if (format.address_bits() > 32) return "a virtual address has at most 32 bits";
    if (format.entry_bytes != 1 && format.entry_bytes != 2 && format.entry_bytes != 4) {
        return "an entry has 1, 2 or 4 bytes";
    }
    if (format.valid_bit >= entry_bits) return "the valid bit lies outside of the entry";
    if (format.frame_bits == 0 || format.frame_shift + format.frame_bits > entry_bits) {
        return "the frame's number lies outside of the entry";
    }
    if (format.valid_bit >= format.frame_shift && format.valid_bit < format.frame_shift + format.frame_bits) {
        return "the valid bit lies inside of the frame's number";
    }
    return {};
}

TableWalk walk_table(const TableFormat& format, uint64_t root, uint64_t virtual_address,
                     const ReadByte& read_byte) {
    TableWalk walk;
    uint64_t table = root;
    unsigned shift = format.address_bits();
    for (const unsigned bits : format.index_bits) {
        shift -= bits;
        const auto index = static_cast<uint32_t>(virtual_address >> shift) & mask(bits);
        const uint64_t at = table + uint64_t{index} * format.entry_bytes;
        const std::optional<uint32_t> entry = read_entry(format, at, read_byte);
        if (!entry) return walk;
        const uint32_t frame = *entry >> format.frame_shift & mask(format.frame_bits);
        walk.steps.push_back({index, at, *entry, frame});
        if ((*entry >> format.valid_bit & 1) == 0) return walk;
        table = uint64_t{frame} << format.offset_bits;
    }
    walk.physical_address = table | (virtual_address & mask(format.offset_bits));
    return walk;
}

std::vector<std::string> TableWalk::explain(const TableFormat& format, uint64_t virtual_address) const {
    std::vector<std::string> lines;
    for (size_t level = 0; level < steps.size(); ++level) {
        const Step& step = steps[level];
        const bool valid = (step.entry >> format.valid_bit & 1) != 0;
        lines.push_back(fmt::format("Level {}: entry {} at 0x{:X} is 0x{:X}, {}.", level, step.index,
                                    step.entry_address, step.entry,
                                    valid ? fmt::format("frame {}", step.frame) : "not valid"));
    }
    if (physical_address) {
        lines.push_back(
            fmt::format("Virtual 0x{:X} is physical 0x{:X}.", virtual_address, *physical_address));
    } else {
        lines.push_back(fmt::format("Virtual 0x{:X} is a fault.", virtual_address));
    }
    return lines;
}

}  // namespace peach
