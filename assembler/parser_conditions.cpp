// .if and its family. What is not assembled is skipped statement by statement; nothing in it but conditions
// is looked at.

#include <fmt/format.h>

#include "assembler/directive_table.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view without_quotes(std::string_view text) {
    const bool quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

bool holds_for(int64_t value, Parser::Question question) {
    switch (question) {
        case Parser::Question::non_zero:
            return value != 0;
        case Parser::Question::zero:
            return value == 0;
        case Parser::Question::positive:
            return value > 0;
        case Parser::Question::negative:
            return value < 0;
        case Parser::Question::not_positive:
            return value <= 0;
        case Parser::Question::not_negative:
            return value >= 0;
        default:
            return false;
    }
}

}  // namespace

// .if EXPRESSION, .ifdef NAME, .ifb TEXT, .ifc TEXT, TEXT and their opposites
bool Parser::directive_if(const DirectiveRow& row) {
    const uint32_t begin = statement_begin_;
    bool holds = false;
    const bool good = answer(static_cast<Question>(row.argument), holds) && expect_end();
    // A question that cannot be answered has been reported; neither branch is tried then.
    conditions_.push_back({.begin = begin, .taken = holds || !good});
    return (good && holds) || find_branch();
}

bool Parser::answer(Question question, bool& holds) {
    switch (question) {
        case Question::defined:
        case Question::undefined: {
            std::string_view name;
            if (!parse_symbol_name(name, "a symbol")) return false;
            const uint32_t id = unit().names.find(name);
            const bool known = id != NameTable::kAbsent &&
                               (program_.symbols[id].is_defined() || program_.symbols[id].common_bytes != 0);
            holds = known == (question == Question::defined);
            return true;
        }
        case Question::blank:
        case Question::not_blank:
            holds = rest_of_statement().empty() == (question == Question::blank);
            return true;
        case Question::same:
        case Question::different:
        case Question::same_strings:
        case Question::different_strings:
            return answer_about_texts(question, holds);
        default: {
            int64_t value = 0;
            if (!parse_constant(value, "the condition")) return false;
            holds = holds_for(value, question);
            return true;
        }
    }
}

// .ifc TEXT, TEXT takes them as they stand; .ifeqs "TEXT", "TEXT" reads strings.
bool Parser::answer_about_texts(Question question, bool& holds) {
    if (question == Question::same_strings || question == Question::different_strings) {
        std::string first;
        std::string second;
        if (!parse_string(first) || !expect_comma("a string") || !parse_string(second)) return false;
        holds = (first == second) == (question == Question::same_strings);
        return true;
    }
    const std::string_view both = rest_of_statement();
    const size_t comma = both.find(',');
    if (comma == both.npos) return expected("two texts with a `,` between them");
    const bool equal =
        without_quotes(trimmed(both.substr(0, comma))) == without_quotes(trimmed(both.substr(comma + 1)));
    holds = equal == (question == Question::same);
    return true;
}

// To the next .else, .elseif or .endif of the innermost condition, which `word` then is; false if there is
// none.
bool Parser::skip_to_branch(Condition& condition, std::string_view& word) {
    uint32_t depth = 0;
    cursor_.skip_statement();
    cursor_.next_statement();
    while (!cursor_.at_end()) {
        cursor_.skip_blanks();
        if (cursor_.peek() == '#') line_marker();
        word = directive_name();
        if (!word.empty() && cursor_.take(':')) continue;
        if (word.starts_with(".if")) ++depth;
        if (word == ".endif" && depth-- == 0) return true;
        if (depth == 0 && (word == ".else" || word == ".elseif")) {
            if (condition.else_seen) {
                error(cursor_.offset() - static_cast<uint32_t>(word.size()),
                      static_cast<uint32_t>(word.size()),
                      fmt::format("`{}` behind the `.else` of the same condition", word));
            }
            condition.else_seen |= word == ".else";
            return true;
        }
        cursor_.skip_statement();
        cursor_.next_statement();
    }
    return false;
}

// Skips to the branch of the innermost condition that is to be assembled, or behind the condition's end.
bool Parser::find_branch() {
    std::string_view word;
    while (skip_to_branch(conditions_.back(), word)) {
        Condition& condition = conditions_.back();
        if (word == ".endif") {
            conditions_.pop_back();
            return true;
        }
        if (condition.taken) continue;
        int64_t value = 1;
        const bool asks = word == ".elseif";
        const bool good = !asks || (parse_constant(value, "the condition") && expect_end());
        condition.taken = value != 0 || !good;
        if (value != 0 && good) return true;
    }
    return true;  // the end of the text; the end of the input reports it
}

// .else or .elseif behind a branch that was assembled
bool Parser::directive_else(const DirectiveRow& row) {
    const auto length = static_cast<uint32_t>(row.name.size());
    const uint32_t begin = statement_begin_;
    if (conditions_.size() <= input_.conditions)
        return error(begin, length, fmt::format("`{}` without an `.if` before it", row.name));
    if (conditions_.back().else_seen)
        error(begin, length, fmt::format("`{}` behind the `.else` of the same condition", row.name));
    conditions_.back().else_seen |= row.argument == 0;
    return find_branch();
}

bool Parser::directive_endif(const DirectiveRow& row) {
    if (conditions_.size() > input_.conditions) {
        conditions_.pop_back();
        return true;
    }
    const auto length = static_cast<uint32_t>(row.name.size());
    return error(statement_begin_, length, "`.endif` without an `.if` before it");
}

}  // namespace peach::assembler
