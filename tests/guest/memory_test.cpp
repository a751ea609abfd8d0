// Memory: which pages leave, that what leaves comes back unharmed, and that everything is given back in the
// end.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/guest/kernel_program.h"
#include "tests/guest/random_experiments.h"

namespace peach::tests {
namespace {

// ---- page strings against a model ----

std::string run_string(const std::string& arguments) {
    return GuestMachine().run({"sh", "-c", "pagestring " + arguments}).output;
}

TEST(Pages, PublishedStringsHaveTheirPublishedMisses) {
    EXPECT_EQ(run_string("-p fifo 3 0,1,2,0,1,3,0,3,1,2,1"), "mmmhhmmhmmh\n4 hits, 7 misses\n");
    EXPECT_TRUE(run_string("-p fifo 3 1,2,3,4,1,2,5,1,2,3,4,5").ends_with(" 9 misses\n"));
    EXPECT_TRUE(run_string("-p fifo 4 1,2,3,4,1,2,5,1,2,3,4,5").ends_with(" 10 misses\n"));
    EXPECT_EQ(run_string("-p clock 3 0,1,2,0,1,3,0,3,1,2,1"),
              page_string_output(Replacement::clock, {0, 1, 2, 0, 1, 3, 0, 3, 1, 2, 1}, 3));
}

class PageStrings : public testing::TestWithParam<Replacement> {};

TEST_P(PageStrings, MissWhereTheModelMisses) {
    EXPECT_EQ(difference(random_page_strings(GetParam(), 42, 40)), "");
}

INSTANTIATE_TEST_SUITE_P(Pages, PageStrings, testing::Values(Replacement::fifo, Replacement::clock),
                         [](const auto& test) { return test.param == Replacement::fifo ? "fifo" : "clock"; });

// ---- swapping ----

TEST(Memory, CallsDoWhatTheyPromise) {
    const GuestRun run = with_program("mappings").run({"mappings"});
    EXPECT_EQ(run.output,
              "zeros 1\nseparate 1\nhole faults 1\nread-only faults 1\nwritable again 1\nfork is private 1\n"
              "fixed 1\nrefused 1\nheap stops at a mapping 1\n");
    EXPECT_EQ(run.status, 0);
}

// From the line "swap   1024   8   1016" of free.
int used_slots(const std::string& output) {
    std::smatch match;
    static const std::regex line("swap +[0-9]+ +([0-9]+) +[0-9]+");
    return std::regex_search(output, match, line) ? std::stoi(match[1].str()) : -1;
}

class EveryReplacement : public testing::TestWithParam<const char*> {};

// Far more pages than there is memory, written, shared by fork and read back.
TEST_P(EveryReplacement, WhatLeavesComesBackUnharmed) {
    const GuestMachine guest = with_program("swapper");
    for (const unsigned cpus : {1u, 4u}) {
        GuestOptions options;
        options.machine.cpu_count = cpus;
        const GuestRun run = guest.run(
            {"sh", "-c", fmt::format("free frames 60; free {}; swapper 300; free -v", GetParam())}, options);
        EXPECT_TRUE(run.output.starts_with("parent sound\nchild sound\nparent still sound\n")) << run.output;
        EXPECT_EQ(run.output.find("swap: 0 in"), std::string::npos) << run.output;
        EXPECT_LT(used_slots(run.output), 30) << "only init and the shell have pages there: " << run.output;
        EXPECT_EQ(run.status, 0);
        EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
    }
}

INSTANTIATE_TEST_SUITE_P(Memory, EveryReplacement, testing::Values("clock", "fifo", "random", "aging"));

TEST(Memory, ProgramsRunInVeryFewFrames) {
    const GuestRun run = GuestMachine().run(
        {"sh", "-c", "free frames 8; primes 200 | grep 199; ls /bin | grep burn; echo $((6 * 7))"});
    EXPECT_EQ(run.output, "199\nburn\n42\n");
    EXPECT_EQ(run.status, 0);
}

TEST(Memory, LazyAndEagerLoadingRunTheSameProgram) {
    const GuestRun run = GuestMachine().run({"sh", "-c",
                                             "free -v | grep loads; free eager; primes 30 | grep 29; free -v "
                                             "| grep -c eagerly; free lazy; primes 30 | grep 29"});
    EXPECT_EQ(run.output, "replacement clock, frames for programs 0, exec loads lazily\n29\n1\n29\n");
}

// ---- nothing is lost ----

TEST(Memory, FreePagesAndSwapAreTheSameAfterEveryProgram) {
    const GuestMachine guest = with_program("counters");
    for (const unsigned cpus : {1u, 2u, 4u}) {
        GuestOptions options;
        options.machine.cpu_count = cpus;
        const GuestRun run = guest.run({"counters"}, options);
        EXPECT_TRUE(run.output.ends_with("all restored\n")) << run.output;
        EXPECT_EQ(run.status, 0);
    }
}

}  // namespace
}  // namespace peach::tests
