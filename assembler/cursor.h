#pragma once
// Reads an assembly text character by character. What stands behind the text must end its last word: a NUL,
// as a std::string has it, or for a part of a text the word that follows a line's or statement's end.
//
// Offsets count from the text's place among all texts; see source_text.h.

#include <cstdint>
#include <string>
#include <string_view>

namespace peach::assembler {

constexpr bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_name_character(char c) {
    return is_name_start(c) || is_digit(c);
}

class Cursor {
  public:
    explicit Cursor(std::string_view text, uint32_t base = 0, uint32_t line = 1)
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), base_(base), line_(line) {}

    uint32_t offset() const { return base_ + static_cast<uint32_t>(at_ - begin_); }
    uint32_t line() const { return line_; }
    bool at_end() const { return at_ >= end_; }
    char peek() const { return *at_; }
    char peek_next() const { return at_ < end_ ? at_[1] : '\0'; }
    std::string_view rest() const { return {at_, static_cast<size_t>(end_ - at_)}; }
    std::string_view since(uint32_t begin) const {
        return {begin_ + (begin - base_), static_cast<size_t>(offset() - begin)};
    }

    void advance(uint32_t count = 1) { at_ += count; }
    // Goes back to a place on the same line.
    void return_to(uint32_t place) { at_ = begin_ + (place - base_); }

    // Blanks and /* comments */. A comment that does not end runs to the end of the text; see
    // unclosed_comment().
    void skip_blanks() {
        while (true) {
            while (*at_ == ' ' || *at_ == '\t' || *at_ == '\r') ++at_;
            if (*at_ != '/' || peek_next() != '*') return;
            skip_comment();
        }
    }

    // After skip_blanks: end of the text, of the line, `;`, or a comment to the end of the line.
    bool at_end_of_statement() const {
        const char c = *at_;
        return c == '\n' || c == '#' || c == ';' || at_end() || (c == '/' && peek_next() == '/');
    }

    // The character, if it comes next after blanks, which are skipped.
    bool take(char c) {
        skip_blanks();
        if (*at_ != c || at_end()) return false;
        ++at_;
        return true;
    }

    // A name, or nothing.
    std::string_view name() {
        if (!is_name_start(*at_) || at_end()) return {};
        const char* first = at_;
        while (is_name_character(*at_)) ++at_;
        return {first, static_cast<size_t>(at_ - first)};
    }

    // To the end of the line, not beyond it.
    void skip_line() {
        while (at_ < end_ && *at_ != '\n') ++at_;
    }

    // To the end of the statement: `;` and `#` inside strings do not count.
    void skip_statement() {
        while (!at_end_of_statement()) step();
    }

    // Over what holds together: a string, a comment, a character constant; else over one character.
    void step() {
        if (*at_ == '"') {
            skip_string();
        } else if (*at_ == '/' && peek_next() == '*') {
            skip_comment();
        } else if (*at_ == '\'') {
            skip_character();
        } else {
            ++at_;
        }
    }

    // Over a string, which is taken to end with its line at the latest; whether its end was there.
    bool skip_string() {
        ++at_;
        while (at_ < end_ && *at_ != '"' && *at_ != '\n') {
            const bool escape = *at_ == '\\' && at_ + 1 < end_ && at_[1] != '\n';
            at_ += escape ? 2 : 1;
        }
        if (at_ >= end_ || *at_ != '"') return false;
        ++at_;
        return true;
    }

    // Over the end of a statement, to the next one.
    void next_statement() {
        if (*at_ == ';' && !at_end()) {
            ++at_;
            return;
        }
        skip_line();
        if (at_ < end_) {
            ++at_;
            ++line_;
        }
    }

    // Where a comment began that the text does not end; UINT32_MAX if there is none.
    uint32_t unclosed_comment() const { return unclosed_comment_; }

    // What stands here, for "found ..." in messages.
    std::string describe() const {
        if (at_end() || *at_ == '\n') return "the end of the line";
        if (at_end_of_statement()) return "the end of the statement";
        const char* last = at_ + 1;
        if (is_name_character(*at_)) {
            while (is_name_character(*last)) ++last;
        }
        std::string text = "`";
        text.append(at_, last);
        text += '`';
        return text;
    }

    // How long the word is that stands here, at least 1.
    uint32_t word_length() const {
        const char* last = at_;
        while (is_name_character(*last)) ++last;
        return last == at_ ? 1 : static_cast<uint32_t>(last - at_);
    }

  private:
    // 'a' '\n' '\x41', and GNU's 'a without an end.
    void skip_character() {
        ++at_;
        const auto in_line = [this] { return at_ < end_ && *at_ != '\n'; };
        const bool escape = in_line() && *at_ == '\\';
        if (escape) ++at_;
        if (in_line()) ++at_;
        while (escape && in_line() && *at_ != '\'' && is_name_character(*at_)) ++at_;
        if (in_line() && *at_ == '\'') ++at_;
    }

    void skip_comment() {
        const uint32_t begin = offset();
        at_ += 2;
        while (at_ < end_ && !(*at_ == '*' && peek_next() == '/')) {
            if (*at_ == '\n') ++line_;
            ++at_;
        }
        if (at_ >= end_) {
            unclosed_comment_ = begin;
            return;
        }
        at_ += 2;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    uint32_t base_;
    uint32_t line_;
    uint32_t unclosed_comment_ = UINT32_MAX;
};

}  // namespace peach::assembler
