#include "assembler/gathered_sections.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "assembler/link.h"

namespace peach::assembler {
namespace {

struct FunctionArray {
    std::string_view section, start, stop;
};
constexpr FunctionArray kFunctionArrays[] = {
    {".init_array", "__init_array_start", "__init_array_end"},
    {".fini_array", "__fini_array_start", "__fini_array_end"},
};

constexpr std::string_view kStart = "__start_";
constexpr std::string_view kStop = "__stop_";
constexpr uint32_t kNoPriority = UINT32_MAX;  // behind all numbers

// The number of .init_array.N.
uint32_t priority_of(const Section& section) {
    const size_t dot = section.name.rfind('.');
    if (dot == 0 || dot == section.name.npos) return kNoPriority;
    uint32_t number = 0;
    const char* end = section.name.data() + section.name.size();
    const auto parsed = std::from_chars(section.name.data() + dot + 1, end, number);
    return parsed.ec == std::errc() && parsed.ptr == end ? number : kNoPriority;
}

bool belongs(const Section& section, std::string_view row) {
    if (section.name == row) return true;
    return row.starts_with('.') && section.name.starts_with(row) && section.name[row.size()] == '.';
}

std::vector<SectionId> sections_of(const Program& program, std::string_view row) {
    std::vector<SectionId> ids;
    for (SectionId id = 0; id < program.sections.size(); ++id) {
        const Section& section = program.sections[id];
        if (section.loaded && belongs(section, row)) ids.push_back(id);
    }
    std::ranges::stable_sort(ids, {}, [&](SectionId id) { return priority_of(program.sections[id]); });
    return ids;
}

bool is_referred_to(const Program& program, std::string_view name) {
    return std::ranges::any_of(program.units,
                               [&](const Unit& unit) { return unit.names.find(name) != NameTable::kAbsent; });
}

// They are to stand side by side: what one of them needs, all get.
void give_all_the_same_place(Program& program, std::span<const SectionId> ids) {
    const auto any = [&](bool Section::* flag) {
        return std::ranges::any_of(ids, [&](SectionId id) { return program.sections[id].*flag; });
    };
    const auto all = [&](bool Section::* flag) {
        return std::ranges::all_of(ids, [&](SectionId id) { return program.sections[id].*flag; });
    };
    const bool executable = any(&Section::executable);
    const bool writable = any(&Section::writable);
    const bool zeroed = all(&Section::zeroed);
    for (const SectionId id : ids) {
        Section& section = program.sections[id];
        section.executable = executable;
        section.writable = writable;
        if (section.zeroed && !zeroed) {
            section.bytes.resize(std::exchange(section.zeroed_bytes, 0));
            section.zeroed = false;
        }
    }
}

void add_row(Program& program, std::vector<SectionId> sections, std::string_view start,
             std::string_view stop) {
    give_all_the_same_place(program, sections);
    GatheredSections row{.sections = std::move(sections)};
    if (!start.empty()) row.start = provide_symbol(program, start);
    if (!stop.empty()) row.stop = provide_symbol(program, stop);
    program.gathered.push_back(std::move(row));
}

// __start_NAME or __stop_NAME, which a file does not define: NAME.
std::string_view name_behind(const Symbol& symbol, std::string_view prefix) {
    const bool open = !symbol.is_defined() && symbol.common_bytes == 0 && symbol.name.starts_with(prefix);
    return open ? symbol.name.substr(prefix.size()) : std::string_view();
}

}  // namespace

void find_gathered_sections(Program& program) {
    for (const FunctionArray& array : kFunctionArrays) {
        if (is_referred_to(program, array.start) || is_referred_to(program, array.stop))
            add_row(program, sections_of(program, array.section), array.start, array.stop);
    }
    const size_t count = program.symbols.size();
    for (size_t i = 0; i < count; ++i) {
        for (const std::string_view prefix : {kStart, kStop}) {
            const std::string_view whole = program.symbols[i].name;
            const std::string_view name = name_behind(program.symbols[i], prefix);
            if (name.empty() || program.shared.find(whole) != NameTable::kAbsent) continue;
            std::vector<SectionId> sections = sections_of(program, name);
            if (sections.empty()) continue;  // then the name is one that nobody defines
            add_row(program, std::move(sections), prefix == kStart ? whole : "",
                    prefix == kStop ? whole : "");
        }
    }
}

std::span<const SectionId> sections_bounded_by(const Program& program, SymbolId bound) {
    for (const GatheredSections& row : program.gathered) {
        if (row.start == bound || row.stop == bound) return row.sections;
    }
    return {};
}

void arrange_gathered_sections(Program& program, OutputSection& output) {
    for (const GatheredSections& row : program.gathered) {
        const auto is_in_row = [&](SectionId id) {
            return std::ranges::find(row.sections, id) != row.sections.end();
        };
        const auto gathered = std::ranges::stable_partition(output.parts, std::not_fn(is_in_row));
        std::ranges::sort(gathered, {}, [&](SectionId id) {
            return std::ranges::find(row.sections, id) - row.sections.begin();
        });
    }
}

void set_gathered_bounds(Program& program) {
    for (const GatheredSections& row : program.gathered) {
        uint32_t start = 0;
        uint32_t stop = 0;
        bool empty = true;
        for (const SectionId id : row.sections) {
            const Section& section = program.sections[id];
            if (!section.kept) continue;
            if (empty) start = section.address;
            stop = section.address + section.final_size();
            empty = false;
        }
        if (row.start != kNoSymbol) program.symbols[row.start].position.offset = start;
        if (row.stop != kNoSymbol) program.symbols[row.stop].position.offset = stop;
    }
}

}  // namespace peach::assembler
