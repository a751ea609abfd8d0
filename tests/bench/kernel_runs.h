#pragma once
// The benchmark's C kernels, each in three builds that check and print the same result: on the bare machine
// with paging and a timer interrupt every 10,000 cycles; as a program of PeachOS, with the kernel booted, its
// default quantum and everything else it does; and natively.

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/machine.h"

namespace peach::bench {

inline constexpr const char* kKernels[] = {"sieve",   "fib",    "quicksort", "crc32",      "matrix",
                                           "records", "sha256", "nqueens",   "mandelbrot", "search"};

struct KernelRun {
    double seconds = 0;         // user time
    uint64_t instructions = 0;  // of the guest; 0 natively
    std::string output;
    bool passed = false;
};

// Machines before their first instruction; nothing, with the reason on stderr, if the build lacks a file.
std::optional<Machine> bare_machine(const std::string& kernel);
std::optional<Machine> booting_machine(const std::string& kernel);

KernelRun run_guest(const Machine& start);
KernelRun run_native(const std::string& kernel);

// A program's standard output, status and user time.
KernelRun run_program(const std::vector<std::string>& command);

}  // namespace peach::bench
