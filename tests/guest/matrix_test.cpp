// Every program of tests/guest/programs and tests/guest/calls on 1, 2 and 4 CPUs under every policy, many in
// one boot: each must say the same as natively (or that all is as promised), give back everything that it was
// given, and leave a kernel whose invariants hold.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "emulator/isa/traps.h"
#include "tests/guest/dialogue.h"
#include "tests/guest/invariants.h"
#include "tests/guest/native_run.h"

namespace peach::tests {
namespace {

constexpr uint64_t kPatienceCycles = 3'000'000'000;

constexpr const char* kPolicies[] = {
#define POLICY(number, constant, name, object, sentence) name,
#include "guest_os/include/peach/policies.inc"
#undef POLICY
};

struct Outcome {
    std::string output;   // of the program itself
    std::string verdict;  // "status 0, restored"
};

// "@ NAME\n", what it said, "@ VERDICT\n".
Outcome outcome_of(const std::string& said) {
    const size_t begin = said.find('\n') + 1;
    const size_t end = said.rfind("@ ");
    if (end == std::string::npos || end < begin) return {said, "no verdict"};
    return {said.substr(begin, end - begin), said.substr(end + 2, said.size() - end - 3)};
}

Outcome expected_of(const std::string& name, const std::string& guest_output) {
    if (!is_native_program(name)) return {"as promised\n", "status 0, restored"};
    const HostRun& native = run_natively(name, guest_output);
    return {native.output, fmt::format("status {}, restored", native.status)};
}

class EveryProgram : public testing::TestWithParam<std::tuple<unsigned, uint32_t>> {};

TEST_P(EveryProgram, SaysTheSameAndGivesEverythingBack) {
    const auto [cpus, policy] = GetParam();
    std::vector<std::string> names = native_program_names();
    std::ranges::copy(promise_program_names(), std::back_inserter(names));
    GuestMachine guest;
    std::vector<std::string> command = {"counted", "true"};
    guest.add_program("/bin/counted", PEACH_GUEST_TESTS "/counted");
    guest.add_file("/etc/counted-input", kProgramInput);
    for (const std::string& name : names) {
        guest.add_program("/bin/" + name, PEACH_GUEST_TESTS "/" + name);
        command.push_back(name);
    }
    GuestOptions options{.input_ends = false, .policy = policy};
    options.machine.ram_bytes = 16 << 20;
    options.machine.cpu_count = cpus;
    options.machine.slice_instructions = 61;
    const Invariants invariants;
    Dialogue dialogue(guest.start(command, options));
    for (int i = 0; i < 3; ++i) {  // `true`, until the machine is warm
        ASSERT_TRUE(dialogue.listen(kPatienceCycles)) << dialogue.rest();
        dialogue.answer();
    }
    for (const std::string& name : names) {
        SCOPED_TRACE(name);
        const auto said = dialogue.listen(kPatienceCycles);
        ASSERT_TRUE(said) << dialogue.rest();
        const Outcome outcome = outcome_of(*said);
        const Outcome expected = expected_of(name, outcome.output);
        EXPECT_EQ(outcome.output, expected.output);
        EXPECT_EQ(outcome.verdict, expected.verdict);
        EXPECT_EQ(invariants.broken(dialogue.machine()), std::vector<std::string>{});
        dialogue.answer();
    }
    EXPECT_FALSE(dialogue.listen(kPatienceCycles));
    EXPECT_TRUE(dialogue.machine().powered_off());
}

INSTANTIATE_TEST_SUITE_P(Programs, EveryProgram,
                         testing::Combine(testing::Values(1u, 2u, 4u),
                                          testing::Range(0u, static_cast<uint32_t>(std::size(kPolicies)))),
                         [](const auto& test) {
                             return fmt::format("on_{}_under_{}", std::get<0>(test.param),
                                                kPolicies[std::get<1>(test.param)]);
                         });

// ---- no system call is forgotten ----

TEST(EveryCall, IsMadeBySomeProgram) {
    static const std::map<uint32_t, std::string> calls = {
#define SYSCALL(number, name, prototype, sentence) {number, #name},
#include "guest_os/include/peach/syscalls.inc"
#undef SYSCALL
    };
    std::set<uint32_t> made;
    GuestMachine guest;
    std::string script;
    guest.add_file("/tmp/input", kProgramInput);
    for (const auto& names : {native_program_names(), promise_program_names()}) {
        for (const std::string& name : names) {
            guest.add_program("/bin/" + name, PEACH_GUEST_TESTS "/" + name);
            script += fmt::format(
                "mkdir /tmp/{0}; cd /tmp/{0}; {0} word 'two words' < /tmp/input > /dev/null\n", name);
        }
    }
    Engine engine(guest.start({"sh", "-c", script}));
    RunOutput output;
    output.collect_traps = true;
    engine.run(kPatienceCycles * 10, output);
    EXPECT_TRUE(engine.machine().powered_off());
    for (const TrapRecord& trap : output.traps) {
        if (trap.kind == TrapKind::enter && trap.cause == static_cast<uint32_t>(isa::TrapCause::system_call))
            made.insert(trap.detail);
    }
    for (const auto& [number, name] : calls) EXPECT_TRUE(made.contains(number)) << name;
}

}  // namespace
}  // namespace peach::tests
