#pragma once
// C types as the image's DWARF tells them: a graph of immutable nodes. Nodes are owned by a TypeTable, which
// is owned by a DebugInfo: a `const Type*` is valid as long as its DebugInfo lives.
//
//   struct process *   =   pointer ──target──> structure "process" ──members──> { pid: int @0, parent: ... @4
//   }

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peach::debugger {

enum class TypeKind : uint8_t {
    nothing,  // void
    boolean,
    signed_integer,
    unsigned_integer,
    character,  // plain char: an integer that is shown as a letter, and whose arrays are strings
    floating,
    pointer,      // target: what it points to
    array,        // target: the element; count: how many, 0 if the size is not known
    structure,    // members
    union_type,   // members
    enumeration,  // enumerators; is_signed
    function,     // target: the result
    alias,        // a typedef; target: what it stands for
    qualified,    // const, volatile, restrict, atomic; target: what it qualifies
};

struct Type;

struct Member {
    std::string name;  // empty: an unnamed struct or union whose members count as the parent's own
    const Type* type = nullptr;
    uint32_t offset_bytes = 0;
    uint8_t bit_offset = 0;  // of a bit field, from the lowest bit of the byte at `offset_bytes`
    uint8_t bit_size = 0;    // 0: not a bit field
};

struct Enumerator {
    std::string name;
    int64_t value = 0;
};

struct Type {
    TypeKind kind = TypeKind::nothing;
    bool is_signed = false;
    bool is_declaration = false;  // only "struct x;" is known: size 0, no members
    uint32_t size = 0;            // bytes
    uint32_t count = 0;           // elements of an array
    const Type* target = nullptr;
    std::string name;  // tag, typedef or base name, without "struct"; empty if unnamed
    std::vector<Member> members;
    std::vector<Enumerator> enumerators;
    std::vector<const Type*> parameters;  // of a function

    // The type behind typedefs and qualifiers.
    const Type& stripped() const;
    bool is_integer() const;    // boolean, integers, characters, enumerations (behind aliases)
    bool is_scalar() const;     // an integer, a floating number or a pointer
    bool is_aggregate() const;  // struct, union or array
    const Member* find_member(std::string_view member_name) const;  // direct members only
    const Enumerator* find_enumerator(int64_t value) const;
};

// The type in C's words: "struct process *", "char[16]", "enum process_state", "void (int)".
std::string type_name(const Type& type);

// The types of one image. Looking up is const and thread-safe; deriving a pointer or an array type that C has
// but the image does not spell makes it once and keeps it.
class TypeTable {
  public:
    TypeTable();
    TypeTable(const TypeTable&) = delete;
    TypeTable& operator=(const TypeTable&) = delete;

    Type& add(Type type);  // while loading
    void index();          // after the last add(): prefers full definitions over declarations

    // "process" among structs, unions, enums ("struct process" and so on also work), typedefs and base types,
    // with C's usual spellings of base types ("unsigned int", "unsigned", "long long").
    const Type* find(std::string_view name) const;
    const Type* find_structure(std::string_view tag) const;
    const Type* find_enumeration(std::string_view tag) const;
    // An enumerator of any enumeration, with its type.
    std::optional<std::pair<const Type*, int64_t>> find_enumerator(std::string_view name) const;

    const Type* pointer_to(const Type* target) const;
    const Type* array_of(const Type* element, uint32_t count) const;

    const Type* nothing() const { return nothing_; }
    const Type* int32() const { return int32_; }
    const Type* uint32() const { return uint32_; }
    const Type* int64() const { return int64_; }
    const Type* uint64() const { return uint64_; }
    const Type* character() const { return character_; }
    const Type* boolean() const { return boolean_; }
    const Type* real64() const { return real64_; }

    const std::deque<Type>& all() const { return types_; }

  private:
    std::deque<Type> types_;
    std::map<std::string, const Type*, std::less<>> tags_, ordinary_;
    std::map<std::string, std::pair<const Type*, int64_t>, std::less<>> enumerators_;
    const Type *nothing_, *int32_, *uint32_, *int64_, *uint64_, *character_, *boolean_, *real64_;

    mutable std::mutex derived_mutex_;
    mutable std::deque<Type> derived_;
    mutable std::map<const Type*, const Type*> pointers_;
    mutable std::map<std::pair<const Type*, uint32_t>, const Type*> arrays_;
};

}  // namespace peach::debugger
