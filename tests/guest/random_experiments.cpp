#include "tests/guest/random_experiments.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <random>
#include <sstream>

#include "tests/guest/guest_machine.h"

namespace peach::tests {

namespace {

using Random = std::mt19937;

uint64_t number(Random& random, uint64_t least, uint64_t most) {
    return least + random() % (most - least + 1);
}

std::vector<Job> random_jobs(Random& random) {
    std::vector<Job> jobs(number(random, 1, random() % 4 == 0 ? 12 : 7));
    const bool all_at_once = random() % 3 == 0;
    const bool with_io = random() % 2 == 0;
    const bool alike = random() % 5 == 0;  // many things happen at the same time
    for (Job& job : jobs) {
        const uint64_t pairs = with_io ? number(random, 0, 3) : 0;
        for (uint64_t i = 0; i < pairs; ++i) {
            job.phases.push_back(number(random, 1, alike ? 3 : 9));
            job.phases.push_back(number(random, 1, alike ? 3 : 12));
        }
        job.phases.push_back(number(random, 1, alike ? 4 : 20));
        if (!all_at_once) job.arrival = number(random, 0, alike ? 4 : 25);
        job.tickets = number(random, 1, 10) * 10;
    }
    return jobs;
}

PolicySettings random_settings(Random& random, PolicyKind kind) {
    PolicySettings settings{
        .kind = kind, .quanta = {number(random, 1, 6)}, .allotments = {}, .boost = 0, .seed = 1};
    settings.seed = static_cast<uint32_t>(number(random, 1, 1'000'000));
    if (kind != PolicyKind::mlfq) return settings;
    const uint64_t levels = number(random, 1, 4);
    for (uint64_t i = 1; i < levels; ++i) settings.quanta.push_back(number(random, 1, 6));
    for (uint64_t i = 0; i < levels; ++i) settings.allotments.push_back(number(random, 1, 3));
    if (random() % 2 == 0) settings.boost = number(random, 5, 40);
    return settings;
}

std::string fifo_hits(const std::vector<int>& touches, size_t frames) {
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
std::string clock_hits(const std::vector<int>& touches, size_t frames) {
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

}  // namespace

std::string page_string_output(Replacement replacement, const std::vector<int>& touches, size_t frames) {
    const std::string hits =
        replacement == Replacement::fifo ? fifo_hits(touches, frames) : clock_hits(touches, frames);
    const auto misses = std::ranges::count(hits, 'm');
    return fmt::format("{}\n{} hits, {} misses\n", hits, hits.size() - static_cast<size_t>(misses), misses);
}

Experiments random_scheduling(PolicyKind kind, uint32_t seed, int count) {
    Random random(seed);
    Experiments result;
    for (int i = 0; i < count; ++i) {
        const std::vector<Job> jobs = random_jobs(random);
        const PolicySettings settings = random_settings(random, kind);
        const std::string arguments = workload_arguments(jobs, settings);
        result.script += fmt::format("echo {}\nworkload {}\n", arguments, arguments);
        result.expected += fmt::format("{}\n{}", arguments, workload_output(jobs, settings));
    }
    return result;
}

Experiments random_page_strings(Replacement replacement, uint32_t seed, int count) {
    Random random(seed);
    Experiments result;
    for (int i = 0; i < count; ++i) {
        const size_t frames = number(random, 1, 8);
        const uint64_t pages = number(random, 2, 12);
        std::vector<int> touches(number(random, 10, 80));
        for (int& page : touches) page = static_cast<int>(random() % pages);
        const std::string arguments =
            fmt::format("{}-p {} {} {}", random() % 2 == 0 ? "-w " : "",
                        replacement == Replacement::fifo ? "fifo" : "clock", frames, fmt::join(touches, ","));
        result.script += fmt::format("echo {}\npagestring {}\n", arguments, arguments);
        result.expected += fmt::format("{}\n{}", arguments, page_string_output(replacement, touches, frames));
    }
    return result;
}

std::string difference(const Experiments& experiments) {
    GuestMachine guest;
    guest.add_file("/tmp/experiments", experiments.script);
    GuestOptions options{.max_cycles = 20'000'000'000};
    options.machine.clock = Clock::book;
    const GuestRun run = guest.run({"sh", "/tmp/experiments"}, options);
    std::istringstream said(run.output);
    std::istringstream expected(experiments.expected);
    std::string experiment;
    std::string said_line;
    std::string expected_line;
    while (std::getline(expected, expected_line)) {
        if (expected_line.starts_with("-")) experiment = expected_line;
        if (!std::getline(said, said_line)) said_line = "(nothing)";
        if (said_line != expected_line) {
            return fmt::format("{}\n  must be: {}\n  but is:  {}\n", experiment, expected_line, said_line);
        }
    }
    return run.status == 0 ? "" : fmt::format("the guest ends with status {}\n", run.status);
}

}  // namespace peach::tests
