#pragma once
// The names of directives and macros may be written in capital letters, too.

#include <algorithm>
#include <string>
#include <string_view>

namespace peach::assembler {

constexpr bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

inline bool has_capitals(std::string_view name) {
    return std::any_of(name.begin(), name.end(), is_capital);
}

inline std::string in_lower_case(std::string_view name) {
    std::string text(name);
    for (char& c : text) {
        if (is_capital(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace peach::assembler
