#include "debugger/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace peach::debugger {
namespace {

constexpr uint32_t kReadStep = 64;  // a string is read in pieces that end at multiples of this

uint64_t bits_of(uint64_t raw, unsigned shift, unsigned count, bool is_signed) {
    raw >>= shift;
    if (count == 0 || count >= 64) return raw;
    raw &= (uint64_t{1} << count) - 1;
    const uint64_t sign = uint64_t{1} << (count - 1);
    return is_signed ? (raw ^ sign) - sign : raw;
}

std::string character_text(unsigned char c) {
    switch (c) {
        case '\0':
            return "\\0";
        case '\n':
            return "\\n";
        case '\t':
            return "\\t";
        case '\r':
            return "\\r";
        case '\\':
            return "\\\\";
        default:
            return c < 0x20 || c >= 0x7F ? fmt::format("\\x{:02x}", c) : std::string(1, static_cast<char>(c));
    }
}

// The text in an array of characters: up to its first NUL.
std::string text_of(std::span<const std::byte> bytes) {
    const auto end = std::ranges::find(bytes, std::byte{0});
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<size_t>(end - bytes.begin())};
}

class Formatter {
  public:
    Formatter(const DebugInfo* info, const MemoryReader* memory, const FormatOptions& options)
        : info_(info), memory_(memory), options_(options) {}

    std::string format(const Value& value, unsigned depth) const {
        if (value.string) return in_quotes(shortened(*value.string));
        const Type& type = value.type->stripped();
        if (value.type->name == "uintptr_t")
            return fmt::format("{:#010x}", static_cast<uint32_t>(value.scalar));
        switch (type.kind) {
            case TypeKind::nothing:
                return "void";
            case TypeKind::boolean:
                return value.scalar != 0 ? "true" : "false";
            case TypeKind::signed_integer:
            case TypeKind::unsigned_integer:
                return number(value, type);
            case TypeKind::character:
                return fmt::format("'{}'",
                                   value.scalar == '\'' ? "\\'" : character_text(value.scalar & 0xFF));
            case TypeKind::floating:
                return type.size == 4
                           ? fmt::format("{}", std::bit_cast<float>(static_cast<uint32_t>(value.scalar)))
                           : fmt::format("{}", std::bit_cast<double>(value.scalar));
            case TypeKind::pointer:
                return pointer(value, type);
            case TypeKind::enumeration:
                return enumeration(value, type);
            case TypeKind::function:
                return address(static_cast<uint32_t>(value.scalar));
            case TypeKind::array:
                return array(value, type, depth);
            default:
                return structure(value, type, depth);
        }
    }

  private:
    std::string shortened(std::string text) const {
        if (text.size() <= options_.longest_string) return text;
        text.resize(options_.longest_string);
        return text + "...";
    }

    std::string number(const Value& value, const Type& type) const {
        if (options_.hexadecimal) {
            const unsigned bits = std::min(type.size * 8, 64U);
            return fmt::format("{:#x}", bits_of(value.scalar, 0, bits, false));
        }
        return type.is_signed ? fmt::format("{}", value.signed_scalar()) : fmt::format("{}", value.scalar);
    }

    static std::string enumeration(const Value& value, const Type& type) {
        const Enumerator* row = type.find_enumerator(value.signed_scalar());
        return row != nullptr ? row->name : fmt::format("{}", value.signed_scalar());
    }

    std::string address(uint32_t where) const {
        std::string text = fmt::format("{:#010x}", where);
        if (info_ == nullptr) return text;
        const auto symbol = info_->symbol_at(where);
        return symbol ? fmt::format("{} <{}>", text, symbol->text()) : text;
    }

    std::string pointer(const Value& value, const Type& type) const {
        const auto where = static_cast<uint32_t>(value.scalar);
        if (where == 0) return "null";
        if (memory_ != nullptr && type.target->stripped().kind == TypeKind::character) {
            const auto text = read_string(where, options_.longest_string + 1, *memory_);
            if (text) return fmt::format("{:#010x} {}", where, in_quotes(shortened(*text)));
        }
        return address(where);
    }

    std::string array(const Value& value, const Type& type, unsigned depth) const {
        if (type.target->stripped().kind == TypeKind::character)
            return in_quotes(shortened(text_of(value.bytes)));
        if (depth >= options_.deepest_structure) return "[...]";
        std::string text = "[";
        const uint32_t step = type.target->size;
        for (uint32_t i = 0; i < type.count; ++i) {
            if (i != 0) text += ", ";
            if (i >= options_.longest_array || size_t{i + 1} * step > value.bytes.size())
                return text + "...]";
            const auto bytes = std::span(value.bytes).subspan(size_t{i} * step, step);
            text += format(value_from_bytes(*type.target, bytes), depth + 1);
        }
        return text + "]";
    }

    std::string structure(const Value& value, const Type& type, unsigned depth) const {
        if (depth >= options_.deepest_structure) return "{...}";
        std::string text = "{";
        for (const Member& member : type.members) {
            if (text.size() > 1) text += ", ";
            if (!member.name.empty()) text += member.name + " = ";
            text += format(member_value(value, member), depth + 1);
        }
        return text + "}";
    }

