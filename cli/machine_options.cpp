#include "cli/machine_options.h"

#include "assembler/toolchain_files.h"
#include "cli/command.h"
#include "cli/host_files.h"

#include "assembler/assembler.h"
#include "assembler/toolchain.h"
#include "debugger/commands.h"
#include "debugger/recording.h"
#include "emulator/devices/registers.h"
#include "guest_os/mkfs/mkfs.h"

#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <regex>

namespace peach::cli {
namespace {

namespace fs = std::filesystem;

constexpr uint8_t kQuantumSwitch = 1;
constexpr uint8_t kConsoleSwitch = 2;
constexpr uint32_t kMostCycles = 1'000'000'000;

// What a saved machine and a recording bring with them.
constexpr const char* kMachineSettings[] = {"--cpus",  "--ram",  "--disk-latency", "--clock",
                                            "--slice", "--seed", "--power-cut",    "--torn",
                                            "--disk",  "--add",  "--bare",         "--login"};

std::unexpected<Error> error(std::string message) {
    return std::unexpected(Error{std::move(message)});
}

// A file that is gone when this goes.
class TemporaryFile {
  public:
    // Without a place for it, its path is empty.
    TemporaryFile() {
        std::error_code no_folder;
        path_ = (fs::temp_directory_path(no_folder) / "peach-XXXXXX").string();
        const int descriptor = no_folder ? -1 : mkstemp(path_.data());
        if (descriptor >= 0) close(descriptor);
        if (descriptor < 0) path_.clear();
    }
    ~TemporaryFile() {
        if (!path_.empty()) unlink(path_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

bool is_source(const fs::path& path) {
    return path.extension() == ".c" || path.extension() == ".s" || path.extension() == ".S";
}

// Compiles or assembles a source with `tool`, whose complaints go to stderr, and returns the program.
std::expected<std::vector<std::byte>, Error> build_program(int (*tool)(std::span<const std::string>),
                                                           const std::vector<std::string>& words,
                                                           const std::string& source) {
    const TemporaryFile output;
    if (output.path().empty())
        return error("no temporary file can be made: check $TMPDIR and its free space");
    std::vector<std::string> arguments = words;
    arguments.insert(arguments.end(), {"-o", output.path(), source});
    if (tool(arguments) != 0)
        return error(fmt::format("{} could not be built: see the messages above", source));
    return read_host_file(output.path());
}

std::expected<std::vector<std::byte>, Error> read_boot_image(const std::string& path) {
    if (!fs::exists(path))
        return error(fmt::format("{} does not exist: give the .s or ELF file to boot", path));
    if (fs::path(path).extension() != ".s") {
        auto bytes = read_host_file(path);
        if (bytes && bytes->empty()) return error(fmt::format("{} is empty: give a .s or an ELF file", path));
        return bytes;
    }
    return build_program(toolchain::as_main, {"--text-base", "0x80000000"}, path);
}

// Whether it is assembly that begins by itself, without the C library.
bool defines_start(const std::string& source) {
    if (fs::path(source).extension() == ".c") return false;
    const auto text = toolchain::read_file(source);
    if (!text) return false;
    static const std::regex start("(^|\n)[ \t]*_start[ \t]*:");
    return std::regex_search(*text, start);
}

bool is_executable(const std::string& host, std::span<const std::byte> contents) {
    static constexpr std::string_view kElfMagic =
        "\x7f"
        "ELF";
    if (contents.size() >= kElfMagic.size() &&
        std::memcmp(contents.data(), kElfMagic.data(), kElfMagic.size()) == 0)
        return true;
    std::error_code ignored;
    return (fs::status(host, ignored).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

// HOSTFILE[:GUESTPATH]; sources are built. Programs go to /bin, other files to /.
std::expected<void, Error> add_file(mkfs::DiskImage& disk, const std::string& argument,
                                    debugger::ProgramFiles& programs) {
    const size_t colon = argument.find(':');
    const std::string host = argument.substr(0, colon);
    if (host.empty())
        return error(fmt::format("--add {} names no file: give HOSTFILE[:GUESTPATH]", argument));
    const bool source = is_source(host);
    std::vector<std::string> words;
    if (source && defines_start(host)) words.emplace_back("--no-libc");
    auto contents = source ? build_program(toolchain::cc_main, words, host) : read_host_file(host);
    if (!contents) return std::unexpected(contents.error());
    std::string guest = colon == argument.npos ? "" : argument.substr(colon + 1);
    const bool program = source || guest.starts_with("/bin/") || is_executable(host, *contents);
    if (guest.empty()) {
        const fs::path name = source ? fs::path(host).stem() : fs::path(host).filename();
        guest = (program ? "/bin/" : "/") + name.string();
    }
    if (program) programs.insert_or_assign(fs::path(guest).filename().string(), *contents);
    return disk.write_file(guest, mkfs::without_debug_information(*std::move(contents)),
                           program ? 0755 : 0644);
}

std::expected<std::vector<std::byte>, Error> make_disk(const MachineOptions& options, const fs::path& share,
                                                       debugger::ProgramFiles& programs) {
    const std::string path = options.disk_file.empty() ? (share / "disk.img").string() : options.disk_file;
    auto bytes = read_host_file(path);
    if (!bytes) return bytes;
    if (options.added_files.empty() && options.command.empty() && !options.login) return bytes;
    auto disk = mkfs::DiskImage::open(*std::move(bytes), path);
    if (!disk) return std::unexpected(disk.error());
    for (const std::string& argument : options.added_files) {
        if (auto added = add_file(*disk, argument, programs); !added) return std::unexpected(added.error());
    }
    if (!options.command.empty()) {
        if (auto written = disk->write_text("/etc/boot-command", mkfs::boot_command(options.command));
            !written) {
            return std::unexpected(written.error());
        }
    }
    if (options.login) {
        if (auto written = disk->write_text("/etc/inittab", "login\n"); !written)
            return std::unexpected(written.error());
    }
    return std::move(*disk).take_bytes();
}

std::expected<debugger::SessionOptions, Error> make_session_options(const MachineOptions& options,
                                                                    bool plain_console) {
    debugger::SessionOptions result;
    result.machine.cpu_count = options.cpu_count;
    result.machine.ram_bytes = options.ram_mib << 20;
    result.machine.disk_latency_cycles = options.disk_latency_cycles;
    result.machine.slice_instructions = options.slice_instructions;
    result.machine.slice_seed = options.seed;
    result.machine.clock = options.clock;
    result.machine.power_cut = options.power_cut;
    result.share_directory = toolchain::share_directory();
    if (!options.bare_file.empty()) {
        auto image = read_boot_image(options.bare_file);
        if (!image) return std::unexpected(image.error());
        result.kernel_bytes = *std::move(image);
        result.bare = true;
    } else if (result.share_directory.empty()) {
        return error("PeachOS's files are not there: build them with ./dev build, or set PEACH_SHARE");
    } else if (!fs::exists(result.share_directory / "kernel.elf")) {
        return error(
            fmt::format("PeachOS's files are not in {}: build them with ./dev build, or correct PEACH_SHARE",
                        result.share_directory.string()));
    } else {
        result.kernel_path = result.share_directory / "kernel.elf";
    }
    if (options.bare_file.empty() || !options.disk_file.empty()) {
        auto disk = make_disk(options, result.share_directory, result.programs);
        if (!disk) return std::unexpected(disk.error());
        result.disk = *std::move(disk);
    }
    if (plain_console) result.switches.push_back({kConsoleSwitch, device::front_panel_switch2_plain});
    return result;
}

std::unexpected<StartError> failed(const Error& error) {
    return std::unexpected(StartError{.message = error.message});
}

// What would otherwise be left out without a word; empty: all options fit together.
std::string contradiction(const MachineOptions& options) {
    const bool command = !options.command.empty();
    if (command && !options.replay_file.empty())
        return "a recorded run has its command: leave the one after -- away";
    if (command && !options.load_file.empty())
        return "a loaded machine goes on with what it was doing: leave the command away";
    if (command && options.login)
        return "--login and a command exclude each other: su -c COMMAND USER runs one as a user";
    if (command && !options.bare_file.empty())
        return "a bare program gets no command: leave the one after -- away";
    if (!options.bare_file.empty() && !options.added_files.empty() && options.disk_file.empty())
        return "without PeachOS there is no disk to put files on: give one with --disk";
    return {};
}

// A session that begins with what a file holds.
std::expected<debugger::SessionOptions, Error> open_recording(const std::string& path) {
    const auto file = read_host_file(path);
    if (!file) return std::unexpected(file.error());
    auto recording = debugger::decode_recording(*file, path);
    if (!recording) return std::unexpected(recording.error());
    debugger::SessionOptions result;
    result.share_directory = toolchain::share_directory();
    result.replay = *std::move(recording);
    return result;
}

std::expected<debugger::SessionOptions, Error> open_saved_session(const std::string& path) {
    const auto file = read_host_file(path);
    if (!file) return std::unexpected(file.error());
    auto saved = debugger::decode_saved_session(*file, path);
    if (!saved) return std::unexpected(saved.error());
    debugger::SessionOptions result;
    result.share_directory = toolchain::share_directory();
    result.start = *std::move(saved);
    return result;
}

// A number from `least` to `most`; commas may stand in it.
template <typename Number>
CLI::Option* add_number(CLI::App& app, const char* name, Number& value, const char* description,
                        uint32_t least, uint32_t most, const char* unit) {
    return app.add_option(name, value, description)
        ->transform(whole_number())
        ->check(CLI::Range(least, most))
        ->option_text(unit);
}

// CLI11 reads an enumeration as its number.
std::string clock_by_name(std::string& text) {
    if (text != "real" && text != "book") return "give real or book, not '" + text + "'";
    text = std::to_string(static_cast<int>(text == "real" ? Clock::real : Clock::book));
    return {};
}

}  // namespace

void add_machine_options(CLI::App& app, MachineOptions& options) {
    add_number(app, "--cpus", options.cpu_count, "number of CPUs, 1 to 8", 1, 8, "N");
    add_number(app, "--ram", options.ram_mib, "memory in MiB, 1 to 1024", 1, 1024, "MIB");
    app.add_option("--policy", options.policy, "scheduling policy, by name")->option_text("NAME");
    add_number(app, "--quantum", options.quantum_cycles, "time slice in cycles, from 100", 100, kMostCycles,
               "CYCLES");
    add_number(app, "--disk-latency", options.disk_latency_cycles, "cycles that a disk request takes, from 1",
               1, kMostCycles, "CYCLES");
    app.add_option("--clock", options.clock, "what timers count: every cycle (real), or user mode's (book)")
        ->transform(CLI::Validator(clock_by_name, ""))
        ->option_text("real|book");
    add_number(app, "--slice", options.slice_instructions, "instructions that a CPU executes in its turn", 1,
               kMostCycles, "N");
    add_number(app, "--seed", options.seed, "varies the slices: another interleaving of the CPUs", 0,
               UINT32_MAX, "N");
    add_number(app, "--power-cut", options.power_cut.write,
               "the power fails at this write to the disk, from 1", 1, 4'000'000'000u, "N");
    add_number(app, "--torn", options.power_cut.bytes, "so many bytes of that write arrive, 0 to 4096", 0,
               4096, "BYTES")
        ->needs("--power-cut");
    app.add_option("--disk", options.disk_file, "disk image to use a copy of")->option_text("FILE");
    app.add_option("--add", options.added_files,
                   "HOSTFILE[:GUESTPATH]: put a file on the disk; .c and .s are built, programs go to /bin")
        ->allow_extra_args(false)
        ->option_text("FILE ...");
    CLI::Option* load =
        app.add_option("--load", options.load_file, "go on with a saved machine, its settings and its disk")
            ->option_text("FILE");
    app.add_option("--bare", options.bare_file, "boot this .s or ELF file instead of PeachOS")
        ->option_text("FILE");
    app.add_flag("--login", options.login, "the console asks who is there, instead of being root's at once")
        ->excludes("--bare");
    for (const char* setting : kMachineSettings) load->excludes(setting);
}

void add_replay_option(CLI::App& app, MachineOptions& options) {
    CLI::Option* replay =
        app.add_option("--replay", options.replay_file, "play a recorded run again")->option_text("FILE");
    for (const char* setting : kMachineSettings) replay->excludes(setting);
    for (const char* other : {"--policy", "--quantum", "--load"}) replay->excludes(other);
}

Started make_session(const MachineOptions& options, bool plain_console) {
    if (std::string problem = contradiction(options); !problem.empty())
        return std::unexpected(StartError{kBadUsage, std::move(problem)});
    auto session_options = !options.replay_file.empty() ? open_recording(options.replay_file)
                           : !options.load_file.empty() ? open_saved_session(options.load_file)
                                                        : make_session_options(options, plain_console);
    if (!session_options) return failed(session_options.error());
    if (options.quantum_cycles != 0)
        session_options->switches.push_back({kQuantumSwitch, options.quantum_cycles});
    auto session = debugger::Session::create(*std::move(session_options));
    if (!session) return failed(session.error());
    if (!options.policy.empty()) {
        const debugger::Command* choose = debugger::find_command("policy");
        if (auto chosen = choose->action(**session, options.policy); !chosen) {
            return std::unexpected(StartError{kBadUsage, chosen.error().message});
        }
    }
    return *std::move(session);
}

}  // namespace peach::cli
