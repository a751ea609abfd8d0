// peach_bench: how fast the engine executes C, against the same C compiled natively.
//
//   peach_bench [--repeat N] [KERNEL...]
//
// Each kernel runs on the bare machine with paging and a timer interrupt every 10,000 cycles, alternating
// with the native program; the figures are medians of user time. Both check their own result.

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "debugger/elf_image.h"
#include "emulator/engine.h"

namespace {

using namespace peach;

constexpr const char* kKernels[] = {"sieve", "fib", "quicksort", "crc32", "matrix", "records"};
constexpr uint64_t kMostCycles = 20'000'000'000;

struct Options {
    unsigned repeat = 5;
    std::vector<std::string> kernels;
};

struct Measurement {
    double seconds = 0;
    uint64_t instructions = 0;  // of the guest
    std::string output;
    bool passed = false;
};

double user_seconds(const rusage& usage) {
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

double own_user_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return user_seconds(usage);
}

std::optional<Machine> load_machine(const std::string& path) {
    const auto image = debugger::ElfImage::load(path);
    if (!image) {
        fmt::print(stderr, "peach_bench: {}\n", image.error().message);
        return std::nullopt;
    }
    MachineConfig config;
    config.ram_bytes = 16 << 20;
    Machine machine(config);
    for (const debugger::ElfSegment& segment : image->segments()) {
        if (!machine.write_physical(segment.address, segment.contents)) return std::nullopt;
    }
    machine.set_entry(image->entry());
    return machine;
}

Measurement run_guest(const Machine& start) {
    Engine engine(start);
    RunOutput output;
    const double begin = own_user_seconds();
    const RunResult result = engine.run(kMostCycles, output);
    return {own_user_seconds() - begin, engine.machine().cycle(), output.console,
            result.reason == StopReason::powered_off && engine.machine().exit_status() == 0};
}

Measurement run_native(const std::string& path) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return {};
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl(path.c_str(), path.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    Measurement measured;
    std::array<char, 256> buffer{};
    for (ssize_t count = 0; (count = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        measured.output.append(buffer.data(), static_cast<size_t>(count));
    }
    close(ends[0]);
    int status = -1;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    measured.seconds = user_seconds(usage);
    measured.passed = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return measured;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

struct Row {
    double instructions_per_second;
    double ratio;
};

std::optional<Row> measure(const std::string& name, unsigned repeat) {
    const std::string directory = PEACH_BENCH_DIRECTORY;
    const std::optional<Machine> machine = load_machine(fmt::format("{}/{}.elf", directory, name));
    if (!machine) return std::nullopt;
    std::vector<double> guest_seconds;
    std::vector<double> native_seconds;
    uint64_t instructions = 0;
    for (unsigned i = 0; i < repeat; ++i) {
        const Measurement guest = run_guest(*machine);
        const Measurement native = run_native(fmt::format("{}/{}", directory, name));
        if (!guest.passed || !native.passed || guest.output != native.output) {
            fmt::print(stderr, "peach_bench: {} computes something wrong: guest \"{}\", native \"{}\"\n",
                       name, guest.output, native.output);
            return std::nullopt;
        }
        guest_seconds.push_back(guest.seconds);
        native_seconds.push_back(native.seconds);
        instructions = guest.instructions;
    }
    const double guest = median(guest_seconds);
    const double native = median(native_seconds);
    const Row row{static_cast<double>(instructions) / guest, guest / native};
    fmt::print("{:<10} {:>10.1f} {:>9.3f} {:>9.3f} {:>12.0f} {:>8.1f}\n", name,
               static_cast<double>(instructions) / 1e6, guest, native, row.instructions_per_second / 1e6,
               row.ratio);
    return row;
}

double geometric_mean(const std::vector<Row>& rows, double Row::* value) {
    double sum = 0;
    for (const Row& row : rows) sum += std::log(row.*value);
    return std::exp(sum / static_cast<double>(rows.size()));
}

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--repeat" && i + 1 < argc) {
            const std::string count = argv[++i];
            const auto parsed = std::from_chars(count.data(), count.data() + count.size(), options.repeat);
            if (parsed.ec != std::errc() || options.repeat == 0) return std::nullopt;
        } else if (std::ranges::find(kKernels, word) != std::end(kKernels)) {
            options.kernels.push_back(word);
        } else {
            return std::nullopt;
        }
    }
    if (options.kernels.empty()) options.kernels.assign(std::begin(kKernels), std::end(kKernels));
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const std::optional<Options> options = parse(argc, argv);
    if (!options) {
        fmt::print(stderr, "usage: peach_bench [--repeat N] [sieve|fib|quicksort|crc32|matrix|records]...\n");
        return 2;
    }
    fmt::print("kernel     million in.   guest s  native s  million in/s    ratio\n");
    std::vector<Row> rows;
    for (const std::string& name : options->kernels) {
        const std::optional<Row> row = measure(name, options->repeat);
        if (!row) return 1;
        rows.push_back(*row);
    }
    fmt::print("{:<10} {:>10} {:>9} {:>9} {:>12.0f} {:>8.1f}\n", "mean", "", "", "",
               geometric_mean(rows, &Row::instructions_per_second) / 1e6, geometric_mean(rows, &Row::ratio));
    return 0;
}
