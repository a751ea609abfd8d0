// The table `kernels`, and the comparison of two builds.

#include <fmt/format.h>

#include <charconv>

#include "tests/bench/kernel_runs.h"
#include "tests/bench/table.h"

namespace peach::bench {

namespace {

struct Row {
    std::vector<double> bare_seconds;
    std::vector<double> booted_seconds;
    std::vector<double> native_seconds;
    uint64_t bare_instructions = 0;
    uint64_t booted_instructions = 0;
};

bool agree(const std::string& kernel, const KernelRun& bare, const KernelRun& booted,
           const KernelRun& native) {
    if (bare.passed && booted.passed && native.passed && bare.output == native.output &&
        booted.output == native.output) {
        return true;
    }
    fmt::print(stderr,
               "peach_bench: {} computes something wrong: bare \"{}\", PeachOS \"{}\", native \"{}\"\n",
               kernel, bare.output, booted.output, native.output);
    return false;
}

std::optional<Row> measure(const std::string& kernel, unsigned repeat) {
    const std::optional<Machine> bare_start = bare_machine(kernel);
    const std::optional<Machine> booted_start = booting_machine(kernel);
    if (!bare_start || !booted_start) return std::nullopt;
    Row row;
    for (unsigned i = 0; i < repeat; ++i) {
        const KernelRun bare = run_guest(*bare_start);
        const KernelRun native = run_native(kernel);
        const KernelRun booted = run_guest(*booted_start);
        if (!agree(kernel, bare, booted, native)) return std::nullopt;
        row.bare_seconds.push_back(bare.seconds);
        row.booted_seconds.push_back(booted.seconds);
        row.native_seconds.push_back(native.seconds);
        row.bare_instructions = bare.instructions;
        row.booted_instructions = booted.instructions;
    }
    return row;
}

std::vector<std::string> chosen(const Options& options) {
    if (!options.kernels.empty()) return options.kernels;
    return {std::begin(kKernels), std::end(kKernels)};
}

}  // namespace

bool measure_kernels(const Options& options) {
    fmt::print("{:<10} {:>10} {:>9} {:>8} {:>8} {:>13} {:>8} {:>8}\n", "kernel", "million in.", "native s",
               "bare s", "PeachOS s", "million in./s", "bare x", "PeachOS x");
    std::vector<double> speeds;
    std::vector<double> bare_ratios;
    std::vector<double> booted_ratios;
    for (const std::string& kernel : chosen(options)) {
        const std::optional<Row> row = measure(kernel, options.repeat);
        if (!row) return false;
        const double bare = median(row->bare_seconds);
        const double booted = median(row->booted_seconds);
        const double native = median(row->native_seconds);
        const double millions = static_cast<double>(row->bare_instructions) / 1e6;
        speeds.push_back(millions / bare);
        bare_ratios.push_back(bare / native);
        booted_ratios.push_back(booted / native);
        fmt::print("{:<10} {:>11.1f} {:>9.3f} {:>8.3f} {:>9.3f} {:>13.0f} {:>8.1f} {:>9.1f}\n", kernel,
                   millions, native, bare, booted, speeds.back(), bare_ratios.back(), booted_ratios.back());
    }
    fmt::print("{:<10} {:>11} {:>9} {:>8} {:>9} {:>13.0f} {:>8.1f} {:>9.1f}\n", "mean", "", "", "", "",
               geometric_mean(speeds), geometric_mean(bare_ratios), geometric_mean(booted_ratios));
    return true;
}

// Each build runs its own kernels, in turn, by `--once KERNEL`, which prints the seconds that it took.
bool compare_builds(const Options& options) {
    const auto seconds_of = [](const std::string& program,
                               const std::string& kernel) -> std::optional<double> {
        const KernelRun run = run_program({program, "--once", kernel});
        double seconds = 0;
        const char* end = run.output.data() + run.output.size();
        if (!run.passed || std::from_chars(run.output.data(), end, seconds).ec != std::errc())
            return std::nullopt;
        return seconds;
    };
    fmt::print("{:<10} {:>8} {:>8} {:>12}\n", "kernel", "this s", "other s", "other / this");
    std::vector<double> ratios;
    for (const std::string& kernel : chosen(options)) {
        std::vector<double> ours;
        std::vector<double> theirs;
        for (unsigned i = 0; i < options.repeat; ++i) {
            const auto mine = seconds_of("/proc/self/exe", kernel);
            const auto other = seconds_of(options.against, kernel);
            if (!mine || !other) {
                fmt::print(stderr, "peach_bench: {} cannot be run by {}: is it a peach_bench of this kind?\n",
                           kernel, mine ? options.against : "this build");
                return false;
            }
            ours.push_back(*mine);
            theirs.push_back(*other);
        }
        ratios.push_back(median(theirs) / median(ours));
        fmt::print("{:<10} {:>8.3f} {:>8.3f} {:>12.3f}\n", kernel, median(ours), median(theirs),
                   ratios.back());
    }
    fmt::print("{:<10} {:>8} {:>8} {:>12.3f}\n", "mean", "", "", geometric_mean(ratios));
    return true;
}

}  // namespace peach::bench
