#include <fmt/format.h>

#include <algorithm>

#include "debugger/expression_node.h"

namespace peach::debugger::detail {
namespace {

constexpr size_t kMostRows = 65536;
constexpr uint32_t kLongestString = 4096;
constexpr uint64_t kPcNumber = 16;

uint64_t bit_field(uint64_t raw, unsigned shift, unsigned size, bool is_signed) {
    raw >>= shift;
    if (size >= 64) return raw;
    raw &= (uint64_t{1} << size) - 1;
    const uint64_t sign = uint64_t{1} << (size - 1);
    return is_signed ? (raw ^ sign) - sign : raw;
}

uint64_t compare(Operation operation, uint64_t a, uint64_t b, bool is_signed) {
    const bool less = is_signed ? static_cast<int64_t>(a) < static_cast<int64_t>(b) : a < b;
    switch (operation) {
        case Operation::equal:
            return a == b ? 1 : 0;
        case Operation::not_equal:
            return a != b ? 1 : 0;
        case Operation::less:
            return less ? 1 : 0;
        case Operation::less_or_equal:
            return less || a == b ? 1 : 0;
        case Operation::greater:
            return !less && a != b ? 1 : 0;
        default:
            return !less ? 1 : 0;
    }
}

}  // namespace

void Evaluator::fail(std::string why) {
    if (failure_.empty()) failure_ = std::move(why);
}

const RegisterValues* Evaluator::registers() {
    if (context_.registers == nullptr) fail("no registers here");
    return context_.registers;
}

// ---- Places
// ------------------------------------------------------------------------------------------------

Evaluator::Place Evaluator::place_in_memory(uint64_t address) const {
    return {.kind = Place::Kind::memory, .number = address & 0xFFFFFFFF};
}

Evaluator::Place Evaluator::place(const Node& node) {
    switch (node.kind) {
        case NodeKind::row:
            return place_in_memory(rows_[node.number] + uint64_t{node.offset});
        case NodeKind::global:
            return place_in_memory(node.number + node.offset);
        case NodeKind::dereference:
            return place_in_memory(number(*node.a) + node.offset);
        case NodeKind::subscript:
        case NodeKind::slice:
            return place_in_memory(element_base(*node.a) + number(*node.b) * node.scale + node.offset);
        case NodeKind::local:
            return local_place(node);
        case NodeKind::parameter:
            return parameter_place(node);
        case NodeKind::cpu_register:
            return {.kind = Place::Kind::register_number, .number = node.number};
        case NodeKind::member:
            return member_place(node);
        case NodeKind::choose:
            return place(number(*node.a) != 0 ? *node.b : *node.c);
        default:
            fail("it has no address");
            return {};
    }
}

// The address that an index counts from.
uint64_t Evaluator::element_base(const Node& node) {
    if (node.type->stripped().kind != TypeKind::array) return number(node);
    const Place where = place(node);
    if (where.kind != Place::Kind::memory) fail("the array is in registers");
    return where.number;
}

Evaluator::Place Evaluator::local_place(const Node& node) {
    const RegisterValues* now = registers();
    if (now == nullptr) return {};
    ValueLocation location = info_.locate(*node.variable, *now, context_.memory);
    switch (location.kind) {
        case ValueLocation::Kind::memory:
            return place_in_memory(location.number + node.offset);
        case ValueLocation::Kind::register_number:
            return {.kind = Place::Kind::register_number, .number = location.number};
        case ValueLocation::Kind::value:
            return {.kind = Place::Kind::value, .number = location.number};
        case ValueLocation::Kind::unavailable:
            break;
    }
    fail(std::move(location.why));
    return {};
}

// The calling convention: words of arguments in a0-a5, the rest on the stack; what is larger than two words
// is passed as its address.
Evaluator::Place Evaluator::parameter_place(const Node& node) {
    constexpr uint64_t kFirstRegister = 10;
    constexpr uint64_t kRegisters = 6;
    const RegisterValues* now = registers();
    if (now == nullptr) return {};
    const auto word_place = [&](uint64_t word) {
        if (word < kRegisters)
            return Place{.kind = Place::Kind::register_number, .number = kFirstRegister + word};
        return place_in_memory(now->x[2] + 4 * (word - kRegisters));
    };
    const Place low = word_place(node.number);
    const auto word_value = [&](const Place& where) {
        return where.kind == Place::Kind::memory ? read_scalar(static_cast<uint32_t>(where.number), 4)
                                                 : now->x[where.number];
    };
    if (node.scale != 0) return place_in_memory(word_value(low));
    if (node.type->size <= 4) return low;
    const uint64_t high = word_value(word_place(node.number + 1));
    return {.kind = Place::Kind::value, .number = word_value(low) | high << 32};
}

Evaluator::Place Evaluator::member_place(const Node& node) {
    Place whole = place(*node.a);
    if (whole.kind == Place::Kind::memory) return place_in_memory(whole.number + node.offset);
    if (whole.kind == Place::Kind::register_number) whole.number = register_value(whole.number);
    const uint64_t part = node.offset < 8 ? whole.number >> (8 * node.offset) : 0;
    return {.kind = Place::Kind::value, .number = part};
}

uint64_t Evaluator::register_value(uint64_t number) {
    const RegisterValues* now = registers();
    if (now == nullptr) return 0;
    return number == kPcNumber ? now->pc : now->x[number];
}

uint64_t Evaluator::read_scalar(uint32_t address, uint32_t size) {
    uint64_t raw = 0;
    const auto bytes = std::as_writable_bytes(std::span(&raw, 1)).first(std::min(size, 8U));
    if (failed()) return 0;
    if (!context_.memory.read(address, bytes)) {
        fail(address < 4096 ? fmt::format("null pointer ({:#010x})", address)
                            : fmt::format("no memory at {:#010x}", address));
        return 0;
    }
    return raw;
}

uint64_t Evaluator::load(const Place& where, const Node& node) {
    if (failed()) return 0;
    uint64_t raw = where.number;
    if (where.kind == Place::Kind::register_number) raw = register_value(where.number);
    if (where.kind == Place::Kind::memory) {
        const uint32_t size =
            node.bit_size == 0 ? node.type->size : (node.bit_offset + node.bit_size + 7U) / 8U;
        raw = read_scalar(static_cast<uint32_t>(where.number), size);
    }
    const Type& type = node.type->stripped();
    if (node.bit_size != 0) return bit_field(raw, node.bit_offset, node.bit_size, type.is_signed);
    return fit_to_type(raw, type);
}

// ---- Values
// ------------------------------------------------------------------------------------------------

uint64_t Evaluator::number(const Node& node) {
    if (node.is_text) return text(node).empty() ? 0 : 1;
    switch (node.kind) {
        case NodeKind::constant:
            return node.number;
        case NodeKind::cpu_number:
            return context_.cpu;
        case NodeKind::clock:
            return context_.clock;
        case NodeKind::address_of: {
            const Place where = place(*node.a);
            if (where.kind != Place::Kind::memory) fail("it is in a register and has no address");
            return where.number;
        }
        case NodeKind::convert:
            return fit_to_type(number(*node.a), *node.type);
        case NodeKind::negate:
            return fit_to_type(-number(*node.a), *node.type);
        case NodeKind::complement:
            return fit_to_type(~number(*node.a), *node.type);
        case NodeKind::logical_not:
            return number(*node.a) == 0 ? 1 : 0;
        case NodeKind::binary:
            return binary(node);
        case NodeKind::both:
            return number(*node.a) != 0 && number(*node.b) != 0 ? 1 : 0;
        case NodeKind::either:
            return number(*node.a) != 0 || number(*node.b) != 0 ? 1 : 0;
        case NodeKind::choose:
            return number(number(*node.a) != 0 ? *node.b : *node.c);
        case NodeKind::equal_text:
            return (text(*node.a) == text(*node.b)) == (node.number != 0) ? 1 : 0;
        case NodeKind::quantifier:
            return quantifier(node);
        default:
            break;
    }
    const Place where = place(node);
    // An aggregate has no number; its address stands for it.
    if (node.type->is_aggregate() && where.kind == Place::Kind::memory) return where.number;
    return load(where, node);
}

uint64_t Evaluator::binary(const Node& node) {
    const uint64_t a = number(*node.a);
    const uint64_t b = number(*node.b);
    const bool is_signed = node.a->type->stripped().is_signed;
    const uint64_t steps = node.scale == 0 ? b : b * node.scale;
    const auto result = [&](uint64_t raw) { return fit_to_type(raw, *node.type); };
    switch (node.operation) {
        case Operation::add:
            return result(a + steps);
        case Operation::subtract:
            return result(a - steps);
        case Operation::multiply:
            return result(a * b);
        case Operation::divide:
        case Operation::remainder: {
            if (b == 0) {
                fail("division by zero");
                return 0;
            }
            const bool divides = node.operation == Operation::divide;
            if (!is_signed) return result(divides ? a / b : a % b);
            if (b == ~uint64_t{0}) return divides ? result(-a) : 0;  // also of the least number
            const auto x = static_cast<int64_t>(a);
            const auto y = static_cast<int64_t>(b);
            return result(static_cast<uint64_t>(divides ? x / y : x % y));
        }
        case Operation::shift_left:
            return b > 63 ? 0 : result(a << b);
        case Operation::shift_right:
            if (is_signed)
                return result(static_cast<uint64_t>(static_cast<int64_t>(a) >> std::min<uint64_t>(b, 63)));
            return b > 63 ? 0 : result(a >> b);
        case Operation::bit_and:
            return a & b;
        case Operation::bit_or:
            return a | b;
        case Operation::bit_xor:
            return result(a ^ b);
        default:
            return compare(node.operation, a, b, is_signed);
    }
}

std::string Evaluator::text(const Node& node) {
    if (node.kind == NodeKind::text) return node.literal;
    if (node.kind == NodeKind::choose) return text(number(*node.a) != 0 ? *node.b : *node.c);
    const Type& type = node.a->type->stripped();
    const bool is_array = type.kind == TypeKind::array;
    const auto address = static_cast<uint32_t>(is_array ? element_base(*node.a) : number(*node.a));
    if (failed() || address == 0) return "";
    const uint32_t most = is_array && type.count != 0 ? std::min(type.count, kLongestString) : kLongestString;
    auto found = read_string(address, most, context_.memory);
    if (!found) fail(fmt::format("no memory at {:#010x}", address));
    return found.value_or("");
}

Value Evaluator::value(const Node& node) {
    Value value = empty_value(node.type);
    if (node.is_text) {
        value.string = text(node);
        if (node.kind == NodeKind::string_of && node.a->type->is_aggregate()) {
            value.address = static_cast<uint32_t>(element_base(*node.a));
        }
        return value;
    }
    if (!node.is_place) {
        value.scalar = number(node);
        return value;
    }
    const Place where = place(node);
    if (failed()) return value;
    if (where.kind == Place::Kind::register_number)
        value.register_number = static_cast<uint8_t>(where.number);
    const auto address = static_cast<uint32_t>(where.number);
    if (where.kind == Place::Kind::memory) value.address = address;
    if (!node.type->is_aggregate()) {
        value.scalar = load(where, node);
        return value;
    }
    if (node.kind == NodeKind::slice) {
        const auto [first, end] = slice_bounds(node);
        const auto count = static_cast<uint32_t>(std::clamp<int64_t>(end - first, 0, kMostRows));
        value.type = info_.types().array_of(node.type->target, count);
    }
    value.bytes.resize(std::min(value.type->size, kMostValueBytes));
    if (where.kind != Place::Kind::memory) {
        const uint64_t raw = where.kind == Place::Kind::value ? where.number : register_value(where.number);
        value.bytes.resize(std::min<size_t>(value.bytes.size(), sizeof raw));
        std::ranges::copy(std::as_bytes(std::span(&raw, 1)).first(value.bytes.size()), value.bytes.begin());
    } else if (!context_.memory.read(address, value.bytes)) {
        fail(fmt::format("no memory at {:#010x}", address));
    }
    return value;
}

// ---- Lists
// -------------------------------------------------------------------------------------------------

std::pair<int64_t, int64_t> Evaluator::slice_bounds(const Node& slice) {
    return {static_cast<int64_t>(number(*slice.b)), static_cast<int64_t>(number(*slice.c))};
}

void Evaluator::add_elements(const Node& list, std::vector<uint32_t>& out) {
    const uint64_t base = place(*list.a).number;
    int64_t count = list.a->type->stripped().count;
    if (list.a->kind == NodeKind::slice) {
        const auto [first, end] = slice_bounds(*list.a);
        count = end - first;
    }
    if (count > static_cast<int64_t>(kMostRows)) return fail("a list of more than 65,536 elements");
    for (int64_t i = 0; i < count; ++i) {
        out.push_back(static_cast<uint32_t>(base + static_cast<uint64_t>(i) * list.type->size));
    }
}

void Evaluator::add_links(const Node& list, std::vector<uint32_t>& out) {
    auto at = static_cast<uint32_t>(number(*list.a));
    while (at != 0 && !failed()) {
        if (out.size() >= kMostRows) return fail("a list without end (more than 65,536 elements)");
        out.push_back(at);
        at = static_cast<uint32_t>(read_scalar(at + list.offset, 4));
        if (at == out.front()) return;  // a ring
    }
}

std::vector<uint32_t> Evaluator::row_addresses(const Node& list) {
    std::vector<uint32_t> addresses;
    if (list.kind == NodeKind::elements) {
        add_elements(list, addresses);
    } else {
        add_links(list, addresses);
    }
    return addresses;
}

uint64_t Evaluator::quantifier(const Node& node) {
    const std::vector<uint32_t> addresses = row_addresses(*node.a);
    const size_t slot = node.number;
    if (rows_.size() <= slot) rows_.resize(slot + 1);
    uint64_t counted = 0;
    uint64_t total = 0;
    for (const uint32_t address : addresses) {
        rows_[slot] = address;
        const uint64_t answer = node.b ? number(*node.b) : 1;
        if (failed()) return 0;
        counted += answer != 0 ? 1 : 0;
        total += answer;
        if (node.operation == Operation::all && answer == 0) return 0;
        if (node.operation == Operation::any && answer != 0) return 1;
    }
    switch (node.operation) {
        case Operation::count:
            return counted;
        case Operation::sum:
            return fit_to_type(total, *node.type);
        default:
            return node.operation == Operation::all ? 1 : 0;
    }
}

}  // namespace peach::debugger::detail
