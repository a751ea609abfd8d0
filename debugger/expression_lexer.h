#pragma once
// An expression's text into tokens. Private to the expression compiler.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peach::debugger::detail {

enum class TokenKind : uint8_t {
    end,
    number,         // value; 'a' and 0x1F too
    text,           // a string literal; `text` is its contents
    name,           // identifier or keyword
    register_name,  // $a0, without the dollar
    punctuation,    // the longest of C's operators
    wrong,          // `text` says what is wrong
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;
    uint64_t value = 0;
    bool is_unsigned = false;  // of a number: suffix u, or hexadecimal beyond int
    bool is_character = false;
    uint32_t column = 1;  // from 1
};

// Always ends with an `end` token, or with a `wrong` and an `end`.
std::vector<Token> tokens_of(std::string_view text);

}  // namespace peach::debugger::detail
