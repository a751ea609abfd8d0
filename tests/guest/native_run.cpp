#include "tests/guest/native_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace peach::tests {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(fs::path(PEACH_SOURCE_DIR) / "tests/guest" / folder)) {
        if (entry.path().extension() == ".c") names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

std::vector<std::string> native_program_names(const std::string& folder) {
    return names_in(folder);
}

std::vector<std::string> promise_program_names() {
    return names_in("calls");
}

std::string source_of(const std::string& name) {
    const fs::path tests = fs::path(PEACH_SOURCE_DIR) / "tests/guest";
    const fs::path of_course = tests / "course" / (name + ".c");
    return (fs::exists(of_course) ? of_course : tests / "programs" / (name + ".c")).string();
}

bool is_native_program(const std::string& name) {
    return fs::exists(source_of(name));
}

const HostRun& run_natively(const std::string& name, const std::string& guest_output) {
    constexpr size_t kRuns = 3;
    static std::map<std::string, std::vector<HostRun>> runs_of;
    std::vector<HostRun>& runs = runs_of[name];
    const auto prints_the_same = [&](const HostRun& run) { return run.output == guest_output; };
    while (std::ranges::none_of(runs, prints_the_same) && runs.size() < kRuns) {
        const TemporaryFolder folder;
        // One that hangs must not take the suite with it: it ends after a minute with status 124.
        runs.push_back(run_on_host(fmt::format(
            "cd {} && printf '%s' {} | timeout --foreground 60 {}/native/{} word 'two words' 2>&1",
            folder.path().string(), shell_word(kProgramInput), PEACH_GUEST_TESTS, name)));
    }
    const auto same = std::ranges::find_if(runs, prints_the_same);
    return same == runs.end() ? runs.front() : *same;
}

}  // namespace peach::tests
