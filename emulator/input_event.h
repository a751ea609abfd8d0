#pragma once
// What may come into a machine from outside. There is no other way in: a run is its first state and its log
// of these.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace peach {

struct ConsoleInput {  // typed characters
    std::string bytes;
    bool operator==(const ConsoleInput&) const = default;
};
struct ConsoleEnd {  // no more input will come
    bool operator==(const ConsoleEnd&) const = default;
};
struct SwitchMove {  // a switch of the front panel, 0 to kSwitchCount - 1
    uint8_t index = 0;
    uint32_t value = 0;
    bool operator==(const SwitchMove&) const = default;
};
struct RegisterEdit {  // a person changes a register: 0 to 15, or 16 for the pc
    uint8_t cpu = 0;
    uint8_t reg = 0;
    uint32_t value = 0;
    bool operator==(const RegisterEdit&) const = default;
};
struct MemoryEdit {  // a person changes RAM; all bytes lie in it
    uint32_t physical_address = 0;
    std::vector<std::byte> bytes;
    bool operator==(const MemoryEdit&) const = default;
};

struct InputEvent {
    uint64_t cycle = 0;  // when it was or is to be delivered: for the log; deliver() does not look at it
    std::variant<ConsoleInput, ConsoleEnd, SwitchMove, RegisterEdit, MemoryEdit> what;

    bool operator==(const InputEvent&) const = default;
};

}  // namespace peach
