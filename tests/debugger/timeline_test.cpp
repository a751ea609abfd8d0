// History: any moment can be visited again, bit for bit, from any direction.

#include "debugger/timeline.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "machines.h"

namespace peach::debugger {
namespace {

using testing::bare;
using testing::kCountingProgram;
using testing::peachos;
using testing::peachos_at_prompt;

// Visits `count` random moments forwards, then the same ones in a random order, and compares hashes.
void expect_moments_repeat(Session& session, uint64_t last, int count) {
    std::mt19937_64 random(7);
    std::map<uint64_t, uint64_t> hashes;
    while (hashes.size() < static_cast<size_t>(count)) hashes[random() % last] = 0;
    for (auto& [cycle, hash] : hashes) {
        if (cycle > session.timeline().frontier()) {
            session.start_run_to_cycle(cycle);
            session.finish();
        } else {
            session.seek(cycle);
        }
        ASSERT_EQ(session.timeline().cursor(), cycle);
        hash = session.machine().hash();
    }
    std::vector<uint64_t> cycles;
    for (const auto& [cycle, hash] : hashes) cycles.push_back(cycle);
    for (auto backwards = cycles.rbegin(); backwards != cycles.rend(); ++backwards) {
        session.seek(*backwards);
        ASSERT_EQ(session.machine().hash(), hashes[*backwards]) << "backwards to " << *backwards;
    }
    std::shuffle(cycles.begin(), cycles.end(), random);
    for (const uint64_t cycle : cycles) {
        session.seek(cycle);
        ASSERT_EQ(session.machine().hash(), hashes[cycle]) << "jumping to " << cycle;
    }
}

TEST(Timeline, FiftyRandomMomentsOfABareMachineAreTheSameAgain) {
    auto session = bare(kCountingProgram);
    expect_moments_repeat(*session, 300'000, 50);
}

TEST(Timeline, FiftyRandomMomentsOfPeachOSAreTheSameAgain) {
    auto session = peachos();
    session->start(Motion::run);
    session->finish(100'000'000);
    session->type("primes 50 | wc; ls /bin\n");
    session->finish(100'000'000);
    const uint64_t end = session->timeline().frontier();
    const uint64_t hash = session->machine().hash();
    expect_moments_repeat(*session, end, 50);
    session->go_live();
    EXPECT_EQ(session->timeline().cursor(), end);
    EXPECT_EQ(session->machine().hash(), hash);
}

TEST(Timeline, SnapshotsThinOutUnderABudgetAndEveryMomentStaysReachable) {
    SessionOptions options = testing::peachos_options();
    options.timeline.snapshot_interval_cycles = 20'000;
    options.timeline.snapshot_budget_bytes = 2 << 20;
    auto session = testing::create(std::move(options));
    session->start_run_to_cycle(3'000'000);
    session->finish();
    EXPECT_LT(session->timeline().snapshot_bytes(), size_t{4} << 20);
    EXPECT_GT(session->timeline().snapshot_count(), 5u);
    expect_moments_repeat(*session, session->timeline().frontier(), 20);
}

TEST(Timeline, StepsBackOverATrapOneCycleAtATime) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(2'000);
    session->finish();
    std::vector<uint64_t> hashes;
    for (uint64_t cycle = 0; cycle <= 2'000; ++cycle) {
        session->seek(cycle);
        hashes.push_back(session->machine().hash());
    }
    ASSERT_GT(session->machine().cpu(0).x[9], 0u) << "a trap has been handled";
    for (uint64_t cycle = 2'000; cycle-- > 0;) {
        session->seek(cycle);
        ASSERT_EQ(session->machine().hash(), hashes[cycle]) << cycle;
    }
}

TEST(Timeline, StepsBackOverAContextSwitchAndAPageOfOutput) {
    auto session = peachos_at_prompt();
    session->type("ls /bin; ls /bin; ls /bin\n");
    session->finish(50'000'000);
    const Timeline& timeline = session->timeline();
    const size_t printed = timeline.console().size();
    ASSERT_GT(printed, 400u);
    const uint64_t end = timeline.frontier();
    const uint64_t hash = session->machine().hash();
    const auto switched = session->events().previous_switch(0, end);
    ASSERT_TRUE(switched);
    session->seek(*switched + 100);
    const uint64_t after = session->machine().hash();
    for (uint64_t cycle = *switched + 99; cycle > *switched - 100; --cycle) session->seek(cycle);
    session->seek(*switched + 100);
    EXPECT_EQ(session->machine().hash(), after);
    // The page of output goes away letter by letter, and comes back.
    session->seek(timeline.console_cycles()[printed - 400]);
    EXPECT_EQ(timeline.console_length_at(timeline.cursor()), printed - 400);
    session->go_live();
    EXPECT_EQ(session->machine().hash(), hash);
    EXPECT_EQ(timeline.console().size(), printed) << "history is not printed twice";
}

TEST(Timeline, RunningAgainThroughKnownHistoryGivesTheSame) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(100'000);
    session->finish();
    const uint64_t hash = session->machine().hash();
    const std::string console(session->timeline().console());
    session->seek(1'234);
    session->start_run_to_cycle(100'000);
    session->finish();
    EXPECT_EQ(session->machine().hash(), hash);
    EXPECT_TRUE(session->timeline().is_live());
    EXPECT_EQ(session->timeline().console(), console);
    session->start_run_to_cycle(200'000);
    session->finish();
    auto straight = bare(kCountingProgram);
    straight->start_run_to_cycle(200'000);
    straight->finish();
    EXPECT_EQ(session->machine().hash(), straight->machine().hash());
    EXPECT_EQ(session->timeline().console(), straight->timeline().console());
}

TEST(Timeline, ActingInThePastStartsABranchAndTheOldFutureStays) {
    auto session = peachos_at_prompt();
    const uint64_t fork = session->timeline().cursor();
    session->type("echo one\n");
    session->finish(50'000'000);
    const uint64_t first_hash = session->machine().hash();
    const std::string first_console(session->timeline().console());
    EXPECT_NE(first_console.find("\none"), std::string::npos);

    session->seek(fork - 1);
    session->type("echo two\n");
    session->start(Motion::run);
    session->finish(50'000'000);
    EXPECT_EQ(session->timeline().branches().size(), 1u);
    EXPECT_EQ(session->timeline().console().find("\none"), std::string::npos) << "that has not happened here";
    EXPECT_NE(session->timeline().console().find("\ntwo"), std::string::npos);
    const uint64_t second_hash = session->machine().hash();

    session->switch_branch(0);
    EXPECT_EQ(session->machine().hash(), first_hash);
    EXPECT_EQ(session->timeline().console(), first_console);
    ASSERT_EQ(session->timeline().branches().size(), 1u);
    session->switch_branch(0);
    EXPECT_EQ(session->machine().hash(), second_hash);
}

TEST(Timeline, EditsOfRegistersAndMemoryAreHistoryToo) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(1'000);
    session->finish();
    session->edit_register(0, 10, 500'000);
    const std::vector<std::byte> bytes(8, std::byte{0x5A});
    ASSERT_TRUE(session->edit_memory(0x80002FFC, bytes)) << "over the edge of a page";
    EXPECT_FALSE(session->edit_memory(0x10000000, bytes));
    session->start_run_to_cycle(2'000);
    session->finish();
    const uint64_t hash = session->machine().hash();
    EXPECT_GT(session->machine().cpu(0).x[10], 500'000u);
    session->seek(999);
    EXPECT_LT(session->machine().cpu(0).x[10], 1'000u);
    session->seek(1'000);
    EXPECT_EQ(session->machine().cpu(0).x[10], 500'000u);
    session->go_live();
    EXPECT_EQ(session->machine().hash(), hash);
}

TEST(Timeline, FindsTheLastWriteOfARegister) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(20'000);
    session->finish();
    const auto written = session->last_register_write(0, 9, 20'000);  // s1 counts traps
    ASSERT_TRUE(written);
    const uint32_t value = session->machine().cpu(0).x[9];
    session->seek(*written + 1);
    EXPECT_EQ(session->machine().cpu(0).x[9], value);
    session->seek(*written);
    EXPECT_EQ(session->machine().cpu(0).x[9], value - 1);
    EXPECT_FALSE(session->last_register_write(0, 3, 5'000)) << "gp is never written";
}

}  // namespace
}  // namespace peach::debugger
