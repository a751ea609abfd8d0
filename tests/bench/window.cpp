// The table `window`: what is left of the engine's speed when somebody sees each instruction, when a session
// watches the guest, and when the window draws sixty frames a second besides. Two processes spin, so every
// quantum switches between them.

#include <fmt/format.h>
#include <time.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

#include "debugger/runner.h"
#include "emulator/engine.h"
#include "gui/damage_painter.h"
#include "gui/guest.h"
#include "gui/renderer_software.h"
#include "gui/window.h"
#include "tests/bench/table.h"

namespace peach::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kEachRun = std::chrono::milliseconds(1500);
constexpr auto kFrame = std::chrono::microseconds(16'667);
constexpr uint64_t kPortionCycles = 20'000'000;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::vector<std::byte> contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// The guest at work: booted, and both spinning.
std::unique_ptr<debugger::Session> busy_session() {
    const std::filesystem::path share = std::filesystem::path(PEACH_BUILD_DIR) / "share/peach";
    debugger::SessionOptions options;
    options.kernel_path = share / "kernel.elf";
    options.share_directory = share;
    options.disk = contents(share / "disk.img");
    auto session = debugger::Session::create(std::move(options));
    if (!session) {
        fmt::print(stderr, "peach_bench: {}\n", session.error().message);
        return nullptr;
    }
    (*session)->start(debugger::Motion::run);
    (*session)->finish(100'000'000);
    (*session)->type("spin & spin &\n");
    (*session)->start(debugger::Motion::run);
    (*session)->finish(10'000'000);
    return *std::move(session);
}

// Millions of cycles a second of elapsed time; the machine is never idle, so cycles are instructions. `run`
// takes the engine, the cycle to run to, and the output.
template <typename Run>
double engine_alone(const Run& run) {
    const auto session = busy_session();
    if (!session) return 0;
    Engine engine(session->machine());
    RunOutput output;
    const uint64_t first = engine.machine().cycle();
    const auto begin = Clock::now();
    while (Clock::now() - begin < kEachRun) run(engine, engine.machine().cycle() + kPortionCycles, output);
    return static_cast<double>(engine.machine().cycle() - first) / seconds_since(begin) / 1e6;
}

double unobserved() {
    return engine_alone([](Engine& engine, uint64_t end, RunOutput& output) { engine.run(end, output); });
}

// With the least that an observer can do: it counts.
double observed() {
    struct Counter final : InstructionObserver {
        void before(const ObservedInstruction& /*instruction*/) override { ++count; }
        uint64_t count = 0;
    } counter;
    return engine_alone(
        [&](Engine& engine, uint64_t end, RunOutput& output) { engine.run(end, output, counter); });
}

double watched() {
    const auto session = busy_session();
    if (!session) return 0;
    const uint64_t first = session->timeline().cursor();
    const auto begin = Clock::now();
    while (Clock::now() - begin < kEachRun) {
        session->start(debugger::Motion::run);
        session->finish(kPortionCycles);
    }
    return static_cast<double>(session->timeline().cursor() - first) / seconds_since(begin) / 1e6;
}

struct WindowRun {
    double millions_per_second = 0;
    double frame_milliseconds = 0;  // of processor time, on average
    double frames_per_second = 0;
};

double thread_cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

WindowRun in_the_window() {
    auto session = busy_session();
    if (!session) return {};
    session->start(debugger::Motion::run);
    const auto cursor = [](const debugger::Session& of) { return of.timeline().cursor(); };
    const gui::WindowOptions options;
    debugger::Runner runner(std::move(session));
    gui::RunnerGuest guest(runner);
    gui::Window window(guest, options);
    gui::Surface surface(options.width, options.height);
    gui::DamagePainter painter;
    const uint64_t first = runner.look(cursor);
    const auto begin = Clock::now();
    const double cpu_begin = thread_cpu_seconds();
    int frames = 0;
    for (; Clock::now() - begin < kEachRun; frames++) {
        const ImDrawData& data = window.frame(options.width, options.height, seconds_since(begin));
        if (window.take_fonts_changed()) gui::load_fonts_into(painter, window.fonts());
        painter.paint(data, surface);
        std::this_thread::sleep_until(begin + kFrame * (frames + 1));
    }
    const double cpu = thread_cpu_seconds() - cpu_begin;
    const double elapsed = seconds_since(begin);
    return {static_cast<double>(runner.look(cursor) - first) / elapsed / 1e6, cpu / frames * 1e3,
            frames / elapsed};
}

}  // namespace

bool measure_window(const Options& options) {
    std::vector<double> alone;
    std::vector<double> each_seen;
    std::vector<double> seen;
    std::vector<double> drawn;
    std::vector<double> frame_times;
    std::vector<double> frame_rates;
    for (unsigned i = 0; i < options.repeat; ++i) {
        alone.push_back(unobserved());
        each_seen.push_back(observed());
        seen.push_back(watched());
        const WindowRun run = in_the_window();
        drawn.push_back(run.millions_per_second);
        frame_times.push_back(run.frame_milliseconds);
        frame_rates.push_back(run.frames_per_second);
        if (alone.back() == 0 || seen.back() == 0 || drawn.back() == 0) return false;
    }
    const double whole = median(alone);
    const auto print_share = [whole](const char* what, double speed) {
        fmt::print("{:<34} {:>12.0f} {:>7.0f}%\n", what, speed, 100 * speed / whole);
    };
    fmt::print("{:<34} {:>12} {:>8}\n", "", "million in./s", "share");
    print_share("engine alone", whole);
    print_share("each instruction observed", median(each_seen));
    print_share("with history and events", median(seen));
    print_share("and the window", median(drawn));
    fmt::print("{:<34} {:>12.1f}\n", "frames a second", median(frame_rates));
    fmt::print("{:<34} {:>12.2f}\n", "milliseconds of processor a frame", median(frame_times));
    return true;
}

}  // namespace peach::bench
