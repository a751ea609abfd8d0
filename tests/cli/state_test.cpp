// Saved machines, what changed, power cuts, clocks: the machine's settings from the command line.

#include "tests/cli/host_process.h"

#include <gtest/gtest.h>

namespace peach::tests {
namespace {

TEST(SavedMachine, GoesOnWhereItWas) {
    const ScratchFile file("half.save", "");
    const std::vector<std::string> command{"--", "sh", "-c", "echo one; sleep 5; echo two; exit 3"};
    std::vector<std::string> half{"run", "--max-cycles", "3000000", "--save", file.path()};
    half.insert(half.end(), command.begin(), command.end());
    const Outcome first = run_peach(half);
    EXPECT_EQ(first.status, 124) << first.errors;
    const Outcome second = run_peach({"run", "--load", file.path()});
    EXPECT_EQ(second.status, 3) << second.errors;
    EXPECT_EQ(first.output + second.output, "one\ntwo\n");
}

// A program of one's own, called as one of PeachOS's, so that the wrong symbols would be seen.
constexpr const char* kBusyCat = R"(
static volatile unsigned turns;
__attribute__((noinline)) static void turn_for_ever(void) { for (;;) turns++; }
int main(void) { turn_for_ever(); }
)";

TEST(SavedMachine, AndARecordingBringTheSymbolsOfTheirPrograms) {
    const ScratchFile source("cat.c", kBusyCat);
    const ScratchFile saved("busy.save", "");
    const ScratchFile recording("busy.peach", "");
    const Outcome run = run_peach({"run", "--add", source.path() + ":/bin/cat", "--max-cycles", "1,500,000",
                                   "--save", saved.path(), "--record", recording.path(), "--", "cat"});
    EXPECT_EQ(run.status, 124) << run.errors;
    for (const auto& [option, path] : {std::pair("--load", saved.path()), {"--replay", recording.path()}}) {
        const Outcome shown = run_peach({"show", "frames", option, path, "--at", "1,500,000"});
        EXPECT_NE(shown.output.find("turn_for_ever"), std::string::npos)
            << option << shown.output << shown.errors;
    }
}

TEST(SavedMachine, BringsItsImage) {
    const ScratchFile program("loop.s", "    .globl _start\n_start:\n    nop\nagain:\n    j again\n");
    const ScratchFile saved("bare.save", "");
    EXPECT_EQ(
        run_peach({"run", "--bare", program.path(), "--max-cycles", "1000", "--save", saved.path()}).status,
        124);
    const Outcome shown = run_peach({"show", "code", "--load", saved.path(), "--at", "2000"});
    EXPECT_NE(shown.output.find("again"), std::string::npos) << shown.output << shown.errors;
}

TEST(SavedMachine, GoesOnIntoARecording) {
    const ScratchFile saved("half.save", "");
    const ScratchFile recording("half.peach", "");
    run_peach({"run", "--max-cycles", "3000000", "--save", saved.path(), "--", "sh", "-c",
               "sleep 5; echo two; exit 3"});
    const Outcome first =
        run_peach({"run", "--load", saved.path(), "--quantum", "500", "--record", recording.path()});
    EXPECT_EQ(first.status, 3) << first.errors;
    const Outcome again = run_peach({"run", "--replay", recording.path()});
    EXPECT_EQ(again.status, 3) << again.errors;
    EXPECT_EQ(again.output, "two\n");
}

TEST(SavedMachine, WhatIsNoneIsRefused) {
    const ScratchFile file("foreign.save", "this is no saved machine at all");
    const Outcome outcome = run_peach({"run", "--load", file.path()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.errors.find("is not a Peach saved machine: make one with `peach run --save FILE`"),
              std::string::npos)
        << outcome.errors;
}

TEST(Changes, BetweenTwoMomentsAreNamed) {
    const Outcome outcome = run_peach({"show", "changes", "--since", "300000", "--at", "600000"});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_NE(outcome.output.find("cpus[0].pc"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("ram 8"), std::string::npos) << outcome.output;
}

TEST(PowerCut, EndsTheRunAndLeavesADiskThatBoots) {
    const ScratchFile disk("cut.img", "");
    const Outcome cut = run_peach({"run", "--power-cut", "3", "--torn", "512", "--save-disk", disk.path(),
                                   "--", "sh", "-c", "echo hi >a; echo ho >b; echo never"});
    EXPECT_EQ(cut.status, 1);
    EXPECT_EQ(cut.errors, "peach: the power failed at write 3 to the disk, as --power-cut says\n");
    const Outcome after = run_peach({"run", "--disk", disk.path(), "--", "echo", "alive"});
    EXPECT_EQ(after.output, "alive\n") << after.errors;
    EXPECT_EQ(after.status, 0);
}

TEST(BookClock, RunsTheSameProgramsInLessTime) {
    const Outcome book = run_peach({"run", "--clock", "book", "--", "sh", "-c", "echo hi | wc; exit 3"});
    EXPECT_EQ(book.status, 3) << book.errors;
    const Outcome real = run_peach({"run", "--clock", "real", "--", "sh", "-c", "echo hi | wc; exit 3"});
    EXPECT_EQ(book.output, real.output);
}

}  // namespace
}  // namespace peach::tests
