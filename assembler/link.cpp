#include "assembler/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "assembler/expressions.h"
#include "assembler/gathered_sections.h"
#include "assembler/layout.h"
#include "assembler/suggest.h"
#include "emulator/isa/registers.h"

namespace peach::assembler {

namespace {

Place definition_place(const Symbol& symbol) {
    return {.begin = symbol.defined_at, .length = static_cast<uint32_t>(symbol.name.size())};
}

// In a compiler's output, the line that the compiler read for the code at an offset. The line's text is in a
// file, which the assembler does not open.
std::optional<Diagnostic> compiled_place(const Program& program, const Section& section, uint32_t offset) {
    const Unit& unit = program.units[section.unit];
    const std::vector<LineRow>& rows = section.lines;
    auto row = std::upper_bound(rows.begin(), rows.end(), offset,
                                [](uint32_t at, const LineRow& r) { return at < r.offset; });
    while (row != rows.begin() && std::prev(row)->line == 0) --row;
    if (!unit.has_line_directives || row == rows.begin()) return std::nullopt;
    --row;
    const LineFile& file = unit.files[row->file];
    std::string path(file.name);
    if (!file.directory.empty() && !file.name.starts_with('/'))
        path = fmt::format("{}/{}", file.directory, file.name);
    return Diagnostic{
        .file = std::move(path), .line = row->line, .column = std::max<uint32_t>(row->column, 1)};
}

// Says something about a definition where its author finds it.
void report_definition(const Program& program, const Symbol& symbol, Severity severity, std::string message,
                       Reporter& reporter) {
    const bool in_section = symbol.position.section < kAbsolute;
    auto diagnostic = in_section ? compiled_place(program, program.sections[symbol.position.section],
                                                  symbol.position.offset)
                                 : std::nullopt;
    if (diagnostic) {
        diagnostic->severity = severity;
        diagnostic->message = std::move(message);
        return reporter.add(*std::move(diagnostic));
    }
    if (severity == Severity::error) return reporter.error(definition_place(symbol), std::move(message));
    reporter.note(definition_place(symbol), std::move(message));
}

// Does a definition push aside another of the same name? Plain ones beat common ones beat weak ones.
int strength(const Symbol& symbol) {
    if (symbol.binding == SymbolBinding::weak) return 0;
    return symbol.common_bytes != 0 ? 1 : 2;
}

void share_definition(Program& program, SymbolId id, Reporter& reporter) {
    Symbol& symbol = program.symbols[id];
    uint32_t& shared = program.shared[symbol.name];
    if (shared == NameTable::kAbsent) {
        shared = id;
        return;
    }
    Symbol& other = program.symbols[shared];
    if (strength(symbol) == 2 && strength(other) == 2) {
        report_definition(program, symbol, Severity::error,
                          fmt::format("`{}` is defined in two files", symbol.name), reporter);
        report_definition(program, other, Severity::note, "the other definition is here", reporter);
        return;
    }
    if (symbol.common_bytes != 0 && other.common_bytes != 0) {
        other.common_bytes = std::max(other.common_bytes, symbol.common_bytes);
        other.common_alignment = std::max(other.common_alignment, symbol.common_alignment);
        return;
    }
    if (strength(symbol) > strength(other)) shared = id;
}

void give_room_to_common(Program& program, Symbol& symbol) {
    symbol.position = {
        .section = static_cast<SectionId>(program.sections.size()), .offset = 0, .stretches = 0};
    program.units[symbol.unit].sections.push_back(symbol.position.section);
    program.sections.push_back({.name = ".bss",
                                .unit = symbol.unit,
                                .alignment = symbol.common_alignment,
                                .loaded = true,
                                .writable = true,
                                .zeroed = true,
                                .zeroed_bytes = symbol.common_bytes});
}

// Follows fixups from section to section.
class Reachability {
  public:
    explicit Reachability(Program& program) : program_(program), visited_values_(program.values.size()) {}

