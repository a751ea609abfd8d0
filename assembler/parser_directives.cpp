// Directives that put data, or nothing, into the current section.

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "assembler/directive_table.h"
#include "assembler/expressions.h"
#include "assembler/fixups.h"
#include "assembler/leb128.h"
#include "assembler/letter_case.h"
#include "assembler/parser.h"
#include "assembler/suggest.h"

namespace peach::assembler {

namespace {

constexpr StaticNameIndex<512> kDirectiveIndex(DirectiveTable::kRows);

uint64_t hexadecimal_value(std::string_view digits) {
    uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

// All bits of what is no number are ones, as GNU as has it.
uint64_t float_bits(double value, int bytes) {
    if (bytes == 8)
        return std::isnan(value) ? ~uint64_t{0} >> !std::signbit(value) : std::bit_cast<uint64_t>(value);
    if (std::isnan(value)) return ~uint32_t{0} >> !std::signbit(value);
    return std::bit_cast<uint32_t>(static_cast<float>(value));
}

FixupKind data_fixup(int bytes) {
    switch (bytes) {
        case 1:
            return FixupKind::byte;
        case 2:
            return FixupKind::half;
        case 4:
            return FixupKind::word;
        default:
            return FixupKind::quad;
    }
}

}  // namespace

const Parser::DirectiveRow* DirectiveTable::find(std::string_view name) {
    uint8_t row = kDirectiveIndex.find(kRows, name);
    if (row == kDirectiveIndex.kAbsent) row = kDirectiveIndex.find(kRows, in_lower_case(name));
    return row == kDirectiveIndex.kAbsent ? nullptr : &kRows[row];
}

bool Parser::parse_directive(std::string_view name, uint32_t begin) {
    const DirectiveRow* row = DirectiveTable::find(name);
    if (row != nullptr) return (this->*row->handle)(*row);
    Suggestion suggestion(name);
    for (const DirectiveRow& known : DirectiveTable::kRows) suggestion.consider(known.name);
    return error(begin, static_cast<uint32_t>(name.size()),
                 fmt::format("unknown directive `{}`{}", name, suggestion.text()));
}

// .word VALUE, ...
bool Parser::directive_data(const DirectiveRow& row) {
    const auto bytes = static_cast<uint32_t>(row.argument);
    do {
        cursor_.skip_blanks();
        const uint32_t begin = cursor_.offset();
        Expression value;
        if (!parse_expression(value)) return false;
        const bool zero = value.is_constant() && value.constant == 0;
        if (zero && section().zeroed) {
            section().zeroed_bytes += bytes;
            continue;
        }
        if (!expect_bytes_allowed(begin, cursor_.offset() - begin)) return false;
        if (value.is_constant()) {
            if (!expect_datum(value.constant, bytes, row, begin)) return false;
        } else {
            add_fixup(data_fixup(row.argument), value, begin, cursor_.offset() - begin);
        }
        append(static_cast<uint64_t>(value.constant), bytes);
    } while (cursor_.take(','));
    return true;
}

bool Parser::expect_datum(int64_t value, uint32_t bytes, const DirectiveRow& row, uint32_t begin) {
    if (fits_datum(value, bytes)) return true;
    return error(begin, cursor_.offset() - begin,
                 fmt::format("{} does not fit in {}: {} to {}", value, row.name,
                             -(int64_t{1} << (8 * bytes - 1)), (int64_t{1} << (8 * bytes)) - 1));
}

// .octa NUMBER, ...: sixteen bytes. What needs more than eight is written in hexadecimal.
bool Parser::directive_octa(const DirectiveRow&) {
    constexpr size_t kDigits = 16;  // of eight bytes
    do {
        cursor_.skip_blanks();
        const uint32_t begin = cursor_.offset();
        if (!expect_bytes_allowed(begin, cursor_.word_length())) return false;
        std::string_view digits = cursor_.rest().substr(0, cursor_.word_length());
        const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
        digits = digits.substr(hexadecimal ? 2 : 0);
        const bool wide = hexadecimal && digits.size() >= kDigits && digits.size() <= 2 * kDigits &&
                          digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
        if (wide) {
            cursor_.advance(cursor_.word_length());
            append(hexadecimal_value(digits.substr(digits.size() - kDigits)), 8);
            append(hexadecimal_value(digits.substr(0, digits.size() - kDigits)), 8);
            continue;
        }
        int64_t value = 0;
        if (!parse_constant(value, "the number")) return false;
        append(static_cast<uint64_t>(value), 8);
        append(value < 0 ? UINT64_MAX : 0, 8);
    } while (cursor_.take(','));
    return true;
}

// .uleb128 VALUE, ...: seven bits a byte, bit 7 set if more follow.
bool Parser::directive_leb128(const DirectiveRow& row) {
    cursor_.skip_blanks();
    if (!expect_bytes_allowed(cursor_.offset(), cursor_.word_length())) return false;
    do {
        cursor_.skip_blanks();
        const uint32_t begin = cursor_.offset();
        Expression value;
        if (!parse_expression(value)) return false;
        const bool is_signed = row.argument == kSigned;
        if (value.is_constant()) {
            append_leb128(section().bytes, value.constant, is_signed);
            continue;
        }
        section().stretches.push_back({.offset = section().size(),
                                       .extra = 1,
                                       .detail = static_cast<uint32_t>(keep_value(value)),
                                       .place_begin = begin,
                                       .kind = is_signed ? StretchKind::sleb128 : StretchKind::uleb128});
        section().is_irregular = true;
    } while (cursor_.take(','));
    return true;
}

// .ascii "TEXT", ...
bool Parser::directive_string(const DirectiveRow& row) {
    cursor_.skip_blanks();
    if (!expect_bytes_allowed(cursor_.offset(), 1)) return false;
    std::string bytes;
    do {
        do {
            if (!parse_string(bytes)) return false;
            cursor_.skip_blanks();
        } while (cursor_.peek() == '"');  // as in C, strings without a comma between them are one
        if (row.argument == kZeroTerminated) bytes += '\0';
    } while (cursor_.take(','));
    section().bytes.insert(section().bytes.end(), bytes.begin(), bytes.end());
    return true;
}

// .error "TEXT", .warning "TEXT", .print "TEXT", .err, .fail
bool Parser::directive_message(const DirectiveRow& row) {
    std::string message;
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    if (cursor_.at_end_of_statement()) {
        message = fmt::format("`{}` was met here", row.name);
    } else if (!parse_string(message)) {
        return false;
    }
    const uint32_t length = std::max(1u, cursor_.offset() - begin);
    switch (static_cast<Severity>(row.argument)) {
        case Severity::error:
            return error(begin, length, message);
        case Severity::warning:
            reporter_.warning(Warning::user, place(begin, length), message);
            return true;
        case Severity::note:
            reporter_.remark(place(begin, length), message);
            return true;
    }
    return false;
}

// .float NUMBER, ... and .double NUMBER, ...
bool Parser::directive_float(const DirectiveRow& row) {
    do {
        uint64_t bits = 0;
        cursor_.skip_blanks();
        if (!expect_bytes_allowed(cursor_.offset(), cursor_.word_length())) return false;
        if (!parse_float(row, bits)) return false;
        append(bits, static_cast<uint32_t>(row.argument));
    } while (cursor_.take(','));
    return true;
}

bool Parser::parse_float(const DirectiveRow& row, uint64_t& bits) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    const bool plus = cursor_.peek() == '+';
    const std::string_view text = cursor_.rest().substr(plus ? 1 : 0);
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem == std::errc::invalid_argument) return expected("a number such as 1.5 or -2e10");
    cursor_.advance(static_cast<uint32_t>(end - text.data()) + (plus ? 1 : 0));
    const bool too_large =
        row.argument == 4 && std::isfinite(value) && std::abs(value) > std::numeric_limits<float>::max();
    if (problem != std::errc{} || too_large) {
        return error(begin, cursor_.offset() - begin,
                     fmt::format("`{}` does not fit in {}", cursor_.since(begin), row.name));
    }
    bits = float_bits(value, row.argument);
    return true;
}

// .option: all about relaxation and compression, of which there is none.
bool Parser::directive_option(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    if (cursor_.name() == "rvc") {
        return error(begin, 3, "Peach-32 has no compressed instructions: compile with -march=rv32ema");
    }
    cursor_.skip_statement();
    return true;
}

bool Parser::directive_ignored(const DirectiveRow&) {
    cursor_.skip_statement();
    return true;
}

}  // namespace peach::assembler
