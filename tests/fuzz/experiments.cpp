// peach_experiments [COUNT [SEED]]: so many random experiments of each kind, PeachOS against the models: jobs
// under every scheduling policy, page strings under two replacements.

#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/guest/random_experiments.h"

namespace {

using namespace peach::tests;

constexpr uint32_t kOneBoot = 50;

struct Kind {
    std::string name;
    std::function<Experiments(uint32_t seed, int count)> make;
};

std::vector<Kind> all_kinds() {
    std::vector<Kind> kinds;
    for (const PolicyKind policy : kAllPolicies) {
        kinds.push_back({name_of(policy), [policy](uint32_t seed, int count) {
                             return random_scheduling(policy, seed, count);
                         }});
    }
    for (const Replacement replacement : {Replacement::fifo, Replacement::clock}) {
        kinds.push_back({replacement == Replacement::fifo ? "pages, fifo" : "pages, clock",
                         [replacement](uint32_t seed, int count) {
                             return random_page_strings(replacement, seed, count);
                         }});
    }
    return kinds;
}

// How many boots found a difference.
uint32_t run(const Kind& kind, uint32_t count, uint32_t seed) {
    std::atomic<uint32_t> next = 0;
    std::atomic<uint32_t> failures = 0;
    std::mutex printing;
    const auto work = [&] {
        for (uint32_t boot = 0; (boot = next++) * kOneBoot < count;) {
            const std::string found = difference(kind.make(seed + boot, kOneBoot));
            if (found.empty()) continue;
            ++failures;
            const std::scoped_lock lock(printing);
            fmt::print("{}, seed {}: {}", kind.name, seed + boot, found);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    fmt::print("{:<14}{:>8} experiments, {} boots of {} with a difference\n", kind.name,
               (count + kOneBoot - 1) / kOneBoot * kOneBoot, failures.load(), kOneBoot);
    std::fflush(stdout);
    return failures;
}

}  // namespace

int main(int argc, char** argv) {
    const uint32_t count = argc > 1 ? static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 500;
    const uint32_t seed = argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 1;
    uint32_t failures = 0;
    for (const Kind& kind : all_kinds()) failures += run(kind, count, seed);
    return failures == 0 ? 0 : 1;
}
