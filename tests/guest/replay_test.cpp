// Time travel over real guest work: at 50 random moments the machine is the same as on the first visit,
// whether one comes from before or from behind.

#include <gtest/gtest.h>

#include "tests/guest/guest_machine.h"
#include "tests/guest/replay.h"

namespace peach::tests {
namespace {

class Replay : public testing::TestWithParam<const char*> {};

TEST_P(Replay, StatesAreThoseOfTheFirstVisit) {
    const GuestMachine guest;
    const std::vector<std::string> command = {"sh", "-c", GetParam()};
    const uint64_t length = guest.run(command).cycles;
    expect_same_states_again(guest.start(command), length);
}

const char* const kLines[] = {
    "hello",
    "echo hi | wc",
    "cd /tmp; echo a >a; cp a b; cat a b | wc; rm a b; ls -l /bin",
    "spin 200 & spin 300 & primes 1000 | head -n 3; wait; ps",
    "sleep 0.05 & pingpong 20; forktree 3; wait",
    "sh -c 'kill -9 $$'; cat /nosuch; grep peach /home/fruit.txt | wc -c",
    "sched fifo; (primes 200; primes 300) | wc -l & primes 500 | wc; wait",
};

INSTANTIATE_TEST_SUITE_P(Guest, Replay, testing::ValuesIn(kLines));

TEST(ReplayOfTyping, KeysArriveAtTheSameCycles) {
    const GuestMachine guest;
    const std::vector<InputEvent> script = {
        {.cycle = 400'000, .what = ConsoleInput{"echo hello | wc\n"}},
        {.cycle = 1'200'000, .what = ConsoleInput{"spin\n"}},
        {.cycle = 1'500'000, .what = SwitchMove{.index = 1, .value = 3000}},
        {.cycle = 1'900'000, .what = ConsoleInput{"\x03"}},
        {.cycle = 2'000'000, .what = ConsoleInput{"ps\n"}},
    };
    expect_same_states_again(guest.start({}, {.terminal = true}), 3'000'000, script);
}

}  // namespace
}  // namespace peach::tests
