// Common slips: what is no error but hardly meant. Only what people write is looked at; compilers mean it.

#include <fmt/format.h>

#include "assembler/parser.h"

namespace peach::assembler {

namespace {

constexpr int64_t kStackAlignment = 4;

// Does execution never come to the next instruction? (A call may not return, nor a system call: exit.)
bool ends_a_path(const isa::Decoded& decoded) {
    const bool jump = decoded.op == isa::Op::jal || decoded.op == isa::Op::jalr;
    return jump || decoded.op == isa::Op::eret || decoded.op == isa::Op::ecall ||
           decoded.op == isa::Op::ebreak;
}

}  // namespace

// After each instruction word.
void Parser::watch_for_slips(const isa::Decoded& decoded) {
    Section& here = section();
    here.last_instruction = statement_begin_;
    here.last_instruction_end = here.size();
    here.falls_through = !ends_a_path(decoded);
    const bool call = (decoded.op == isa::Op::jal || decoded.op == isa::Op::jalr) && decoded.rd == isa::kRa;
    if (call && stack_shift_ % kStackAlignment != 0) {
        reporter_.warning(Warning::stack_alignment,
                          place(statement_begin_, cursor_.offset() - statement_begin_),
                          fmt::format("sp is no multiple of {} at this call", kStackAlignment));
        reporter_.note(place(stack_shifted_at_, 4), "it was moved here");
        stack_shift_ = 0;
    }
    if (decoded.rd != isa::kSp || isa::layout(decoded.op).rd_shift < 0) return;
    const bool moves = decoded.op == isa::Op::addi && decoded.rs1 == isa::kSp;
    stack_shift_ = moves ? stack_shift_ + decoded.immediate : 0;
    if (moves && decoded.immediate % kStackAlignment != 0) stack_shifted_at_ = statement_begin_;
}

// A result that nobody can see.
void Parser::watch_destination(const Form& form) {
    const bool makes_value = form.special == Special::li || form.special == Special::la ||
                             form.name == "mv" || form.name == "move";
    if (!makes_value || operands_[0].reg != 0 || options_.entry_at_text_base) return;
    reporter_.warning(Warning::lost_result, place(operands_[0].begin, operands_[0].length),
                      fmt::format("the result of this `{}` is lost: zero stays zero", form.name));
}

// At the end of the file.
void Parser::check_falling_through() {
    if (options_.entry_at_text_base || unit().is_compiled || reporter_.has_errors()) return;
    for (const SectionId id : unit().sections) {
        const Section& section = program_.sections[id];
        const bool at_end = section.last_instruction_end == section.size() && section.size() != 0;
        if (!section.executable || !section.falls_through || !at_end) continue;
        reporter_.warning(
            Warning::fall_through, place(section.last_instruction, 1),
            fmt::format("execution runs over the end of section `{}` after this: expected `ret`, "
                        "`j` or another jump",
                        section.name));
    }
}

// "sw (sp), a0": in stores, too, the register comes first.
bool Parser::expect_register_first(const Form& form) {
    if (form.operand_count != 2 || form.operands[1] != OperandKind::memory) return true;
    Cursor ahead = cursor_;
    ahead.skip_blanks();
    const uint32_t begin = ahead.offset();
    bool address = false;
    for (; !ahead.at_end_of_statement() && ahead.peek() != ','; ahead.step()) address |= ahead.peek() == '(';
    if (!address || ahead.peek() != ',') return true;
    const std::string_view first = ahead.since(begin);
    ahead.advance();
    ahead.skip_blanks();
    const uint32_t second = ahead.offset();
    ahead.skip_statement();
    std::string_view reg = ahead.since(second);
    while (!reg.empty() && (reg.back() == ' ' || reg.back() == '\t' || reg.back() == '\r'))
        reg.remove_suffix(1);
    return error(begin, static_cast<uint32_t>(first.size()),
                 fmt::format("the register comes first: `{} {}, {}`", form.name, reg, first));
}

}  // namespace peach::assembler
