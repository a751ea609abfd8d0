#include "tests/guest/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "debugger/timeline.h"

namespace peach::tests {
namespace {

constexpr size_t kMoments = 50;

struct Visit {
    uint64_t cycle;
    uint64_t hash;
};

// The length of the run is known from a first engine, so that the moments are spread over all of it.
std::vector<Visit> first_visits(debugger::Timeline& timeline, uint64_t length, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<uint64_t> cycles(kMoments);
    for (uint64_t& cycle : cycles) cycle = random() % length;
    std::ranges::sort(cycles);
    std::vector<Visit> visits;
    for (const uint64_t cycle : cycles) {
        timeline.run_forward(cycle);
        visits.push_back({timeline.cursor(), timeline.machine().hash()});
    }
    timeline.run_forward(length);
    return visits;
}

void expect_same(debugger::Timeline& timeline, const Visit& visit, const char* direction) {
    timeline.seek(visit.cycle);
    ASSERT_EQ(timeline.cursor(), visit.cycle);
    ASSERT_EQ(timeline.machine().hash(), visit.hash) << direction << " to cycle " << visit.cycle;
}

}  // namespace

void expect_same_states_again(const Machine& initial, uint64_t length,
                              const std::vector<InputEvent>& script) {
    debugger::Timeline timeline(initial, {.snapshot_interval_cycles = 200'000});
    timeline.set_script(script);
    std::vector<Visit> visits = first_visits(timeline, length, 1);
    const uint64_t last_cycle = timeline.cursor(), last_hash = timeline.machine().hash();
    const std::string console(timeline.console());

    for (const Visit& visit : visits) expect_same(timeline, visit, "forwards");
    std::ranges::reverse(visits);
    for (const Visit& visit : visits) expect_same(timeline, visit, "backwards");
    std::ranges::shuffle(visits, std::mt19937(2));
    for (const Visit& visit : visits) expect_same(timeline, visit, "anywhere");

    timeline.go_live();
    EXPECT_EQ(timeline.cursor(), last_cycle);
    EXPECT_EQ(timeline.machine().hash(), last_hash);
    EXPECT_EQ(timeline.console(), console) << "travelling prints nothing";
}

}  // namespace peach::tests
