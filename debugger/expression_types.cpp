#include "debugger/expression_types.h"

#include <fmt/format.h>

#include "assembler/suggest.h"

namespace peach::debugger::detail {
namespace {

constexpr int kDeepestUnnamed = 8;  // unnamed structs within unnamed structs

bool is_comparison(Operation operation) {
    return operation >= Operation::equal && operation <= Operation::greater_or_equal;
}

bool is_pointer(const Type& type) {
    return type.stripped().kind == TypeKind::pointer;
}

std::unexpected<std::string> wrong(std::string why) {
    return std::unexpected(std::move(why));
}

// The member of that name, also in unnamed structs and unions within; `offset` collects the way there.
const Member* find_member(const Type& type, const std::string& name, uint32_t& offset, int depth) {
    for (const Member& member : type.members) {
        if (member.name == name) return &member;
        if (!member.name.empty() || depth == 0) continue;
        uint32_t inner_offset = offset + member.offset_bytes;
        if (const Member* inner = find_member(member.type->stripped(), name, inner_offset, depth - 1)) {
            offset = inner_offset;
            return inner;
        }
    }
    return nullptr;
}

std::string no_member(const Type& type, const std::string& name) {
    if (type.is_declaration)
        return fmt::format("the members of {} are not known: no source file with its definition was compiled",
                           type_name(type));
    assembler::Suggestion suggestion(name);
    for (const Member& member : type.members) suggestion.consider(member.name);
    return fmt::format("{} has no member '{}'{}", type_name(type), name, suggestion.text());
}

// The size that an index or a pointer's step counts in; 1 for void * and functions, as gcc and clang have it.
uint32_t step_of(const Type& element) {
    const Type& behind = element.stripped();
    return behind.kind == TypeKind::nothing || behind.kind == TypeKind::function ? 1 : behind.size;
}

bool is_direct_place(NodeKind kind) {
    return kind == NodeKind::row || kind == NodeKind::global || kind == NodeKind::dereference ||
           kind == NodeKind::subscript;
}

}  // namespace

NodePtr TypeRules::node(NodeKind kind, const Type* type) const {
    auto made = std::make_unique<Node>();
    made->kind = kind;
    made->type = type;
    return made;
}

NodePtr TypeRules::constant(uint64_t value, const Type* type) const {
    NodePtr made = node(NodeKind::constant, type);
    made->number = fit_to_type(value, *type);
    return made;
}

NodePtr TypeRules::literal(std::string text) const {
    NodePtr made = node(NodeKind::text, types_.array_of(types_.character(), 0));
    made->is_text = true;
    made->literal = std::move(text);
    return made;
}

bool TypeRules::can_be_string(const Node& node) const {
    if (node.is_text) return true;
    const Type& type = node.type->stripped();
    if (type.kind != TypeKind::array && type.kind != TypeKind::pointer) return false;
    const Type& element = type.target->stripped();
    return element.size == 1 && element.is_integer();
}

NodePtr TypeRules::as_string(NodePtr operand) const {
    if (operand->is_text) return operand;
    NodePtr made = node(NodeKind::string_of, types_.array_of(types_.character(), 0));
    made->is_text = true;
    made->a = std::move(operand);
    return made;
}

NodePtr TypeRules::decayed(NodePtr operand) const {
    const Type& type = operand->type->stripped();
    if (operand->is_text || type.kind != TypeKind::array) return operand;
    NodePtr made = node(NodeKind::address_of, types_.pointer_to(type.target));
    made->a = std::move(operand);
    return made;
}

NodePtr TypeRules::converted(NodePtr operand, const Type* type) const {
    if (operand->type == type && !operand->is_place) return operand;
    NodePtr made = node(NodeKind::convert, type);
    made->a = std::move(operand);
    return made;
}

const Type* TypeRules::promoted(const Type& type) const {
    const Type& behind = type.stripped();
    if (behind.size >= 8) return behind.is_signed ? types_.int64() : types_.uint64();
    const bool stays_unsigned = behind.size == 4 && !behind.is_signed;
    return stays_unsigned ? types_.uint32() : types_.int32();
}

const Type* TypeRules::common_type(const Node& a, const Node& b) const {
    const Type* left = promoted(*a.type);
    const Type* right = promoted(*b.type);
    if (left->size != right->size) return left->size > right->size ? left : right;
    return left->is_signed ? right : left;
}

// ---- Places
// ------------------------------------------------------------------------------------------------

Typed TypeRules::member(NodePtr whole, const std::string& name) const {
    if (is_pointer(*whole->type)) {
        auto pointed = dereference(std::move(whole));
        if (!pointed) return pointed;
        whole = std::move(*pointed);
    }
    const Type& type = whole->type->stripped();
    if (type.kind != TypeKind::structure && type.kind != TypeKind::union_type)
        return wrong(fmt::format("{} is no struct and has no member '{}'", type_name(*whole->type), name));
    uint32_t offset = 0;
    const Member* found = find_member(type, name, offset, kDeepestUnnamed);
    if (found == nullptr) return wrong(no_member(type, name));
    offset += found->offset_bytes;
    NodePtr made;
    if (is_direct_place(whole->kind)) {
        made = std::move(whole);
        made->offset += offset;
    } else {
        made = node(NodeKind::member, nullptr);
        made->offset = offset;
        made->a = std::move(whole);
    }
    made->type = found->type;
    made->bit_offset = found->bit_offset;
    made->bit_size = found->bit_size;
    made->is_place = true;
    return made;
}

Typed TypeRules::subscript(NodePtr base, NodePtr index) const {
    const Type& type = base->type->stripped();
    if (base->is_text || (type.kind != TypeKind::array && type.kind != TypeKind::pointer))
        return wrong(
            fmt::format("{} is neither array nor pointer and has no elements", type_name(*base->type)));
    if (index->is_text || !index->type->is_integer()) return wrong("the index must be an integer");
    NodePtr made = node(NodeKind::subscript, type.target);
    made->is_place = true;
    made->scale = step_of(*type.target);
    made->a = std::move(base);
    made->b = std::move(index);
    return made;
}

Typed TypeRules::slice(NodePtr base, NodePtr first, NodePtr end) const {
    const bool bounds_are_known = first->kind == NodeKind::constant && end->kind == NodeKind::constant;
    const uint64_t count = bounds_are_known ? end->number - first->number : 0;
    if (end->is_text || !end->type->is_integer()) return wrong("the end of the slice must be an integer");
    auto made = subscript(std::move(base), std::move(first));
    if (!made) return made;
    (*made)->kind = NodeKind::slice;
    (*made)->c = std::move(end);
    (*made)->type =
        types_.array_of((*made)->type, count < kMostValueBytes ? static_cast<uint32_t>(count) : 0);
    return made;
}

Typed TypeRules::dereference(NodePtr pointer) const {
    pointer = decayed(std::move(pointer));
    const Type& type = pointer->type->stripped();
    if (pointer->is_text || type.kind != TypeKind::pointer)
        return wrong(fmt::format("{} is not a pointer", type_name(*pointer->type)));
    if (type.target->stripped().kind == TypeKind::nothing)
        return wrong("it points to void: cast it first, as in *(int *) p");
    NodePtr made = node(NodeKind::dereference, type.target);
    made->is_place = true;
    made->a = std::move(pointer);
    return made;
}

Typed TypeRules::address_of(NodePtr place) const {
    if (!place->is_place) return wrong("only what stands in memory has an address");
    if (place->bit_size != 0) return wrong("a bit field has no address");
    NodePtr made = node(NodeKind::address_of, types_.pointer_to(place->type));
    made->a = std::move(place);
    return made;
}

// ---- Operators
// ---------------------------------------------------------------------------------------------

std::string TypeRules::condition_fault(const Node& node) {
    const TypeKind kind = node.type->stripped().kind;
    if (node.is_text || node.type->is_integer() || kind == TypeKind::pointer || kind == TypeKind::array)
        return "";
    return fmt::format("{} is neither true nor false", type_name(*node.type));
}

Typed TypeRules::unary(NodeKind kind, NodePtr operand) const {
    if (kind == NodeKind::logical_not) {
        if (std::string fault = condition_fault(*operand); !fault.empty()) return wrong(std::move(fault));
    } else if (operand->is_text || !operand->type->is_integer()) {
        return wrong(fmt::format("this needs an integer, not {}", type_name(*operand->type)));
    }
    NodePtr made = node(kind, kind == NodeKind::logical_not ? types_.int32() : promoted(*operand->type));
    made->a = std::move(operand);
    if (made->a->kind == NodeKind::constant && kind == NodeKind::negate)
        return constant(-made->a->number, made->type);
    return made;
}

Typed TypeRules::compare_text(Operation operation, NodePtr a, NodePtr b) const {
    if (!can_be_string(*a) || !can_be_string(*b)) return wrong("a string can only be compared with a string");
    if (operation != Operation::equal && operation != Operation::not_equal)
        return wrong("strings can be compared with == and != only");
    NodePtr made = node(NodeKind::equal_text, types_.int32());
    made->number = operation == Operation::equal ? 1 : 0;
    made->a = as_string(std::move(a));
    made->b = as_string(std::move(b));
    return made;
}

Typed TypeRules::pointer_arithmetic(Operation operation, NodePtr a, NodePtr b) const {
    const bool two_pointers = is_pointer(*a->type) && is_pointer(*b->type);
    NodePtr made = node(NodeKind::binary, types_.int32());
    made->operation = operation;
    if (is_comparison(operation)) {
        made->a = converted(std::move(a), types_.uint32());
        made->b = converted(std::move(b), types_.uint32());
        return made;
    }
    if (two_pointers && operation == Operation::subtract) {
        const uint32_t step = std::max(step_of(*a->type->stripped().target), 1U);
        made->a = converted(std::move(a), types_.int32());
        made->b = converted(std::move(b), types_.int32());
        return binary(Operation::divide, std::move(made), constant(step, types_.int32()));
    }
    if (operation == Operation::add && is_pointer(*b->type)) std::swap(a, b);
    const bool moves = operation == Operation::add || operation == Operation::subtract;
    if (!moves || two_pointers || is_pointer(*b->type))
        return wrong("pointers can be compared, subtracted, and moved by an integer");
    made->type = a->type;
    made->scale = step_of(*a->type->stripped().target);
    made->a = std::move(a);
    made->b = std::move(b);
    return made;
}

Typed TypeRules::binary(Operation operation, NodePtr a, NodePtr b) const {
    if (a->is_text || b->is_text) return compare_text(operation, std::move(a), std::move(b));
    a = decayed(std::move(a));
    b = decayed(std::move(b));
    for (const Node* side : {a.get(), b.get()}) {
        if (side->type->is_integer() || is_pointer(*side->type)) continue;
        return wrong(fmt::format("this operator does not work on {}", type_name(*side->type)));
    }
    if (is_pointer(*a->type) || is_pointer(*b->type))
        return pointer_arithmetic(operation, std::move(a), std::move(b));
    const bool shifts = operation == Operation::shift_left || operation == Operation::shift_right;
    const Type* common = shifts ? promoted(*a->type) : common_type(*a, *b);
    NodePtr made = node(NodeKind::binary, is_comparison(operation) ? types_.int32() : common);
    made->operation = operation;
    made->a = converted(std::move(a), common);
    made->b = shifts ? std::move(b) : converted(std::move(b), common);
    return made;
}

Typed TypeRules::logical(NodeKind kind, NodePtr a, NodePtr b) const {
    for (const Node* side : {a.get(), b.get()}) {
        if (std::string fault = condition_fault(*side); !fault.empty()) return wrong(std::move(fault));
    }
    NodePtr made = node(kind, types_.int32());
    made->a = decayed(std::move(a));
    made->b = decayed(std::move(b));
    return made;
}

Typed TypeRules::choose(NodePtr condition, NodePtr yes, NodePtr no) const {
    if (std::string fault = condition_fault(*condition); !fault.empty()) return wrong(std::move(fault));
    NodePtr made = node(NodeKind::choose, nullptr);
    made->a = decayed(std::move(condition));
    if (yes->is_text || no->is_text) {
        if (!can_be_string(*yes) || !can_be_string(*no))
            return wrong("both choices must be strings, or none");
        yes = as_string(std::move(yes));
        no = as_string(std::move(no));
        made->is_text = true;
        made->type = yes->type;
    } else if (&yes->type->stripped() == &no->type->stripped()) {
        made->type = yes->type;
        made->is_place = yes->is_place && no->is_place && yes->bit_size == 0 && no->bit_size == 0;
    } else {
        yes = decayed(std::move(yes));
        no = decayed(std::move(no));
        const bool integers = yes->type->is_integer() && no->type->is_integer();
        const bool fits = integers || is_pointer(*yes->type) || is_pointer(*no->type);
        if (!fits || yes->type->is_aggregate() || no->type->is_aggregate())
            return wrong("both choices must have one type");
        made->type = integers ? common_type(*yes, *no) : is_pointer(*yes->type) ? yes->type : no->type;
        yes = converted(std::move(yes), made->type);
        no = converted(std::move(no), made->type);
    }
    made->b = std::move(yes);
    made->c = std::move(no);
    return made;
}

Typed TypeRules::cast(const Type* type, NodePtr operand) const {
    operand = decayed(std::move(operand));
    const Type& behind = type->stripped();
    const bool to_number = type->is_integer() || behind.kind == TypeKind::pointer;
    const bool from_number = !operand->is_text && (operand->type->is_integer() || is_pointer(*operand->type));
    if (!to_number || !from_number)
        return wrong(fmt::format("{} cannot be cast to {}", type_name(*operand->type), type_name(*type)));
    return converted(std::move(operand), type);
}

// ---- Lists
// -------------------------------------------------------------------------------------------------

Typed TypeRules::elements(NodePtr array) const {
    const Type& type = array->type->stripped();
    if (array->is_text || !array->is_place || type.kind != TypeKind::array)
        return wrong(fmt::format("{} is no array: name an array, a slice, or write 'from POINTER via MEMBER'",
                                 type_name(*array->type)));
    NodePtr made = node(NodeKind::elements, type.target);
    made->a = std::move(array);
    return made;
}

Typed TypeRules::links(NodePtr first, const std::string& link) const {
    first = decayed(std::move(first));
    const Type& type = first->type->stripped();
    if (type.kind != TypeKind::pointer) return wrong("a linked list starts from a pointer");
    const Type& element = type.target->stripped();
    uint32_t offset = 0;
    const Member* found = find_member(element, link, offset, kDeepestUnnamed);
    if (found == nullptr) return wrong(no_member(element, link));
    if (!is_pointer(*found->type)) return wrong(fmt::format("'{}' is no pointer to the next element", link));
    NodePtr made = node(NodeKind::links, type.target);
    made->offset = offset + found->offset_bytes;
    made->a = std::move(first);
    return made;
}

}  // namespace peach::debugger::detail
