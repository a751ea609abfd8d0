// A small part of `./dev fuzz hostile`: programs that mean harm hurt only themselves.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/guest/campaign.h"

namespace peach::tests {
namespace {

class HostilePrograms : public testing::TestWithParam<std::tuple<const char*, unsigned>> {};

TEST_P(HostilePrograms, HurtOnlyThemselves) {
    const auto [kind, cpus] = GetParam();
    const Batch batch{.kind = kind, .count = 12, .cpus = cpus, .policy = cpus - 1};
    const BatchResult result = run_batch(batch, PEACH_GUEST_TESTS "/hostile", Invariants());
    EXPECT_EQ(result.failures, std::vector<std::string>{});
    EXPECT_EQ(result.done, batch.count);
}

INSTANTIATE_TEST_SUITE_P(Kernel, HostilePrograms,
                         testing::Combine(testing::ValuesIn(kAttackKinds), testing::Values(1u, 2u)),
                         [](const auto& test) {
                             return fmt::format("{}_on_{}", std::get<0>(test.param), std::get<1>(test.param));
                         });

}  // namespace
}  // namespace peach::tests
