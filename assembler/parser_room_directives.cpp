// Directives that make room: a number of bytes, copies of a value, up to a multiple or to a place.

#include <fmt/format.h>

#include <algorithm>

#include "assembler/directive_table.h"
#include "assembler/expressions.h"
#include "assembler/fixups.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

// More than any machine's memory: such a size is a slip of the pen.
constexpr int64_t kMostFilledBytes = int64_t{1} << 28;

}  // namespace

// .zero BYTES [, VALUE]
bool Parser::directive_space(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    Expression bytes;
    return parse_expression(bytes) && make_room(FixupKind::space, bytes, begin);
}

// Room of so many bytes, and what it is filled with. Where calls stand before it, only the layout may tell
// how many that is.
bool Parser::make_room(FixupKind kind, const Expression& bytes, uint32_t begin) {
    Section& here = section();
    const uint32_t length = cursor_.offset() - begin;
    int64_t fill = 0;
    const auto known = value_now(program_, bytes);
    if (!known && !is_settled_later(bytes))
        return not_known(begin, kind == FixupKind::org ? "the offset" : "the size");
    if (cursor_.take(',') && !parse_constant(fill, "the fill value")) return false;
    // Everything at its least size: with what calls need more, the room is less.
    const int64_t most = known ? *known : least_distance(bytes);
    if (most < 0)
        return error(
            begin, length,
            kind == FixupKind::org ? backwards_message(here.size(), most) : negative_size_message(most));
    if (known) return zero_fill(*known, static_cast<uint8_t>(fill), begin);
    if (!expect_room(most, begin, length)) return false;
    const auto fixup = static_cast<uint32_t>(here.fixups.size());
    add_fixup(kind, bytes, begin, length);
    here.is_irregular |= most % 4 != 0;
    here.stretches.push_back({.offset = here.size(),
                              .detail = fixup,
                              .place_begin = begin,
                              .kind = StretchKind::room,
                              .fill = FillPattern{.value = static_cast<uint8_t>(fill)}});
    return true;
}

int64_t Parser::least_distance(const Expression& bytes) const {
    const Position& plus = program_.symbols[bytes.plus].position;
    const Position& minus = program_.symbols[bytes.minus].position;
    return static_cast<int64_t>(static_cast<uint64_t>(bytes.constant) + plus.offset - minus.offset);
}

// A number less a distance between two places before this one, in this section: it depends on nothing that
// follows, and never becomes more than it is now.
bool Parser::is_settled_later(const Expression& bytes) const {
    if (bytes.node >= 0 || bytes.plus == kNoSymbol || bytes.minus == kNoSymbol) return false;
    const Position& first = program_.symbols[bytes.plus].position;
    const Position& last = program_.symbols[bytes.minus].position;
    return first.section == section_ && last.section == section_ && first.offset <= last.offset &&
           first.stretches <= last.stretches;
}

bool Parser::expect_room(int64_t bytes, uint32_t begin, uint32_t length) {
    if (bytes > kMostFilledBytes || program_.filled_bytes + bytes > kMostFilledBytes) {
        return error(begin, length,
                     fmt::format("{} bytes are too many: a program may have {}", bytes, kMostFilledBytes));
    }
    program_.filled_bytes += bytes;
    return true;
}

bool Parser::zero_fill(int64_t bytes, uint8_t value, uint32_t begin) {
    const uint32_t length = cursor_.offset() - begin;
    if (!expect_room(bytes, begin, length)) return false;
    if (section().zeroed) {
        if (value != 0) return expect_bytes_allowed(begin, length);
        section().zeroed_bytes += static_cast<uint32_t>(bytes);
        return true;
    }
    section().bytes.insert(section().bytes.end(), static_cast<size_t>(bytes), value);
    return true;
}

