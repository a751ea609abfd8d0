#include "assembler/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "assembler/elf_writer.h"
#include "assembler/expressions.h"
#include "assembler/gathered_sections.h"
#include "assembler/leb128.h"
#include "emulator/isa/instructions.h"

namespace peach::assembler {

namespace {

uint64_t round_up(uint64_t value, uint64_t alignment) {
    return (value + alignment - 1) & ~(alignment - 1);
}

// Puts the parts one after the other from an address on; returns the end.
uint64_t place_parts(Program& program, OutputSection& output, uint64_t address) {
    output.alignment = 1;
    for (const SectionId id : output.parts)
        output.alignment = std::max(output.alignment, program.sections[id].alignment);
    address = round_up(address, output.alignment);
    output.address = static_cast<uint32_t>(address);
    const uint64_t begin = address;
    for (const SectionId id : output.parts) {
        Section& section = program.sections[id];
        address = round_up(address, section.alignment);
        section.address = static_cast<uint32_t>(address);
        address += section.final_size();
    }
    output.size = static_cast<uint32_t>(address - begin);
    return address;
}

OutputSection& output_for(Layout& layout, const Section& section) {
    if (section.executable) return layout.text;
    if (!section.writable) return layout.rodata;
    return section.zeroed ? layout.bss : layout.data;
}

// Addresses for everything, with the stretches as they are now; returns the end.
uint64_t place_all(Program& program, Layout& layout, uint32_t text_base) {
    uint64_t address = place_parts(program, layout.text, text_base);
    address = place_parts(program, layout.rodata, round_up(address, kPageBytes));
    address = place_parts(program, layout.data, round_up(address, kPageBytes));
    return place_parts(program, layout.bss, address);
}

void sum_up_stretches(Section& section) {
    uint32_t sum = 0;
    for (Stretch& stretch : section.stretches) {
        stretch.before = sum;
        sum += stretch.extra;
    }
}

// How much room calls and numbers take: what they need, or, so that a long chain of them that push each other
// out of reach comes to an end, whatever they may ever need.
enum class Room : uint8_t { least, most };

// What a stretch needs with the addresses of now. Calls and numbers never shrink again, and an alignment
// or room depends on nothing behind it, so that this comes to an end.
uint32_t needed_extra(const Program& program, const Section& section, const Stretch& stretch, Room room) {
    switch (stretch.kind) {
        case StretchKind::alignment: {
            const uint32_t here = section.address + stretch.offset + stretch.before;
            const uint32_t padding = (0u - here) & (stretch.detail - 1);
            return padding > stretch.most ? 0 : padding;
        }
        case StretchKind::room: {
            const auto bytes = value_after_layout(program, section.fixups[stretch.detail].value);
            return static_cast<uint32_t>(std::max<int64_t>(bytes.value_or(0), 0));  // the fixup reports less
        }
        case StretchKind::call: {
            const Fixup& fixup = section.fixups[stretch.detail];
            const auto target = value_after_layout(program, fixup.value);
            const uint32_t here = section.address + section.stretched(fixup.offset, fixup.stretches);
            const bool near =
                target && jal_reaches(static_cast<int32_t>(static_cast<uint32_t>(*target) - here));
            return near && room == Room::least ? stretch.extra : 4;
        }
        case StretchKind::uleb128:
        case StretchKind::sleb128: {
            if (room == Room::most) return kMostLeb128Bytes;
            const auto value = value_after_layout(program, program.values[stretch.detail]);
            return std::max(stretch.extra,
                            leb128_size(value.value_or(0), stretch.kind == StretchKind::sleb128));
        }
    }
    return 0;
}

// Sums up on the way: what one stretch gains counts for those behind it at once.
bool adjust_stretches(Program& program, const OutputSection& output, Room room) {
    bool changed = false;
    for (const SectionId id : output.parts) {
        Section& section = program.sections[id];
        uint32_t sum = 0;
        for (Stretch& stretch : section.stretches) {
            stretch.before = sum;
            const uint32_t extra = needed_extra(program, section, stretch, room);
            changed |= extra != stretch.extra;
            stretch.extra = extra;
            sum += extra;
        }
    }
    return changed;
}

// Calls adjust(Room) until it changes nothing any more.
template <typename Adjust>
void settle(Adjust adjust) {
    constexpr int kPatientRounds = 50;
    for (int round = 0; adjust(round < kPatientRounds ? Room::least : Room::most);) ++round;
}

void set_provided_symbols(Program& program, const Layout& layout) {
    for (const ProvidedSymbol& provided : kProvidedSymbols) {
        Symbol& symbol = program.symbols[program.shared.find(provided.name)];
        const OutputSection& section = layout.*provided.section;
        if (symbol.provided) symbol.position.offset = section.address + (provided.at_end ? section.size : 0);
    }
}

}  // namespace

bool jal_reaches(int64_t distance) {
    const isa::ImmediateRange range = isa::immediate_range(isa::ImmediateKind::distance20);
    return distance >= range.least && distance <= range.most;
}

Layout lay_out(Program& program, uint32_t text_base, SectionId first, Reporter& reporter) {
    Layout layout;
    if (first < kAbsolute) output_for(layout, program.sections[first]).parts.push_back(first);
    for (SectionId id = 0; id < program.sections.size(); ++id) {
        Section& section = program.sections[id];
        if (!section.kept || !section.loaded) continue;
        sum_up_stretches(section);
        if (id != first) output_for(layout, section).parts.push_back(id);
    }
    for (OutputSection* output : {&layout.text, &layout.rodata, &layout.data, &layout.bss})
        arrange_gathered_sections(program, *output);
    uint64_t end = 0;
    settle([&](Room room) {
        end = place_all(program, layout, text_base);
        set_provided_symbols(program, layout);
        set_gathered_bounds(program);
        bool changed = adjust_stretches(program, layout.text, room);
        changed |= adjust_stretches(program, layout.rodata, room);
        changed |= adjust_stretches(program, layout.data, room);
        return changed;
    });
    if (end > uint64_t{UINT32_MAX} + 1) {
        reporter.error(
            {}, fmt::format(
                    "the program ends at {:#x}, beyond the 32-bit address space: choose a lower --text-base",
                    end));
    }
    return layout;
}

void lay_out_debug(Program& program, Layout& layout) {
    NameTable names;
    for (SectionId id = 0; id < program.sections.size(); ++id) {
        Section& section = program.sections[id];
        if (!section.kept || section.loaded) continue;
        sum_up_stretches(section);
        uint32_t& index = names[section.name];
        if (index == NameTable::kAbsent) {
            index = static_cast<uint32_t>(layout.debug.size());
            layout.debug.push_back({.name = section.name});
        }
        layout.debug[index].parts.push_back(id);
    }
    settle([&](Room room) {
        bool changed = false;
        for (OutputSection& output : layout.debug) place_parts(program, output, 0);
        for (const OutputSection& output : layout.debug) changed |= adjust_stretches(program, output, room);
        return changed;
    });
}

}  // namespace peach::assembler
