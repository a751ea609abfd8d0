// `peach run`: PeachOS in this terminal. The machine runs on the runner's thread; this one moves bytes
// between the guest's console and standard input and output.

#include "assembler/toolchain_files.h"
#include "cli/command.h"
#include "cli/host_files.h"
#include "cli/machine_options.h"
#include "cli/terminal.h"

#include "debugger/recording.h"
#include "debugger/runner.h"
#include "debugger/trace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <sstream>

namespace peach::cli {
namespace {

using debugger::Motion;
using debugger::Session;
using debugger::StopCause;

constexpr int kOutOfCycles = 124;              // as timeout(1)
constexpr size_t kInputQueueBytes = 64 << 10;  // no more than this waits in the guest's console

struct RunOptions {
    MachineOptions machine;
    std::optional<uint64_t> max_cycles;
    std::string record_file;
    std::string save_file;
    std::string saved_disk_file;
    std::string trace_file;
    bool stats = false;
};

// The exit status of a machine that is off.
int status_at_end(const Machine& machine) {
    if (!machine.power_was_cut()) return machine.exit_status();
    complain(fmt::format("the power failed at write {} to the disk, as --power-cut says",
                         machine.config().power_cut.write));
    return kFailure;
}

int complain_about_cycles(uint64_t cycles) {
    complain(fmt::format("stopped after {} cycles: give more with --max-cycles", cycles));
    return kOutOfCycles;
}

// A pipe that the runner's thread writes to when there is something to look at.
class WakePipe {
  public:
    WakePipe() {
        if (pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC) != 0) ends_ = {-1, -1};
    }
    ~WakePipe() {
        close(ends_[0]);
        close(ends_[1]);
    }
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;

    void wake() const {
        const char byte = 0;
        [[maybe_unused]] const ssize_t written = write(ends_[1], &byte, 1);  // full: it is awake already
    }
    void drain() const {
        std::array<char, 256> buffer;
        while (read(ends_[0], buffer.data(), buffer.size()) > 0) {
        }
    }
    int descriptor() const { return ends_[0]; }

  private:
    std::array<int, 2> ends_{-1, -1};
};

// One guest run with its console on this process's standard streams.
class ConsoleRun {
  public:
    ConsoleRun(std::unique_ptr<Session> session, bool interactive, std::optional<uint64_t> max_cycles)
        : interactive_(interactive), max_cycles_(max_cycles), runner_(std::move(session)) {
        runner_.set_pace({.instructions_per_second = 0, .idle_skips = !interactive});
        runner_.set_wake([this] { pipe_.wake(); });
    }
    ~ConsoleRun() {
        runner_.set_wake([] {});
    }
    ConsoleRun(const ConsoleRun&) = delete;
    ConsoleRun& operator=(const ConsoleRun&) = delete;

    // Until the guest switches off, the person leaves or the cycles are used up; the exit status.
    int run() {
        go_on();
        while (true) {
            wait_for_news();
            const bool printed = print_output();
            if (end_requested()) return 128 + end_signal();
            if (!printed) return output_failed(errno);
            if (left_) return 0;
            if (const std::optional<int> status = look_at_stop()) return *status;
        }
    }

    debugger::Runner& runner() { return runner_; }

  private:
    void go_on() {
        runner_.with([&](Session& session) {
            if (max_cycles_)
                session.start_run_to_cycle(*max_cycles_);
            else
                session.start(Motion::run);
        });
    }

    void wait_for_news() {
        const bool wants_input = !input_ended_ && runner_.look([](const Session& session) {
            const Console& console = session.machine().devices().console;
            return console.typed.size() - console.taken < kInputQueueBytes;
        });
        std::array<pollfd, 2> waiting{
            {{.fd = pipe_.descriptor(), .events = POLLIN, .revents = 0},
             {.fd = wants_input ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0}}};
        poll(waiting.data(), waiting.size(), 100);
        pipe_.drain();
        if (waiting[1].revents != 0) take_input();
    }

    void take_input() {
        InputChunk chunk = read_standard_input(0);
        if (interactive_ && chunk.bytes.find(kLeaveKey) != chunk.bytes.npos) left_ = true;
        input_ended_ = chunk.ended;
        if (chunk.bytes.empty() && !chunk.ended) return;
        runner_.with([&](Session& session) {
            if (!chunk.bytes.empty() && interactive_)
                session.type_keys(std::move(chunk.bytes));
            else if (!chunk.bytes.empty())
                session.type(std::move(chunk.bytes));
            if (chunk.ended) session.end_input();
        });
        go_on();
    }

    bool print_output() {
        const std::string fresh = runner_.look([&](const Session& session) {
            return std::string(session.timeline().console().substr(printed_));
        });
        printed_ += fresh.size();
        return write_standard_output(fresh);
    }

    // Why the machine stands still, if it does: an exit status, or nothing if it goes on.
    std::optional<int> look_at_stop() {
        if (runner_.status().running) return std::nullopt;
        if (!print_output()) return output_failed(errno);
        const StopCause cause =
            runner_.look([](const Session& session) { return session.last_stop().cause; });
        switch (cause) {
            case StopCause::powered_off:
                return runner_.look([](const Session& session) { return status_at_end(session.machine()); });
            case StopCause::done:
                return complain_about_cycles(
                    runner_.look([](const Session& session) { return session.timeline().cursor(); }));
            case StopCause::stuck:
                complain(runner_.look([](const Session& session) { return session.last_stop().sentence; }) +
                         ": set tvec before the first trap");
                return kFailure;
            case StopCause::idle:
                if (!input_ended_) return std::nullopt;
                complain("the guest waits for ever: its input has ended and nothing else can wake it");
                return kFailure;
            default:
                return std::nullopt;
        }
    }

