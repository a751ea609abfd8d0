// Macros, and the repetitions that put values into a text: .macro .irp .irpc
//
//     .macro  push reg, size=4        push a0      ->   addi sp, sp, -4
//     addi    sp, sp, -\size                            sw a0, (sp)
//     sw      \reg, (sp)
//     .endm

#include <fmt/format.h>

#include <algorithm>

#include "assembler/directive_table.h"
#include "assembler/letter_case.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

// Blanks beside one of these do not separate arguments: `a + 1`.
bool joins(char c) {
    constexpr std::string_view kOperators = "+-*/%|&^!<>=~(";
    return kOperators.find(c) != kOperators.npos;
}

// Copies a body, with what `value_of(NAME)` gives in place of each \NAME; what has no value stays as it is.
// A text that becomes longer than `most` is given up.
template <typename ValueOf>
std::string substitute(std::string_view body, size_t most, ValueOf value_of) {
    std::string text;
    text.reserve(body.size() + body.size() / 4);
    while (true) {
        const size_t slash = body.find('\\');
        text += body.substr(0, slash);
        if (slash == body.npos || text.size() > most) return text;
        body.remove_prefix(slash + 1);
        if (body.starts_with("()")) {  // ends a name: \reg\()_end
            body.remove_prefix(2);
            continue;
        }
        size_t length = 0;
        while (length < body.size() && is_name_character(body[length])) ++length;
        if (!body.empty() && (body[0] == '@' || body[0] == '+' || body[0] == '\\')) length = 1;
        std::string_view name = body.substr(0, length);
        std::optional<std::string_view> value = value_of(name);
        if (!value && name.find('.') != name.npos) {  // \op.w is \op and then .w
            name = name.substr(0, name.find('.'));
            value = value_of(name);
        }
        if (!value) text += '\\';
        text += value.value_or(name);
        body.remove_prefix(name.size());
    }
}

}  // namespace

// .macro NAME [PARAMETER[=VALUE|:req|:vararg]], ... .endm
bool Parser::directive_macro(const DirectiveRow& row) {
    cursor_.skip_blanks();
    const uint32_t directive = cursor_.offset();
    Macro macro;
    bool good = parse_symbol_name(macro.name, "the macro's name");
    const auto length = static_cast<uint32_t>(macro.name.size());
    cursor_.take(',');
    cursor_.skip_blanks();
    while (good && !cursor_.at_end_of_statement()) {
        good = parse_macro_parameter(macro);
        cursor_.take(',');
        cursor_.skip_blanks();
    }
    Block block;
    if (!read_block({".macro"}, ".endm", statement_begin_, block)) return false;
    if (!good) return false;
    Diagnostic place;  // the body's file and line, if this is itself within an expansion
    input_.text->locate(block.begin, 1, place);
    macro.body = block.text;
    macro.file = program_.texts.keep(place.file);
    macro.line = place.line;
    if (DirectiveTable::find(macro.name) != nullptr)
        return error(directive, length, fmt::format("`{}` is a directive", macro.name));
    uint32_t& index = macro_names_[program_.texts.keep(in_lower_case(macro.name))];
    if (index != NameTable::kAbsent && !macros_[index].purged) {
        return error(directive, length,
                     fmt::format("macro `{}` is defined already: `.purgem` it first", macro.name));
    }
    index = static_cast<uint32_t>(macros_.size());
    macros_.push_back(std::move(macro));
    return row.argument == 0;
}

bool Parser::parse_macro_parameter(Macro& macro) {
    MacroParameter parameter;
    if (!parse_symbol_name(parameter.name, "a parameter's name")) return false;
    const auto same = [&](const MacroParameter& other) { return other.name == parameter.name; };
    if (std::any_of(macro.parameters.begin(), macro.parameters.end(), same))
        return error_here(fmt::format("two parameters are called `{}`", parameter.name));
    if (cursor_.take(':')) {
        const uint32_t begin = cursor_.offset();
        const std::string_view word = cursor_.name();
        parameter.required = word == "req";
        parameter.takes_rest = word == "vararg";
        if (!parameter.required && !parameter.takes_rest)
            return error(begin, std::max(1u, cursor_.offset() - begin), "expected `:req` or `:vararg`");
    }
    if (cursor_.take('=')) {
        cursor_.skip_blanks();
        parameter.value = macro_argument();
    }
    if (!macro.parameters.empty() && macro.parameters.back().takes_rest)
        return error_here(fmt::format("`{}` takes all that is left: it must be the last parameter",
                                      macro.parameters.back().name));
    macro.parameters.push_back(parameter);
    return true;
}

