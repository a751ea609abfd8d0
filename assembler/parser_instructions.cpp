// Instructions: operands as the tables say, then one or two words.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "assembler/encode.h"
#include "assembler/expressions.h"
#include "assembler/fixups.h"
#include "assembler/parser.h"
#include "assembler/suggest.h"

namespace peach::assembler {

namespace {

// jalr, with rd, then base and offset, as operands.
constexpr Emission kIndirectJump{.op = isa::Op::jalr,
                                 .rd = {.from = Slot::From::operand, .value = 0},
                                 .rs1 = {.from = Slot::From::operand, .value = 1},
                                 .rs2 = {},
                                 .immediate = {.from = Slot::From::operand, .value = 1}};

// What instructions are called elsewhere, and here.
constexpr std::pair<std::string_view, std::string_view> kForeignNames[] = {
    {"mret", "eret"},     {"sret", "eret"},      {"iret", "eret"}, {"jmp", "j"},   {"b", "j"},
    {"bra", "j"},         {"subi", "addi"},      {"mov", "mv"},    {"bal", "jal"}, {"sfence.vma", "tlbflush"},
    {"syscall", "ecall"}, {"xchg", "amoswap.w"},
};

bool is_signed16(int64_t value) {
    return value >= -0x8000 && value <= 0x7FFF;
}

}  // namespace

bool Parser::parse_instruction(std::string_view mnemonic, uint32_t begin) {
    const std::span<const Form> forms = find_forms(mnemonic);
    if (forms.empty()) return unknown_instruction(mnemonic, begin);
    const auto length = static_cast<uint32_t>(mnemonic.size());
    if (takes_symbol(forms[0])) return parse_access_to_symbol(forms[0], begin, length);
    if (mnemonic == "jalr" || mnemonic == "jr") {
        return parse_indirect_jump(mnemonic == "jalr") && begin_instruction(begin, length) &&
               emit(forms[0], kIndirectJump);
    }
    const Form* form = choose_form(forms, begin, length);
    if (form == nullptr || !expect_register_first(*form)) return false;
    for (uint32_t i = 0; i < form->operand_count; ++i) {
        if (i > 0 && !cursor_.take(',')) return expected("`,`");
        if (i == 2 && form->operands[2] == OperandKind::reg) form = immediate_twin(*form);
        if (!parse_operand(form->operands[i], operands_[i])) return false;
    }
    if (!begin_instruction(begin, length)) return false;
    if (!unit().is_compiled) watch_destination(*form);
    if (form->special != Special::none) return emit_special(*form);
    for (uint32_t i = 0; i < form->emission_count; ++i) {
        if (!emit(*form, form->emissions[i])) return false;
    }
    return form->name != "fence" || parse_fence_operands();
}

bool Parser::unknown_instruction(std::string_view mnemonic, uint32_t begin) {
    const auto length = static_cast<uint32_t>(mnemonic.size());
    cursor_.skip_blanks();
    if (cursor_.peek() == '.') {
        return error(begin, length,
                     fmt::format("unknown instruction `{0}`; a label ends with a colon: `{0}:`", mnemonic));
    }
    const auto foreign =
        std::ranges::find(kForeignNames, mnemonic, &std::pair<std::string_view, std::string_view>::first);
    if (foreign != std::end(kForeignNames)) {
        return error(begin, length,
                     fmt::format("unknown instruction `{}`; here it is `{}`", mnemonic, foreign->second));
    }
    Suggestion suggestion(mnemonic);
    for (const Form& form : all_forms()) suggestion.consider(form.name);
    for (const Macro& macro : macros_) suggestion.consider(macro.name);
    return error(begin, length, fmt::format("unknown instruction `{}`{}", mnemonic, suggestion.text()));
}

const Form* Parser::choose_form(std::span<const Form> forms, uint32_t begin, uint32_t length) {
    if (forms.size() == 1 && forms[0].operand_count == 0) return &forms[0];
    const uint32_t count = count_operands();
    for (const Form& form : forms) {
        if (form.operand_count == count) return &form;
    }
    std::string usages;
    for (const Form& form : forms) {
        usages += fmt::format("{}`{} {}`", usages.empty() ? "" : " or ", form.name, form.pattern);
    }
    error(begin, length,
          fmt::format("found {} operand{}, expected {}", count, count == 1 ? "" : "s", usages));
    return nullptr;
}

// The commas up to the end of the statement tell.
uint32_t Parser::count_operands() const {
    Cursor ahead = cursor_;
    ahead.skip_blanks();
    if (ahead.at_end_of_statement()) return 0;
    uint32_t count = 1;
    for (; !ahead.at_end_of_statement(); ahead.step()) {
        if (ahead.peek() == ',') ++count;
    }
    return count;
}

bool Parser::begin_instruction(uint32_t begin, uint32_t length) {
    Section& here = section();
    if (!here.loaded) {
        here.loaded = here.executable = true;  // so that this is said once
        return error(begin, length,
                     fmt::format("section `{0}` is not loaded: write `.section {0}, \"ax\"` for instructions",
                                 here.name));
    }
    if (!here.executable) {
        return error(begin, length,
                     fmt::format("section `{}` is not executable: put instructions into .text", here.name));
    }
    if (!expect_bytes_allowed(begin, length)) return false;
    here.alignment = std::max(here.alignment, 4u);
    if (here.is_irregular) add_fixup(FixupKind::alignment, {}, begin, length);  // the layout will tell
    if (!here.is_irregular && here.size() % 4 != 0) {
        pad_to_word();  // so that this is said once, not of all instructions that follow
        return error(begin, length, std::string(kMisalignedInstruction));
    }
    add_line_row();
    return true;
}

// From the latest `.loc`; in a file without any, from the line itself.
void Parser::add_line_row() {
    Section& here = section();
    if (unit().has_line_directives) {
        if (!pending_line_) return;
        LineRow row = *pending_line_;
        pending_line_.reset();
        row.offset = here.size();
        row.stretches = static_cast<uint32_t>(here.stretches.size());
        here.lines.push_back(row);
        return;
    }
    if (input_.presumed_file_number == kUnknownFile) input_.presumed_file_number = presumed_file_number();
    const uint32_t file = input_.presumed_file_number;
    const uint32_t line =
        input_.expansion_line != 0 ? input_.expansion_line : cursor_.line() + input_.line_shift;
    if (!here.lines.empty() && here.lines.back().line == line && here.lines.back().file == file) return;
    here.lines.push_back({.offset = here.size(),
                          .stretches = static_cast<uint32_t>(here.stretches.size()),
                          .file = file,
                          .line = line});
}

// The number in the line table of the file that this text says it comes from; 0 is the text's own name.
uint32_t Parser::presumed_file_number() {
    std::vector<LineFile>& files = unit().files;
    if (files.empty()) files.push_back({.directory = {}, .name = unit().name, .md5 = {}, .used = true});
    const auto found = std::find_if(files.begin(), files.end(),
                                    [this](const LineFile& f) { return f.name == input_.presumed_file; });
    const auto number = static_cast<uint32_t>(found - files.begin());
    if (found == files.end())
        files.push_back({.directory = {}, .name = input_.presumed_file, .md5 = {}, .used = true});
    return number;
}

bool Parser::emit(const Form& form, const Emission& emission) {
    const auto reg = [this](const Slot& slot) -> uint8_t {
        if (slot.from == Slot::From::operand) return operands_[static_cast<size_t>(slot.value)].reg;
        return static_cast<uint8_t>(slot.value);
    };
    isa::Decoded decoded{
        .op = emission.op, .rd = reg(emission.rd), .rs1 = reg(emission.rs1), .rs2 = reg(emission.rs2)};
    if (!set_immediate(form, emission.immediate, decoded)) return false;
    emit_word(decoded);
    return true;
}

// A known immediate goes into `decoded`; another leaves a fixup.
bool Parser::set_immediate(const Form& form, const Slot& slot, isa::Decoded& decoded) {
    if (slot.from == Slot::From::nothing) return true;
    if (slot.from == Slot::From::constant) {
        decoded.immediate = slot.value;
        return true;
    }
    const Operand& operand = operands_[static_cast<size_t>(slot.value)];
    const isa::ImmediateKind kind = isa::layout(decoded.op).immediate;
    const bool distance = kind == isa::ImmediateKind::distance16 || kind == isa::ImmediateKind::distance20;
    if (distance || operand.modifier != Modifier::none || !operand.value.is_constant()) {
        return add_immediate_fixup(operand, kind);
    }
    return set_constant(form, operand, decoded);
}

bool Parser::set_constant(const Form& form, const Operand& operand, isa::Decoded& decoded) {
    const isa::ImmediateKind kind = isa::layout(decoded.op).immediate;
    const int64_t value = operand.value.constant;
    const bool upper = kind == isa::ImmediateKind::upper20;
    const bool fits = upper ? value >= 0 && value <= 0xFFFFF : isa::detail::immediate_is_valid(value, kind);
    if (fits) {
        decoded.immediate =
            upper ? static_cast<int32_t>(static_cast<uint32_t>(value) << 12) : static_cast<int32_t>(value);
        return true;
    }
    if (kind == isa::ImmediateKind::control) {
        return error(operand.begin, operand.length, fmt::format("there is no control register {}", value));
    }
    const isa::ImmediateRange range = isa::immediate_range(kind);
    const int64_t most = upper ? 0xFFFFF : range.most;
    const std::string advice = form.name == "addi" ? "; use `li` for larger constants" : "";
    return error(operand.begin, operand.length,
                 fmt::format("{} is out of range: `{}` takes {} to {}{}", value, form.name, range.least, most,
                             advice));
}

bool Parser::add_immediate_fixup(const Operand& operand, isa::ImmediateKind kind) {
    const bool upper = kind == isa::ImmediateKind::upper20;
    const bool high = operand.modifier == Modifier::high || operand.modifier == Modifier::pcrel_high;
    if (operand.modifier != Modifier::none && high != upper) {
        return error(operand.begin, operand.length,
                     upper ? "expected %hi or %pcrel_hi here: this instruction sets the upper 20 bits"
                           : "expected %lo or %pcrel_lo here: this instruction adds the lower 12 bits");
    }
    FixupKind fixup = FixupKind::signed16;
    switch (kind) {
        case isa::ImmediateKind::upper20:
            fixup = FixupKind::upper20;
            break;
        case isa::ImmediateKind::distance16:
            fixup = FixupKind::distance16;
            break;
        case isa::ImmediateKind::distance20:
            fixup = FixupKind::distance20;
            break;
        case isa::ImmediateKind::shift:
            fixup = FixupKind::shift;
            break;
        case isa::ImmediateKind::control:
            fixup = FixupKind::control;
            break;
        case isa::ImmediateKind::signed16:
        case isa::ImmediateKind::none:
            break;
    }
    if (operand.modifier == Modifier::high) fixup = FixupKind::high20;
    if (operand.modifier == Modifier::low) fixup = FixupKind::low12;
    if (operand.modifier == Modifier::pcrel_high) fixup = FixupKind::pcrel_high20;
    if (operand.modifier == Modifier::pcrel_low) fixup = FixupKind::pcrel_low12;
    add_fixup(fixup, operand.value, operand.begin, operand.length);
    return true;
}

void Parser::emit_word(const isa::Decoded& decoded) {
    append(encode_checked(decoded), 4);
    if (!unit().is_compiled) watch_for_slips(decoded);
}

bool Parser::emit_special(const Form& form) {
    switch (form.special) {
        case Special::li:
            emit_li();
            return true;
        case Special::la:
            emit_high_low(operands_[0].reg, operands_[1]);
            return true;
        case Special::tail:
            emit_call(0, isa::kT1, operands_[0]);
            return true;
        case Special::jump:
            if (!expect_address_register(operands_[1])) return false;
            emit_call(0, operands_[1].reg, operands_[0]);
            return true;
        case Special::call: {
            const bool names_link = form.operand_count == 2;
            const uint8_t link = names_link ? operands_[0].reg : isa::kRa;
            emit_call(link, link == 0 ? isa::kT1 : link, operands_[names_link ? 1 : 0]);
            return true;
        }
        case Special::word:
            append(0, 4);
            return true;
        case Special::none:
            break;
    }
    return true;
}

// addi, lui, or lui and addi, whichever the constant needs; both if it is not known yet.
void Parser::emit_li() {
    const Operand& operand = operands_[1];
    const uint8_t rd = operands_[0].reg;
    const auto known = value_now(program_, operand.value);
    if (!known) {
        emit_high_low(rd, operand);
        return;
    }
    if (*known < INT32_MIN || *known > UINT32_MAX) {
        error(operand.begin, operand.length, fmt::format("{} does not fit in 32 bits", *known));
        return;
    }
    const auto value = static_cast<int32_t>(static_cast<uint32_t>(*known));
    if (is_signed16(value)) {
        emit_word({.op = isa::Op::addi, .rd = rd, .immediate = value});
        return;
    }
    const auto low = static_cast<int32_t>(low_part(value));
    emit_word({.op = isa::Op::lui, .rd = rd, .immediate = static_cast<int32_t>(high_part(value) << 12)});
    if (low != 0) emit_word({.op = isa::Op::addi, .rd = rd, .rs1 = rd, .immediate = low});
}

void Parser::emit_high_low(uint8_t rd, const Operand& operand) {
    add_fixup(FixupKind::high20, operand.value, operand.begin, operand.length);
    emit_word({.op = isa::Op::lui, .rd = rd});
    add_fixup(FixupKind::low12, operand.value, operand.begin, operand.length);
    emit_word({.op = isa::Op::addi, .rd = rd, .rs1 = rd});
}

// One jal, which the layout may stretch into auipc, into the scratch register, and jalr.
void Parser::emit_call(uint8_t link, uint8_t scratch, const Operand& operand) {
    const auto fixup = static_cast<uint32_t>(section().fixups.size());
    add_fixup(FixupKind::call, operand.value, operand.begin, operand.length);
    section().fixups.back().scratch = scratch;
    emit_word({.op = isa::Op::jal, .rd = link});
    section().stretches.push_back({.offset = section().size(), .detail = fixup, .kind = StretchKind::call});
}

}  // namespace peach::assembler
