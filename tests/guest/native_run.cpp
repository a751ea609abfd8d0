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

const HostRun& run_natively(const std::string& name) {
    static std::map<std::string, HostRun> runs;
    const auto [entry, is_new] = runs.try_emplace(name);
    if (is_new) {
        const TemporaryFolder folder;
        entry->second = run_on_host(
            fmt::format("cd {} && printf '%s' {} | {}/native/{} word 'two words' 2>&1",
                        folder.path().string(), shell_word(kProgramInput), PEACH_GUEST_TESTS, name));
    }
    return entry->second;
}

}  // namespace peach::tests