    void keep(SectionId id) {
        Section& section = program_.sections[id];
        if (section.kept) return;
        section.kept = true;
        waiting_.push_back(id);
    }

    void follow() {
        while (!waiting_.empty() || !waiting_values_.empty()) {
            if (!waiting_values_.empty()) {
                const auto value = static_cast<size_t>(waiting_values_.back());
                waiting_values_.pop_back();
                keep_symbols_of(program_.values[value]);
                continue;
            }
            const Section& section = program_.sections[waiting_.back()];
            waiting_.pop_back();
            for (const Fixup& fixup : section.fixups) keep_symbols_of(fixup.value);
            for (const Stretch& stretch : section.stretches) {
                const bool number =
                    stretch.kind == StretchKind::uleb128 || stretch.kind == StretchKind::sleb128;
                if (number) keep_symbols_of(program_.values[stretch.detail]);
            }
        }
    }

    void keep_symbol(SymbolId id) {
        const Symbol& symbol = program_.resolve(id);
        if (symbol.provided) {
            const auto bound = static_cast<SymbolId>(&symbol - program_.symbols.data());
            for (const SectionId section : sections_bounded_by(program_, bound)) keep(section);
        }
        if (symbol.position.section < kAbsolute) keep(symbol.position.section);
        if (symbol.value < 0 || visited_values_[static_cast<size_t>(symbol.value)]) return;
        visited_values_[static_cast<size_t>(symbol.value)] = true;
        waiting_values_.push_back(symbol.value);
    }

  private:
    void keep_symbols_of(const Expression& expression) {
        for_each_symbol(program_, expression, [this](SymbolId id) { keep_symbol(id); });
    }

    Program& program_;
    std::vector<bool> visited_values_;
    std::vector<SectionId> waiting_;
    std::vector<int32_t> waiting_values_;
};

bool is_debug(const Section& section) {
    return !section.loaded && section.name.starts_with(".debug_");
}

void keep_debug_sections(Program& program) {
    for (const Unit& unit : program.units) {
        bool needed = false;
        for (const SectionId id : unit.sections)
            needed |= program.sections[id].kept && program.sections[id].size() != 0;
        for (const SectionId id : unit.sections) {
            if (needed && is_debug(program.sections[id])) program.sections[id].kept = true;
        }
    }
}

class SymbolCheck {
  public:
    SymbolCheck(Program& program, Reporter& reporter)
        : program_(program), reporter_(reporter), progress_(program.values.size()) {}

    void check(const Section& section) {
        for (const Fixup& fixup : section.fixups) {
            here_ = {.section = &section, .offset = fixup.offset};
            check(fixup.value, {.begin = fixup.place_begin, .length = fixup.place_length});
        }
        for (const Stretch& stretch : section.stretches) {
            if (stretch.kind != StretchKind::uleb128 && stretch.kind != StretchKind::sleb128) continue;
            here_ = {.section = &section, .offset = stretch.offset};
            check(program_.values[stretch.detail], {.begin = stretch.place_begin, .length = 1});
        }
    }

    // What `.size` says of it.
    void check_size(const Symbol& symbol) {
        here_ = {.section = &program_.sections[symbol.position.section], .offset = symbol.position.offset};
        check(program_.values[static_cast<size_t>(symbol.size)], {.begin = symbol.sized_at, .length = 1});
    }

  private:
    static constexpr int kMostNesting = 150;  // less than evaluation stands
    enum class Progress : uint8_t { unseen, begun, done };

    void check(const Expression& expression, Place place) {
        for_each_symbol(program_, expression, [this, place](SymbolId id) { check(id, place); });
        if (expression.plus != kNoSymbol && expression.minus == kNoSymbol)
            check_loaded(expression.plus, place);
    }

    // A distance within a section that is not loaded is a number like any other; an address there is none.
    void check_loaded(SymbolId id, Place place) {
        const Symbol& symbol = program_.resolve(id);
        if (symbol.position.section >= kAbsolute) return;
        const Section& section = program_.sections[symbol.position.section];
        if (section.loaded) return;
        report(id, place,
               fmt::format("`{0}` lies in section `{1}`, which is not loaded: write `.section {1}, \"aw\"`",
                           symbol.name, section.name));
    }

