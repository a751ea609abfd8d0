// What all parts of the parser need: messages, symbols, sections, bytes.

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "assembler/parser.h"

#include "assembler/encode.h"

namespace peach::assembler {

bool Parser::error(uint32_t begin, uint32_t length, std::string message) {
    reporter_.error(place(begin, length), std::move(message));
    return false;
}

bool Parser::error_here(std::string message) {
    return error(cursor_.offset(), cursor_.word_length(), std::move(message));
}

bool Parser::expected(std::string_view what) {
    cursor_.skip_blanks();
    return error_here(fmt::format("expected {}, found {}", what, cursor_.describe()));
}

bool Parser::expect_comma(std::string_view what) {
    if (cursor_.take(',')) return true;
    return expected(fmt::format("`,` and {}", what));
}

bool Parser::expect_end() {
    cursor_.skip_blanks();
    if (cursor_.at_end_of_statement()) return true;
    return expected("the end of the statement");
}

SymbolId Parser::symbol(std::string_view name) {
    uint32_t& id = unit().names[name];
    if (id == NameTable::kAbsent) {
        id = static_cast<SymbolId>(program_.symbols.size());
        Symbol& added = program_.symbols.emplace_back();
        added.name = name;
        added.unit = unit_;
    }
    return id;
}

// A nameless symbol for a place.
SymbolId Parser::symbol_at(const Position& position) {
    Symbol& added = program_.symbols.emplace_back();
    added.unit = unit_;
    added.position = position;
    return static_cast<SymbolId>(program_.symbols.size() - 1);
}

Position Parser::position_here() {
    return {.section = section_,
            .offset = section().size(),
            .stretches = static_cast<uint32_t>(section().stretches.size())};
}

int32_t Parser::keep_value(const Expression& value) {
    program_.values.push_back(value);
    return static_cast<int32_t>(program_.values.size() - 1);
}

// A new section gets the flags that its name suggests; `.section` may say otherwise. Its name is also a
// symbol.
SectionId Parser::find_or_add_section(std::string_view name) {
    uint32_t& id = section_names_[name];
    if (id != NameTable::kAbsent) return id;
    id = static_cast<SectionId>(program_.sections.size());
    const auto is_or_begins = [name](std::string_view base) {
        return name == base ||
               (name.starts_with(base) && name.size() > base.size() && name[base.size()] == '.');
    };
    Section added{.name = name, .unit = unit_};
    added.executable = is_or_begins(".text");
    added.zeroed = is_or_begins(".bss") || is_or_begins(".sbss");
    added.writable = is_or_begins(".data") || is_or_begins(".sdata") || added.zeroed;
    added.loaded = added.executable || added.writable || is_or_begins(".rodata") || is_or_begins(".srodata");
    program_.sections.push_back(std::move(added));
    unit().sections.push_back(id);
    if (name == ".debug_line") unit().has_line_section = true;

    uint32_t& symbol_id = unit().names[name];
    if (symbol_id == NameTable::kAbsent) {
        symbol_id = static_cast<SymbolId>(program_.symbols.size());
        Symbol& symbol = program_.symbols.emplace_back();
        symbol.name = name;
        symbol.unit = unit_;
    }
    Symbol& symbol = program_.symbols[symbol_id];
    if (!symbol.is_defined()) {
        symbol.position = {.section = id, .offset = 0, .stretches = 0};
        symbol.type = SymbolType::section;
    }
    return id;
}

void Parser::switch_to(SectionId id) {
    previous_section_ = section_;
    section_ = id;
}

bool Parser::expect_bytes_allowed(uint32_t begin, uint32_t length) {
    if (!section().zeroed) return true;
    return error(begin, length,
                 fmt::format("section `{}` has no bytes, only zeros: use .space, or .data for values",
                             section().name));
}

void Parser::append(uint64_t value, uint32_t bytes) {
    std::vector<uint8_t>& out = section().bytes;
    const size_t at = out.size();
    out.resize(at + bytes);
    for (uint32_t i = 0; i < bytes; ++i) out[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

void Parser::add_fixup(FixupKind kind, const Expression& value, uint32_t begin, uint32_t length) {
    section().fixups.push_back({.value = value,
                                .offset = section().size(),
                                .stretches = static_cast<uint32_t>(section().stretches.size()),
                                .place_begin = begin,
                                .place_length = static_cast<uint16_t>(std::min(length, 0xFFFFu)),
                                .kind = kind});
}

bool Parser::expect_alignment(int64_t alignment, uint32_t begin, uint32_t length) {
    constexpr int64_t kMost = int64_t{1} << kMostAlignmentPower;
    if (alignment >= 1 && alignment <= kMost && std::has_single_bit(static_cast<uint64_t>(alignment)))
        return true;
    return error(begin, length,
                 fmt::format("an alignment is a power of two up to {}, not {}", kMost, alignment));
}

void Parser::pad_to_word(FillPattern fill) {
    std::vector<uint8_t>& bytes = section().bytes;
    while (bytes.size() % 4 != 0) bytes.push_back(fill.byte_at(static_cast<uint32_t>(bytes.size())));
}

// Pads with `fill`, by default zeros, or `nop`s between instructions; not at all if that would take more than
// `most`.
bool Parser::align_to(uint32_t alignment, std::optional<FillPattern> fill, uint32_t most, uint32_t begin) {
    Section& here = section();
    here.alignment = std::max(here.alignment, alignment);
    const bool settled = here.stretches.empty() || (alignment <= 4 && !here.is_irregular);
    if (!settled) {
        // The way to a multiple of more than 4 leads over one of 4, and what is known at once keeps the
        // section regular. Where a limit may forbid the whole padding, only the layout can tell.
        const bool limited = most < alignment - 1;
        if (!limited && !here.is_irregular) pad_to_word(fill.value_or(FillPattern{}));
        here.is_irregular |= here.size() % 4 != 0;
        if (!expect_room(std::min(alignment - 1, most), begin, cursor_.offset() - begin)) return false;
        here.stretches.push_back({.offset = here.size(),
                                  .detail = alignment,
                                  .most = most,
                                  .place_begin = begin,
                                  .kind = StretchKind::alignment,
                                  .fill = fill});
        return true;
    }
    const uint32_t padding = (0u - here.size()) & (alignment - 1);
    if (padding > most) return true;
    if (here.zeroed) {
        here.zeroed_bytes += padding;
        return true;
    }
    if (!expect_room(padding, begin, cursor_.offset() - begin)) return false;
    const FillPattern pattern = fill.value_or(FillPattern{});
    if (padding % pattern.bytes != 0) {
        return error(begin, cursor_.offset() - begin,
                     fmt::format("the padding is {} bytes, no multiple of the {} to fill it with", padding,
                                 pattern.bytes));
    }
    for (uint32_t i = 0; i < padding; ++i) here.bytes.push_back(pattern.byte_at(here.size()));
    if (!here.executable || fill || padding % 4 != 0) return true;
    const uint32_t nop = encode_checked({.op = isa::Op::addi});
    for (size_t at = here.bytes.size() - padding; at < here.bytes.size(); at += 4) {
        for (uint32_t i = 0; i < 4; ++i) here.bytes[at + i] = static_cast<uint8_t>(nop >> (8 * i));
    }
    return true;
}

}  // namespace peach::assembler
