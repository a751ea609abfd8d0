#include "assembler/parser.h"

#include <fmt/format.h>

#include <charconv>

#include "assembler/suggest.h"

namespace peach::assembler {

Parser::Parser(Program& program, uint32_t unit, SourceText& text, Reporter& reporter, const Options& options)
    : program_(program),
      unit_(unit),
      reporter_(reporter),
      options_(options),
      cursor_(text.text, text.base),
      input_{.cursor = cursor_, .text = &text, .presumed_file = text.name} {
    section_ = find_or_add_section(".text");
    previous_section_ = section_;
}

void Parser::parse() {
    while (!reporter_.gave_up()) {
        if (cursor_.at_end()) {
            if (!leave_input()) break;
            continue;
        }
        parse_statement();
        if (!next_inputs_.empty()) enter_inputs();
    }
    check_numeric_labels();
    settle_weak_references();
    check_procedures();
    check_falling_through();
}

// Labels, then at most one directive or instruction.
void Parser::parse_statement() {
    cursor_.skip_blanks();
    if (cursor_.peek() == '#') line_marker();
    while (!cursor_.at_end_of_statement()) {
        const uint32_t begin = cursor_.offset();
        if (is_digit(cursor_.peek())) {
            if (!parse_numeric_label()) break;
            cursor_.skip_blanks();
            continue;
        }
        std::string_view name;
        const bool quoted = cursor_.peek() == '"';
        if (!parse_symbol_name(name, "a label, a directive or an instruction")) break;
        if (cursor_.take(':')) {
            define_here(symbol(name), begin, static_cast<uint32_t>(name.size()));
            cursor_.skip_blanks();
            continue;
        }
        cursor_.skip_blanks();
        statement_begin_ = begin;
        const bool assignment = cursor_.peek() == '=' && cursor_.peek_next() != '=';
        const uint32_t macro = quoted ? NameTable::kAbsent : find_macro(name);
        bool done = false;
        if (macro != NameTable::kAbsent && !macros_[macro].purged && !assignment) {
            done = expand_macro(macros_[macro], begin);
        } else if (assignment) {
            cursor_.advance();
            done = assign(name, begin);
        } else if (quoted) {
            done = error(begin, static_cast<uint32_t>(name.size()) + 2,
                         "expected `:` or `=` after a quoted symbol");
        } else if (name.front() == '.') {
            done = parse_directive(name, begin);
        } else {
            done = parse_instruction(name, begin);
        }
        if (done) expect_end();
        break;
    }
    cursor_.skip_statement();
    cursor_.next_statement();
}

bool Parser::parse_numeric_label() {
    const uint32_t begin = cursor_.offset();
    uint64_t number = 0;
    while (is_digit(cursor_.peek()) && number < 1'000'000'000) {
        number = number * 10 + static_cast<uint64_t>(cursor_.peek() - '0');
        cursor_.advance();
    }
    if (!cursor_.take(':')) {
        return error(begin, cursor_.offset() - begin,
                     "expected `:` after a numeric label: a statement cannot begin with a number");
    }
    NumericLabel& label = numeric_label(number);
    SymbolId id = label.awaited;
    if (id == kNoSymbol) id = symbol_here();
    program_.symbols[id].position = position_here();
    label.latest = id;
    label.awaited = kNoSymbol;
    return true;
}

Parser::NumericLabel& Parser::numeric_label(uint64_t number) {
    const auto [found, is_new] = numeric_label_indexes_.try_emplace(number, numeric_labels_.size());
    return is_new ? numeric_labels_.emplace_back(NumericLabel{.number = number})
                  : numeric_labels_[found->second];
}

void Parser::check_numeric_labels() {
    for (const NumericLabel& label : numeric_labels_) {
        if (label.awaited == kNoSymbol) continue;
        program_.symbols[label.awaited].reported = true;
        error(label.awaited_at, static_cast<uint32_t>(fmt::formatted_size("{}f", label.number)),
              fmt::format("no label `{0}:` follows: `{0}f` means the next one in this file", label.number));
    }
}

// "# 12 "file.S"": the next line is line 12 of file.S. "# 0 """, as gcc has it behind inline assembly: back
// to what the next line really is. Anything else after # is a comment.
void Parser::line_marker() {
    const std::string_view text = cursor_.rest();
    size_t i = 1;
    while (i < text.size() && text[i] == ' ') ++i;
    if (text.substr(i).starts_with("line ")) i += 5;
    uint32_t line = 0;
    const auto [after, failure] = std::from_chars(text.data() + i, text.data() + text.size(), line);
    if (failure != std::errc{}) return;
    std::string_view tail(after, static_cast<size_t>(text.data() + text.size() - after));
    if (!tail.starts_with(" \"")) return;
    tail.remove_prefix(2);
    const size_t quote = tail.find_first_of("\"\n");
    if (quote == tail.npos || tail[quote] != '"') return;
    cursor_.skip_line();
    const bool back = line == 0 && quote == 0;
    const std::string_view file = back ? input_.text->name : tail.substr(0, quote);
    if (back) line = cursor_.line() + 1;
    std::vector<LineMarker>& markers = input_.text->markers;
    const uint32_t next = cursor_.offset() + 1;
    const bool seen = !markers.empty() && markers.back().location >= next;  // in an earlier round
    if (!seen)
        markers.push_back(
            {.location = next, .physical_line = cursor_.line() + 1, .line = line, .file = file});
    input_.line_shift = line - (cursor_.line() + 1);
    if (file != input_.presumed_file) input_.presumed_file_number = kUnknownFile;
    input_.presumed_file = file;
}

void Parser::define_here(SymbolId id, uint32_t name_begin, uint32_t name_length) {
    Symbol& defined = program_.symbols[id];
    if (defined.is_defined() || defined.common_bytes != 0) {
        error(name_begin, name_length, fmt::format("`{}` is already defined", defined.name));
        reporter_.note(place(defined.defined_at, name_length), "the first definition is here");
        return;
    }
    if (!defined.name.starts_with(".L")) stack_shift_ = 0;
    defined.position = position_here();
    defined.defined_at = name_begin;
}

}  // namespace peach::assembler
