#include "debugger/expression_lexer.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace peach::debugger::detail {
namespace {

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_part(char c) {
    return is_name_start(c) || is_digit(c);
}

// Longest first, so that "->" is not "-" and ">".
constexpr std::array<std::string_view, 32> kPunctuation = {
    "->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "&",
    "|",  "^",  "~",  "!",  "<",  ">",  "=",  "?",  ":",  ".", "(", ")", "[", "]", ",",
};

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (skip_spaces()) {
            tokens_.push_back(next());
            if (tokens_.back().kind == TokenKind::wrong) break;
        }
        tokens_.push_back({.kind = TokenKind::end, .text = "", .column = column()});
        return std::move(tokens_);
    }

  private:
    uint32_t column() const { return static_cast<uint32_t>(at_ + 1); }
    char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    bool skip_spaces() {
        while (at_ < text_.size() && (peek() == ' ' || peek() == '\t')) ++at_;
        return at_ < text_.size();
    }

    std::string take_name() {
        const size_t start = at_;
        while (is_name_part(peek())) ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    Token wrong(uint32_t where, std::string why) const {
        return {.kind = TokenKind::wrong, .text = std::move(why), .column = where};
    }

    Token next() {
        const uint32_t where = column();
        if (is_digit(peek())) return number(where);
        if (is_name_start(peek())) return {.kind = TokenKind::name, .text = take_name(), .column = where};
        if (peek() == '"') return string(where);
        if (peek() == '\'') return character(where);
        if (peek() == '$') {
            ++at_;
            return {.kind = TokenKind::register_name, .text = take_name(), .column = where};
        }
        for (const std::string_view sign : kPunctuation) {
            if (sign.empty() || !text_.substr(at_).starts_with(sign)) continue;
            at_ += sign.size();
            return {.kind = TokenKind::punctuation, .text = std::string(sign), .column = where};
        }
        return wrong(where, fmt::format("'{}' has no meaning in an expression", peek()));
    }

    Token number(uint32_t where) {
        int base = 10;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) base = 16;
        if (peek() == '0' && (peek(1) == 'b' || peek(1) == 'B')) base = 2;
        if (base != 10) at_ += 2;
        Token token{.kind = TokenKind::number, .text = "", .column = where};
        const char* first = text_.data() + at_;
        const auto [last, error] = std::from_chars(first, text_.data() + text_.size(), token.value, base);
        if (error == std::errc::result_out_of_range)
            return wrong(where, "the number does not fit into 64 bits");
        if (last == first) return wrong(where, "digits should follow here");
        at_ += static_cast<size_t>(last - first);
        token.is_unsigned = base != 10 && token.value > INT32_MAX;
        while (peek() == 'u' || peek() == 'U' || peek() == 'l' || peek() == 'L') {
            token.is_unsigned |= peek() == 'u' || peek() == 'U';
            ++at_;
        }
        if (is_name_part(peek()))
            return wrong(column(), fmt::format("'{}' is no digit of this number", peek()));
        return token;
    }

    // One character of a literal, with C's simple escapes; nothing at the end of the text.
    std::optional<char> literal_character() {
        if (at_ >= text_.size()) return std::nullopt;
        const char c = text_[at_++];
        if (c != '\\' || at_ >= text_.size()) return c;
        const char escaped = text_[at_++];
        switch (escaped) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case '0':
                return '\0';
            default:
                return escaped;
        }
    }

    Token string(uint32_t where) {
        ++at_;
        Token token{.kind = TokenKind::text, .text = "", .column = where};
        while (peek() != '"') {
            const auto c = literal_character();
            if (!c) return wrong(where, "the closing \" is missing");
            token.text += *c;
        }
        ++at_;
        return token;
    }

    Token character(uint32_t where) {
        ++at_;
        const auto c = literal_character();
        if (!c || peek() != '\'') return wrong(where, "a character stands between two ' signs, as in 'a'");
        ++at_;
        return {.kind = TokenKind::number,
                .text = "",
                .value = static_cast<unsigned char>(*c),
                .is_character = true,
                .column = where};
    }

    std::string_view text_;
    size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
    return Lexer(text).run();
}

}  // namespace peach::debugger::detail
