#include "debugger/types.h"

#include <algorithm>
#include <array>

namespace peach::debugger {
namespace {

Type builtin(TypeKind kind, uint32_t size, std::string name) {
    const bool is_signed = kind == TypeKind::signed_integer || kind == TypeKind::floating;
    Type type;
    type.kind = kind;
    type.is_signed = is_signed;
    type.size = size;
    type.name = std::move(name);
    return type;
}

// Every way to spell a base type in C, reduced to the one that clang records.
std::string canonical_base_name(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kSpellings = {{
        {"unsigned", "unsigned int"},
        {"signed", "int"},
        {"signed int", "int"},
        {"short int", "short"},
        {"signed short", "short"},
        {"unsigned short int", "unsigned short"},
        {"long int", "long"},
        {"signed long", "long"},
        {"long unsigned", "unsigned long"},
        {"unsigned long int", "unsigned long"},
        {"long unsigned int", "unsigned long"},
        {"long long int", "long long"},
        {"unsigned long long int", "unsigned long long"},
        {"long long unsigned int", "unsigned long long"},
        {"long long unsigned", "unsigned long long"},
        {"bool", "_Bool"},
    }};
    for (const auto& [spelling, canonical] : kSpellings) {
        if (name == spelling) return std::string(canonical);
    }
    return std::string(name);
}

bool strip_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string tag_keyword(TypeKind kind) {
    if (kind == TypeKind::structure) return "struct ";
    if (kind == TypeKind::union_type) return "union ";
    return "enum ";
}

std::string parameter_list(const Type& type) {
    if (type.parameters.empty()) return "(void)";
    std::string text = "(";
    for (const Type* parameter : type.parameters) {
        if (text.size() > 1) text += ", ";
        text += type_name(*parameter);
    }
    return text + ")";
}

// C writes types inside out: `inner` is what stands where the name would.
std::string declare(const Type& type, const std::string& inner) {
    const auto joined = [&](const std::string& base) {
        return inner.empty() || inner.starts_with('[') ? base + inner : base + " " + inner;
    };
    switch (type.kind) {
        case TypeKind::pointer: {
            const TypeKind target = type.target->kind;
            const bool wrap = target == TypeKind::array || target == TypeKind::function;
            return declare(*type.target, wrap ? "(*" + inner + ")" : "*" + inner);
        }
        case TypeKind::array:
            return declare(*type.target,
                           inner + "[" + (type.count == 0 ? "" : std::to_string(type.count)) + "]");
        case TypeKind::function:
            return declare(*type.target, inner + parameter_list(type));
        case TypeKind::qualified:
            return type.target->kind == TypeKind::pointer ? declare(*type.target, type.name + joined(""))
                                                          : type.name + " " + declare(*type.target, inner);
        case TypeKind::structure:
        case TypeKind::union_type:
        case TypeKind::enumeration:
            return joined(tag_keyword(type.kind) + (type.name.empty() ? "{...}" : type.name));
        default:
            return joined(type.name);
    }
}

}  // namespace

const Type& Type::stripped() const {
    const Type* type = this;
    while (type->kind == TypeKind::alias || type->kind == TypeKind::qualified) type = type->target;
    return *type;
}

bool Type::is_integer() const {
    switch (stripped().kind) {
        case TypeKind::boolean:
        case TypeKind::signed_integer:
        case TypeKind::unsigned_integer:
        case TypeKind::character:
        case TypeKind::enumeration:
            return true;
        default:
            return false;
    }
}

bool Type::is_scalar() const {
    const TypeKind behind = stripped().kind;
    return is_integer() || behind == TypeKind::floating || behind == TypeKind::pointer;
}

bool Type::is_aggregate() const {
    const TypeKind behind = stripped().kind;
    return behind == TypeKind::structure || behind == TypeKind::union_type || behind == TypeKind::array;
}

const Member* Type::find_member(std::string_view member_name) const {
    const auto found = std::ranges::find(members, member_name, &Member::name);
    return found == members.end() ? nullptr : &*found;
}

const Enumerator* Type::find_enumerator(int64_t value) const {
    const auto found = std::ranges::find(enumerators, value, &Enumerator::value);
    return found == enumerators.end() ? nullptr : &*found;
}

std::string type_name(const Type& type) {
    return declare(type, "");
}

TypeTable::TypeTable() {
    nothing_ = &add(builtin(TypeKind::nothing, 0, "void"));
    int32_ = &add(builtin(TypeKind::signed_integer, 4, "int"));
    uint32_ = &add(builtin(TypeKind::unsigned_integer, 4, "unsigned int"));
    int64_ = &add(builtin(TypeKind::signed_integer, 8, "long long"));
    uint64_ = &add(builtin(TypeKind::unsigned_integer, 8, "unsigned long long"));
    character_ = &add(builtin(TypeKind::character, 1, "char"));
    boolean_ = &add(builtin(TypeKind::boolean, 1, "_Bool"));
    real64_ = &add(builtin(TypeKind::floating, 8, "double"));
    add(builtin(TypeKind::floating, 4, "float"));
    add(builtin(TypeKind::signed_integer, 4, "long"));
    add(builtin(TypeKind::unsigned_integer, 4, "unsigned long"));
    add(builtin(TypeKind::signed_integer, 2, "short"));
    add(builtin(TypeKind::unsigned_integer, 2, "unsigned short"));
    add(builtin(TypeKind::unsigned_integer, 1, "unsigned char"));
    add(builtin(TypeKind::signed_integer, 1, "signed char"));
    index();
}

Type& TypeTable::add(Type type) {
    return types_.emplace_back(std::move(type));
}

void TypeTable::index() {
    for (const Type& type : types_) {
        const bool has_tag = type.kind == TypeKind::structure || type.kind == TypeKind::union_type ||
                             type.kind == TypeKind::enumeration;
        for (const Enumerator& row : type.enumerators) {
            enumerators_.try_emplace(row.name, std::pair{&type, row.value});
        }
        if (type.name.empty() || type.kind == TypeKind::qualified) continue;
        auto [place, is_new] = (has_tag ? tags_ : ordinary_).try_emplace(type.name, &type);
        if (!is_new && place->second->is_declaration && !type.is_declaration) place->second = &type;
    }
}

const Type* TypeTable::find_structure(std::string_view tag) const {
    const auto found = tags_.find(tag);
    if (found == tags_.end() || found->second->kind == TypeKind::enumeration) return nullptr;
    return found->second;
}

const Type* TypeTable::find_enumeration(std::string_view tag) const {
    const auto found = tags_.find(tag);
    if (found == tags_.end() || found->second->kind != TypeKind::enumeration) return nullptr;
    return found->second;
}

const Type* TypeTable::find(std::string_view name) const {
    if (strip_prefix(name, "struct ") || strip_prefix(name, "union ")) return find_structure(name);
    if (strip_prefix(name, "enum ")) return find_enumeration(name);
    const auto ordinary = ordinary_.find(canonical_base_name(name));
    if (ordinary != ordinary_.end()) return ordinary->second;
    const auto tagged = tags_.find(name);
    return tagged == tags_.end() ? nullptr : tagged->second;
}

std::optional<std::pair<const Type*, int64_t>> TypeTable::find_enumerator(std::string_view name) const {
    const auto found = enumerators_.find(name);
    if (found == enumerators_.end()) return std::nullopt;
    return found->second;
}

const Type* TypeTable::pointer_to(const Type* target) const {
    const std::scoped_lock lock(derived_mutex_);
    const Type*& type = pointers_[target];
    if (type == nullptr) {
        Type& made = derived_.emplace_back(builtin(TypeKind::pointer, 4, ""));
        made.target = target;
        type = &made;
    }
    return type;
}

const Type* TypeTable::array_of(const Type* element, uint32_t count) const {
    const std::scoped_lock lock(derived_mutex_);
    const Type*& type = arrays_[{element, count}];
    if (type == nullptr) {
        Type& made = derived_.emplace_back(builtin(TypeKind::array, element->size * count, ""));
        made.target = element;
        made.count = count;
        type = &made;
    }
    return type;
}

}  // namespace peach::debugger
