#pragma once
// DWARF type entries into a TypeTable. Private to the DWARF loader.
//
// The same header seen by ten C files gives ten equal entries: they become one node, so that a type is one
// address.

#include <elfutils/libdw.h>

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "debugger/types.h"

namespace peach::debugger {

class DwarfTypes {
  public:
    explicit DwarfTypes(TypeTable& table) : table_(table) {}

    // The node for what an entry's DW_AT_type says; void if it says nothing. It may be filled only by
    // finish().
    const Type* type_of(Dwarf_Die& entry);
    const Type* node(Dwarf_Die& type_entry);

    // Fills what is still open, sets sizes, and joins declarations with their definitions.
    void finish();

  private:
    std::string identity(Dwarf_Die& type_entry);
    void fill(Type& type, Dwarf_Die& entry);
    void fill_base(Type& type, Dwarf_Die& entry);
    void fill_members(Type& type, Dwarf_Die& entry);
    void fill_enumerators(Type& type, Dwarf_Die& entry);
    void fill_array(Type& type, Dwarf_Die& entry);
    void fill_function(Type& type, Dwarf_Die& entry);
    void break_cycles();
    void set_array_sizes();
    void join_declarations();

    TypeTable& table_;
    std::vector<Type*> made_;
    std::unordered_map<Dwarf_Off, Type*> by_offset_;
    std::map<std::string, Type*> by_identity_;
    std::deque<std::pair<Type*, Dwarf_Die>> open_;
};

}  // namespace peach::debugger
