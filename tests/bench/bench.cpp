// peach_bench: how fast things are (`./dev bench`). Without the name of a table: all of them.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tests/bench/kernel_runs.h"
#include "tests/bench/table.h"

namespace {

using namespace peach::bench;

// For a comparison of builds: the seconds that one run on the bare machine takes.
int run_once(const std::string& kernel) {
    const auto machine = bare_machine(kernel);
    if (!machine) return 1;
    const KernelRun run = run_guest(*machine);
    fmt::print("{}\n", run.seconds);
    return run.passed ? 0 : 1;
}

std::string list_of_tables() {
    std::string text = "Tables:\n";
    for (const Table& table : kTables) text += fmt::format("  {:<12}{}\n", table.name, table.sentence);
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("How fast the engine, the toolchain and the guest are.", "peach_bench");
    Options options;
    std::vector<std::string> tables;
    std::string once;
    std::vector<std::string> names;
    for (const Table& table : kTables) names.emplace_back(table.name);
    const CLI::IsMember known_kernel(std::vector<std::string>(std::begin(kKernels), std::end(kKernels)));
    app.add_option("tables", tables, "which tables; all, if none is named")->check(CLI::IsMember(names));
    app.add_option("--repeat", options.repeat, "runs of each; their median is printed")
        ->check(CLI::Range(1, 1000));
    app.add_option("--kernel", options.kernels, "only this kernel; may be given again")->check(known_kernel);
    app.add_option("--against", options.against, "compare with another build's peach_bench, pairwise")
        ->check(CLI::ExistingFile);
    app.add_option("--once", once, "one run of a kernel; prints its seconds")->check(known_kernel);
    app.footer(list_of_tables());
    CLI11_PARSE(app, argc, argv);
    if (!once.empty()) return run_once(once);
    if (!options.against.empty()) return compare_builds(options) ? 0 : 1;
    for (const Table& table : kTables) {
        if (!tables.empty() && std::ranges::find(tables, table.name) == tables.end()) continue;
        fmt::print("{}: {}\n", table.name, table.sentence);
        if (!table.measure(options)) return 1;
        fmt::print("\n");
    }
    return 0;
}
