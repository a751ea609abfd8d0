// Scripts under tests/guest/shell_scripts, and those of a line each under tests/guest/shell_lines, run by the
// guest's sh and by dash on the host: both must print the same and end with the same status. Standard error
// is left out: its words differ from one Unix to the next.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

namespace fs = std::filesystem;

fs::path in_guest_tests(const std::string& path) {
    return fs::path(PEACH_SOURCE_DIR) / "tests/guest" / path;
}

std::vector<std::string> names_in(const std::string& folder, const char* extension) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(in_guest_tests(folder)))
        if (entry.path().extension() == extension) names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

// `argument` is a file, too, or empty.
void expect_the_same(const fs::path& script, const fs::path& argument = {}) {
    const TemporaryFolder folder;
    const HostRun host = run_on_host(fmt::format("cd {} && dash {} {} 2>/dev/null </dev/null",
                                                 folder.path().string(), script.string(), argument.string()));
    GuestMachine guest;
    guest.add_file("/script.sh", read_file(script));
    std::string argument_in_guest;
    if (!argument.empty()) {
        argument_in_guest = " /argument";
        guest.add_file("/argument", read_file(argument));
    }
    const GuestRun run =
        guest.run({"sh", "-c", "cd /tmp; exec sh /script.sh" + argument_in_guest + " 2>/dev/null </dev/null"},
                  {.max_cycles = 2'000'000'000});
    EXPECT_EQ(run.output, host.output);
    EXPECT_EQ(run.status, host.status);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

class SameAsDash : public testing::TestWithParam<std::string> {};

TEST_P(SameAsDash, OutputAndStatus) {
    expect_the_same(in_guest_tests("shell_scripts/" + GetParam() + ".sh"));
}

class LinesSameAsDash : public testing::TestWithParam<std::string> {};

TEST_P(LinesSameAsDash, OutputAndStatus) {
    expect_the_same(in_guest_tests("shell_lines/each_line.sh"),
                    in_guest_tests("shell_lines/" + GetParam() + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Scripts, SameAsDash, testing::ValuesIn(names_in("shell_scripts", ".sh")),
                         [](const auto& test) { return test.param; });
INSTANTIATE_TEST_SUITE_P(Scripts, LinesSameAsDash, testing::ValuesIn(names_in("shell_lines", ".txt")),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace peach::tests
