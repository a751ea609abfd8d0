// Scripts under tests/guest/shell_scripts, run by the guest's sh and by dash on the host: both must print the
// same and end with the same status. Standard error is left out: its words differ from one Unix to the next.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

namespace fs = std::filesystem;

fs::path script_folder() {
    return fs::path(PEACH_SOURCE_DIR) / "tests/guest/shell_scripts";
}

std::vector<std::string> script_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(script_folder()))
        if (entry.path().extension() == ".sh") names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

class SameAsDash : public testing::TestWithParam<std::string> {};

TEST_P(SameAsDash, OutputAndStatus) {
    const fs::path script = script_folder() / (GetParam() + ".sh");
    const TemporaryFolder folder;
    const HostRun host = run_on_host(
        fmt::format("cd {} && dash {} 2>/dev/null </dev/null", folder.path().string(), script.string()));

    GuestMachine guest;
    guest.add_file("/script.sh", read_file(script));
    const GuestRun run = guest.run({"sh", "-c", "cd /tmp; exec sh /script.sh 2>/dev/null </dev/null"},
                                   {.max_cycles = 2'000'000'000});
    EXPECT_EQ(run.output, host.output);
    EXPECT_EQ(run.status, host.status);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Scripts, SameAsDash, testing::ValuesIn(script_names()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace peach::tests
