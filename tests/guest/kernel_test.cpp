// What the kernel promises: a program can hurt itself and nobody else, on any number of CPUs.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "tests/guest/kernel_program.h"

namespace peach::tests {
namespace {

// Lines "pid 5 (crash): load page fault at 0x00000000, pc 0x00010024: killed", without pid and pc.
std::string kernel_messages(const std::string& output) {
    static const std::regex message("pid [0-9]+ \\([a-z_]+\\): (.*), pc 0x[0-9a-f]{8}: killed");
    std::string result;
    std::istringstream lines(output);
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
        if (std::regex_match(line, match, message)) result += match[1].str() + "\n";
    }
    return result;
}

TEST(Kernel, AFaultEndsTheProgramWithTheSignalThatFits) {
    const GuestRun run = with_program("faults").run({"faults"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.output,
              "store to null: signal 11\nload from null: signal 11\njump to nowhere: signal 11\n"
              "jump to odd address: signal 7\nstore to kernel: signal 11\nstore to device: signal 11\n"
              "store to code: signal 11\nload misaligned: signal 7\nexecute zeros: signal 4\n"
              "execute ebreak: signal 5\nexecute privileged: signal 4\nlose the stack: signal 11\n"
              "execute heap: signal 11\nrecurse for ever: signal 11\n");
}

TEST(Kernel, AFaultIsReportedInOneLine) {
    const GuestRun run = with_program("faults").run({"sh", "-c", "faults > /dev/null; dmesg"});
    const std::string messages = kernel_messages(run.output);
    EXPECT_TRUE(
        messages.starts_with("store page fault at 0x00000000\nload page fault at 0x00000000\n"
                             "fetch page fault at 0x12345678\nmisaligned fetch at 0x00010002\n"
                             "store page fault at 0x80001000\nstore page fault at 0xf0005000\n"
                             "store page fault at 0x00010000\nmisaligned load at 0x00010001\n"
                             "illegal instruction at 0x00000000\nbreakpoint at 0x00000000\n"
                             "privileged instruction at 0xe3000000\nstore page fault at 0x00000000\n"))
        << messages;
}

TEST(Kernel, WildPointersInSystemCallsAreEfault) {
    const GuestRun run = with_program("wild_pointers").run({"wild_pointers"});
    EXPECT_EQ(run.output, "done\n");
    EXPECT_EQ(run.status, 0);
}

class KernelOnCpus : public testing::TestWithParam<unsigned> {};

TEST_P(KernelOnCpus, ProcessesComeAndGoInEveryWay) {
    const GuestRun run = with_program("churn").run({"churn"}, {.machine = {.cpu_count = GetParam()}});
    EXPECT_EQ(run.output, "0 11 15 3\n");
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

TEST_P(KernelOnCpus, RacingThreadsHurtOnlyTheirProcess) {
    const GuestMachine guest = with_program("racing_threads");
    for (const char* seed : {"1", "7919"}) {
        const GuestRun run = guest.run({"racing_threads", seed}, {.machine = {.cpu_count = GetParam()}});
        EXPECT_TRUE(run.output.ends_with("survived\n")) << run.output;
        EXPECT_EQ(run.status, 0);
        EXPECT_EQ(run.disk_problems, std::vector<std::string>{}) << seed;
    }
}

// What one thread takes away from another's system call: see the program.
TEST_P(KernelOnCpus, WhatAThreadTakesAwayHurtsOnlyItsProcess) {
    const GuestRun run =
        with_program("thread_duels")
            .run({"thread_duels"},
                 {.machine = {.cpu_count = GetParam(), .slice_instructions = 7, .slice_seed = 1}});
    EXPECT_EQ(run.output,
              "execve: 0 ended otherwise\n6 of 6 calls ended by SIGSEGV\npipes at the limit: 0, then 6\n"
              "0 children have another umask\nmarks were lost: 0\npoll: 0\n");
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

TEST(Kernel, ARemovedDirectoryHasNoWayUp) {
    const GuestRun run = with_program("removed_directory").run({"removed_directory"});
    std::string once;
    for (const char* what : {"stat", "link", "open", "chdir", "rename", "stat again"})
        once += fmt::format("{}: No such file or directory\n", what);
    EXPECT_EQ(run.output, once + once + "access as another: done\n");
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

// One CPU changes a page table while others use the pages; memory is short, or not. Nothing may be lost.
struct Duel {
    const char* what;
    uint32_t cpus, slice, seed, ram_mib, disk_latency;
};

TEST(Kernel, PageTablesChangeUnderOtherCpus) {
    const GuestMachine guest = with_program("memory_duels");
    for (const Duel& duel :
         {Duel{"stores_and_forks", 8, 30, 1, 64, 1000}, Duel{"stores_and_forks", 2, 100, 0, 64, 1000},
          Duel{"reads_and_forks", 3, 10, 1, 64, 1000}, Duel{"stores_and_protections", 2, 3, 1, 2, 100},
          Duel{"more_than_there_is", 1, 100, 0, 2, 1000}, Duel{"more_than_there_is", 4, 100, 0, 2, 1000},
          Duel{"a_full_swap_area", 1, 100, 0, 2, 200}, Duel{"large_buffers", 2, 100, 0, 2, 1000}}) {
        GuestOptions options;
        options.machine.cpu_count = duel.cpus;
        options.machine.slice_instructions = duel.slice;
        options.machine.slice_seed = duel.seed;
        options.machine.ram_bytes = duel.ram_mib << 20;
        options.machine.disk_latency_cycles = duel.disk_latency;
        options.max_cycles = 2'000'000'000;
        const GuestRun run = guest.run({"memory_duels", duel.what}, options);
        EXPECT_EQ(run.output, "0\n") << duel.what << " on " << duel.cpus;
        EXPECT_EQ(run.status, 0) << duel.what;
    }
}

TEST_P(KernelOnCpus, NoChainOfForksOutrunsASignalToAll) {
    const GuestRun run = with_program("outrun").run({"outrun"}, {.machine = {.cpu_count = GetParam()}});
    EXPECT_EQ(run.output, "0 outran it\n");
}

TEST_P(KernelOnCpus, NoWakeUpIsEatenByATimeOrASignal) {
    const GuestRun run =
        with_program("lost_news").run({"lost_news", "wakes"}, {.machine = {.cpu_count = GetParam()}});
    EXPECT_EQ(run.output, "timed: 0, the other one: 1\ndisturbed: 0\n");
}

TEST_P(KernelOnCpus, NoSignalToAProcessWaitsForAThreadThatBlocksIt) {
    const GuestRun run =
        with_program("lost_news").run({"lost_news", "signals"}, {.machine = {.cpu_count = GetParam()}});
    EXPECT_EQ(run.output, "0 of 60 signals were lost\n");
}

TEST_P(KernelOnCpus, ACallGivesUpOnlyForASignalThatItsOwnThreadActsUpon) {
    const GuestRun run =
        with_program("lost_news")
            .run({"lost_news", "restarts"}, {.machine = {.cpu_count = GetParam(), .slice_instructions = 10}});
    EXPECT_EQ(run.output, "read gave up 0 times\n");
}

TEST_P(KernelOnCpus, ASignalToAGroupReachesTheChildThatIsBeingBorn) {
    const GuestRun run =
        with_program("lost_news").run({"lost_news", "forks"}, {.machine = {.cpu_count = GetParam()}});
    EXPECT_EQ(run.output, "0 survived\n");
}

// Tries of a user to get more than his share: see the program.
TEST_P(KernelOnCpus, NobodyGetsMoreThanHisShare) {
    const GuestMachine guest = with_program("fair_shares");
    const std::map<std::string, std::string> expected{
        {"alarms", "others can still compute\n"},
        {"job", "signal 9\n"},
        {"limit", "signal 9, the kernel took little\n"},
        {"nice", "7 7 7 \n"},
        {"tickets", "1, nice 1\n"},
        {"threads", "7, again 7, and fork: 1\n"},
    };
    for (const auto& [name, output] : expected) {
        EXPECT_EQ(guest.run({"fair_shares", name}, {.machine = {.cpu_count = GetParam()}}).output, output)
            << name;
    }
}

TEST_P(KernelOnCpus, APipelineSaysTheSame) {
    const GuestRun run = GuestMachine().run(
        {"sh", "-c", "forktree | wc; primes 200 | cat | cat | wc; ls /bin | grep s | grep h"},
        {.machine = {.cpu_count = GetParam(), .slice_instructions = 37}});
    const GuestRun reference = GuestMachine().run(
        {"sh", "-c", "forktree | wc; primes 200 | cat | cat | wc; ls /bin | grep s | grep h"});
    EXPECT_EQ(run.output, reference.output);
    EXPECT_EQ(run.status, 0);
}

INSTANTIATE_TEST_SUITE_P(One, KernelOnCpus, testing::Values(1u));
INSTANTIATE_TEST_SUITE_P(Several, KernelOnCpus, testing::Values(2u, 4u, 8u));

// Under the policies by which a process that wakes may take the CPU from another one.
TEST(Kernel, NobodyMakesRoomWhileACpuIsFree) {
    for (const uint32_t policy : {3u, 4u}) {
        const GuestRun run =
            with_program("sleeper_and_hog")
                .run({"sleeper_and_hog"},
                     {.machine = {.cpu_count = 2}, .policy = policy, .quantum_cycles = 100000});
        EXPECT_TRUE(run.output.starts_with("hardly")) << policy << ": " << run.output;
    }
}

bool is_code(std::string_view line) {
    const size_t begin = line.find_first_not_of(" \t");
    return begin != std::string_view::npos && !line.substr(begin).starts_with("//") &&
           !line.substr(begin).starts_with("# ");
}

// docs/kernel.md says so.
TEST(Kernel, HasFewerThan8000LinesWithoutCommentsAndBlankLines) {
    size_t code = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(std::filesystem::path(PEACH_SOURCE_DIR) / "guest_os/kernel")) {
        if (file.path().extension() == ".txt") continue;
        std::istringstream lines(read_file(file.path()));
        for (std::string line; std::getline(lines, line);) code += is_code(line);
    }
    EXPECT_LT(code, 8000u);
    EXPECT_GT(code, 7000u);  // else the page should say something else
}

TEST(Kernel, WithoutMemoryOnlyTheHogDies) {
    const GuestRun run = with_program("hog").run({"hog"}, {.machine = {.ram_bytes = 4 << 20}});
    EXPECT_EQ(run.output,
              "hog: signal 9\nhog: signal 9\nhog: signal 9\n"
              "more than 50 processes: 1, then EAGAIN\nall ended: 1\nreported: 1\n");
}

TEST(Kernel, AFullDiskLosesNothing) {
    const GuestRun run = with_program("disk_full").run({"disk_full"}, {.max_cycles = 2'000'000'000});
    EXPECT_EQ(run.output,
              "write: No space left on device\nall that was written is there: 1\n0 blocks free\n"
              "mkdir: No space left on device\nsymlink: No space left on device\n"
              "gone: No such file or directory\na file: fine\na byte: No space left on device\n"
              "the last byte: 1 x\ninodes: No space left on device\n0 inodes free, 1 made\n"
              "inodes back: 1\nblocks back: 1\n");
    EXPECT_EQ(run.disk_problems, std::vector<std::string>{});
}

TEST(Kernel, EndlessLoopsShareTheCpuUnderRoundRobin) {
    const GuestRun run = GuestMachine().run({"sh", "-c", "spin & spin & echo first; echo second"});
    EXPECT_EQ(run.output, "first\nsecond\n");
    EXPECT_EQ(run.status, 0);
}

TEST(Kernel, TellsUserTimeFromKernelTime) {
    const GuestRun run = with_program("two_times").run({"two_times"});
    EXPECT_EQ(run.output,
              "computing: user, all of it: 1\n  switches: own 0, preempted 1\n"
              "asking: kernel, all of it: 1\n  switches: own 0, preempted 1\n"
              "yielding: kernel, all of it: 0\n  switches: own 1, preempted 0\nresting costs little: 1 1\n"
              "children: 1 1\n");
}

TEST(Kernel, ANiceProcessGetsLessOfTheCpu) {
    const std::map<uint32_t, std::string> policies{
        {0, "rr"}, {4, "mlfq"}, {5, "lottery"}, {6, "stride"}, {7, "percpu"}};
    for (const auto& [number, name] : policies) {
        const GuestRun run = GuestMachine().run(
            {"sh", "-c", "nice -n 10 spin & spin & sleep 4; ps | grep spin | tr -s ' ' | cut -d ' ' -f 5"},
            {.policy = number});
        std::istringstream lines(run.output);
        double nice = 0;
        double other = 0;
        lines >> nice >> other;
        EXPECT_GT(other, 1.5 * nice) << name << ": " << run.output;
        EXPECT_GT(nice, 0) << name;
    }
}

TEST(Kernel, ServicesAreCheap) {
    const GuestRun run = with_program("costs").run({"costs"});
    std::map<std::string, unsigned> cost;
    std::istringstream lines(run.output);
    std::string name;
    for (unsigned count, cycles; lines >> name >> count >> cycles;) cost[name] = cycles / count;
    EXPECT_LE(cost.at("getpid"), 190u);
    EXPECT_LE(cost.at("yield"), 900u);
    EXPECT_LE(cost.at("switch"), 1000u);  // with the fork of the one it switches to
    EXPECT_LE(cost.at("fork-exit-wait"), 15000u);
    EXPECT_LE(cost.at("fork-exec-exit-wait"), 50000u);
    EXPECT_LE(cost.at("page-of-zeros"), 3200u);
    EXPECT_LE(cost.at("page-copied"), 8000u);
    EXPECT_LE(cost.at("pipe-4096-bytes"), 10000u);
}

TEST(Kernel, SaysWhatIsWrongWithADisk) {
    const auto output_with_disk = [](std::vector<std::byte> bytes) {
        Machine machine = GuestMachine().start({});
        machine.set_disk(bytes);
        Engine engine(std::move(machine));
        RunOutput output;
        EXPECT_EQ(engine.run(10'000'000, output).reason, StopReason::powered_off);
        EXPECT_EQ(engine.machine().exit_status(), 255);
        return output.console;
    };
    EXPECT_EQ(output_with_disk({}), "kernel panic on CPU 0: there is no disk\n");
    EXPECT_EQ(output_with_disk(std::vector<std::byte>(8 * 4096)),
              "kernel panic on CPU 0: the disk holds no PeachOS file system: make one with mkfs\n");
    std::vector<std::byte> cut = GuestMachine().start({}).disk();
    cut.resize(cut.size() / 2);
    EXPECT_EQ(output_with_disk(cut),
              "kernel panic on CPU 0: the disk is cut off: it has 1536 blocks, its file system 3072\n");
}

}  // namespace
}  // namespace peach::tests
