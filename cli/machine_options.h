#pragma once
// The options that describe a machine and what is on its disk, shared by the words that start one, and how
// they become a session's.

#include "debugger/session.h"
#include "emulator/base/error.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace peach::cli {

struct MachineOptions {
    unsigned cpu_count = 1;
    unsigned ram_mib = 64;
    std::string policy;           // a name in the kernel's table; empty: the kernel's own choice
    uint32_t quantum_cycles = 0;  // 0: the kernel's own choice
    uint32_t disk_latency_cycles = 1000;
    uint32_t slice_instructions = 100;
    uint32_t seed = 0;
    Clock clock = Clock::real;
    PowerCut power_cut;
    std::string disk_file;                 // empty: the disk that comes with Peach
    std::vector<std::string> added_files;  // HOSTFILE[:GUESTPATH]
    std::string bare_file;                 // not empty: the boot image, instead of PeachOS
    std::string load_file;                 // not empty: a saved machine, which goes on
    std::vector<std::string> command;      // what init runs; empty: an interactive shell
    bool login = false;                    // without a command: the console asks first who is there
};

// Declares the options on a command line and fills `options` when it is parsed.
void add_machine_options(CLI::App& app, MachineOptions& options);

// Why nothing was started: the exit status that this means, and "what is wrong: what to do".
struct StartError {
    int status = 1;
    std::string message;
};

// Reads the files, builds what must be built, puts it on the disk, and moves the front panel's switches.
// `plain_console`: nobody types (switch 2).
using Started = std::expected<std::unique_ptr<debugger::Session>, StartError>;
Started make_session(const MachineOptions& options, bool plain_console);

// One that plays a recorded run again.
Started make_replay(const std::string& recording_file);

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path);
std::expected<void, Error> write_host_file(const std::string& path, std::span<const std::byte> bytes);

}  // namespace peach::cli