// .fill COUNT [, SIZE [, VALUE]]: of the value only four bytes, as GNU as has it; what is beyond is zero.
bool Parser::directive_fill(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    int64_t count = 0;
    int64_t size = 1;
    int64_t value = 0;
    if (!parse_constant(count, "the count")) return false;
    if (cursor_.take(',') && !parse_constant(size, "the size")) return false;
    if (cursor_.take(',') && !parse_constant(value, "the value")) return false;
    if (size > 4) value &= 0xFFFFFFFF;
    const uint32_t length = cursor_.offset() - begin;
    if (size < 1 || size > 8)
        return error(begin, length, fmt::format("the size of .fill is 1 to 8, not {}", size));
    return append_copies(count, static_cast<uint64_t>(value), static_cast<uint32_t>(size), begin);
}

bool Parser::append_copies(int64_t count, uint64_t value, uint32_t bytes, uint32_t begin) {
    const uint32_t length = cursor_.offset() - begin;
    if (count < 0) return error(begin, length, fmt::format("the count is negative: {}", count));
    const int64_t size = count > kMostFilledBytes ? count : count * bytes;
    if (value == 0 || bytes == 1) return zero_fill(size, static_cast<uint8_t>(value), begin);
    if (!expect_bytes_allowed(begin, length) || !expect_room(size, begin, length)) return false;
    for (int64_t i = 0; i < count; ++i) append(value, bytes);
    return true;
}

// .dcb.w COUNT [, VALUE]
bool Parser::directive_copies(const DirectiveRow& row) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    const auto bytes = static_cast<uint32_t>(row.argument);
    int64_t count = 0;
    int64_t value = 0;
    if (!parse_constant(count, "the count")) return false;
    if (cursor_.take(',') && !parse_constant(value, "the value")) return false;
    if (!expect_datum(value, bytes, row, begin)) return false;
    return append_copies(count, static_cast<uint64_t>(value), bytes, begin);
}

// .dcb.d COUNT, NUMBER
bool Parser::directive_float_copies(const DirectiveRow& row) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    int64_t count = 0;
    uint64_t bits = 0;
    if (!parse_constant(count, "the count") || !expect_comma("a number")) return false;
    if (!parse_float(row, bits)) return false;
    return append_copies(count, bits, static_cast<uint32_t>(row.argument), begin);
}

// .p2align POWER [, FILL [, MOST]] and .balign BYTES [, FILL [, MOST]]; .p2alignw fills with two bytes, ..l
// four.
bool Parser::directive_align(const DirectiveRow& row) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    int64_t argument = 0;
    int64_t fill = 0;
    int64_t most = INT32_MAX;
    bool has_fill = false;
    if (!parse_constant(argument, "the alignment")) return false;
    const uint32_t length = cursor_.offset() - begin;
    if (cursor_.take(',')) {
        cursor_.skip_blanks();
        has_fill = cursor_.peek() != ',';
        if (has_fill && !parse_constant(fill, "the fill value")) return false;
        if (cursor_.take(',') && !parse_constant(most, "the greatest padding")) return false;
    }
    if ((row.argument & kPowerOfTwo) != 0) {
        if (argument < 0 || argument > kMostAlignmentPower) {
            return error(begin, length,
                         fmt::format("{} is out of range: `{}` takes a power of two from 0 to {}", argument,
                                     row.name, kMostAlignmentPower));
        }
        argument = int64_t{1} << argument;
    }
    if (argument == 0) argument = 1;
    if (!expect_alignment(argument, begin, length)) return false;
    const auto fill_bytes = static_cast<uint8_t>(std::max(1, row.argument >> kFillBytesShift));
    return align_to(
        static_cast<uint32_t>(argument),
        has_fill ? std::optional(FillPattern{static_cast<uint32_t>(fill), fill_bytes}) : std::nullopt,
        static_cast<uint32_t>(std::min<int64_t>(most, INT32_MAX)), begin);
}

// .org OFFSET [, FILL]: goes on at that offset of the section, or at that place in it.
bool Parser::directive_org(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    Expression target;
    if (!parse_expression(target)) return false;
    const auto offset = value_now(program_, target);
    if (offset) target = {.constant = *offset, .plus = symbol_at({.section = section_})};
    const bool is_place = target.node < 0 && target.plus != kNoSymbol && target.minus == kNoSymbol;
    if (is_place) target.minus = symbol_at(position_here());
    return make_room(FixupKind::org, target, begin);
}

}  // namespace peach::assembler