    void check(SymbolId id, Place place) {
        const Symbol& symbol = program_.resolve(id);
        if (symbol.value >= 0) {
            check_value(id, static_cast<size_t>(symbol.value), place);
            return;
        }
        if (symbol.is_defined() || symbol.binding == SymbolBinding::weak) return;
        report(id, place, undefined_message(symbol));
    }

    // Each assigned value once; meeting one that is being checked closes a circle.
    void check_value(SymbolId id, size_t value, Place place) {
        const Symbol& symbol = program_.resolve(id);
        if (progress_[value] == Progress::done) return;
        if (progress_[value] == Progress::begun) {
            report(id, place, fmt::format("`{}` is defined by itself", symbol.name));
            return;
        }
        if (nesting_ >= kMostNesting) {
            report(id, place,
                   fmt::format("`{}` stands at the end of too long a chain of definitions", symbol.name));
            return;
        }
        ++nesting_;
        progress_[value] = Progress::begun;
        const Place definition = definition_place(symbol);
        check(program_.values[value], definition);
        progress_[value] = Progress::done;
        --nesting_;
    }

    void report(SymbolId id, Place place, std::string message) {
        Symbol& symbol = program_.symbols[id];
        if (symbol.reported) return;
        symbol.reported = true;
        const Symbol& named = program_.resolve(id);
        if (report_in_source(named.name, message)) return;
        // Point at the name itself where it stands within the expression.
        if (place.begin == kNowhere) return reporter_.error(place, std::move(message));
        const size_t at = program_.texts.characters(place).find(named.name);
        if (at != std::string_view::npos && !named.name.empty()) {
            place.begin += static_cast<uint32_t>(at);
            place.length = static_cast<uint32_t>(named.name.size());
        }
        reporter_.error(place, std::move(message));
    }

    bool report_in_source(std::string_view name, const std::string& message) {
        auto diagnostic = compiled_place(program_, *here_.section, here_.offset);
        if (!diagnostic) return false;
        diagnostic->length = static_cast<uint32_t>(name.size());
        diagnostic->message = message;
        reporter_.add(*std::move(diagnostic));
        return true;
    }

    std::string undefined_message(const Symbol& symbol) const {
        for (const Unit& unit : program_.units) {
            const uint32_t id = unit.names.find(symbol.name);
            if (id == NameTable::kAbsent || !program_.symbols[id].is_defined()) continue;
            return fmt::format(
                "`{0}` is not defined in this file; {1} defines it, but only for itself: write `.globl {0}` "
                "there",
                symbol.name, unit.name);
        }
        if (isa::find_register(symbol.name))
            return fmt::format("`{}` is a register: a number or a label is expected here", symbol.name);
        if (symbol.name == "main")
            return "`main` is not defined: a C program begins there, so one of its files must have that "
                   "function";
        Suggestion suggestion(symbol.name);
        program_.units[symbol.unit].names.for_each([&](std::string_view name, uint32_t id) {
            const Symbol& known = program_.symbols[id];
            if (known.is_defined() && known.type != SymbolType::section) suggestion.consider(name);
        });
        program_.shared.for_each([&](std::string_view name, uint32_t) { suggestion.consider(name); });
        return fmt::format("`{}` is not defined{}", symbol.name, suggestion.text());
    }

    struct Here {
        const Section* section = nullptr;
        uint32_t offset = 0;
    };

