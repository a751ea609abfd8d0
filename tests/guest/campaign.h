#pragma once
// Attacks on the kernel by programs without rights: tests/guest/hostile. After each, a shell must answer,
// what the kernel has given out must have come back (both are asked inside), and the kernel's invariants must
// hold (which is asked from here).

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/guest/invariants.h"

namespace peach::tests {

inline constexpr const char* kAttackKinds[] = {"instructions", "calls",       "pointers", "forks",
                                               "memory",       "descriptors", "files",    "threads"};

// Attacks of one kind, in one boot.
struct Batch {
    std::string kind;
    uint32_t seed = 1;
    uint32_t first = 0;
    uint32_t count = 1;
    unsigned cpus = 1;
    uint32_t policy = 0;
};

struct BatchResult {
    uint32_t done = 0;
    uint64_t cycles = 0;
    std::vector<std::string> failures = {};  // what went wrong, with the number of the attack
};

// `program` is the guest's program, built from tests/guest/hostile.
BatchResult run_batch(const Batch& batch, const std::filesystem::path& program, const Invariants& invariants);

}  // namespace peach::tests
