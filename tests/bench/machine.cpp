// The table `machine`: what it costs to start PeachOS, and to keep a moment of it and come back.

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <vector>

#include "emulator/engine.h"
#include "tests/bench/table.h"
#include "tests/guest/guest_machine.h"

namespace peach::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr uint32_t kDirtyPages = 60;
constexpr uint32_t kPagesApart = 101;  // so that they lie in many chunks of the memory's page table
constexpr uint32_t kFirstPage = 8000;
constexpr unsigned kRounds = 1000;

double microseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

uint32_t dirty_page(uint32_t index) {
    return kFirstPage + index * kPagesApart;
}

// Until the shell waits for a command.
double boot(Engine& engine) {
    RunOutput output;
    const auto begin = Clock::now();
    while (engine.run(engine.machine().cycle() + 100'000'000, output).reason == StopReason::limit) {
    }
    return microseconds_since(begin);
}

void change_a_word_in_each_page(Engine& engine, uint32_t value) {
    const auto bytes = std::as_bytes(std::span(&value, 1));
    for (uint32_t i = 0; i < kDirtyPages; ++i) {
        const uint32_t address = isa::region::ram.first + dirty_page(i) * isa::kPageSize;
        engine.deliver({0, MemoryEdit{address, {bytes.begin(), bytes.end()}}});
    }
}

struct Costs {
    std::vector<double> snapshot;
    std::vector<double> copying;
    std::vector<double> restore;
    size_t pages = 0;  // that two snapshots, one after the other, do not share
};

Costs keep_moments(Engine& engine) {
    Costs costs;
    Machine last = engine.snapshot();
    for (unsigned round = 1; round <= kRounds; ++round) {
        change_a_word_in_each_page(engine, round);
        auto begin = Clock::now();
        Machine now = engine.snapshot();
        costs.snapshot.push_back(microseconds_since(begin));
        costs.pages = now.ram().pages_not_shared_with(last.ram());

        PagedMemory memory = now.ram();
        begin = Clock::now();
        for (uint32_t i = 0; i < kDirtyPages; ++i) memory.writable_page(dirty_page(i));
        costs.copying.push_back(microseconds_since(begin));

        begin = Clock::now();
        engine.restore(last);
        costs.restore.push_back(microseconds_since(begin));
        last = std::move(now);
    }
    return costs;
}

void print(const char* what, double microseconds) {
    fmt::print("{:<52} {:>10.2f}\n", what, microseconds);
}

}  // namespace

bool measure_machine(const Options& options) {
    std::vector<double> boots;
    Costs costs;
    uint64_t boot_cycles = 0;
    try {
        const Machine start = tests::GuestMachine().start({}, {.terminal = true});
        for (unsigned i = 0; i < options.repeat; ++i) {
            Engine engine(start);
            boots.push_back(boot(engine));
            boot_cycles = engine.machine().cycle();
            if (i + 1 == options.repeat) costs = keep_moments(engine);
        }
    } catch (const std::runtime_error& error) {
        fmt::print(stderr, "peach_bench: {}\n", error.what());
        return false;
    }
    fmt::print("{:<52} {:>10}\n", "", "us");
    print(fmt::format("boot to the shell's prompt, {} cycles", boot_cycles).c_str(), median(boots));
    fmt::print("{:<52} {:>10}\n", "    xv6-riscv on QEMU 7.2, for comparison, at least", 200'000);
    print(fmt::format("snapshot, {} pages of 64 MiB changed", kDirtyPages).c_str(), median(costs.snapshot));
    print("the first stores to all of them afterwards", median(costs.copying));
    print("restoring the snapshot before", median(costs.restore));
    fmt::print("{:<52} {:>10}\n", "pages that two snapshots in turn do not share", costs.pages);
    return true;
}

}  // namespace peach::bench
