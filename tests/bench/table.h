#pragma once
// One table of `peach_bench`: what it measures, and the function that measures and prints it.
//
// Timed work is run as often as `Options::repeat` says, the sides of a ratio in turn, and medians are
// printed: the machines are noisy, a ratio within one run is what can be trusted. A table whose other side is
// not installed says so and passes.

#include <optional>
#include <string>
#include <vector>

namespace peach::bench {

struct Options {
    unsigned repeat = 5;
    std::vector<std::string> kernels;  // none: all
    std::string against;               // another build's peach_bench; empty: no comparison
};

// False: something computed a wrong result, or could not be run. The reason is on stderr.
using Measure = bool (*)(const Options& options);

bool measure_kernels(const Options& options);
bool measure_machine(const Options& options);
bool measure_window(const Options& options);
bool measure_assembler(const Options& options);
bool measure_costs(const Options& options);
bool compare_builds(const Options& options);

struct Table {
    const char* name;
    const char* sentence;
    Measure measure;
};

inline constexpr Table kTables[] = {
    {"kernels", "C kernels on the bare machine and under PeachOS, against the same C compiled natively",
     measure_kernels},
    {"costs", "what the kernel's services cost, and scheduling", measure_costs},
    {"machine", "what it costs to start PeachOS, to keep a moment of it, and to come back", measure_machine},
    {"window", "what watching the guest, and drawing it, leaves of the engine's speed", measure_window},
    {"assembler", "the assembler against GNU as on what clang writes, and on what people type",
     measure_assembler},
};

double median(std::vector<double> values);
double geometric_mean(const std::vector<double>& values);

// Of this process, so far. User time, as other processes may take the processor away.
double own_user_seconds();

}  // namespace peach::bench
