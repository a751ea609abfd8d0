// Memory: which pages leave, that what leaves comes back unharmed, and that everything is given back in the
// end.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <regex>

#include "tests/guest/kernel_program.h"

namespace peach::tests {
namespace {

// ---- page strings against a model ----

std::string fifo_model(const std::vector<int>& touches, size_t frames) {
    std::deque<int> resident;
    std::string result;
    for (const int page : touches) {
        const bool hit = std::ranges::find(resident, page) != resident.end();
        result += hit ? 'h' : 'm';
        if (hit) continue;
        if (resident.size() == frames) resident.pop_front();
        resident.push_back(page);
    }
    return result;
}

// The hand passes pages that were used since it last came by. A page that has just come counts as used.
std::string clock_model(const std::vector<int>& touches, size_t frames) {
    struct Frame {
        int page;
        bool used;
    };
    std::vector<Frame> face;
    size_t hand = 0;
    std::string result;
    for (const int page : touches) {
        const auto found = std::ranges::find(face, page, &Frame::page);
        result += found != face.end() ? 'h' : 'm';
        if (found != face.end()) {
            found->used = true;
        } else if (face.size() < frames) {
            face.push_back({page, true});
        } else {
            for (; face[hand].used; hand = (hand + 1) % frames) face[hand].used = false;
            face[hand] = {page, true};
            hand = (hand + 1) % frames;
        }
    }
    return result;
}

std::string summary(const std::string& result) {
    const auto misses = std::ranges::count(result, 'm');
    return fmt::format("{}\n{} hits, {} misses\n", result, result.size() - static_cast<size_t>(misses),
                       misses);
}

std::string run_string(const std::string& arguments) {
    return GuestMachine().run({"sh", "-c", "pagestring " + arguments}).output;
}

TEST(Pages, PublishedStringsHaveTheirPublishedMisses) {
    EXPECT_EQ(run_string("-p fifo 3 0,1,2,0,1,3,0,3,1,2,1"), "mmmhhmmhmmh\n4 hits, 7 misses\n");
    EXPECT_TRUE(run_string("-p fifo 3 1,2,3,4,1,2,5,1,2,3,4,5").ends_with(" 9 misses\n"));
    EXPECT_TRUE(run_string("-p fifo 4 1,2,3,4,1,2,5,1,2,3,4,5").ends_with(" 10 misses\n"));
    EXPECT_EQ(run_string("-p clock 3 0,1,2,0,1,3,0,3,1,2,1"),
              summary(clock_model({0, 1, 2, 0, 1, 3, 0, 3, 1, 2, 1}, 3)));
}

class PageStrings : public testing::TestWithParam<const char*> {};

TEST_P(PageStrings, MissWhereTheModelMisses) {
    std::mt19937 random(42);
    std::string script;
    std::string expected;
    for (int i = 0; i < 40; ++i) {
        const size_t frames = 1 + random() % 6;
        const unsigned pages = 2 + random() % 8;
        std::vector<int> touches(10 + random() % 50);
        for (int& page : touches) page = static_cast<int>(random() % pages);
        script += fmt::format("pagestring {} {} {} {}\n", random() % 2 == 0 ? "-w" : "", GetParam(), frames,
                              fmt::join(touches, ","));
        const bool fifo = std::string(GetParam()) == "-p fifo";
        expected += summary(fifo ? fifo_model(touches, frames) : clock_model(touches, frames));
    }
    GuestMachine guest;
    guest.add_file("/tmp/strings", script);
    EXPECT_EQ(guest.run({"sh", "/tmp/strings"}).output, expected);
}

INSTANTIATE_TEST_SUITE_P(Pages, PageStrings, testing::Values("-p fifo", "-p clock"),
                         [](const auto& test) { return std::string(test.param).substr(3); });

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
