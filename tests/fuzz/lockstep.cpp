// peach_lockstep [INSTRUCTIONS [FIRST_SEED]]: random worlds on the engine and on the plain machine, compared.

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/reference/lockstep.h"

namespace {

constexpr uint64_t kCyclesOfAWorld = 60'000;

uint64_t argument(int argc, char** argv, int index, uint64_t otherwise) {
    return argc > index ? std::strtoull(argv[index], nullptr, 10) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
    const uint64_t wanted = argument(argc, argv, 1, 1'000'000'000);
    auto seed = static_cast<uint32_t>(argument(argc, argv, 2, 1));
    uint64_t instructions = 0;
    uint64_t traps = 0;
    uint64_t worlds = 0;
    for (; instructions < wanted; ++seed) {
        const auto report = peach::reference::run_random_world(seed, kCyclesOfAWorld);
        instructions += report.instructions;
        traps += report.traps;
        if (!report.difference.empty()) {
            fmt::print("the two machines differ: engine, plain machine\n{}\n", report.difference);
            return 1;
        }
        if (++worlds % 1000 == 0) {
            fmt::print("{} worlds, {} million instructions\n", worlds, instructions / 1'000'000);
            std::fflush(stdout);
        }
    }
    fmt::print("no difference in {} million instructions of {} worlds, with {} traps\n",
               instructions / 1'000'000, worlds, traps);
    return 0;
}
