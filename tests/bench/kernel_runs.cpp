#include "tests/bench/kernel_runs.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "debugger/elf_image.h"
#include "emulator/engine.h"
#include "tests/bench/table.h"
#include "tests/guest/guest_machine.h"

namespace peach::bench {

namespace {

constexpr uint64_t kMostCycles = 20'000'000'000;

std::string file_of(const std::string& name) {
    return std::string(PEACH_BENCH_DIRECTORY) + "/" + name;
}

}  // namespace

std::optional<Machine> bare_machine(const std::string& kernel) {
    const auto image = debugger::ElfImage::load(file_of(kernel + ".elf"));
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

std::optional<Machine> booting_machine(const std::string& kernel) {
    try {
        tests::GuestMachine guest;
        guest.add_program("/bin/bench-" + kernel, file_of(kernel + ".program"));
        return guest.start({"/bin/bench-" + kernel});
    } catch (const std::runtime_error& error) {
        fmt::print(stderr, "peach_bench: {}\n", error.what());
        return std::nullopt;
    }
}

KernelRun run_guest(const Machine& start) {
    Engine engine(start);
    RunOutput output;
    const double begin = own_user_seconds();
    const RunResult result = engine.run(kMostCycles, output);
    return {own_user_seconds() - begin, engine.machine().cycle(), output.console,
            result.reason == StopReason::powered_off && engine.machine().exit_status() == 0};
}

KernelRun run_native(const std::string& kernel) {
    return run_program({file_of(kernel)});
}

KernelRun run_program(const std::vector<std::string>& command) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return {};
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        std::vector<char*> words;
        for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        execvp(words[0], words.data());
        _exit(127);
    }
    close(ends[1]);
    KernelRun run;
    std::array<char, 256> buffer{};
    for (ssize_t count = 0; (count = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        run.output.append(buffer.data(), static_cast<size_t>(count));
    }
    close(ends[0]);
    int status = -1;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    run.seconds =
        static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
    run.passed = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return run;
}

}  // namespace peach::bench