// In small or capital letters.
uint32_t Parser::find_macro(std::string_view name) const {
    if (macros_.empty()) return NameTable::kAbsent;
    return has_capitals(name) ? macro_names_.find(in_lower_case(name)) : macro_names_.find(name);
}

bool Parser::directive_purgem(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    std::string_view name;
    if (!parse_symbol_name(name, "a macro's name")) return false;
    const uint32_t index = find_macro(name);
    if (index == NameTable::kAbsent || macros_[index].purged)
        return error(begin, static_cast<uint32_t>(name.size()), fmt::format("there is no macro `{}`", name));
    macros_[index].purged = true;
    return true;
}

// .exitm: no more of this expansion.
bool Parser::directive_exitm(const DirectiveRow& row) {
    const auto length = static_cast<uint32_t>(row.name.size());
    if (waiting_inputs_.empty()) return error(statement_begin_, length, "`.exitm` outside of a macro");
    conditions_.resize(std::min(conditions_.size(), input_.conditions));
    input_.rounds_left = 0;
    while (!cursor_.at_end()) {
        cursor_.skip_line();
        cursor_.next_statement();
    }
    return true;
}

// Up to a comma, or to a blank between two arguments; strings and parentheses hold together. A string stands
// for what is in it.
std::string_view Parser::macro_argument() {
    cursor_.skip_blanks();
    const Cursor first = cursor_;
    const uint32_t begin = cursor_.offset();
    uint32_t depth = 0;
    char before = '(';
    while (!cursor_.at_end_of_statement()) {
        const char c = cursor_.peek();
        if (c == ',' && depth == 0) break;
        if (is_blank(c) && depth == 0) {
            Cursor ahead = cursor_;
            ahead.skip_blanks();
            const bool goes_on =
                !ahead.at_end_of_statement() && ahead.peek() != ',' && (joins(before) || joins(ahead.peek()));
            if (!goes_on) break;
        }
        if (c == '(') ++depth;
        if (c == ')' && depth > 0) --depth;
        if (!is_blank(c)) before = c;
        cursor_.step();
    }
    const std::string_view text = cursor_.since(begin);
    Cursor string = first;
    const bool is_string =
        text.starts_with('"') && string.skip_string() && string.offset() == cursor_.offset();
    return is_string ? text.substr(1, text.size() - 2) : text;
}

bool Parser::parse_macro_arguments(const Macro& macro, uint32_t begin,
                                   std::vector<std::string_view>& values) {
    const auto length = static_cast<uint32_t>(macro.name.size());
    std::vector<bool> given(macro.parameters.size());
    for (const MacroParameter& parameter : macro.parameters) values.push_back(parameter.value);
    size_t next = 0;
    size_t count = 0;
    cursor_.skip_blanks();
    for (; !cursor_.at_end_of_statement(); ++count) {
        size_t index = next;
        Cursor ahead = cursor_;
        const std::string_view name = ahead.name();
        const auto named = std::find_if(macro.parameters.begin(), macro.parameters.end(),
                                        [name](const MacroParameter& p) { return p.name == name; });
        const bool by_name = named != macro.parameters.end() && ahead.take('=') && ahead.peek() != '=';
        if (by_name) {
            cursor_ = ahead;
            index = static_cast<size_t>(named - macro.parameters.begin());
        } else {
            ++next;
        }
        const bool rest = index < macro.parameters.size() && macro.parameters[index].takes_rest;
        const std::string_view value = rest ? rest_of_statement() : macro_argument();
        if (index < macro.parameters.size() && !value.empty()) {
            values[index] = value;
            given[index] = true;
        }
        cursor_.take(',');
        cursor_.skip_blanks();
    }
    if (next > macro.parameters.size()) {
        return error(begin, length,
                     fmt::format("macro `{}` takes {} argument{}, found {}", macro.name,
                                 macro.parameters.size(), macro.parameters.size() == 1 ? "" : "s", count));
    }
    for (size_t i = 0; i < given.size(); ++i) {
        if (!macro.parameters[i].required || given[i]) continue;
        return error(begin, length,
                     fmt::format("macro `{}` needs a value for `{}`", macro.name, macro.parameters[i].name));
    }
    return true;
}

