#pragma once
// Reading attributes with libdw, in the words of the loader. Private to the DWARF loader: no libdw handle
// goes further than these files.

#include <elfutils/libdw.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace peach::debugger::dwarf {

// An attribute of the entry itself or, for concrete and inlined copies, of the one it was made from.
inline std::optional<Dwarf_Attribute> attribute(Dwarf_Die& entry, unsigned name) {
    Dwarf_Attribute found;
    if (dwarf_attr_integrate(&entry, name, &found) == nullptr) return std::nullopt;
    return found;
}

inline std::optional<uint64_t> unsigned_attribute(Dwarf_Die& entry, unsigned name) {
    auto found = attribute(entry, name);
    Dwarf_Word value = 0;
    if (!found || dwarf_formudata(&*found, &value) != 0) return std::nullopt;
    return value;
}

inline std::optional<int64_t> signed_attribute(Dwarf_Die& entry, unsigned name) {
    auto found = attribute(entry, name);
    Dwarf_Sword value = 0;
    if (!found || dwarf_formsdata(&*found, &value) != 0) return std::nullopt;
    return value;
}

inline bool has_attribute(Dwarf_Die& entry, unsigned name) {
    return attribute(entry, name).has_value();
}

inline std::string name_of(Dwarf_Die& entry) {
    auto found = attribute(entry, DW_AT_name);
    const char* text = found ? dwarf_formstring(&*found) : nullptr;
    return text == nullptr ? std::string() : std::string(text);
}

inline std::optional<Dwarf_Die> referred(Dwarf_Die& entry, unsigned name) {
    auto found = attribute(entry, name);
    Dwarf_Die target;
    if (!found || dwarf_formref_die(&*found, &target) == nullptr) return std::nullopt;
    return target;
}

// Calls visit(Dwarf_Die&) for each child.
template <typename Visit>
void for_each_child(Dwarf_Die& entry, Visit visit) {
    Dwarf_Die child;
    if (dwarf_child(&entry, &child) != 0) return;
    do {
        visit(child);
    } while (dwarf_siblingof(&child, &child) == 0);
}

}  // namespace peach::debugger::dwarf
