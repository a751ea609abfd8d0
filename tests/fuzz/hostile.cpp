// peach_hostile [COUNT [KIND [FIRST]]]: so many attacks of each kind (tests/guest/hostile), on 1, 2 and 4
// CPUs under all policies in turn. The seed is fixed, so that what is found can be run again.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/guest/campaign.h"

namespace {

using namespace peach::tests;

constexpr uint32_t kSeed = 20'261'128;
constexpr uint32_t kBatch = 100;
constexpr unsigned kCpus[] = {1, 2, 4};
constexpr uint32_t kPolicies = 8;

// Which machine a batch runs on follows from its place, so that it is the same whatever else is run.
Batch batch_at(const std::string& kind, uint32_t first, uint32_t count) {
    const uint32_t place = first / kBatch;
    return {.kind = kind,
            .seed = kSeed,
            .first = first,
            .count = count,
            .cpus = kCpus[place % std::size(kCpus)],
            .policy = place % kPolicies};
}

class Campaign {
  public:
    Campaign(std::string kind, uint32_t first, uint32_t count)
        : kind_(std::move(kind)), next_(first), end_(first + count) {}

    void run() {
        std::vector<std::thread> threads;
        const unsigned most = std::max(1U, std::thread::hardware_concurrency());
        for (unsigned i = 0; i < most; ++i) threads.emplace_back([this] { work(); });
        for (std::thread& thread : threads) thread.join();
        fmt::print("{:<14}{:>8} attacks {:>16} cycles {:>6} failures\n", kind_, done_, cycles_, failures_);
        std::fflush(stdout);
    }
    uint32_t failures() const { return failures_; }

  private:
    void work() {
        const Invariants invariants;
        for (;;) {
            const uint32_t first = next_.fetch_add(kBatch);
            if (first >= end_) return;
            const Batch batch = batch_at(kind_, first, std::min(kBatch, end_ - first));
            note(batch, run_batch(batch, PEACH_GUEST_TESTS "/hostile", invariants));
        }
    }

    void note(const Batch& batch, const BatchResult& result) {
        const std::scoped_lock lock(mutex_);
        done_ += result.done;
        cycles_ += result.cycles;
        failures_ += static_cast<uint32_t>(result.failures.size());
        for (const std::string& failure : result.failures) {
            fmt::print("{} from {}, {} CPUs, policy {}: {}\n", batch.kind, batch.first, batch.cpus,
                       batch.policy, failure);
        }
        std::fflush(stdout);
    }

    std::string kind_;
    std::atomic<uint32_t> next_;
    uint32_t end_;
    std::mutex mutex_;
    uint64_t done_ = 0;
    uint64_t cycles_ = 0;
    uint32_t failures_ = 0;
};

uint32_t number_argument(int argc, char** argv, int index, uint32_t otherwise) {
    return argc > index ? static_cast<uint32_t>(std::strtoul(argv[index], nullptr, 10)) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
    const uint32_t count = number_argument(argc, argv, 1, 1000);
    const std::string only = argc > 2 ? argv[2] : "";
    const uint32_t first = number_argument(argc, argv, 3, 0);
    uint32_t failures = 0;
    for (const char* kind : kAttackKinds) {
        if (!only.empty() && only != kind) continue;
        Campaign campaign(kind, first, count);
        campaign.run();
        failures += campaign.failures();
    }
    return failures == 0 ? 0 : 1;
}