    Program& program_;
    Reporter& reporter_;
    std::vector<Progress> progress_;
    int nesting_ = 0;
    Here here_;
};

}  // namespace

SymbolId provide_symbol(Program& program, std::string_view name) {
    uint32_t& shared = program.shared[name];
    if (shared != NameTable::kAbsent) return kNoSymbol;
    shared = static_cast<SymbolId>(program.symbols.size());
    Symbol& symbol = program.symbols.emplace_back();
    symbol.name = name;
    symbol.binding = SymbolBinding::global;
    symbol.position.section = kAbsolute;
    symbol.provided = true;
    return shared;
}

void resolve_symbols(Program& program, Reporter& reporter) {
    for (SymbolId id = 0; id < program.symbols.size(); ++id) {
        const Symbol& symbol = program.symbols[id];
        const bool defined = symbol.is_defined() || symbol.common_bytes != 0;
        if (defined && symbol.binding != SymbolBinding::local) share_definition(program, id, reporter);
    }
    for (const ProvidedSymbol& provided : kProvidedSymbols) provide_symbol(program, provided.name);
    find_gathered_sections(program);
    for (SymbolId id = 0; id < program.symbols.size(); ++id) {
        Symbol& symbol = program.symbols[id];
        if (symbol.name.empty() || symbol.provided) continue;
        const bool defined = symbol.is_defined() || symbol.common_bytes != 0;
        const uint32_t shared = program.shared.find(symbol.name);
        const bool means_shared = symbol.binding != SymbolBinding::local || !defined;
        if (means_shared && shared != NameTable::kAbsent && shared != id) {
            symbol.resolved = shared;
        } else if (symbol.common_bytes != 0) {
            give_room_to_common(program, symbol);
        }
    }
}

namespace {

SymbolId expect_executable(const Program& program, SymbolId id, Reporter& reporter) {
    const Symbol& entry = program.resolve(id);
    if (entry.position.section >= kAbsolute || program.sections[entry.position.section].executable) return id;
    reporter.error(
        definition_place(entry),
        fmt::format("the entry `{}` lies in section `{}`, which is not executable: put it into .text",
                    entry.name, program.sections[entry.position.section].name));
    return kNoSymbol;
}

}  // namespace

SymbolId find_entry(const Program& program, std::string_view name, Reporter& reporter) {
    const uint32_t shared = program.shared.find(name);
    if (shared != NameTable::kAbsent) return expect_executable(program, shared, reporter);
    SymbolId found = kNoSymbol;
    for (const Unit& unit : program.units) {
        const uint32_t id = unit.names.find(name);
        if (id == NameTable::kAbsent || program.symbols[id].position.section >= kAbsolute) continue;
        if (found != kNoSymbol) {
            reporter.error(
                {}, fmt::format(
                        "several files define the entry `{0}` for themselves: share one with `.globl {0}`",
                        name));
            return kNoSymbol;
        }
        found = id;
    }
    if (found == kNoSymbol) {
        reporter.error({}, fmt::format("the program has no entry: no file defines `{}`; define it, or name "
                                       "another entry with --entry",
                                       name));
        return kNoSymbol;
    }
    return expect_executable(program, found, reporter);
}

void keep_reachable_sections(Program& program, SymbolId entry) {
    Reachability reachability(program);
    reachability.keep_symbol(entry);
    for (SectionId id = 0; id < program.sections.size(); ++id) {
        if (program.sections[id].loaded && program.sections[id].retained) reachability.keep(id);
    }
    reachability.follow();
    keep_debug_sections(program);
}

void keep_all_sections(Program& program) {
    for (Section& section : program.sections) section.kept = section.loaded;
    keep_debug_sections(program);
}

void check_symbols(Program& program, Reporter& reporter) {
    SymbolCheck check(program, reporter);
    // A compiler's unreachable functions may refer to anything; what a person writes is checked wholly.
    const auto is_relevant = [&](const Section& section) {
        return section.loaded && (section.kept || !program.units[section.unit].has_line_directives);
    };
    for (const Section& section : program.sections) {
        if (is_relevant(section)) check.check(section);
    }
    for (const Symbol& symbol : program.symbols) {
        const bool sized = symbol.size >= 0 && symbol.position.section < kAbsolute;
        if (sized && is_relevant(program.sections[symbol.position.section])) check.check_size(symbol);
    }
}

}  // namespace peach::assembler
