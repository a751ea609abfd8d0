// .cfi_*: what frame_table.h writes.

#include <fmt/format.h>

#include <algorithm>

#include "assembler/directive_table.h"
#include "assembler/leb128.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

constexpr int64_t kDataAlignment = -4;
constexpr int64_t kMostColumn = 8191;  // RISC-V's ABI has control registers from 4096 on

}  // namespace

// .cfi_startproc [simple]
bool Parser::directive_cfi_start(const DirectiveRow& row) {
    const auto length = static_cast<uint32_t>(row.name.size());
    if (open_procedure() != nullptr)
        return error(statement_begin_, length, "expected `.cfi_endproc` before the next `.cfi_startproc`");
    FrameProcedure procedure{.section = section_, .begin = position_here(), .defined_at = statement_begin_};
    procedure.first_rule = static_cast<uint32_t>(unit().frame_rules.size());
    cursor_.skip_blanks();
    if (!cursor_.at_end_of_statement()) {
        if (cursor_.name() != "simple") return expected("`simple` or nothing");
        procedure.is_simple = true;
    }
    unit().procedures.push_back(procedure);
    cfa_offset_ = 0;
    cfa_offsets_.clear();
    return true;
}

FrameProcedure* Parser::open_procedure() {
    std::vector<FrameProcedure>& all = unit().procedures;
    return all.empty() || !all.back().is_open ? nullptr : &all.back();
}

bool Parser::directive_cfi_end(const DirectiveRow& row) {
    FrameProcedure* procedure = expect_procedure(row);
    if (procedure == nullptr) return false;
    procedure->end = position_here();
    procedure->last_rule = static_cast<uint32_t>(unit().frame_rules.size());
    procedure->is_open = false;
    return true;
}

FrameProcedure* Parser::expect_procedure(const DirectiveRow& row) {
    FrameProcedure* procedure = open_procedure();
    const auto length = static_cast<uint32_t>(row.name.size());
    if (procedure == nullptr) {
        error(statement_begin_, length,
              fmt::format("`{}` stands between no .cfi_startproc and .cfi_endproc", row.name));
    } else if (procedure->section != section_) {
        error(statement_begin_, length,
              fmt::format("`{}` is in another section than its .cfi_startproc", row.name));
        procedure = nullptr;
    }
    return procedure;
}

void Parser::check_procedures() {
    if (const FrameProcedure* procedure = open_procedure())
        error(procedure->defined_at, 14, "this is never closed: expected `.cfi_endproc`");
}

// Is the name here one that `.equ` or `.set` has given a value?
bool Parser::names_a_value() const {
    Cursor ahead = cursor_;
    const uint32_t id = program_.units[unit_].names.find(ahead.name());
    return id != NameTable::kAbsent && program_.symbols[id].value >= 0;
}

// A register, or the number of a column: x0 to x15 are 0 to 15.
bool Parser::parse_column(int64_t& column) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    if (!is_digit(cursor_.peek()) && !names_a_value()) {
        uint8_t reg = 0;
        if (!parse_register(reg)) return false;
        column = reg;
        return true;
    }
    if (!parse_constant(column, "the register's number")) return false;
    return (column >= 0 && column <= kMostColumn) ||
           error(begin, cursor_.offset() - begin, fmt::format("a register's number is 0 to {}", kMostColumn));
}

// A number of bytes, counted from `base`.
bool Parser::parse_frame_offset(int64_t& offset, int64_t base) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    int64_t number = 0;
    if (!parse_constant(number, "the offset")) return false;
    const auto fits = [](int64_t value) { return value >= INT32_MIN && value <= INT32_MAX; };
    if (!fits(number) || !fits(base + number)) {
        return error(begin, cursor_.offset() - begin,
                     fmt::format("this offset is out of range: frames have offsets from {} to {}", INT32_MIN,
                                 INT32_MAX));
    }
    offset = base + number;
    return true;
}

