// Texts within texts: included files, repetitions, and going in and out of them.

#include <fmt/format.h>

#include <algorithm>

#include "assembler/directive_table.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

constexpr size_t kMostNestedInputs = 500;
constexpr size_t kMostExpandedCharacters = size_t{1} << 26;
// What a statement costs however short it is, so that repeating nothing often comes to an end, too.
constexpr size_t kCharactersPerExpansion = 8;

}  // namespace

// A text to be read in the place of the present one, whose lines count as the present line's file's.
Parser::Input Parser::next_input(Cursor cursor, SourceText* text) const {
    return {.cursor = cursor,
            .text = text,
            .depth = input_.depth + 1,
            .line_shift = input_.line_shift,
            .expansion_line = input_.expansion_line,
            .presumed_file = input_.presumed_file,
            .presumed_file_number = input_.presumed_file_number};
}

// How much may still be expanded.
size_t Parser::characters_left() const {
    return kMostExpandedCharacters - std::min(expanded_characters_, kMostExpandedCharacters);
}

// Nesting and repetition without end are reported here, once; from then on nothing is expanded any more.
bool Parser::may_expand(size_t characters, uint32_t begin, uint32_t length) {
    if (expanded_characters_ > kMostExpandedCharacters) return false;
    if (input_.depth >= kMostNestedInputs) {
        for (Input& waiting : waiting_inputs_) waiting.rounds_left = 0;
        expanded_characters_ = kMostExpandedCharacters + 1;
        return error(
            begin, length,
            fmt::format("this is nested more than {} deep: does it expand itself?", kMostNestedInputs));
    }
    expanded_characters_ += std::min(characters, kMostExpandedCharacters) + kCharactersPerExpansion;
    if (expanded_characters_ <= kMostExpandedCharacters) return true;
    return error(begin, length, "macros and repetitions make this program too long: do they come to an end?");
}

void Parser::enter_inputs() {
    for (Input& next : next_inputs_) {
        input_.cursor = cursor_;
        waiting_inputs_.push_back(input_);
        input_ = next;
        input_.conditions = conditions_.size();
        cursor_ = input_.cursor;
    }
    next_inputs_.clear();
}

// At the end of a text: begins it again, or goes back to the one outside; false if there is none.
bool Parser::leave_input() {
    check_input_end();
    if (input_.rounds_left > 0) {
        --input_.rounds_left;
        cursor_ = input_.start;
        return true;
    }
    if (waiting_inputs_.empty()) return false;
    input_ = waiting_inputs_.back();
    waiting_inputs_.pop_back();
    cursor_ = input_.cursor;
    return true;
}

void Parser::check_input_end() {
    if (cursor_.unclosed_comment() != kNowhere) {
        error(cursor_.unclosed_comment(), 2, "this comment is never closed: expected `*/`");
    }
    while (conditions_.size() > input_.conditions) {
        error(conditions_.back().begin, 3, "this condition is never closed: expected `.endif`");
        conditions_.pop_back();
    }
}

