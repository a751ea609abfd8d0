#pragma once
// What a user did wrong, or what their files are: returned in a std::expected, printed by the front end.

#include <string>

namespace peach {

struct Error {
    std::string message;  // "what is wrong: what to do"

    bool operator==(const Error&) const = default;
};

}  // namespace peach
