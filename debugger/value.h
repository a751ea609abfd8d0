#pragma once
// A value of the guest: a C type, its bytes, and where in the guest's memory it stands. Plain data; the type
// belongs to the DebugInfo it came from, which must outlive it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/debug_info.h"
#include "debugger/types.h"

namespace peach::debugger {

struct Value {
    const Type* type = nullptr;
    uint64_t scalar = 0;           // integers and pointers: extended to 64 bits by their sign; doubles: bits
    std::vector<std::byte> bytes;  // structs, unions and arrays: their memory
    std::optional<std::string> string;       // the result of a (string) cast: the text itself
    std::optional<uint32_t> address;         // if it stands in memory
    std::optional<uint8_t> register_number;  // if it stands in a register

    bool is_truthy() const { return string ? !string->empty() : scalar != 0; }
    int64_t signed_scalar() const { return static_cast<int64_t>(scalar); }
};

// A value of that type, zero and nowhere.
inline Value empty_value(const Type* type) {
    Value value;
    value.type = type;
    return value;
}

struct FormatOptions {
    bool hexadecimal = false;        // integers
    unsigned longest_array = 16;     // elements, then "..."
    unsigned longest_string = 200;   // bytes, then "..."
    unsigned deepest_structure = 3;  // then "{...}"
};

// Text as a debugger prints it: 42, 'a', RUNNING, 0x80001230 <process_table+48>, "init", {pid = 1, ...}.
// `info` gives names to addresses, `memory` the text behind a char pointer; both may be null.
std::string format_value(const Value& value, const DebugInfo* info, const MemoryReader* memory,
                         const FormatOptions& options = {});

// The parts of a value for a tree: members, elements, or what a pointer points to ("*"). Bit fields included.
struct NamedValue {
    std::string name;
    Value value;
};
std::vector<NamedValue> children(const Value& value, const MemoryReader& memory, unsigned most = 256);

// Reads a value of a type from memory; nothing if it cannot be read. Of an aggregate that is larger, only the
// first kMostValueBytes are kept; children() reads the rest when asked.
inline constexpr uint32_t kMostValueBytes = 64 * 1024;
std::optional<Value> read_value(const Type& type, uint32_t address, const MemoryReader& memory);
// Takes it from bytes that hold it. Missing bytes count as zero.
Value value_from_bytes(const Type& type, std::span<const std::byte> bytes);
// A member of a struct or union, from the bytes of the whole.
Value member_value(const Value& whole, const Member& member);

// `raw` cut to the width of a scalar type and extended by its sign.
uint64_t fit_to_type(uint64_t raw, const Type& type);
// The text up to the first NUL, at most `most` bytes; nothing if already the first byte cannot be read.
std::optional<std::string> read_string(uint32_t address, uint32_t most, const MemoryReader& memory);
// With quotes and C's escapes.
std::string in_quotes(std::string_view text);

}  // namespace peach::debugger
