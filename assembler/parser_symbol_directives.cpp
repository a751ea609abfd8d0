// Directives about sections and symbols.

#include <fmt/format.h>

#include "assembler/directive_table.h"
#include "assembler/expressions.h"
#include "assembler/parser.h"

namespace peach::assembler {

// .section NAME [, "FLAGS" [, @TYPE [, ENTRY_SIZE]]]
bool Parser::directive_section(const DirectiveRow&) {
    std::string_view name;
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    // Section names may hold what symbols may not: "-".
    if (cursor_.peek() == '"') {
        if (!parse_symbol_name(name, "a section name")) return false;
    } else {
        while (is_name_character(cursor_.peek()) || cursor_.peek() == '-') cursor_.advance();
        name = cursor_.since(begin);
        if (name.empty()) return expected("a section name");
    }
    const SectionId id = find_or_add_section(name);
    switch_to(id);
    if (!cursor_.take(',')) return true;
    cursor_.skip_blanks();
    if (cursor_.peek() != '"') return expected("section flags in quotes, such as \"ax\"");
    if (!parse_section_flags(section())) return false;
    while (cursor_.take(',')) {
        cursor_.skip_blanks();
        if (cursor_.peek() == '@' || cursor_.peek() == '%') {
            if (!parse_section_type(section())) return false;
            continue;
        }
        if (is_name_start(cursor_.peek()) || cursor_.peek() == '"') {  // of a group, or linked to
            std::string_view group;
            if (!parse_symbol_name(group, "a name")) return false;
            continue;
        }
        int64_t entry_size = 0;
        if (!parse_constant(entry_size, "the entry size")) return false;
    }
    return true;
}

// @progbits, @nobits and others, of which only the second makes a difference here.
bool Parser::parse_section_type(Section& target) {
    const uint32_t begin = cursor_.offset();
    cursor_.advance();
    const std::string_view type = cursor_.name();
    if (type.empty() && is_digit(cursor_.peek())) cursor_.advance(cursor_.word_length());
    if (type != "nobits") return true;
    target.zeroed = target.bytes.empty() && target.stretches.empty();
    return target.zeroed ||
           error(begin, cursor_.offset() - begin,
                 fmt::format("section `{}` has bytes already: @nobits comes too late", target.name));
}

bool Parser::parse_section_flags(Section& target) {
    const uint32_t begin = cursor_.offset();
    std::string flags;
    if (!parse_string(flags)) return false;
    constexpr std::string_view kKnown = "awxMSRGoTe?";
    const size_t unknown = flags.find_first_not_of(kKnown);
    if (unknown != flags.npos) {
        return error(begin + 1 + static_cast<uint32_t>(unknown), 1,
                     "unknown section flag: expected letters out of a (loaded), w (writable), x "
                     "(executable), M, S, R");
    }
    const auto has = [&flags](char flag) { return flags.find(flag) != flags.npos; };
    if (has('T')) return error(begin, cursor_.offset() - begin, "thread-local sections are not supported");
    target.loaded = has('a');
    target.writable = has('w');
    target.executable = has('x');
    target.retained = has('R');
    return true;
}

bool Parser::directive_named_section(const DirectiveRow& row) {
    switch_to(find_or_add_section(row.name));
    return true;
}

bool Parser::directive_push_section(const DirectiveRow& row) {
    section_stack_.push_back(section_);
    return directive_section(row);
}

bool Parser::directive_pop_section(const DirectiveRow&) {
    if (section_stack_.empty()) return error_here(".popsection without a .pushsection before it");
    switch_to(section_stack_.back());
    section_stack_.pop_back();
    return true;
}

bool Parser::directive_previous(const DirectiveRow&) {
    switch_to(previous_section_);
    return true;
}

// .globl NAME, ...
bool Parser::directive_binding(const DirectiveRow& row) {
    do {
        std::string_view name;
        if (!parse_symbol_name(name, "a symbol")) return false;
        Symbol& bound = program_.symbols[symbol(name)];
        const auto binding = static_cast<SymbolBinding>(row.argument);
        // `.weak` after `.globl` weakens, `.globl` after `.weak` changes nothing.
        if (binding != SymbolBinding::global || bound.binding != SymbolBinding::weak) bound.binding = binding;
        bound.declared_local = binding == SymbolBinding::local;
    } while (cursor_.take(','));
    return true;
}

// .weakref NAME, TARGET: NAME is another name for TARGET, which may be missing where only NAME asks for it.
// The symbol of NAME becomes a weak one that is called as the target.
bool Parser::directive_weakref(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    std::string_view name;
    std::string_view target;
    if (!parse_symbol_name(name, "a symbol") || !expect_comma("its target")) return false;
    if (!parse_symbol_name(target, "its target")) return false;
    const SymbolId id = symbol(name);
    Symbol& reference = program_.symbols[id];
    if (reference.is_defined())
        return error(begin, static_cast<uint32_t>(name.size()), fmt::format("`{}` is already defined", name));
    reference.name = target;
    reference.binding = SymbolBinding::weak;
    weak_references_.push_back({.name = name, .id = id});
    return true;
}

// What this file defines itself need not be shared with it by name.
void Parser::settle_weak_references() {
    for (const WeakReference& reference : weak_references_) {
        Symbol& symbol = program_.symbols[reference.id];
        if (symbol.is_defined()) {
            error(symbol.defined_at, static_cast<uint32_t>(reference.name.size()),
                  fmt::format("`{}` is already another name for `{}`, by .weakref", reference.name,
                              symbol.name));
            continue;
        }
        const uint32_t target = unit().names.find(symbol.name);
        if (target == NameTable::kAbsent) continue;
        const Symbol& meant = program_.symbols[target];
        if (!meant.is_defined() && meant.common_bytes == 0) continue;
        symbol.resolved = target;
        symbol.name = {};
    }
}

bool Parser::directive_symver(const DirectiveRow& row) {
    return error(statement_begin_, static_cast<uint32_t>(row.name.size()),
                 "versions of symbols are not supported: there are no shared libraries");
}

// .type NAME, @function
bool Parser::directive_type(const DirectiveRow&) {
    std::string_view name;
    if (!parse_symbol_name(name, "a symbol")) return false;
    cursor_.take(',');
    cursor_.skip_blanks();
    if (cursor_.peek() == '@' || cursor_.peek() == '%') cursor_.advance();
    const uint32_t begin = cursor_.offset();
    std::string_view type = cursor_.name();
    if (type.empty() && cursor_.peek() == '"' && !parse_symbol_name(type, "a type")) return false;
    Symbol& typed = program_.symbols[symbol(name)];
    if (type == "function" || type == "STT_FUNC") {
        typed.type = SymbolType::function;
    } else if (type == "object" || type == "STT_OBJECT") {
        typed.type = SymbolType::object;
    } else if (type == "gnu_indirect_function" || type == "STT_GNU_IFUNC") {
        return error(begin, static_cast<uint32_t>(type.size()),
                     "functions that are chosen when the program is loaded are not supported");
    } else if (type == "notype" || type == "STT_NOTYPE") {
        typed.type = SymbolType::none;
    } else {
        return error(begin, static_cast<uint32_t>(std::max<size_t>(type.size(), 1)),
                     "unknown symbol type: expected @function, @object or @notype");
    }
    return true;
}

// .size NAME, BYTES
bool Parser::directive_size(const DirectiveRow&) {
    std::string_view name;
    if (!parse_symbol_name(name, "a symbol") || !expect_comma("a size")) return false;
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    Expression value;
    if (!parse_expression(value)) return false;
    Symbol& sized = program_.symbols[symbol(name)];
    sized.size = keep_value(value);
    sized.sized_at = begin;
    return true;
}

// .set NAME, VALUE
bool Parser::directive_set(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    std::string_view name;
    if (!parse_symbol_name(name, "a symbol") || !expect_comma("a value")) return false;
    return assign(name, begin);
}

// .equiv NAME, VALUE: like .set, for a name that has no value yet
bool Parser::directive_equiv(const DirectiveRow& row) {
    Cursor ahead = cursor_;
    ahead.skip_blanks();
    const uint32_t begin = ahead.offset();
    const std::string_view name = ahead.name();
    const uint32_t id = unit().names.find(name);
    if (id != NameTable::kAbsent && program_.symbols[id].is_defined()) {
        error(begin, static_cast<uint32_t>(name.size()), fmt::format("`{}` is already defined", name));
        reporter_.note(place(program_.symbols[id].defined_at, static_cast<uint32_t>(name.size())),
                       "the first definition is here");
        return false;
    }
    return directive_set(row);
}

// A name may be assigned again; each use means the assignment before it, or if there is none, the first one.
bool Parser::assign(std::string_view name, uint32_t begin) {
    if (name == ".") return error(begin, 1, "`.` cannot be assigned: use .org or .space");
    Expression value;
    if (!parse_expression(value)) return false;
    const int32_t kept = keep_value(value);
    SymbolId id = symbol(name);
    if (program_.symbols[id].awaited && program_.symbols[id].value >= 0) id = separate_from_early_uses(id);
    Symbol& assigned = program_.symbols[id];
    if (assigned.is_defined() && assigned.value < 0) {
        error(begin, static_cast<uint32_t>(name.size()), fmt::format("`{}` is already a label", name));
        reporter_.note(place(assigned.defined_at, static_cast<uint32_t>(name.size())), "the label is here");
        return false;
    }
    assigned.position = {.section = kAbsolute, .offset = 0, .stretches = 0};
    assigned.value = kept;
    assigned.defined_at = begin;
    return true;
}

// Leaves a symbol, without its name, to those who used it already; returns the one that goes on with the
// name.
SymbolId Parser::separate_from_early_uses(SymbolId id) {
    Symbol next = program_.symbols[id];
    next.awaited = false;
    program_.symbols[id].name = {};
    program_.symbols.push_back(next);
    return unit().names[next.name] = static_cast<SymbolId>(program_.symbols.size() - 1);
}

// .comm NAME, BYTES [, ALIGNMENT]: room in bss. Of several with one name, the largest counts.
bool Parser::directive_common(const DirectiveRow& row) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    std::string_view name;
    if (!parse_symbol_name(name, "a symbol") || !expect_comma("a size")) return false;
    int64_t bytes = 0;
    int64_t alignment = 4;
    if (!parse_constant(bytes, "the size")) return false;
    if (cursor_.take(',') && !parse_constant(alignment, "the alignment")) return false;
    const uint32_t length = cursor_.offset() - begin;
    if (bytes <= 0 || bytes > INT32_MAX)
        return error(begin, length, fmt::format("a size of {} bytes makes no sense", bytes));
    if (!expect_alignment(alignment, begin, length)) return false;
    Symbol& common = program_.symbols[symbol(name)];
    if (common.is_defined())
        return error(begin, static_cast<uint32_t>(name.size()), fmt::format("`{}` is already defined", name));
    common.common_bytes = std::max(common.common_bytes, static_cast<uint32_t>(bytes));
    common.common_alignment = std::max(common.common_alignment, static_cast<uint32_t>(alignment));
    common.defined_at = begin;
    common.type = SymbolType::object;
    const bool unbound = common.binding == SymbolBinding::local && !common.declared_local;
    if (unbound) common.binding = static_cast<SymbolBinding>(row.argument);
    return true;
}

}  // namespace peach::assembler
