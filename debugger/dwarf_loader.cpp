#include "debugger/dwarf_loader.h"

#include <dwarf.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>

#include "debugger/dwarf_reading.h"

namespace peach::debugger {
namespace {

constexpr uint16_t kDeepestNesting = 64;  // of blocks; more is damaged DWARF

// What linkers write where the debugging information speaks of code or data that they dropped.
bool is_dropped(Dwarf_Addr address) {
    return address == 0 || address >= 0xFFFFFFFE;
}

struct ElfCloser {
    void operator()(Elf* elf) const { elf_end(elf); }
};
struct DwarfCloser {
    void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};

std::vector<AddressRange> ranges_of(Dwarf_Die& entry) {
    std::vector<AddressRange> ranges;
    Dwarf_Addr base = 0;
    Dwarf_Addr low = 0;
    Dwarf_Addr high = 0;
    ptrdiff_t offset = 0;
    while ((offset = dwarf_ranges(&entry, offset, &base, &low, &high)) > 0) {
        if (low < high && !is_dropped(low))
            ranges.push_back({static_cast<uint32_t>(low), static_cast<uint32_t>(high)});
    }
    return ranges;
}

uint32_t declaration_line(Dwarf_Die& entry) {
    return static_cast<uint32_t>(dwarf::unsigned_attribute(entry, DW_AT_decl_line).value_or(0));
}

}  // namespace

std::optional<std::string> DwarfLoader::load() {
    if (info_.image_.section(".debug_info").empty() && info_.image_.section(".debug_line").empty())
        return std::nullopt;
    elf_version(EV_CURRENT);
    // libelf reads only, but its signature does not say so.
    auto bytes = std::as_writable_bytes(
        std::span(const_cast<std::byte*>(info_.image_.bytes().data()), info_.image_.bytes().size()));
    const std::unique_ptr<Elf, ElfCloser> elf(
        elf_memory(reinterpret_cast<char*>(bytes.data()), bytes.size()));
    if (!elf) return fmt::format("cannot be read ({})", elf_errmsg(-1));
    const std::unique_ptr<Dwarf, DwarfCloser> dwarf(dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr));
    if (!dwarf) return fmt::format("its debugging information is damaged ({})", dwarf_errmsg(-1));

    info_.frame_rules_ = read_frame_rules(info_.image_.bytes(), info_.image_.section(".debug_frame"));
    read_lines(dwarf.get());
    Dwarf_CU* unit = nullptr;
    Dwarf_Die entry;
    int more = 0;
    while ((more = dwarf_get_units(dwarf.get(), unit, &unit, nullptr, nullptr, &entry, nullptr)) == 0) {
        read_unit(entry);
    }
    if (more < 0) return fmt::format("its debugging information is damaged ({})", dwarf_errmsg(-1));
    types_.finish();
    return std::nullopt;
}

// ---- Files and lines
// ---------------------------------------------------------------------------------------

uint16_t DwarfLoader::file_index(const char* path) {
    if (path == nullptr) return kNoFile;
    if (const auto known = known_paths_.find(path); known != known_paths_.end()) return known->second;
    const std::string normal = std::filesystem::path(path).lexically_normal().string();
    if (info_.files_.size() >= kNoFile) return kNoFile;
    const auto next = static_cast<uint16_t>(info_.files_.size());
    const auto [place, is_new] = file_indices_.try_emplace(normal, next);
    if (is_new) info_.files_.push_back(normal);
    known_paths_[path] = place->second;
    return place->second;
}