    const DebugInfo* info_;
    const MemoryReader* memory_;
    const FormatOptions& options_;
};

void add_elements(const Value& array, const MemoryReader& memory, unsigned most,
                  std::vector<NamedValue>& out) {
    const Type& type = array.type->stripped();
    for (uint32_t i = 0; i < std::min(type.count, most); ++i) {
        const size_t offset = size_t{i} * type.target->size;
        if (array.address) {
            const auto place = static_cast<uint32_t>(*array.address + offset);
            auto element = read_value(*type.target, place, memory);
            if (element) out.push_back({fmt::format("[{}]", i), std::move(*element)});
        } else if (offset + type.target->size <= array.bytes.size()) {
            const auto bytes = std::span(array.bytes).subspan(offset, type.target->size);
            out.push_back({fmt::format("[{}]", i), value_from_bytes(*type.target, bytes)});
        }
    }
}

}  // namespace

std::string in_quotes(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) result += c == '"' ? "\\\"" : character_text(static_cast<unsigned char>(c));
    return result + "\"";
}

uint64_t fit_to_type(uint64_t raw, const Type& type) {
    const Type& behind = type.stripped();
    return bits_of(raw, 0, std::min(behind.size * 8, 64U), behind.is_signed);
}

std::optional<std::string> read_string(uint32_t address, uint32_t most, const MemoryReader& memory) {
    std::string text;
    std::array<std::byte, kReadStep> buffer;
    while (text.size() < most) {
        const uint32_t to_boundary = kReadStep - address % kReadStep;
        uint32_t wanted = std::min<uint32_t>(to_boundary, most - static_cast<uint32_t>(text.size()));
        if (!memory.read(address, std::span(buffer).first(wanted))) {
            wanted = 1;  // what can be read may end within the piece, after the text
            if (!memory.read(address, std::span(buffer).first(wanted))) break;
        }
        const char* part = reinterpret_cast<const char*>(buffer.data());
        const size_t length = strnlen(part, wanted);
        text.append(part, length);
        if (length < wanted) return text;
        address += wanted;
    }
    if (text.empty() && most != 0) return std::nullopt;
    return text;
}

// As a number; at most eight.
static uint64_t first_bytes(std::span<const std::byte> bytes) {
    uint64_t number = 0;
    std::ranges::copy(bytes.first(std::min<size_t>(bytes.size(), sizeof number)),
                      std::as_writable_bytes(std::span(&number, 1)).begin());
    return number;
}

Value value_from_bytes(const Type& type, std::span<const std::byte> bytes) {
    Value value = empty_value(&type);
    if (type.is_aggregate()) {
        value.bytes.assign(bytes.begin(), bytes.end());
        return value;
    }
    value.scalar = first_bytes(bytes.first(std::min<size_t>(bytes.size(), type.stripped().size)));
    value.scalar = fit_to_type(value.scalar, type);
    return value;
}

std::optional<Value> read_value(const Type& type, uint32_t address, const MemoryReader& memory) {
    if (type.is_aggregate()) {
        Value value = empty_value(&type);
        value.address = address;
        value.bytes.resize(std::min(type.size, kMostValueBytes));
        if (!memory.read(address, value.bytes)) return std::nullopt;
        return value;
    }
    std::array<std::byte, 8> buffer{};
    const std::span<std::byte> bytes = std::span(buffer).first(std::min(type.size, 8U));
    if (!memory.read(address, bytes)) return std::nullopt;
    Value value = value_from_bytes(type, bytes);
    value.address = address;
    return value;
}

Value member_value(const Value& whole, const Member& member) {
    std::span<const std::byte> bytes = whole.bytes;
    bytes = bytes.subspan(std::min<size_t>(member.offset_bytes, bytes.size()));
    if (member.bit_size != 0) {
        Value value = empty_value(member.type);
        value.scalar = bits_of(first_bytes(bytes), member.bit_offset, member.bit_size,
                               member.type->stripped().is_signed);
        return value;
    }
    Value value =
        value_from_bytes(*member.type, bytes.first(std::min<size_t>(member.type->size, bytes.size())));
    if (whole.address) value.address = *whole.address + member.offset_bytes;
    return value;
}

std::string format_value(const Value& value, const DebugInfo* info, const MemoryReader* memory,
                         const FormatOptions& options) {
    return Formatter(info, memory, options).format(value, 0);
}

std::vector<NamedValue> children(const Value& value, const MemoryReader& memory, unsigned most) {
    std::vector<NamedValue> parts;
    if (value.string) return parts;
    const Type& type = value.type->stripped();
    if (type.kind == TypeKind::array) {
        add_elements(value, memory, most, parts);
    } else if (type.kind == TypeKind::pointer && value.scalar != 0) {
        const Type& target = *type.target;
        if (target.stripped().kind == TypeKind::nothing || target.stripped().kind == TypeKind::function)
            return parts;
        auto pointed = read_value(target, static_cast<uint32_t>(value.scalar), memory);
        if (pointed) parts.push_back({"*", std::move(*pointed)});
    } else {
        for (const Member& member : type.members) parts.push_back({member.name, member_value(value, member)});
    }
    return parts;
}

}  // namespace peach::debugger
