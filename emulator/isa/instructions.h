#pragma once
// The instruction set of Peach-32 as data, and what follows from it at compile time: decode() and encode().
//
// The rows stand in instructions.inc, whose head explains the columns. This header turns each row's encoding
// picture into a checked `Layout`; a malformed picture, an operand without a field or two rows that claim the
// same word do not compile.
//
//   one instruction word, 32 bits, a hex digit a field:
//
//        31   24 23 20 19 16 15            0
//       +-------+-----+-----+---------------+
//       |  op   |  d  |  s  |     iiii      |     addi a0, a1, -3  =  20 A B FFFD
//       +-------+-----+-----+---------------+

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace peach::isa {

enum class Op : uint8_t {
#define INSTRUCTION(id, ...) id,
#include "emulator/isa/instructions.inc"
#undef INSTRUCTION
};

struct Instruction {
    Op op;
    std::string_view mnemonic;
    std::string_view encoding;
    std::string_view operands;
    std::string_view effect;
    std::string_view sentence;
    std::string_view example;
};

inline constexpr Instruction kInstructions[] = {
#define INSTRUCTION(id, ...) Instruction{Op::id, __VA_ARGS__},
#include "emulator/isa/instructions.inc"
#undef INSTRUCTION
};
inline constexpr size_t kInstructionCount = std::size(kInstructions);

constexpr const Instruction& instruction(Op op) {
    return kInstructions[static_cast<size_t>(op)];
}

// What the immediate digits of an encoding mean.
enum class ImmediateKind : uint8_t {
    none,
    signed16,    // iiii
    upper20,     // uuuuu: the decoded value is already shifted left by 12
    distance16,  // oooo: bytes from this instruction
    distance20,  // ooooo
    shift,       // hh
    control,     // cc: a control register's number
};

struct ImmediateRange {
    int64_t least;
    int64_t most;
    int64_t multiple_of;
};

constexpr ImmediateRange immediate_range(ImmediateKind kind) {
    switch (kind) {
        case ImmediateKind::none:
            return {0, 0, 1};
        case ImmediateKind::signed16:
            return {-0x8000, 0x7FFF, 1};
        case ImmediateKind::upper20:
            return {0, 0xFFFFF000, 0x1000};
        case ImmediateKind::distance16:
            return {-0x8000, 0x7FFC, 4};
        case ImmediateKind::distance20:
            return {-0x80000, 0x7FFFC, 4};
        case ImmediateKind::shift:
            return {0, 31, 1};
        case ImmediateKind::control:
            return {0, 0xFF, 1};
    }
    return {0, 0, 1};
}

// Control registers, by number; the table is sparse only in principle.
struct ControlRegister {
    uint8_t number;
    std::string_view name;
    std::string_view access;  // "rw", "ro" or "user"; see control_registers.inc
    std::string_view sentence;
};

inline constexpr ControlRegister kControlRegisters[] = {
#define CONTROL_REGISTER(number, name, access, sentence) {number, #name, access, sentence},
#include "emulator/isa/control_registers.inc"
#undef CONTROL_REGISTER
};

enum class Control : uint8_t {
#define CONTROL_REGISTER(number, name, access, sentence) name = (number),
#include "emulator/isa/control_registers.inc"
#undef CONTROL_REGISTER
};

constexpr const ControlRegister* find_control_register(uint32_t number) {
    for (const ControlRegister& row : kControlRegisters) {
        if (row.number == number) return &row;
    }
    return nullptr;
}

// An encoding picture, understood.
struct Layout {
    uint32_t fixed_mask = 0;   // which bits are fixed digits
    uint32_t fixed_value = 0;  // and what they are
    int8_t rd_shift = -1;      // where the register digits stand, -1 if absent
    int8_t rs1_shift = -1;
    int8_t rs2_shift = -1;
    ImmediateKind immediate = ImmediateKind::none;
    uint8_t immediate_bits = 0;  // always the lowest bits of the word
};

// One instruction word, taken apart. Unused fields are zero. `immediate` is sign-extended or shifted as its
// kind says.
struct Decoded {
    Op op;
    uint8_t rd = 0;
    uint8_t rs1 = 0;
    uint8_t rs2 = 0;
    int32_t immediate = 0;

    bool operator==(const Decoded&) const = default;
};

namespace detail {

// Reaching this while a table is built at compile time is the compile error that names the row's fault.
inline void malformed_instruction_row(const char* /*why*/) {}

constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr ImmediateKind immediate_kind(char letter, int digits) {
    if (letter == 'i' && digits == 4) return ImmediateKind::signed16;
    if (letter == 'u' && digits == 5) return ImmediateKind::upper20;
    if (letter == 'o' && digits == 4) return ImmediateKind::distance16;
    if (letter == 'o' && digits == 5) return ImmediateKind::distance20;
    if (letter == 'h' && digits == 2) return ImmediateKind::shift;
    if (letter == 'c' && digits == 2) return ImmediateKind::control;
    return ImmediateKind::none;
}

constexpr bool contains(std::string_view text, std::string_view word) {
    return text.find(word) != text.npos;
}

// Every operand that the syntax names must have its field, and every field its operand.
consteval void check_operands(const Instruction& row, const Layout& layout) {
    const bool wants_immediate = contains(row.operands, "imm") || contains(row.operands, "target") ||
                                 contains(row.operands, "shift") || contains(row.operands, "upper") ||
                                 contains(row.operands, "control");
    if (contains(row.operands, "rd") != (layout.rd_shift >= 0)) malformed_instruction_row("rd");
    if (contains(row.operands, "rs1") != (layout.rs1_shift >= 0)) malformed_instruction_row("rs1");
    if (contains(row.operands, "rs2") != (layout.rs2_shift >= 0)) malformed_instruction_row("rs2");
    if (wants_immediate != (layout.immediate != ImmediateKind::none)) malformed_instruction_row("immediate");
    if (row.sentence.empty() || row.effect.empty() || row.example.empty())
        malformed_instruction_row("empty column");
}

consteval Layout parse_layout(const Instruction& row) {
    if (row.encoding.size() != 8) malformed_instruction_row("an encoding has eight digits");
    Layout layout;
    char immediate_letter = 0;
    int immediate_digits = 0;
    for (int i = 0; i < 8; ++i) {
        const char c = row.encoding[i];
        const auto shift = static_cast<int8_t>(28 - 4 * i);
        if (hex_digit(c) >= 0) {
            if (immediate_digits > 0) malformed_instruction_row("the immediate stands last");
            layout.fixed_mask |= 0xFu << shift;
            layout.fixed_value |= static_cast<uint32_t>(hex_digit(c)) << shift;
        } else if (c == 'd' && layout.rd_shift < 0) {
            layout.rd_shift = shift;
        } else if (c == 's' && layout.rs1_shift < 0) {
            layout.rs1_shift = shift;
        } else if (c == 't' && layout.rs2_shift < 0) {
            layout.rs2_shift = shift;
        } else if (immediate_letter == 0 || c == immediate_letter) {
            immediate_letter = c;
            ++immediate_digits;
        } else {
            malformed_instruction_row("a letter that is no field, or a field twice");
        }
    }
    if ((layout.fixed_mask >> 24) != 0xFF) malformed_instruction_row("the first two digits are the opcode");
    layout.immediate = immediate_kind(immediate_letter, immediate_digits);
    layout.immediate_bits = static_cast<uint8_t>(4 * immediate_digits);
    if (immediate_letter != 0 && layout.immediate == ImmediateKind::none)
        malformed_instruction_row("immediate width");
    check_operands(row, layout);
    return layout;
}

consteval auto build_layouts() {
    std::array<Layout, kInstructionCount> layouts{};
    for (size_t i = 0; i < kInstructionCount; ++i) layouts[i] = parse_layout(kInstructions[i]);
    return layouts;
}

inline constexpr uint8_t kNoInstruction = 0xFF;

}  // namespace detail

inline constexpr std::array<Layout, kInstructionCount> kLayouts = detail::build_layouts();

constexpr const Layout& layout(Op op) {
    return kLayouts[static_cast<size_t>(op)];
}

namespace detail {

// The opcode byte alone selects the row; two rows with one opcode, or a row on 00 or FF, do not compile.
consteval auto build_opcode_index() {
    std::array<uint8_t, 256> index{};
    index.fill(kNoInstruction);
    for (size_t i = 0; i < kInstructionCount; ++i) {
        const uint32_t opcode = kLayouts[i].fixed_value >> 24;
        if (opcode == 0x00 || opcode == 0xFF)
            malformed_instruction_row("opcodes 00 and FF are illegal for ever");
        if (index[opcode] != kNoInstruction) malformed_instruction_row("two rows with one opcode");
        index[opcode] = static_cast<uint8_t>(i);
    }
    return index;
}

inline constexpr std::array<uint8_t, 256> kOpcodeIndex = build_opcode_index();

constexpr uint8_t register_field(uint32_t word, int8_t shift) {
    return shift < 0 ? 0 : static_cast<uint8_t>(word >> shift & 0xF);
}

constexpr int32_t immediate_field(uint32_t word, const Layout& layout) {
    switch (layout.immediate) {
        case ImmediateKind::none:
            return 0;
        case ImmediateKind::signed16:
        case ImmediateKind::distance16:
            return static_cast<int16_t>(word & 0xFFFF);
        case ImmediateKind::distance20:
            return static_cast<int32_t>(word << 12) >> 12;
        case ImmediateKind::upper20:
            return static_cast<int32_t>(word << 12);
        case ImmediateKind::shift:
        case ImmediateKind::control:
            return static_cast<int32_t>(word & 0xFF);
    }
    return 0;
}

constexpr bool immediate_is_valid(int64_t value, ImmediateKind kind) {
    if (kind == ImmediateKind::upper20) value &= 0xFFFFFFFF;
    const ImmediateRange range = immediate_range(kind);
    if (value < range.least || value > range.most || value % range.multiple_of != 0) return false;
    return kind != ImmediateKind::control || find_control_register(static_cast<uint32_t>(value)) != nullptr;
}

}  // namespace detail

// Takes an instruction word apart; nothing if it is illegal.
constexpr std::optional<Decoded> decode(uint32_t word) {
    const uint8_t index = detail::kOpcodeIndex[word >> 24];
    if (index == detail::kNoInstruction) return std::nullopt;
    const Layout& row = kLayouts[index];
    if ((word & row.fixed_mask) != row.fixed_value) return std::nullopt;
    const int32_t immediate = detail::immediate_field(word, row);
    if (!detail::immediate_is_valid(immediate, row.immediate)) return std::nullopt;
    return Decoded{.op = static_cast<Op>(index),
                   .rd = detail::register_field(word, row.rd_shift),
                   .rs1 = detail::register_field(word, row.rs1_shift),
                   .rs2 = detail::register_field(word, row.rs2_shift),
                   .immediate = immediate};
}

// Puts an instruction word together; nothing if a register is above 15 or the immediate does not fit its
// field. Fields that the instruction does not have are ignored.
constexpr std::optional<uint32_t> encode(const Decoded& d) {
    const Layout& row = layout(d.op);
    if (d.rd > 15 || d.rs1 > 15 || d.rs2 > 15) return std::nullopt;
    if (!detail::immediate_is_valid(row.immediate == ImmediateKind::none ? 0 : d.immediate, row.immediate)) {
        return std::nullopt;
    }
    uint32_t word = row.fixed_value;
    if (row.rd_shift >= 0) word |= static_cast<uint32_t>(d.rd) << row.rd_shift;
    if (row.rs1_shift >= 0) word |= static_cast<uint32_t>(d.rs1) << row.rs1_shift;
    if (row.rs2_shift >= 0) word |= static_cast<uint32_t>(d.rs2) << row.rs2_shift;
    auto immediate = static_cast<uint32_t>(d.immediate);
    if (row.immediate == ImmediateKind::upper20) immediate >>= 12;
    if (row.immediate_bits != 0) word |= immediate & ((1u << row.immediate_bits) - 1);
    return word;
}

}  // namespace peach::isa