// libdw takes number 0 for no file at all, as it was before DWARF 5, where it is the unit's own.
uint16_t DwarfLoader::declaration_file(Dwarf_Die& entry) {
    constexpr Dwarf_Half kCountsFromZero = 5;
    Dwarf_Half version = 0;
    dwarf_cu_info(entry.cu, &version, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
    if (version < kCountsFromZero || dwarf::signed_attribute(entry, DW_AT_decl_file) != 0)
        return file_index(dwarf_decl_file(&entry));
    return numbered_file(entry, 0);
}

// A file by its number in the line table of the entry's unit.
uint16_t DwarfLoader::numbered_file(Dwarf_Die& entry, uint64_t number) {
    Dwarf_Die unit;
    Dwarf_Files* files = nullptr;
    size_t count = 0;
    if (dwarf_diecu(&entry, &unit, nullptr, nullptr) == nullptr) return kNoFile;
    if (dwarf_getsrcfiles(&unit, &files, &count) != 0 || number >= count) return kNoFile;
    return file_index(dwarf_filesrc(files, number, nullptr, nullptr));
}

// All line tables, also one that belongs to no compile unit (assembly by hand).
void DwarfLoader::read_lines(Dwarf* dwarf) {
    Dwarf_Off offset = 0;
    Dwarf_Off next = 0;
    Dwarf_CU* unit = nullptr;
    Dwarf_Lines* rows = nullptr;
    size_t count = 0;
    while (dwarf_next_lines(dwarf, offset, &next, &unit, nullptr, nullptr, &rows, &count) == 0) {
        add_line_rows(rows, count);
        offset = next;
    }
    std::ranges::sort(info_.lines_, {},
                      [](const LineEntry& row) { return std::pair(row.where.low, row.where.high); });
}

void DwarfLoader::add_line_rows(Dwarf_Lines* rows, size_t count) {
    bool prologue_end = false;  // also when the row that says so covers no bytes
    for (size_t i = 0; i + 1 < count; ++i) {
        Dwarf_Line* row = dwarf_onesrcline(rows, i);
        Dwarf_Line* next = dwarf_onesrcline(rows, i + 1);
        Dwarf_Addr low = 0;
        Dwarf_Addr high = 0;
        bool ends_sequence = false;
        bool ends_prologue = false;
        bool is_statement = false;
        int line = 0;
        int column = 0;
        if (dwarf_lineaddr(row, &low) != 0 || dwarf_lineaddr(next, &high) != 0) continue;
        dwarf_lineendsequence(row, &ends_sequence);
        dwarf_lineprologueend(row, &ends_prologue);
        prologue_end |= ends_prologue;
        if (ends_sequence || low >= high || is_dropped(low)) continue;
        dwarf_linebeginstatement(row, &is_statement);
        dwarf_lineno(row, &line);
        dwarf_linecol(row, &column);
        const uint16_t file = file_index(dwarf_linesrc(row, nullptr, nullptr));
        if (file == kNoFile) continue;
        info_.lines_.push_back({.where = {static_cast<uint32_t>(low), static_cast<uint32_t>(high)},
                                .file = file,
                                .column = static_cast<uint16_t>(column),
                                .line = static_cast<uint32_t>(line),
                                .is_statement = is_statement,
                                .prologue_end = std::exchange(prologue_end, false)});
    }
}

// ---- Functions and variables
// -------------------------------------------------------------------------------

void DwarfLoader::read_unit(Dwarf_Die& unit) {
    dwarf::for_each_child(unit, [&](Dwarf_Die& child) {
        switch (dwarf_tag(&child)) {
            case DW_TAG_subprogram:
                read_function(child);
                break;
            case DW_TAG_variable:
                read_global(child);
                break;
            case DW_TAG_structure_type:
            case DW_TAG_union_type:
            case DW_TAG_enumeration_type:
            case DW_TAG_typedef:
            case DW_TAG_base_type:
                types_.node(child);
                break;
            default:
                break;
        }
    });
}

void DwarfLoader::read_global(Dwarf_Die& entry) {
    if (dwarf::has_attribute(entry, DW_AT_declaration)) return;
    auto variable = read_variable(entry);
    if (!variable) return;
    const auto address = info_.global_address(*variable);
    if (!address || !is_dropped(*address)) info_.globals_.push_back(std::move(*variable));
}

void DwarfLoader::read_function(Dwarf_Die& entry) {
    std::vector<AddressRange> ranges = ranges_of(entry);
    constexpr uint32_t kDropped = 0xFFFFFFFF;  // what the assembler says of functions nothing refers to
    if (ranges.empty() || ranges.front().low == kDropped) return;  // declared, inlined everywhere, or dropped
    Function function{.name = dwarf::name_of(entry),
                      .low_pc = ranges.front().low,
                      .high_pc = ranges.front().high,
                      .result = types_.type_of(entry),
                      .file = declaration_file(entry),
                      .line = declaration_line(entry),
                      .external = dwarf::has_attribute(entry, DW_AT_external),
                      .frame_base = {},
                      .parameters = {},
                      .locals = {},
                      .inlined_calls = {}};
    if (auto base = dwarf::attribute(entry, DW_AT_frame_base)) {
        Dwarf_Op* operations = nullptr;
        size_t count = 0;
        if (dwarf_getlocation(&*base, &operations, &count) == 0)
            function.frame_base = copy_operations(*base, operations, count);
    }
    if (auto origin = dwarf::referred(entry, DW_AT_abstract_origin))
        function.result = types_.type_of(*origin);
    read_function_parts(entry, {.function = function, .scope = std::move(ranges)});
    info_.functions_.push_back(std::move(function));
}

void DwarfLoader::read_function_parts(Dwarf_Die& entry, const Place& place) {
    if (place.depth > kDeepestNesting) return;
    dwarf::for_each_child(entry, [&](Dwarf_Die& child) {
        const int tag = dwarf_tag(&child);
        if (tag == DW_TAG_lexical_block || tag == DW_TAG_inlined_subroutine) {
            std::vector<AddressRange> ranges = ranges_of(child);
            if (ranges.empty()) return;
            if (tag == DW_TAG_inlined_subroutine)
                place.function.inlined_calls.push_back(read_inlined_call(child, ranges));
            read_function_parts(child, {.function = place.function,
                                        .scope = std::move(ranges),
                                        .depth = static_cast<uint16_t>(place.depth + 1)});
            return;
        }
        if (tag != DW_TAG_formal_parameter && tag != DW_TAG_variable) return;
        auto variable = read_variable(child);
        if (!variable) return;
        variable->scope = place.scope;
        variable->depth = place.depth;
        const bool is_own_parameter = tag == DW_TAG_formal_parameter && place.depth == 0;
        variable->is_parameter = is_own_parameter;
        (is_own_parameter ? place.function.parameters : place.function.locals)
            .push_back(std::move(*variable));
    });
}

InlinedCall DwarfLoader::read_inlined_call(Dwarf_Die& entry, const std::vector<AddressRange>& ranges) {
    Dwarf_Addr begin = 0;
    const bool known = dwarf_entrypc(&entry, &begin) == 0;
    const auto file = dwarf::unsigned_attribute(entry, DW_AT_call_file);
    return {.name = dwarf::name_of(entry),
            .ranges = ranges,
            .entry = known ? static_cast<uint32_t>(begin) : ranges.front().low,
            .file = file ? numbered_file(entry, *file) : kNoFile,
            .line = static_cast<uint32_t>(dwarf::unsigned_attribute(entry, DW_AT_call_line).value_or(0))};
}

std::optional<Variable> DwarfLoader::read_variable(Dwarf_Die& entry) {
    Variable variable;
    variable.name = dwarf::name_of(entry);
    if (variable.name.empty()) return std::nullopt;
    auto type = dwarf::attribute(entry, DW_AT_type);
    Dwarf_Die type_entry;
    if (!type || dwarf_formref_die(&*type, &type_entry) == nullptr) return std::nullopt;
    variable.type = types_.node(type_entry);
    variable.file = declaration_file(entry);
    variable.line = declaration_line(entry);
    read_locations(entry, variable);
    read_constant(entry, variable);
    return variable;
}

void DwarfLoader::read_constant(Dwarf_Die& entry, Variable& variable) {
    variable.constant = dwarf::signed_attribute(entry, DW_AT_const_value);
}

// ---- Locations
// ---------------------------------------------------------------------------------------------

void DwarfLoader::read_locations(Dwarf_Die& entry, Variable& variable) {
    auto location = dwarf::attribute(entry, DW_AT_location);
    if (!location) return;
    Dwarf_Addr base = 0;
    Dwarf_Addr low = 0;
    Dwarf_Addr high = 0;
    Dwarf_Op* operations = nullptr;
    size_t count = 0;
    ptrdiff_t offset = 0;
    while ((offset = dwarf_getlocations(&*location, offset, &base, &low, &high, &operations, &count)) > 0) {
        variable.locations.push_back(
            {.where = {static_cast<uint32_t>(low),
                       static_cast<uint32_t>(std::min<Dwarf_Addr>(high, UINT32_MAX))},
             .operations = copy_operations(*location, operations, count)});
    }
}

std::vector<LocationOperation> DwarfLoader::copy_operations(Dwarf_Attribute& attribute,
                                                            const Dwarf_Op* operations, size_t count) {
    std::vector<LocationOperation> copies;
    copies.reserve(count);
    for (size_t i = 0; i < count; ++i) copies.push_back(copy_operation(attribute, operations[i]));
    return copies;
}

// Operands that point elsewhere in the DWARF are replaced by what stands there.
LocationOperation DwarfLoader::copy_operation(Dwarf_Attribute& attribute, const Dwarf_Op& operation) {
    LocationOperation copy{.code = operation.atom, .first = operation.number, .second = operation.number2};
    switch (operation.atom) {
        case DW_OP_addrx:
        case DW_OP_constx: {
            Dwarf_Attribute found;
            Dwarf_Addr address = 0;
            if (dwarf_getlocation_attr(&attribute, &operation, &found) == 0 &&
                dwarf_formaddr(&found, &address) == 0) {
                copy.first = address;
            }
            copy.code = operation.atom == DW_OP_addrx ? DW_OP_addr : DW_OP_constu;
            break;
        }
        case DW_OP_implicit_value: {
            Dwarf_Block block;
            if (dwarf_getlocation_implicit_value(&attribute, &operation, &block) == 0 && block.length <= 8) {
                copy.second = 0;
                std::copy_n(block.data, block.length, reinterpret_cast<unsigned char*>(&copy.second));
            }
            break;
        }
        case DW_OP_convert: {  // first: the width in bits (0: any), second: whether it is signed
            Dwarf_Die type;
            copy.first = copy.second = 0;
            if (operation.number == 0 || dwarf_getlocation_die(&attribute, &operation, &type) != 0) break;
            copy.first = dwarf::unsigned_attribute(type, DW_AT_byte_size).value_or(4) * 8;
            if (const auto bits = dwarf::unsigned_attribute(type, DW_AT_bit_size)) copy.first = *bits;
            const auto encoding = dwarf::unsigned_attribute(type, DW_AT_encoding);
            copy.second = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char ? 1 : 0;
            break;
        }
        default:
            break;
    }
    return copy;
}

}  // namespace peach::debugger