// What is left of the statement, without the blanks around it.
std::string_view Parser::rest_of_statement() {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    cursor_.skip_statement();
    std::string_view text = cursor_.since(begin);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// The word that stands here; a directive's in small letters.
std::string_view Parser::directive_name() {
    const std::string_view word = cursor_.name();
    const DirectiveRow* row = word.starts_with('.') ? DirectiveTable::find(word) : nullptr;
    return row == nullptr ? word : row->name;
}

// The statements up to the directive that closes what `begin` opened. The cursor is then behind that
// directive.
bool Parser::read_block(std::initializer_list<std::string_view> openers, std::string_view closer,
                        uint32_t begin, Block& block) {
    cursor_.skip_statement();
    cursor_.next_statement();
    const Cursor first = cursor_;
    block = {.text = {}, .begin = cursor_.offset(), .line = cursor_.line()};
    uint32_t depth = 0;
    while (!cursor_.at_end()) {
        cursor_.skip_blanks();
        const uint32_t end = cursor_.offset();
        const std::string_view word = directive_name();
        if (!word.empty() && cursor_.take(':')) continue;
        if (std::find(openers.begin(), openers.end(), word) != openers.end()) ++depth;
        if (word == closer && depth-- == 0) {
            block.text = first.rest().substr(0, end - block.begin);
            return true;
        }
        cursor_.skip_statement();
        cursor_.next_statement();
    }
    return error(begin, static_cast<uint32_t>(closer.size()),
                 fmt::format("this is never closed: expected `{}`", closer));
}

// "NAME", from the loader; `begin` becomes the name's place.
std::optional<LoadedFile> Parser::load(uint32_t& begin) {
    cursor_.skip_blanks();
    begin = cursor_.offset();
    std::string name;
    if (!parse_string(name)) return std::nullopt;
    const uint32_t length = cursor_.offset() - begin;
    if (!options_.loader) {
        error(begin, length, "other files cannot be read here");
        return std::nullopt;
    }
    auto file = options_.loader(name, std::string(input_.text->name));
    if (file) return std::move(*file);
    error(begin, length, fmt::format("cannot read `{}`: {}", name, file.error()));
    return std::nullopt;
}

// .include "NAME"
bool Parser::directive_include(const DirectiveRow&) {
    uint32_t begin = 0;
    auto file = load(begin);
    if (!file) return false;
    const uint32_t length = cursor_.offset() - begin;
    if (!may_expand(file->text.size(), begin, length)) return false;
    SourceText* text = program_.texts.add({.name = program_.texts.keep(std::move(file->name)),
                                           .text = program_.texts.keep(std::move(file->text)),
                                           .kind = TextKind::included,
                                           .origin = begin,
                                           .origin_length = length});
    if (text == nullptr) return error(begin, length, "this is more text than I can take");
    next_inputs_.push_back({.cursor = Cursor(text->text, text->base),
                            .text = text,
                            .depth = input_.depth + 1,
                            .presumed_file = text->name});
    return true;
}

// .incbin "NAME" [, SKIP [, COUNT]]: the bytes of a file.
bool Parser::directive_incbin(const DirectiveRow&) {
    uint32_t begin = 0;
    const auto file = load(begin);
    if (!file) return false;
    const auto size = static_cast<int64_t>(file->text.size());
    int64_t skip = 0;
    int64_t count = INT64_MAX;
    if (cursor_.take(',')) {
        cursor_.skip_blanks();
        if (cursor_.peek() != ',' && !parse_constant(skip, "the number of bytes to skip")) return false;
    }
    if (cursor_.take(',') && !parse_constant(count, "the number of bytes")) return false;
    const uint32_t length = cursor_.offset() - begin;
    if (skip < 0 || count < 0 || skip > size || (count != INT64_MAX && count > size - skip)) {
        return error(begin, length,
                     fmt::format("the file has {} bytes: this part of it does not exist", size));
    }
    if (!expect_bytes_allowed(begin, length)) return false;
    count = std::min(count, size - skip);
    if (!expect_room(count, begin, length)) return false;
    const auto first = file->text.begin() + skip;
    section().bytes.insert(section().bytes.end(), first, first + count);
    return true;
}

// .rept COUNT ... .endr
bool Parser::directive_rept(const DirectiveRow&) {
    const uint32_t begin = statement_begin_;
    int64_t count = 0;
    if (!parse_constant(count, "the number of repetitions")) count = 0;
    if (!expect_end()) count = 0;
    Block block;
    if (!read_block({".rept", ".irp", ".irpc"}, ".endr", begin, block)) return false;
    if (count <= 0) return true;
    const auto rounds = static_cast<size_t>(std::min<int64_t>(count, kMostExpandedCharacters));
    if (!may_expand(rounds * (block.text.size() + kCharactersPerExpansion), begin, 5)) return false;
    Input input = next_input(Cursor(block.text, block.begin, block.line), input_.text);
    input.rounds_left = static_cast<uint64_t>(count) - 1;
    next_inputs_.push_back(input);
    return true;
}

bool Parser::directive_stray(const DirectiveRow& row) {
    const auto length = static_cast<uint32_t>(row.name.size());
    return error(statement_begin_, length, fmt::format("`{}` closes nothing here", row.name));
}

// .end: what follows is no assembly any more.
bool Parser::directive_end(const DirectiveRow&) {
    while (!cursor_.at_end()) {
        cursor_.skip_line();
        cursor_.next_statement();
    }
    for (Input& waiting : waiting_inputs_) {
        waiting.rounds_left = 0;
        while (!waiting.cursor.at_end()) {
            waiting.cursor.skip_line();
            waiting.cursor.next_statement();
        }
    }
    input_.rounds_left = 0;
    conditions_.clear();
    return true;
}

}  // namespace peach::assembler