// One rule of the present procedure, from here on.
bool Parser::directive_cfi(const DirectiveRow& row) {
    if (expect_procedure(row) == nullptr) return false;
    const auto operation = static_cast<FrameOperation>(row.argument);
    FrameRule rule{.offset = section().size(),
                   .stretches = static_cast<uint32_t>(section().stretches.size()),
                   .first_byte = static_cast<uint32_t>(unit().frame_bytes.size())};
    if (!write_frame_rule(operation)) return false;
    rule.byte_count = static_cast<uint32_t>(unit().frame_bytes.size()) - rule.first_byte;
    if (rule.byte_count != 0) unit().frame_rules.push_back(rule);
    return true;
}

bool Parser::write_frame_rule(FrameOperation operation) {
    std::vector<uint8_t>& out = unit().frame_bytes;
    const auto code = [&](FrameOperation op) { out.push_back(static_cast<uint8_t>(op)); };
    int64_t column = 0;
    int64_t number = 0;
    switch (operation) {
        case FrameOperation::define_cfa:
            if (!parse_column(column) || !expect_comma("an offset") || !parse_frame_offset(cfa_offset_, 0))
                return false;
            code(operation);
            append_leb128(out, column, false);
            append_leb128(out, cfa_offset_, false);
            return true;
        case FrameOperation::adjust_cfa:
        case FrameOperation::cfa_offset:
            if (!parse_frame_offset(cfa_offset_, operation == FrameOperation::adjust_cfa ? cfa_offset_ : 0))
                return false;
            code(FrameOperation::cfa_offset);
            append_leb128(out, cfa_offset_, false);
            return true;
        case FrameOperation::cfa_register:
        case FrameOperation::restore:
        case FrameOperation::undefined:
        case FrameOperation::same_value:
            if (!parse_column(column)) return false;
            code(operation);
            append_leb128(out, column, false);
            return true;
        case FrameOperation::in_register:
            if (!parse_column(column) || !expect_comma("a register") || !parse_column(number)) return false;
            code(operation);
            append_leb128(out, column, false);
            append_leb128(out, number, false);
            return true;
        case FrameOperation::offset:
        case FrameOperation::relative_offset:
        case FrameOperation::value_offset:
            return write_frame_offset(operation);
        case FrameOperation::remember:
            cfa_offsets_.push_back(cfa_offset_);
            code(operation);
            return true;
        case FrameOperation::recall:
            if (cfa_offsets_.empty()) return error_here("no .cfi_remember_state stands before");
            cfa_offset_ = cfa_offsets_.back();
            cfa_offsets_.pop_back();
            code(operation);
            return true;
        case FrameOperation::return_column:
            if (!parse_column(column)) return false;
            unit().procedures.back().return_column = static_cast<uint32_t>(column);
            return true;
        case FrameOperation::signal_frame:
            unit().procedures.back().is_signal = true;
            return true;
        case FrameOperation::escape:
            do {
                if (!parse_constant(number, "the byte")) return false;
                out.push_back(static_cast<uint8_t>(number));
            } while (cursor_.take(','));
            return true;
    }
    return false;
}

// REGISTER, OFFSET: where the caller's register is, from the cfa.
bool Parser::write_frame_offset(FrameOperation operation) {
    int64_t column = 0;
    int64_t offset = 0;
    if (!parse_column(column) || !expect_comma("an offset")) return false;
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    if (!parse_frame_offset(offset, operation == FrameOperation::relative_offset ? -cfa_offset_ : 0))
        return false;
    if (offset % kDataAlignment != 0)
        return error(begin, cursor_.offset() - begin, fmt::format("{} is not a multiple of 4", offset));
    const bool is_value = operation == FrameOperation::value_offset;
    std::vector<uint8_t>& out = unit().frame_bytes;
    out.push_back(static_cast<uint8_t>(is_value ? FrameOperation::value_offset : FrameOperation::offset));
    append_leb128(out, column, false);
    append_leb128(out, offset / kDataAlignment, true);
    return true;
}

}  // namespace peach::assembler
