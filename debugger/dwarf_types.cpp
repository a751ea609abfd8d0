#include "debugger/dwarf_types.h"

#include <dwarf.h>
#include <fmt/format.h>

#include <algorithm>

#include "debugger/dwarf_reading.h"

namespace peach::debugger {
namespace {

TypeKind kind_of_tag(int tag) {
    switch (tag) {
        case DW_TAG_pointer_type:
        case DW_TAG_reference_type:
        case DW_TAG_rvalue_reference_type:
            return TypeKind::pointer;
        case DW_TAG_structure_type:
        case DW_TAG_class_type:
            return TypeKind::structure;
        case DW_TAG_union_type:
            return TypeKind::union_type;
        case DW_TAG_array_type:
            return TypeKind::array;
        case DW_TAG_enumeration_type:
            return TypeKind::enumeration;
        case DW_TAG_typedef:
            return TypeKind::alias;
        case DW_TAG_const_type:
        case DW_TAG_volatile_type:
        case DW_TAG_restrict_type:
        case DW_TAG_atomic_type:
            return TypeKind::qualified;
        case DW_TAG_subroutine_type:
            return TypeKind::function;
        default:
            return TypeKind::nothing;
    }
}

const char* qualifier_word(int tag) {
    switch (tag) {
        case DW_TAG_volatile_type:
            return "volatile";
        case DW_TAG_restrict_type:
            return "restrict";
        case DW_TAG_atomic_type:
            return "_Atomic";
        default:
            return "const";
    }
}

bool has_target(TypeKind kind) {
    switch (kind) {
        case TypeKind::pointer:
        case TypeKind::array:
        case TypeKind::alias:
        case TypeKind::qualified:
        case TypeKind::function:
            return true;
        default:
            return false;
    }
}

// clang numbers bit fields from the start of the structure (DW_AT_data_bit_offset).
void set_bit_field(Member& member, Dwarf_Die& entry) {
    const auto bits = dwarf::unsigned_attribute(entry, DW_AT_bit_size);
    if (!bits) return;
    const uint64_t start =
        dwarf::unsigned_attribute(entry, DW_AT_data_bit_offset).value_or(uint64_t{member.offset_bytes} * 8);
    member.offset_bytes = static_cast<uint32_t>(start / 8);
    member.bit_offset = static_cast<uint8_t>(start % 8);
    member.bit_size = static_cast<uint8_t>(std::min<uint64_t>(*bits, 64));
}

uint32_t dimension(Dwarf_Die& subrange) {
    if (const auto count = dwarf::unsigned_attribute(subrange, DW_AT_count))
        return static_cast<uint32_t>(*count);
    if (const auto last = dwarf::unsigned_attribute(subrange, DW_AT_upper_bound))
        return static_cast<uint32_t>(*last + 1);
    return 0;
}

}  // namespace

// What makes two entries of different files one type; empty if nothing does.
std::string DwarfTypes::identity(Dwarf_Die& entry) {
    const std::string name = dwarf::name_of(entry);
    const int tag = dwarf_tag(&entry);
    const auto size = dwarf::unsigned_attribute(entry, DW_AT_byte_size).value_or(0);
    if (tag == DW_TAG_base_type)
        return fmt::format("{}:{}:{}:{}", tag, name, size,
                           dwarf::unsigned_attribute(entry, DW_AT_encoding).value_or(0));
    const TypeKind kind = kind_of_tag(tag);
    const bool tagged = kind == TypeKind::structure || kind == TypeKind::union_type ||
                        kind == TypeKind::enumeration || kind == TypeKind::alias;
    const char* file = dwarf_decl_file(&entry);
    int line = 0;
    if (!tagged || file == nullptr || dwarf_decl_line(&entry, &line) != 0) return "";
    return fmt::format("{}:{}:{}:{}:{}", tag, name, size, file, line);
}

const Type* DwarfTypes::type_of(Dwarf_Die& entry) {
    auto target = dwarf::referred(entry, DW_AT_type);
    return target ? node(*target) : table_.nothing();
}

const Type* DwarfTypes::node(Dwarf_Die& entry) {
    const Dwarf_Off offset = dwarf_dieoffset(&entry);
    if (const auto known = by_offset_.find(offset); known != by_offset_.end()) return known->second;
    const std::string same = identity(entry);
    if (!same.empty()) {
        if (const auto known = by_identity_.find(same); known != by_identity_.end()) {
            return by_offset_[offset] = known->second;
        }
    }
    Type& type = table_.add({});
    // Never null, even while the entry waits to be filled.
    type.target = table_.nothing();
    made_.push_back(&type);
    by_offset_[offset] = &type;
    if (!same.empty()) by_identity_[same] = &type;
    open_.emplace_back(&type, entry);
    return &type;
}

void DwarfTypes::fill(Type& type, Dwarf_Die& entry) {
    const int tag = dwarf_tag(&entry);
    type.kind = kind_of_tag(tag);
    type.name = type.kind == TypeKind::qualified ? qualifier_word(tag) : dwarf::name_of(entry);
    type.size = static_cast<uint32_t>(dwarf::unsigned_attribute(entry, DW_AT_byte_size).value_or(0));
    type.is_declaration = dwarf::has_attribute(entry, DW_AT_declaration);
    if (has_target(type.kind)) type.target = type_of(entry);
    switch (type.kind) {
        case TypeKind::pointer:
            type.size = 4;
            break;
        case TypeKind::structure:
        case TypeKind::union_type:
            fill_members(type, entry);
            break;
        case TypeKind::enumeration:
            fill_enumerators(type, entry);
            break;
        case TypeKind::array:
            fill_array(type, entry);
            break;
        case TypeKind::function:
            fill_function(type, entry);
            break;
        case TypeKind::nothing:
            if (tag == DW_TAG_base_type) fill_base(type, entry);
            break;
        default:
            break;
    }
}

void DwarfTypes::fill_base(Type& type, Dwarf_Die& entry) {
    switch (dwarf::unsigned_attribute(entry, DW_AT_encoding).value_or(DW_ATE_unsigned)) {
        case DW_ATE_boolean:
            type.kind = TypeKind::boolean;
            break;
        case DW_ATE_float:
            type.kind = TypeKind::floating;
            type.is_signed = true;
            break;
        case DW_ATE_signed:
        case DW_ATE_signed_char:
            type.kind = type.name == "char" ? TypeKind::character : TypeKind::signed_integer;
            type.is_signed = true;
            break;
        case DW_ATE_unsigned_char:
            // "unsigned char" is how C spells a byte: a number.
            type.kind = type.name == "char" ? TypeKind::character : TypeKind::unsigned_integer;
            break;
        default:
            type.kind = TypeKind::unsigned_integer;
            break;
    }
}

void DwarfTypes::fill_members(Type& type, Dwarf_Die& entry) {
    dwarf::for_each_child(entry, [&](Dwarf_Die& child) {
        if (dwarf_tag(&child) != DW_TAG_member) return;
        Member member{.name = dwarf::name_of(child), .type = type_of(child)};
        const auto offset = dwarf::unsigned_attribute(child, DW_AT_data_member_location);
        member.offset_bytes = static_cast<uint32_t>(offset.value_or(0));
        set_bit_field(member, child);
        type.members.push_back(std::move(member));
    });
}

void DwarfTypes::fill_enumerators(Type& type, Dwarf_Die& entry) {
    dwarf::for_each_child(entry, [&](Dwarf_Die& child) {
        if (dwarf_tag(&child) != DW_TAG_enumerator) return;
        const auto value = dwarf::signed_attribute(child, DW_AT_const_value);
        type.enumerators.push_back({.name = dwarf::name_of(child), .value = value.value_or(0)});
    });
    type.is_signed =
        std::ranges::any_of(type.enumerators, [](const Enumerator& row) { return row.value < 0; });
}

// int a[2][3] is one entry with two subranges: an array of 2 arrays of 3.
void DwarfTypes::fill_array(Type& type, Dwarf_Die& entry) {
    std::vector<uint32_t> dimensions;
    dwarf::for_each_child(entry, [&](Dwarf_Die& child) {
        if (dwarf_tag(&child) == DW_TAG_subrange_type) dimensions.push_back(dimension(child));
    });
    if (dimensions.empty()) dimensions.push_back(0);
    while (dimensions.size() > 1) {
        Type& inner = table_.add({});
        made_.push_back(&inner);
        inner.kind = TypeKind::array;
        inner.target = type.target;
        inner.count = dimensions.back();
        type.target = &inner;
        dimensions.pop_back();
    }
    type.count = dimensions.front();
}

void DwarfTypes::fill_function(Type& type, Dwarf_Die& entry) {
    dwarf::for_each_child(entry, [&](Dwarf_Die& child) {
        if (dwarf_tag(&child) == DW_TAG_formal_parameter) type.parameters.push_back(type_of(child));
    });
}

void DwarfTypes::finish() {
    while (!open_.empty()) {
        auto [type, entry] = open_.front();
        open_.pop_front();
        fill(*type, entry);
    }
    join_declarations();
    break_cycles();
    set_array_sizes();
    table_.index();
}

// "struct process;" in one file and its body in another: everything that refers to the first gets the second.
void DwarfTypes::join_declarations() {
    std::map<std::pair<TypeKind, std::string>, const Type*> bodies;
    for (const Type* type : made_) {
        if (!type->is_declaration && !type->name.empty()) bodies.try_emplace({type->kind, type->name}, type);
    }
    const auto join = [&](const Type*& reference) {
        if (!reference->is_declaration) return;
        const auto body = bodies.find({reference->kind, reference->name});
        if (body != bodies.end()) reference = body->second;
    };
    for (Type* type : made_) {
        if (type->target != nullptr) join(type->target);
        for (Member& member : type->members) join(member.type);
        for (const Type*& parameter : type->parameters) join(parameter);
    }
}

// Damaged DWARF may say that a typedef is itself; nothing else may follow such a chain for ever.
void DwarfTypes::break_cycles() {
    constexpr int kLongestChain = 64;
    for (Type* type : made_) {
        const Type* at = type;
        int steps = 0;
        while (
            (at->kind == TypeKind::alias || at->kind == TypeKind::qualified || at->kind == TypeKind::array) &&
            ++steps < kLongestChain) {
            at = at->target;
        }
        if (steps == kLongestChain) type->target = table_.nothing();
    }
}

void DwarfTypes::set_array_sizes() {
    for (Type* type : made_) {
        if (type->kind != TypeKind::array || type->size != 0) continue;
        uint64_t size = type->count;
        const Type* element = &type->target->stripped();
        while (element->kind == TypeKind::array && element->size == 0) {
            size *= element->count;
            element = &element->target->stripped();
        }
        size *= element->size;
        type->size = size > UINT32_MAX ? 0 : static_cast<uint32_t>(size);
    }
    // Names for types have the size of what they stand for.
    for (Type* type : made_) {
        if (type->kind == TypeKind::alias || type->kind == TypeKind::qualified)
            type->size = type->stripped().size;
    }
}

}  // namespace peach::debugger
