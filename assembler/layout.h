#pragma once
// Where everything goes: decides how long calls are, pads, and gives each kept section its address.

#include "assembler/program.h"

namespace peach::assembler {

// What becomes one section of the image, and which sections of the sources it is made of, in order.
struct OutputSection {
    std::string_view name;
    uint32_t address = 0;
    uint32_t size = 0;
    uint32_t alignment = 1;
    std::vector<SectionId> parts = {};
};

struct Layout {
    OutputSection text{.name = ".text"};
    OutputSection rodata{.name = ".rodata"};
    OutputSection data{.name = ".data"};
    OutputSection bss{.name = ".bss"};
    std::vector<OutputSection> debug;
};

// A name for one end of a section, which the program may refer to, and may define itself.
struct ProvidedSymbol {
    std::string_view name;
    OutputSection Layout::* section;
    bool at_end;
};

inline constexpr ProvidedSymbol kProvidedSymbols[] = {
    {"__text_start", &Layout::text, false}, {"etext", &Layout::text, true},
    {"__data_start", &Layout::data, false}, {"edata", &Layout::data, true},
    {"__bss_start", &Layout::bss, false},   {"end", &Layout::bss, true},
};

// Lays out the loaded sections, the one called `first` before all others. Sets the provided symbols.
Layout lay_out(Program& program, uint32_t text_base, SectionId first, Reporter& reporter);

// Then the debug sections, which may ask for the addresses of the others.
void lay_out_debug(Program& program, Layout& layout);

// How far a branch may reach.
bool jal_reaches(int64_t distance);

}  // namespace peach::assembler
