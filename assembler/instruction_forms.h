#pragma once
// Every spelling of an instruction that the assembler accepts, derived at compile time from the instruction
// table and the pseudo-instruction table. A form says which operands to read and how they go into one or two
// instruction words:
//
//   "bgt rs, rt, target" -> "blt rt, rs, target"
//
//   operands   [0] register  [1] register  [2] target
//   emits      blt  rs1 = operand 1   rs2 = operand 0   immediate = operand 2
//
// Those that choose by value (li, call, ...) are marked `special`.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::assembler {

enum class OperandKind : uint8_t {
    reg,        // a register
    immediate,  // a signed 16-bit constant
    upper,      // 20 bits
    target,     // a label or address
    shift,      // 0 to 31
    control,    // a control register
    memory,     // "imm(rs1)"
    address,    // "(rs1)"
    value,      // any 32-bit value: li, la
};

enum class Special : uint8_t { none, li, la, call, tail, jump, word };

// Where a field of an emitted instruction comes from.
struct Slot {
    enum class From : uint8_t { nothing, operand, constant };
    From from = From::nothing;
    int32_t value = 0;  // the operand's index, or the constant
};

struct Emission {
    isa::Op op = isa::Op::add;
    Slot rd;
    Slot rs1;
    Slot rs2;
    Slot immediate;
};

struct Form {
    std::string_view name;     // the mnemonic
    std::string_view pattern;  // as the tables write it, for messages: "rd, rs1, imm"
    std::array<OperandKind, 3> operands{};
    uint8_t operand_count = 0;
    uint8_t emission_count = 0;
    std::array<Emission, 2> emissions{};
    Special special = Special::none;
    bool pseudo = false;
};

// All forms; those of one mnemonic stand together.
std::span<const Form> all_forms();

// The forms of a mnemonic, which differ in their operand count; empty if there is no such mnemonic. The
// suffixes .aq, .rl and .aqrl of the atomics are accepted and ignored.
std::span<const Form> find_forms(std::string_view mnemonic);

}  // namespace peach::assembler
