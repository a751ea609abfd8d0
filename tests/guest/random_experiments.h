#pragma once
// Random experiments with scheduling and paging: a shell script that does them in the guest, and what it must
// print.

#include <cstdint>
#include <string>

#include "tests/guest/scheduling_oracle.h"

namespace peach::tests {

struct Experiments {
    std::string script = {};
    std::string expected = {};
};

Experiments random_scheduling(PolicyKind kind, uint32_t seed, int count);

enum class Replacement : uint8_t { fifo, clock };
Experiments random_page_strings(Replacement replacement, uint32_t seed, int count);

// Which pages of a string hit ('h') and miss ('m') with so many frames, and the sums, as `pagestring` prints
// them.
std::string page_string_output(Replacement replacement, const std::vector<int>& touches, size_t frames);

// Does them on PeachOS under the book clock; empty, or the first line that differs.
std::string difference(const Experiments& experiments);

}  // namespace peach::tests
