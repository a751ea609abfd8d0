// Operands of instructions: registers, control registers, immediates, addresses.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "assembler/parser.h"
#include "assembler/suggest.h"

namespace peach::assembler {

namespace {

struct RegisterName {
    std::string_view name;
    uint8_t number;
};

consteval auto build_register_names() {
    std::array<RegisterName, isa::kRegisterCount * 2 + 1> names{};
    size_t count = 0;
    for (const isa::Register& row : isa::kRegisters) {
        names[count++] = {row.name, row.number};
        names[count++] = {row.other_name, row.number};
    }
    names[count++] = {"x8", isa::kFp};
    return names;
}

constexpr auto kRegisterNames = build_register_names();
constexpr StaticNameIndex<128> kRegisterIndex(kRegisterNames);

constexpr bool is_register_beyond_sixteen(std::string_view name) {
    constexpr std::string_view kMissing[] = {"a6", "a7", "s2",  "s3",  "s4", "s5", "s6", "s7",
                                             "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
    for (const std::string_view missing : kMissing) {
        if (name == missing) return true;
    }
    if (name.size() != 3 || name[0] != 'x' || !is_digit(name[1]) || !is_digit(name[2])) return false;
    const int number = (name[1] - '0') * 10 + (name[2] - '0');
    return number >= 16 && number <= 31;
}

}  // namespace

bool Parser::parse_operand(OperandKind kind, Operand& operand) {
    cursor_.skip_blanks();
    operand = {.value = {}, .begin = cursor_.offset()};
    bool good = false;
    switch (kind) {
        case OperandKind::reg:
            good = parse_register(operand.reg);
            break;
        case OperandKind::control:
            good = parse_control(operand);
            break;
        case OperandKind::memory:
            good = parse_memory(operand);
            break;
        case OperandKind::address:
            good = parse_memory(operand) && expect_no_offset(operand);
            break;
        case OperandKind::immediate:
        case OperandKind::upper:
            good = parse_modified_value(operand);
            break;
        case OperandKind::target:
            good = parse_target(operand.value);
            break;
        case OperandKind::shift:
        case OperandKind::value:
            good = parse_expression(operand.value);
            break;
    }
    operand.length = std::max(1u, cursor_.offset() - operand.begin);
    return good;
}

bool Parser::parse_register(uint8_t& reg) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    const std::string_view name = cursor_.name();
    const uint8_t row = name.empty() ? kRegisterIndex.kAbsent : kRegisterIndex.find(kRegisterNames, name);
    if (row != kRegisterIndex.kAbsent) {
        reg = kRegisterNames[row].number;
        return true;
    }
    cursor_.return_to(begin);
    if (is_register_beyond_sixteen(name)) {
        return error_here(fmt::format(
            "Peach-32 has no register `{}`: expected one of x0 to x15 (a0-a5 s0-s1 t0-t2 ...)", name));
    }
    Suggestion suggestion(name);
    for (const RegisterName& known : kRegisterNames) suggestion.consider(known.name);
    const std::string meant = name.empty() ? "" : suggestion.text();
    return error_here(fmt::format("expected a register, found {}{}", cursor_.describe(), meant));
}

bool Parser::parse_control(Operand& operand) {
    const uint32_t begin = cursor_.offset();
    const std::string_view name = cursor_.name();
    if (name.empty()) return parse_expression(operand.value);
    Suggestion suggestion(name);
    for (const isa::ControlRegister& row : isa::kControlRegisters) {
        if (row.name == name) {
            operand.value = {.constant = row.number};
            return true;
        }
        suggestion.consider(row.name);
    }
    return error(begin, static_cast<uint32_t>(name.size()),
                 fmt::format("expected a control register, found `{}`{}", name, suggestion.text()));
}

// expression, or %hi(expression) and its like.
bool Parser::parse_modified_value(Operand& operand) {
    cursor_.skip_blanks();
    if (cursor_.peek() != '%') return parse_expression(operand.value);
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    const std::string_view name = cursor_.name();
    if (name == "hi") operand.modifier = Modifier::high;
    if (name == "lo") operand.modifier = Modifier::low;
    if (name == "pcrel_hi") operand.modifier = Modifier::pcrel_high;
    if (name == "pcrel_lo") operand.modifier = Modifier::pcrel_low;
    if (operand.modifier == Modifier::none) {
        return error(begin, cursor_.offset() - begin, "expected %hi, %lo, %pcrel_hi or %pcrel_lo");
    }
    if (!cursor_.take('(')) return expected("`(`");
    if (!parse_expression(operand.value)) return false;
    return cursor_.take(')') || expected("`)`");
}

// A label or address; `f@plt`, as compilers of shared libraries write it, is f.
bool Parser::parse_target(Expression& target) {
    if (!parse_expression(target)) return false;
    Cursor ahead = cursor_;
    if (ahead.take('@') && ahead.name() == "plt") cursor_ = ahead;
    return true;
}

// offset(register), the offset 0 if left out.
bool Parser::parse_memory(Operand& operand) {
    const bool bare = cursor_.peek() == '(' && [this] {
        Cursor ahead = cursor_;
        ahead.advance();
        ahead.skip_blanks();
        return kRegisterIndex.find(kRegisterNames, ahead.name()) != kRegisterIndex.kAbsent;
    }();
    if (!bare && !parse_modified_value(operand)) return false;
    if (!cursor_.take('(')) return expected("`(` and a base register");
    if (!parse_register(operand.reg)) return false;
    return cursor_.take(')') || expected("`)`");
}

// "(rs1)" has no field for an offset; "0(rs1)" is the same.
bool Parser::expect_no_offset(const Operand& operand) {
    const bool none =
        operand.modifier == Modifier::none && operand.value.is_constant() && operand.value.constant == 0;
    if (none) return true;
    return error(operand.begin, cursor_.offset() - operand.begin,
                 "this instruction takes an address without an offset: expected `(register)`");
}

// "rw, rw": which accesses are ordered. All are, always.
bool Parser::parse_fence_operands() {
    cursor_.skip_blanks();
    if (cursor_.at_end_of_statement()) return true;
    for (int i = 0; i < 2; ++i) {
        if (i > 0 && !cursor_.take(',')) return expected("`,`");
        cursor_.skip_blanks();
        const uint32_t begin = cursor_.offset();
        const std::string_view name = cursor_.name();
        if (name.empty() || name.find_first_not_of("iorw") != name.npos) {
            return error(begin, cursor_.word_length(),
                         "expected accesses for the fence: letters out of i, o, r and w");
        }
    }
    return true;
}

}  // namespace peach::assembler
