// Scheduling: what the kernel's own counters say, and what the debugger's event log says, against the
// textbook.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "debugger/session.h"
#include "tests/guest/guest_machine.h"
#include "tests/guest/random_experiments.h"

namespace peach::tests {
namespace {

GuestOptions book() {
    GuestOptions options;
    options.machine.clock = Clock::book;
    options.max_cycles = 2'000'000'000;
    return options;
}

std::string last_line(const std::string& output) {
    const size_t end = output.find_last_not_of('\n');
    return output.substr(output.rfind('\n', end) + 1, end - output.rfind('\n', end));
}

struct Published {
    const char* arguments;
    const char* averages;
};

void PrintTo(const Published& published, std::ostream* out) {
    *out << published.arguments;
}

// Averages from the transitions alone: a job arrives when it wakes from waiting for that, has its answer when
// it first runs, and waits while it is runnable.
std::string averages_of(const debugger::EventLog& log) {
    double response = 0;
    double turnaround = 0;
    double wait = 0;
    int jobs = 0;
    const auto is = [&](uint8_t state, debugger::StateRole role) { return log.states()[state].role == role; };
    for (size_t process = 0; process < log.processes().size(); ++process) {
        std::optional<uint64_t> arrival;
        std::optional<uint64_t> first_run;
        uint64_t ready_since = 0;
        bool waits_for_arrival = false;
        for (const debugger::Transition& t : log.transitions()) {
            if (t.process != process) continue;
            if (is(t.to, debugger::StateRole::sleeping)) {
                waits_for_arrival = log.reason(t) == "waiting for its arrival";
            } else if (is(t.to, debugger::StateRole::runnable)) {
                if (waits_for_arrival && !arrival) arrival = t.clock;
                ready_since = t.clock;
            } else if (is(t.to, debugger::StateRole::running) && arrival) {
                if (!first_run) first_run = t.clock;
                wait += static_cast<double>(t.clock - ready_since);
            } else if (is(t.to, debugger::StateRole::zombie) && arrival) {
                ++jobs;
                response += static_cast<double>(*first_run - *arrival);
                turnaround += static_cast<double>(t.clock - *arrival);
            }
        }
    }
    const double unit = 1000.0 * jobs;
    return fmt::format("average response {:.2f}, turnaround {:.2f}, wait {:.2f}", response / unit,
                       turnaround / unit, wait / unit);
}

std::unique_ptr<debugger::Session> finished_session(const std::vector<std::string>& command,
                                                    const GuestOptions& guest) {
    debugger::SessionOptions options;
    options.kernel_path = share_directory() / "kernel.elf";
    options.disk = GuestMachine().start(command, guest).disk();
    options.machine = guest.machine;
    options.switches = {{.index = 2, .value = 1}};
    options.share_directory = share_directory();
    auto session = debugger::Session::create(std::move(options));
    EXPECT_TRUE(session.has_value());
    (*session)->start(debugger::Motion::run);
    (*session)->finish(100'000'000);
    EXPECT_EQ((*session)->last_stop().cause, debugger::StopCause::powered_off);
    return *std::move(session);
}

class PublishedResults : public testing::TestWithParam<Published> {};

TEST_P(PublishedResults, ComeOutOfTheKernelsCounters) {
    const GuestRun run =
        GuestMachine().run({"sh", "-c", fmt::format("workload {}", GetParam().arguments)}, book());
    EXPECT_EQ(last_line(run.output), GetParam().averages) << run.output;
}

TEST_P(PublishedResults, ComeOutOfTheEventLog) {
    const auto session =
        finished_session({"sh", "-c", fmt::format("workload {}", GetParam().arguments)}, book());
    EXPECT_EQ(averages_of(session->events()), GetParam().averages);
}

INSTANTIATE_TEST_SUITE_P(
    Scheduling, PublishedResults,
    testing::Values(
        Published{"-p fifo 5 10 15", "average response 6.67, turnaround 16.67, wait 6.67"},
        Published{"-p sjf 15 10 5", "average response 6.67, turnaround 16.67, wait 6.67"},
        Published{"-p rr -q 1 5 10 15", "average response 1.00, turnaround 22.33, wait 12.33"},
        Published{"-p rr -q 5 5 10 15", "average response 5.00, turnaround 18.33, wait 8.33"},
        Published{"-p rr -q 1 200 200 200", "average response 1.00, turnaround 599.00, wait 399.00"},
        Published{"-p fifo 100 10@10 10@10", "average response 63.33, turnaround 103.33, wait 63.33"},
        Published{"-p stcf 100 10@10 10@10", "average response 3.33, turnaround 50.00, wait 10.00"},
        Published{"-p percpu -q 1 5 10 15", "average response 1.00, turnaround 22.33, wait 12.33"}));

TEST(Scheduling, TurnaroundsOfRoundRobinAreThoseOfTheBook) {
    const std::vector<Job> jobs = {{.phases = {5}}, {.phases = {10}}, {.phases = {15}}};
    const std::vector<JobResult> results = schedule(jobs, PolicySettings{});
    EXPECT_EQ(results[0].completion, 13u);
    EXPECT_EQ(results[1].completion, 24u);
    EXPECT_EQ(results[2].completion, 30u);
}

// ---- many random experiments, against the oracle ----

class AsInTheBook : public testing::TestWithParam<PolicyKind> {};

TEST_P(AsInTheBook, OnRandomJobs) {
    const uint32_t seed = 20'26 + static_cast<uint32_t>(GetParam());
    EXPECT_EQ(difference(random_scheduling(GetParam(), seed, 60)), "");
}

INSTANTIATE_TEST_SUITE_P(Scheduling, AsInTheBook, testing::ValuesIn(kAllPolicies),
                         [](const auto& test) { return name_of(test.param); });

// ---- choosing ----

class EveryPolicy : public testing::TestWithParam<const char*> {};

TEST_P(EveryPolicy, KeepsAllProcessesWhenItIsChosenWhileTheyRun) {
    for (const unsigned cpus : {1u, 2u, 4u}) {
        GuestOptions options;
        options.machine.cpu_count = cpus;
        const GuestRun run = GuestMachine().run(
            {"sh", "-c",
             fmt::format(
                 "primes 300 | grep 293 & burn 300 & sched {} 2000; primes 500 | wc -l; sched rr; burn 20; "
                 "sched {}; wait; echo done",
                 GetParam(), GetParam())},
            options);
        EXPECT_NE(run.output.find("293\n"), std::string::npos) << run.output;
        EXPECT_NE(run.output.find("95\n"), std::string::npos) << run.output;
        EXPECT_TRUE(run.output.ends_with("done\n")) << run.output;
        EXPECT_EQ(run.status, 0);
    }
}

INSTANTIATE_TEST_SUITE_P(Scheduling, EveryPolicy,
                         testing::Values("rr", "fifo", "sjf", "stcf", "mlfq", "lottery", "stride", "percpu"));

TEST(Scheduling, AnIdleCpuStealsFromAFullQueue) {
    GuestOptions options;
    options.machine.cpu_count = 4;
    const GuestRun run = GuestMachine().run(
        {"sh", "-c", "workload -p percpu -q 5 50 50 50 50; workload -p percpu -q 5 200"}, options);
    // Four jobs on four CPUs: each finishes about when one alone would, for cycles are counted over all CPUs.
    EXPECT_EQ(run.status, 0) << run.output;
    EXPECT_NE(run.output.find("average"), std::string::npos);
}

TEST(Scheduling, AJobThatMakesNoSenseIsNamed) {
    const GuestRun run = GuestMachine().run(
        {"sh", "-c", "for job in 5x 5@3@4 5@ x3; do workload $job 2>&1; done; workload -q 1,,2 5 2>&1"});
    EXPECT_EQ(run.output,
              "workload: 5x: a number is missing\n"
              "workload: 5@3@4: expected BURN[/IO/BURN]...[@ARRIVAL][xTICKETS]\n"
              "workload: 5@: a number is missing\n"
              "workload: x3: a number is missing\n"
              "workload: 1,,2: not a number\n");
    EXPECT_EQ(run.status, 2);
}

// How long the processes of that name were in a state, in their order.
std::vector<uint64_t> times_in(const debugger::EventLog& log, std::string_view name,
                               debugger::StateRole role) {
    std::vector<uint64_t> times;
    for (size_t process = 0; process < log.processes().size(); ++process) {
        if (log.processes()[process].name_at(debugger::kOpen) != name) continue;
        uint64_t sum = 0;
        uint64_t last = 0;
        for (const debugger::Transition& t : log.transitions()) {
            if (t.process != process) continue;
            if (log.states()[t.from].role == role) sum += t.clock - last;
            last = t.clock;
        }
        times.push_back(sum);
    }
    return times;
}

// All of them start alike; what differs is what they were told.
TEST(Scheduling, BurnComputesAndIoBlocksForExactlyItsUnits) {
    const auto session = finished_session({"sh", "-c", "burn 3; burn 7; burn 9 500; io 1; io 9"}, book());
    const auto computed = times_in(session->events(), "burn", debugger::StateRole::running);
    ASSERT_EQ(computed.size(), 3u);
    EXPECT_EQ(computed[1] - computed[0], 4000u);
    const auto blocked = times_in(session->events(), "io", debugger::StateRole::sleeping);
    ASSERT_EQ(blocked.size(), 2u);
    EXPECT_GE(blocked[1], 9000u);
}

TEST(Scheduling, TicketsAndNiceAreInheritedAndLengthsAreNot) {
    const GuestRun run = GuestMachine().run({"sh", "-c",
                                             "sched tickets $$ 250; sched length $$ 5000; sh -c 'sched "
                                             "tickets $$'; sched nice $$ 5; sched nice $$ -3"});
    EXPECT_EQ(
        run.output,
        "tickets 250, nice 0, length 0\ntickets 250, nice 0, length 5000\ntickets 250, nice 0, length 0\n"
        "tickets 32, nice 5, length 5000\ntickets 195, nice -3, length 5000\n");
}

}  // namespace
}  // namespace peach::tests
