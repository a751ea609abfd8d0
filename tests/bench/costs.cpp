// The table `costs`: what the kernel's services cost in guest instructions and in host time, beside a small
// Unix-like kernel on another emulator; and what scheduling costs, since a clock that counts the kernel's
// instructions as well is what makes real time differ from the book's.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "emulator/isa/traps.h"
#include "tests/bench/table.h"
#include "tests/guest/dialogue.h"

namespace peach::bench {

namespace {

constexpr uint64_t kPatienceCycles = 5'000'000'000;

// xv6-riscv on QEMU 7.2 with one CPU: operations a second, of the kinds that were measured there. Seven times
// that is the aim.
const std::map<std::string, double> kReference = {{"getpid", 108'000},
                                                  {"fork-exit-wait", 2'000},
                                                  {"fork-exec-exit-wait", 450},
                                                  {"pipe-4096-bytes", 1.1e6 / 4096}};
constexpr double kAim = 7;

struct Cost {
    double instructions = 0;  // of one
    std::vector<double> seconds;
};

// The guest's program waits before and after each service, and prints what it has cost in between.
bool run_services(const Machine& start, std::vector<std::string>& names, std::map<std::string, Cost>& costs) {
    tests::Dialogue guest(start);
    while (guest.listen(kPatienceCycles)) {
        const double begin = own_user_seconds();
        guest.answer();
        const auto line = guest.listen(kPatienceCycles);
        const double seconds = own_user_seconds() - begin;
        if (!line) return false;
        std::istringstream words(*line);
        std::string name;
        double count = 0;
        double cycles = 0;
        if (!(words >> name >> count >> cycles)) return false;
        if (!costs.contains(name)) names.push_back(name);
        costs[name].instructions = cycles / count;
        costs[name].seconds.push_back(seconds / count);
        guest.answer();
    }
    return guest.machine().powered_off();
}

void print_service(const std::string& name, const Cost& cost) {
    const double rate = 1 / median(cost.seconds);
    fmt::print("{:<22}{:>12.0f}{:>12.2f} us{:>14.0f}", name, cost.instructions, 1e6 / rate, rate);
    if (const auto reference = kReference.find(name); reference != kReference.end()) {
        fmt::print("{:>14.0f}{:>9.1f}  {}", reference->second, rate / reference->second,
                   rate >= kAim * reference->second ? "" : "below the aim");
    }
    fmt::print("\n");
}

bool measure_services(unsigned repeat) {
    tests::GuestMachine guest;
    guest.add_program("/bin/costs", PEACH_GUEST_TESTS "/costs");
    const Machine start = guest.start({"costs", "wait", "20"}, {.input_ends = false});
    std::vector<std::string> names;
    std::map<std::string, Cost> costs;
    for (unsigned i = 0; i < repeat; ++i) {
        if (!run_services(start, names, costs)) {
            fmt::print(stderr, "peach_bench: the program `costs` did not end as it should\n");
            return false;
        }
    }
    fmt::print("{:<22}{:>12}{:>15}{:>14}{:>14}{:>9}\n", "", "instructions", "host time", "a second",
               "xv6 on QEMU", "times");
    for (const std::string& name : names) print_service(name, costs[name]);
    return true;
}

// Instructions that the kernel spends on a timer interrupt of a program, on average, while so many programs
// spin.
std::optional<double> instructions_of_a_tick(const std::string& script, uint32_t quantum_cycles) {
    constexpr uint64_t kWarm = 1'000'000;
    Engine engine(tests::GuestMachine().start({"sh", "-c", script}, {.quantum_cycles = quantum_cycles}));
    RunOutput output;
    engine.run(kWarm, output);
    output.collect_traps = true;
    engine.run(kWarm + 400 * uint64_t{quantum_cycles}, output);
    double sum = 0;
    double count = 0;
    uint64_t entered = 0;
    bool is_inside = false;
    for (const TrapRecord& trap : output.traps) {
        const bool timer =
            trap.cause == (isa::kInterruptFlag | static_cast<uint32_t>(isa::InterruptLine::timer));
        if (trap.kind == TrapKind::enter && timer) {
            entered = trap.cycle;
            is_inside = true;
        } else if (trap.kind == TrapKind::leave && trap.user && is_inside) {
            sum += static_cast<double>(trap.cycle - entered);
            ++count;
            is_inside = false;
        }
    }
    if (count == 0) return std::nullopt;
    return sum / count;
}

bool measure_scheduling() {
    constexpr uint32_t kQuantum = 10'000;
    const auto alone = instructions_of_a_tick("spin", kQuantum);
    const auto in_turn = instructions_of_a_tick("spin & spin", kQuantum);
    if (!alone || !in_turn) return false;
    fmt::print(
        "the real clock against the book's, instructions: a tick without a switch {:.0f}, one with a switch "
        "{:.0f}; "
        "with a quantum of {} that is {:.1f} %\n",
        *alone, *in_turn, kQuantum, 100 * *in_turn / kQuantum);
    return true;
}

}  // namespace

bool measure_costs(const Options& options) {
    return measure_services(options.repeat) && measure_scheduling();
}

}  // namespace peach::bench
