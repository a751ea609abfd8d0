#include "gui/panels/source_colours.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace peach::gui {

namespace {

constexpr std::array<std::string_view, 40> kKeywords = {
    "auto",    "bool",     "break",    "case",    "char",   "const",    "continue", "default",
    "do",      "else",     "enum",     "extern",  "false",  "for",      "goto",     "if",
    "inline",  "int",      "int32_t",  "int64_t", "long",   "NULL",     "nullptr",  "return",
    "short",   "signed",   "size_t",   "sizeof",  "static", "struct",   "switch",   "true",
    "typedef", "uint32_t", "uint64_t", "uint8_t", "union",  "unsigned", "void",     "while"};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// How many characters the literal at the start of `text` has, its quotes included.
size_t literal_length(std::string_view text) {
    for (size_t i = 1; i < text.size(); i++) {
        if (text[i] == '\\') {
            i++;
        } else if (text[i] == text[0]) {
            return i + 1;
        }
    }
    return text.size();
}

ColouredWord next_word(std::string_view rest, const Theme& theme) {
    if (rest.starts_with("//")) return {rest, theme.comment};
    if (rest.starts_with("/*")) {
        const size_t end = rest.find("*/", 2);
        return {end == std::string_view::npos ? rest : rest.substr(0, end + 2), theme.comment};
    }
    if (rest[0] == '"' || rest[0] == '\'') return {rest.substr(0, literal_length(rest)), theme.number};
    if (is_word(rest[0])) {
        const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
        const std::string_view word = rest.substr(0, static_cast<size_t>(end - rest.begin()));
        if (is_digit(word[0])) return {word, theme.number};
        const bool keyword = std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
        return {word, keyword ? theme.keyword : theme.text};
    }
    const auto stops = [](char c) { return is_word(c) || c == '"' || c == '\'' || c == '/'; };
    const auto end = std::find_if(rest.begin() + 1, rest.end(), stops);
    return {rest.substr(0, static_cast<size_t>(end - rest.begin())), theme.text};
}

}  // namespace

std::vector<ColouredWord> coloured_c(std::string_view line, const Theme& theme) {
    const size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    if (line.substr(first).starts_with("* ") || line.substr(first).starts_with("#")) {
        return {{line, line[first] == '#' ? theme.keyword : theme.comment}};
    }
    std::vector<ColouredWord> words;
    while (!line.empty()) {
        words.push_back(next_word(line, theme));
        line.remove_prefix(words.back().text.size());
    }
    return words;
}

std::vector<ColouredWord> coloured_assembly(std::string_view line, const Theme& theme) {
    const size_t comment = std::min(line.find('#'), line.size());
    const size_t first = std::min(line.find_first_not_of(" \t"), comment);
    const size_t second = std::min(line.find_first_of(" \t", first), comment);
    return {{line.substr(0, second), theme.mnemonic},
            {line.substr(second, comment - second), theme.text},
            {line.substr(comment), theme.comment}};
}

Colour token_colour(const assembler::Token& token, const Theme& theme) {
    using assembler::TokenKind;
    switch (token.kind) {
        case TokenKind::mnemonic:
        case TokenKind::directive:
            return theme.mnemonic;
        case TokenKind::control_register:
            return theme.keyword;
        case TokenKind::number:
            return theme.number;
        case TokenKind::address:
        case TokenKind::symbol:
            return theme.accent;
        case TokenKind::register_name:
            return theme.text;
        case TokenKind::punctuation:
            return theme.dim;
    }
    return theme.text;
}

}  // namespace peach::gui
