// C programs under tests/guest/programs: compiled for the guest at every level of optimisation, and natively;
// both must print the same and end with the same status. Those under tests/guest/course, which ask more of
// the kernel and the library than of the compiler, at one level; some are written as an operating systems
// course would have them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/guest/native_run.h"
#include "tests/guest/replay.h"

namespace peach::tests {
namespace {

namespace fs = std::filesystem;

class SameAsNative : public testing::TestWithParam<std::tuple<std::string, const char*>> {};

TEST_P(SameAsNative, OutputAndStatus) {
    const auto& [name, level] = GetParam();
    const TemporaryFolder folder;
    const fs::path program = folder.path() / name;
    const HostRun compiled = run_on_host(
        fmt::format("{} cc {} -o {} {} 2>&1", PEACH_TOOLCHAIN, level, program.string(), source_of(name)));
    ASSERT_EQ(compiled.status, 0) << compiled.output;

    GuestMachine guest;
    guest.add_program("/bin/" + name, program);
    const std::vector<std::string> command = {"sh", "-c", "cd /tmp; $1 word 'two words'", "sh", name};
    const GuestOptions options{.input = kProgramInput};
    const GuestRun run = guest.run(command, options);
    const HostRun& native = run_natively(name, run.output);
    EXPECT_EQ(run.output, native.output);
    EXPECT_EQ(run.status, native.status);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
    if (level == std::string("-Og")) expect_same_states_again(guest.start(command, options), run.cycles);
}

INSTANTIATE_TEST_SUITE_P(Programs, SameAsNative,
                         testing::Combine(testing::ValuesIn(native_program_names("programs")),
                                          testing::Values("-O0", "-Og", "-O2", "-Os")),
                         [](const auto& test) {
                             return std::get<0>(test.param) + "_" + (std::get<1>(test.param) + 1);
                         });

INSTANTIATE_TEST_SUITE_P(Course, SameAsNative,
                         testing::Combine(testing::ValuesIn(native_program_names("course")),
                                          testing::Values("-Og")),
                         [](const auto& test) { return std::get<0>(test.param); });

}  // namespace
}  // namespace peach::tests