    bool interactive_;
    std::optional<uint64_t> max_cycles_;
    WakePipe pipe_;
    debugger::Runner runner_;
    size_t printed_ = 0;
    bool input_ended_ = false;
    bool left_ = false;
};

void print_stats(const Session& session, std::chrono::duration<double> elapsed) {
    const double seconds = elapsed.count();
    const uint64_t cycles = session.timeline().frontier();
    complain(fmt::format("{} cycles in {:.3f} s of host time, {:.1f} million a second; state {:016x}", cycles,
                         seconds, static_cast<double>(cycles) / 1e6 / seconds, session.machine().hash()));
}

// What the options ask for is checked before the run: it would be lost after it.
std::expected<void, Error> check_files(const RunOptions& options) {
    std::set<std::filesystem::path> targets;
    for (const std::string& path :
         {options.save_file, options.saved_disk_file, options.trace_file, options.record_file}) {
        if (auto fine = check_writable(path); !fine) return fine;
        std::error_code ignored;
        const std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
        const bool keeps = !std::filesystem::exists(target) || std::filesystem::is_regular_file(target);
        if (!path.empty() && keeps && !targets.insert(target).second)
            return std::unexpected(
                Error{fmt::format("{} is to be written twice: give each output a file of its own", path)});
    }
    return {};
}

std::expected<void, Error> write_trace_file(const Session& session, const std::string& path) {
    std::ostringstream text;
    debugger::write_trace(session, text);
    return toolchain::write_file(path, std::as_bytes(std::span(text.view())));
}

// Writes what the options ask for about a run that is over.
std::expected<void, Error> write_files(const RunOptions& options, const Session& session) {
    std::expected<void, Error> written;
    if (!options.save_file.empty())
        written = toolchain::write_file(options.save_file, debugger::encode(session.saved()));
    if (written && !options.saved_disk_file.empty())
        written = toolchain::write_file(options.saved_disk_file, session.machine().disk());
    if (written && !options.trace_file.empty()) written = write_trace_file(session, options.trace_file);
    if (written && !options.record_file.empty())
        written = toolchain::write_file(options.record_file, debugger::encode(session.recording()));
    return written;
}

// What is left to do when a run is over; `status` if that succeeds.
int wind_up(const RunOptions& options, const Session& session, std::chrono::steady_clock::time_point start,
            int status) {
    if (options.stats) print_stats(session, std::chrono::steady_clock::now() - start);
    const auto written = write_files(options, session);
    if (written) return status;
    complain(written.error().message);
    return kFailure;
}

// Plays a recording to its end, showing its console, and says whether it was the same run.
int replay(const RunOptions& options) {
    if (const auto fine = check_files(options); !fine) return complain(fine.error().message), kFailure;
    const auto made = make_session(options.machine, true);
    if (!made) return complain(made.error().message), made.error().status;
    Session& session = **made;
    const auto start = std::chrono::steady_clock::now();
    const uint64_t end = session.replay_end().value_or(session.timeline().frontier());
    const uint64_t limit = options.max_cycles.value_or(end);
    session.start_run_to_cycle(std::min(end, limit));
    session.finish();
    if (!write_standard_output(std::string(session.timeline().console()))) return output_failed(errno);
    int status = 0;
    if (limit < end) {
        status = complain_about_cycles(limit);
    } else if (auto same = session.check_replay(); !same) {
        return complain(same.error().message), kFailure;
    }
    if (session.machine().powered_off()) status = status_at_end(session.machine());
    return wind_up(options, session, start, status);
}

int run(const RunOptions& options) {
    if (const auto fine = check_files(options); !fine) return complain(fine.error().message), kFailure;
    const bool interactive = isatty(STDIN_FILENO) != 0;
    MachineOptions machine = options.machine;
    if (machine.command.empty() && machine.bare_file.empty() && machine.load_file.empty()) {
        if (!machine.login)
            machine.command = {"sh"};
        else if (!interactive)
            machine.command = {"login"};  // once: its input ends
        if (!interactive) machine.login = false;
    }
    auto session = make_session(machine, !interactive);
    if (!session) return complain(session.error().message), session.error().status;
    watch_for_end();
    const RawTerminal terminal;
    if (interactive) complain("Ctrl+] leaves");
    const auto start = std::chrono::steady_clock::now();
    ConsoleRun console_run(*std::move(session), interactive, options.max_cycles);
    const int status = console_run.run();
    return console_run.runner().with([&](Session& finished) {
        finished.pause();
        return wind_up(options, finished, start, status);
    });
}

}  // namespace

int run_command(std::span<const std::string> args) {
    RunOptions options;
    CLI::App app("Runs PeachOS with its console on this terminal; a command runs and gives its exit status.",
                 "peach run");
    add_machine_options(app, options.machine);
    add_replay_option(app, options.machine);
    app.add_option("--max-cycles", options.max_cycles, "stop there, with status 124")
        ->transform(whole_number())
        ->option_text("N");
    app.add_option("--record", options.record_file, "write the whole run to a file")->option_text("FILE");
    app.add_option("--trace", options.trace_file,
                   "write what happened to a file, as trace JSON for Chrome's and Perfetto's viewers")
        ->option_text("FILE");
    app.add_option("--save", options.save_file,
                   "write the machine as it is at the end to a file; with --max-cycles at that moment")
        ->option_text("FILE");
    app.add_option("--save-disk", options.saved_disk_file, "write the disk as it is at the end to a file")
        ->option_text("FILE");
    app.add_flag("--stats", options.stats, "cycles and speed at the end, on stderr");
    if (const auto status = parse(app, args, options.machine.command)) return *status;
    return options.machine.replay_file.empty() ? run(options) : replay(options);
}

}  // namespace peach::cli
