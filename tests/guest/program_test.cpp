// C programs under tests/guest/programs: compiled for the guest at every level of optimisation, and natively;
// both must print the same and end with the same status.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/guest/guest_machine.h"
#include "tests/guest/replay.h"

namespace peach::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInput = "first line\nx 12\n 13\nrest of it\nend without line end";

std::vector<std::string> program_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(fs::path(PEACH_SOURCE_DIR) / "tests/guest/programs")) {
        if (entry.path().extension() == ".c") names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

std::string source_of(const std::string& name) {
    return (fs::path(PEACH_SOURCE_DIR) / "tests/guest/programs" / (name + ".c")).string();
}

const HostRun& run_natively(const std::string& name) {
    static std::map<std::string, HostRun> runs;
    const auto [entry, is_new] = runs.try_emplace(name);
    if (is_new) {
        const TemporaryFolder folder;
        const std::string program = (folder.path() / name).string();
        const HostRun compiled = run_on_host(fmt::format(
            "clang-19 -w -D_GNU_SOURCE -O1 -fno-builtin -o {} {} -lm 2>&1", program, source_of(name)));
        EXPECT_EQ(compiled.status, 0) << compiled.output;
        entry->second = run_on_host(fmt::format("cd {} && printf '%s' {} | ./{} word 'two words' 2>&1",
                                                folder.path().string(), shell_word(kInput), name));
    }
    return entry->second;
}

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
    const GuestOptions options{.input = kInput};
    const GuestRun run = guest.run(command, options);
    const HostRun& native = run_natively(name);
    EXPECT_EQ(run.output, native.output);
    EXPECT_EQ(run.status, native.status);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
    if (level == std::string("-Og")) expect_same_states_again(guest.start(command, options), run.cycles);
}

INSTANTIATE_TEST_SUITE_P(Programs, SameAsNative,
                         testing::Combine(testing::ValuesIn(program_names()),
                                          testing::Values("-O0", "-Og", "-O2", "-Os")),
                         [](const auto& test) {
                             return std::get<0>(test.param) + "_" + (std::get<1>(test.param) + 1);
                         });

// What processes and threads do with each other, on several CPUs and under several policies.
class SameOnSeveralCpus : public testing::TestWithParam<std::tuple<std::string, unsigned, uint32_t>> {};

TEST_P(SameOnSeveralCpus, OutputAndStatus) {
    const auto& [name, cpus, policy] = GetParam();
    const TemporaryFolder folder;
    const fs::path program = folder.path() / name;
    const HostRun compiled =
        run_on_host(fmt::format("{} cc {} -o {} 2>&1", PEACH_TOOLCHAIN, source_of(name), program.string()));
    ASSERT_EQ(compiled.status, 0) << compiled.output;
    GuestMachine guest;
    guest.add_program("/bin/" + name, program);
    GuestOptions options{.policy = policy};
    options.machine.cpu_count = cpus;
    options.machine.slice_instructions = 61;
    const GuestRun run = guest.run({"sh", "-c", "cd /tmp; $1 word 'two words'", "sh", name}, options);
    const HostRun& native = run_natively(name);
    EXPECT_EQ(run.output, native.output);
    EXPECT_EQ(run.status, native.status);
}

INSTANTIATE_TEST_SUITE_P(Programs, SameOnSeveralCpus,
                         testing::Combine(testing::Values("threads", "signals"), testing::Values(1u, 2u, 4u),
                                          testing::Values(0u, 1u)),
                         [](const auto& test) {
                             return fmt::format("{}_on_{}_under_{}", std::get<0>(test.param),
                                                std::get<1>(test.param), std::get<2>(test.param));
                         });

}  // namespace
}  // namespace peach::tests
