// Instructions with other operands than the table's, as GNU as and clang know them:
//
//     add  a0, a1, 5         addi a0, a1, 5
//     jr   8(a0)             jalr zero, 8(a0)         jalr a0, a1, 8    jalr a0, 8(a1)
//     lw   a0, count         lui a0, %hi(count);      lw a0, %lo(count)(a0)
//     sw   a0, count, t0     lui t0, %hi(count);      sw a0, %lo(count)(t0)

#include <fmt/format.h>

#include "assembler/expressions.h"
#include "assembler/parser.h"
#include "emulator/isa/registers.h"

namespace peach::assembler {

namespace {

// Is what follows an expression of symbols, such as `2 + count` or `1f`, without a base register?
bool names_symbol(Cursor ahead) {
    bool found = false;
    for (ahead.skip_blanks(); !ahead.at_end_of_statement(); ahead.skip_blanks()) {
        const char c = ahead.peek();
        if (c == '(' || c == '%') return false;
        if (!is_name_character(c)) {
            ahead.step();
            continue;
        }
        const std::string_view word = ahead.rest().substr(0, ahead.word_length());
        const bool numeric_label =
            (word.back() == 'b' || word.back() == 'f') && word.find_first_of("xX") == word.npos;
        found |= is_name_start(c) || numeric_label;
        ahead.advance(ahead.word_length());
    }
    return found;
}

}  // namespace

// If a number stands where a register should: the form that takes one there.
const Form* Parser::immediate_twin(const Form& form) {
    cursor_.skip_blanks();
    const char c = cursor_.peek();
    const bool number =
        is_digit(c) || c == '-' || c == '\'' || c == '(' || c == '%' || c == '~' || constant_follows();
    if (!number) return &form;
    const std::string name = form.name == "sltu" ? "sltiu" : std::string(form.name) + "i";
    const std::span<const Form> twins = find_forms(name);
    return twins.size() == 1 && twins[0].operand_count == 3 ? &twins[0] : &form;
}

// The name of a number that is known here.
bool Parser::constant_follows() const {
    Cursor ahead = cursor_;
    const std::string_view name = ahead.name();
    const uint32_t id = program_.units[unit_].names.find(name);
    if (id == NameTable::kAbsent || isa::find_register(name)) return false;
    const int32_t value = program_.symbols[id].value;
    return value >= 0 && value_now(program_, program_.values[static_cast<size_t>(value)]);
}

// [rd,] rs   [rd,] offset(rs)   [rd,] rs, offset   -> operand 0 is rd, operand 1 the address
bool Parser::parse_indirect_jump(bool links) {
    const uint32_t count = count_operands();
    const uint32_t most = links ? 3 : 2;
    if (count == 0 || count > most) {
        return error(
            statement_begin_, links ? 4 : 2,
            fmt::format("found {} operand{}, expected `{}rs` or `{}offset(rs)`", count, count == 1 ? "" : "s",
                        links ? "jalr [rd,] " : "jr ", links ? "[rd,] " : ""));
    }
    Operand& link = operands_[0];
    Operand& address = operands_[1];
    link = {.value = {}, .begin = statement_begin_, .reg = links ? isa::kRa : uint8_t{0}};
    cursor_.skip_blanks();
    address = {.value = {}, .begin = cursor_.offset()};
    uint32_t left = count;
    const bool memory_first = !is_name_start(cursor_.peek()) || cursor_.peek() == '%';
    if (links && count >= 2 && !memory_first) {
        if (!parse_operand(OperandKind::reg, link) || !expect_comma("an address")) return false;
        --left;
        cursor_.skip_blanks();
        address.begin = cursor_.offset();
    }
    const bool has_register = is_name_start(cursor_.peek());
    if (left == 1 && has_register) return parse_operand(OperandKind::reg, address);
    if (left == 1) {
        // `jalr a0, 4`: the first register was the address, and what comes is the offset.
        const bool bare_offset = links && count == 2 && !rest_has_base();
        if (!bare_offset) return parse_operand(OperandKind::memory, address);
        address.reg = link.reg;
        link.reg = isa::kRa;
    } else {
        if (!parse_register(address.reg) || !expect_comma("an offset")) return false;
    }
    cursor_.skip_blanks();
    address.begin = cursor_.offset();
    if (!parse_modified_value(address)) return false;
    address.length = std::max(1u, cursor_.offset() - address.begin);
    return true;
}

// Does `(register)` end this statement?
bool Parser::rest_has_base() const {
    Cursor ahead = cursor_;
    bool closed = false;
    for (ahead.skip_blanks(); !ahead.at_end_of_statement(); ahead.skip_blanks()) {
        closed = ahead.peek() == ')';
        ahead.step();
    }
    return closed;
}

// lw rd, symbol and sw rs, symbol, rt: what follows the comma is no address with a base register.
bool Parser::takes_symbol(const Form& form) const {
    if (form.operand_count != 2 || form.operands[1] != OperandKind::memory) return false;
    const isa::Decoded probe{.op = form.emissions[0].op};
    if (probe.op == isa::Op::jalr) return false;
    const uint32_t count = count_operands();
    const bool store = isa::layout(probe.op).rd_shift < 0;
    if (store) return count == 3;
    if (count != 2) return false;
    Cursor ahead = cursor_;
    for (; !ahead.at_end_of_statement() && ahead.peek() != ','; ahead.step()) {
        if (ahead.peek() == '(') return false;
    }
    ahead.advance();
    return names_symbol(ahead);
}

bool Parser::expect_address_register(const Operand& operand) {
    if (operand.reg != 0) return true;
    return error(operand.begin, operand.length, "the address goes through this register: it cannot be zero");
}

bool Parser::parse_access_to_symbol(const Form& form, uint32_t begin, uint32_t length) {
    Operand& data = operands_[0];
    Operand& target = operands_[1];
    const isa::Op op = form.emissions[0].op;
    const bool store = isa::layout(op).rd_shift < 0;
    if (!parse_operand(OperandKind::reg, data) || !expect_comma("a symbol")) return false;
    if (!parse_operand(OperandKind::value, target)) return false;
    Operand through = data;
    if (store && (!expect_comma("a register to be overwritten") || !parse_operand(OperandKind::reg, through)))
        return false;
    if (!expect_address_register(through)) return false;
    const uint8_t base = through.reg;
    if (!begin_instruction(begin, length)) return false;
    add_fixup(FixupKind::high20, target.value, target.begin, target.length);
    emit_word({.op = isa::Op::lui, .rd = base});
    add_fixup(FixupKind::low12, target.value, target.begin, target.length);
    isa::Decoded access{.op = op, .rs1 = base};
    (store ? access.rs2 : access.rd) = data.reg;
    emit_word(access);
    return true;
}

}  // namespace peach::assembler
