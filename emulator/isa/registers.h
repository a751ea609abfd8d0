#pragma once
// The sixteen registers by number and name; rows in registers.inc.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace peach::isa {

struct Register {
    uint8_t number;
    std::string_view name;        // what Peach prints
    std::string_view other_name;  // also accepted by the assembler, as is xN
    std::string_view role;
};

inline constexpr Register kRegisters[] = {
#define REGISTER(number, name, other_name, role) {number, name, other_name, role},
#include "emulator/isa/registers.inc"
#undef REGISTER
};
inline constexpr int kRegisterCount = 16;
static_assert(std::size(kRegisters) == kRegisterCount);

inline constexpr uint8_t kRa = 1;
inline constexpr uint8_t kSp = 2;
inline constexpr uint8_t kT1 = 6;
inline constexpr uint8_t kFp = 8;
inline constexpr uint8_t kA0 = 10;

// "a0", "fp", "s0" and "x8" are names; anything else is not.
constexpr std::optional<uint8_t> find_register(std::string_view name) {
    for (const Register& row : kRegisters) {
        if (name == row.name || name == row.other_name) return row.number;
    }
    if (name == "x8") return kFp;
    return std::nullopt;
}

}  // namespace peach::isa
