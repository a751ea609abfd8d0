#pragma once
// Fills a DebugInfo from the DWARF sections of its image. Private to debug_info.cpp.

#include <elfutils/libdw.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "debugger/debug_info.h"
#include "debugger/dwarf_types.h"

namespace peach::debugger {

class DwarfLoader {
  public:
    explicit DwarfLoader(DebugInfo& info) : info_(info), types_(*info.types_) {}

    // What is wrong with the DWARF, if anything; an image without DWARF is fine.
    std::optional<std::string> load();

  private:
    // What a walk through a function's entries carries along.
    struct Place {
        Function& function;
        std::vector<AddressRange> scope;
        uint16_t depth = 0;
    };

    void read_lines(Dwarf* dwarf);
    void add_line_rows(Dwarf_Lines* rows, size_t count);
    void read_unit(Dwarf_Die& unit);
    void read_global(Dwarf_Die& entry);
    void read_function(Dwarf_Die& entry);
    void read_function_parts(Dwarf_Die& entry, const Place& place);
    InlinedCall read_inlined_call(Dwarf_Die& entry, const std::vector<AddressRange>& ranges);
    std::optional<Variable> read_variable(Dwarf_Die& entry);
    void read_locations(Dwarf_Die& entry, Variable& variable);
    void read_constant(Dwarf_Die& entry, Variable& variable);
    std::vector<LocationOperation> copy_operations(Dwarf_Attribute& attribute, const Dwarf_Op* operations,
                                                   size_t count);
    LocationOperation copy_operation(Dwarf_Attribute& attribute, const Dwarf_Op& operation);
    uint16_t file_index(const char* path);
    uint16_t declaration_file(Dwarf_Die& entry);
    uint16_t numbered_file(Dwarf_Die& entry, uint64_t number);

    DebugInfo& info_;
    DwarfTypes types_;
    std::unordered_map<std::string, uint16_t> file_indices_;
    std::unordered_map<const char*, uint16_t> known_paths_;
};

}  // namespace peach::debugger