bool Parser::expand_macro(Macro& macro, uint32_t begin) {
    std::vector<std::string_view> values;
    if (!parse_macro_arguments(macro, begin, values)) return false;
    const std::string all_uses = fmt::format("{}", macro_uses_++);
    const std::string its_uses = fmt::format("{}", macro.uses++);
    const auto value_of = [&](std::string_view name) -> std::optional<std::string_view> {
        if (name == "@") return all_uses;
        if (name == "+") return its_uses;
        for (size_t i = 0; i < values.size(); ++i) {
            if (macro.parameters[i].name == name) return values[i];
        }
        return std::nullopt;
    };
    std::string text = substitute(macro.body, characters_left(), value_of);
    const auto length = static_cast<uint32_t>(macro.name.size());
    if (!may_expand(text.size(), begin, length)) return false;
    SourceText* expansion = program_.texts.add({.name = macro.file,
                                                .text = program_.texts.keep(std::move(text)),
                                                .kind = TextKind::macro,
                                                .first_line = macro.line,
                                                .origin = begin,
                                                .origin_length = length,
                                                .macro = macro.name});
    if (expansion == nullptr) return error(begin, length, "this is more text than I can take");
    Input input = next_input(Cursor(expansion->text, expansion->base, macro.line), expansion);
    if (input.expansion_line == 0) input.expansion_line = cursor_.line() + input_.line_shift;
    next_inputs_.push_back(input);
    return true;
}

// .irp NAME, VALUE, ... .endr: the body once for each value; .irpc NAME, TEXT: once for each character.
bool Parser::directive_irp(const DirectiveRow& row) {
    const auto length = static_cast<uint32_t>(row.name.size());
    const uint32_t begin = statement_begin_;
    std::string_view name;
    bool good = parse_symbol_name(name, "a name");
    std::vector<std::string_view> values;
    cursor_.take(',');
    cursor_.skip_blanks();
    while (good && !cursor_.at_end_of_statement()) {
        const std::string_view value = macro_argument();
        const bool by_character = row.argument != 0;
        for (size_t i = 0; by_character && i < value.size(); ++i) values.push_back(value.substr(i, 1));
        if (!by_character) values.push_back(value);
        cursor_.take(',');
        cursor_.skip_blanks();
    }
    if (values.empty()) values.emplace_back();
    Block block;
    good &= read_block({".rept", ".irp", ".irpc"}, ".endr", begin, block);
    if (!good) return false;
    Diagnostic place;
    input_.text->locate(block.begin, 1, place);
    const std::string_view file = program_.texts.keep(place.file);
    for (size_t i = values.size(); i-- > 0;) {
        std::string text = substitute(block.text, characters_left(), [&](std::string_view word) {
            return word == name ? std::optional(values[i]) : std::nullopt;
        });
        if (!may_expand(text.size(), begin, length)) return false;
        SourceText* expansion = program_.texts.add({.name = file,
                                                    .text = program_.texts.keep(std::move(text)),
                                                    .kind = TextKind::repetition,
                                                    .first_line = place.line,
                                                    .origin = begin,
                                                    .origin_length = length});
        if (expansion == nullptr) return error(begin, length, "this is more text than I can take");
        next_inputs_.push_back(next_input(Cursor(expansion->text, expansion->base, block.line), expansion));
    }
    return true;
}

}  // namespace peach::assembler
