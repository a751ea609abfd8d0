#include "debugger/lens_syntax.h"

#include <algorithm>

namespace peach::debugger::detail {
namespace {

constexpr std::string_view kSpaces = " \t\r";

bool is_word_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// '#' to the end of the line, unless within quotes.
void blank_comments(std::string& text) {
    char quote = 0;
    bool in_comment = false;
    for (size_t i = 0; i < text.size(); ++i) {
        char& c = text[i];
        if (c == '\n') {
            quote = 0;
            in_comment = false;
        } else if (in_comment) {
            c = ' ';
        } else if (quote != 0) {
            if (c == '\\' && i + 1 < text.size() && text[i + 1] != '\n') {
                ++i;
            } else if (c == quote) {
                quote = 0;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#') {
            in_comment = true;
            c = ' ';
        }
    }
}

void join_lines(std::string& text) {
    for (size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && text[i + 1] == '\n') text[i] = text[i + 1] = ' ';
    }
}

}  // namespace

void LensStatement::skip_spaces() {
    while (at_ < text_.size() && kSpaces.contains(text_[at_])) ++at_;
}

size_t LensStatement::offset() {
    skip_spaces();
    return offset_ + at_;
}

std::string LensStatement::take_word() {
    skip_spaces();
    const size_t start = at_;
    while (at_ < text_.size() && is_word_part(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
}

std::string LensStatement::take_quoted() {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != '"') return "";
    const size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return "";
    std::string inside(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return inside;
}

std::string LensStatement::take_any() {
    skip_spaces();
    const size_t start = at_;
    while (at_ < text_.size() && !kSpaces.contains(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
}

bool LensStatement::accept(char sign) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
}

std::string_view LensStatement::rest() {
    skip_spaces();
    std::string_view left = text_.substr(at_);
    const size_t last = left.find_last_not_of(kSpaces);
    return last == std::string_view::npos ? std::string_view{} : left.substr(0, last + 1);
}

std::vector<LensStatement> statements_of(std::string_view file_text, std::string& storage) {
    storage = file_text;
    blank_comments(storage);
    join_lines(storage);
    std::vector<LensStatement> statements;
    const std::string_view text = storage;
    for (size_t start = 0; start < text.size();) {
        const size_t end = std::min(text.find('\n', start), text.size());
        LensStatement statement(text.substr(start, end - start), start);
        if (!statement.at_end()) statements.push_back(statement);
        start = end + 1;
    }
    return statements;
}

TextPlace place_in(std::string_view file_text, size_t offset) {
    offset = std::min(offset, file_text.size());
    const std::string_view before = file_text.substr(0, offset);
    const size_t newline = before.rfind('\n');
    const size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    const size_t end = std::min(file_text.find('\n', start), file_text.size());
    return {.line = static_cast<uint32_t>(std::ranges::count(before, '\n') + 1),
            .column = static_cast<uint32_t>(offset - start + 1),
            .text = file_text.substr(start, end - start)};
}

}  // namespace peach::debugger::detail
