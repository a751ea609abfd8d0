// The runner: a session on a thread of its own, at a pace, with visitors.

#include "debugger/runner.h"

#include <gtest/gtest.h>

#include "machines.h"

namespace peach::debugger {
namespace {

using std::chrono::milliseconds;
using testing::bare;
using testing::kCountingProgram;

constexpr milliseconds kLongWait{60'000};

void wait_until_cycle(Runner& runner, uint64_t cycle) {
    while (runner.look([](const Session& session) { return session.timeline().cursor(); }) < cycle) {
        std::this_thread::sleep_for(milliseconds(1));
    }
}

TEST(Runner, RunsUntilPaused) {
    Runner runner(bare(kCountingProgram));
    runner.with([](Session& session) { session.start(Motion::run); });
    wait_until_cycle(runner, 100'000);
    EXPECT_TRUE(runner.status().running);
    runner.with([](Session& session) { session.pause(); });
    EXPECT_FALSE(runner.status().running);
    EXPECT_TRUE(runner.wait_until_stopped(kLongWait));
    const auto cycle = runner.look([](const Session& session) { return session.timeline().cursor(); });
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(runner.look([](const Session& session) { return session.timeline().cursor(); }), cycle);
}

TEST(Runner, FinishesMotionsAndTellsWhoWaits) {
    Runner runner(bare(kCountingProgram));
    std::atomic<int> wakes = 0;
    runner.set_wake([&] { ++wakes; });
    const uint64_t stops = runner.status().stops;
    runner.with([](Session& session) { session.start_run_to_cycle(500'000); });
    ASSERT_TRUE(runner.wait_until_stopped(kLongWait));
    EXPECT_EQ(runner.look([](const Session& session) { return session.timeline().cursor(); }), 500'000u);
    while (runner.status().stops == stops || wakes == 0) std::this_thread::sleep_for(milliseconds(1));
    runner.set_wake(nullptr);
}

TEST(Runner, TheThreadChangesNothingAboutTheRun) {
    auto alone = testing::peachos();
    alone->start_run_to_cycle(2'000'000);
    alone->finish();
    Runner runner(testing::peachos());
    runner.set_pace({.instructions_per_second = 0, .idle_skips = true});
    runner.with([](Session& session) { session.start_run_to_cycle(2'000'000); });
    ASSERT_TRUE(runner.wait_until_stopped(kLongWait));
    EXPECT_EQ(runner.look([](const Session& session) { return session.machine().hash(); }),
              alone->machine().hash());
}

TEST(Runner, TypedInputIsLoggedAndTheRunGoesOnByItself) {
    Runner runner(testing::peachos());
    runner.set_pace({.instructions_per_second = 0, .idle_skips = true});
    runner.with([](Session& session) { session.start(Motion::run); });
    ASSERT_TRUE(runner.wait_until_stopped(kLongWait));  // the shell waits
    runner.with([](Session& session) { session.type("echo typed\n"); });
    const auto printed = [&] {
        return runner.look([](const Session& session) {
            return session.timeline().console().find("\ntyped") != std::string_view::npos;
        });
    };
    while (!printed()) std::this_thread::sleep_for(milliseconds(1));
    runner.look([](const Session& session) {
        ASSERT_EQ(session.timeline().events().size(), 1u);
        EXPECT_LE(session.timeline().events()[0].cycle, session.timeline().cursor());
    });
}

TEST(Runner, ASlowPaceIsKept) {
    Runner runner(bare(kCountingProgram));
    runner.set_pace({.instructions_per_second = 1'000});
    runner.with([](Session& session) { session.start(Motion::run); });
    wait_until_cycle(runner, 20);
    const auto cycle = runner.look([](const Session& session) { return session.timeline().cursor(); });
    EXPECT_LT(cycle, 1'000u) << "a flat-out machine would be in the millions";
    runner.set_pace({});
    wait_until_cycle(runner, 1'000'000);
}

// The worker gives its lock away only to those who have said that they want it.
TEST(Runner, EndsAndGivesUpWaitingWhileTheGuestRunsFlatOut) {
    for (int i = 0; i < 200; ++i) {
        Runner runner(bare(kCountingProgram));
        runner.with([](Session& session) { session.start(Motion::run); });
        EXPECT_FALSE(runner.wait_until_stopped(milliseconds(2)));
    }
}

TEST(Runner, ManyVisitorsComeInWhileItRuns) {
    Runner runner(testing::peachos());
    runner.with([](Session& session) { session.start(Motion::run); });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&runner, i] {
            for (int visit = 0; visit < 50; ++visit) {
                if (i == 0 && visit % 10 == 0) {
                    runner.with([](Session& session) { session.type("ls\n"); });
                } else {
                    runner.look([](const Session& session) { return session.machine().cpu(0).pc; });
                }
                (void)runner.status();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace peach::debugger
