// Two machines that were written apart do the same.

#include "tests/reference/lockstep.h"

#include <gtest/gtest.h>

namespace peach::reference {
namespace {

TEST(Lockstep, RandomWorlds) {
    constexpr uint32_t kWorlds = 400;
    uint64_t instructions = 0;
    uint64_t traps = 0;
    for (uint32_t seed = 1; seed <= kWorlds; ++seed) {
        const LockstepReport report = run_random_world(seed, 20'000);
        ASSERT_EQ(report.difference, "");
        instructions += report.instructions;
        traps += report.traps;
    }
    EXPECT_GT(instructions, 4'000'000u);  // the worlds live
    EXPECT_GT(traps, 40'000u);
    EXPECT_LT(traps, instructions / 10);  // and do more than trap
}

}  // namespace
}  // namespace peach::reference
