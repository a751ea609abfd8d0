#pragma once
// A machine with PeachOS, for tests: put files on its disk, say what init shall run, run it, look at what
// came out.
//
//     GuestMachine guest;
//     guest.add_file("/tmp/data", "hello\n");
//     GuestRun run = guest.run({"sh", "-c", "wc /tmp/data"});
//     EXPECT_EQ(run.output, ...);

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine.h"
#include "guest_os/mkfs/mkfs.h"

namespace peach::tests {

struct GuestOptions {
    std::string input = {};  // typed before the start; then the input ends
    bool terminal = false;   // a person's console with echo and line editing, whose input does not end
    bool input_ends = true;  // without a terminal
    uint64_t max_cycles = 400'000'000;
    MachineConfig machine = {};
    uint32_t policy = 0;
    uint32_t quantum_cycles = 0;  // 0: the kernel's choice
};

struct GuestRun {
    std::string output = {};
    int status = -1;  // -1: not switched off within the cycles allowed
    uint64_t cycles = 0;
    std::vector<std::string> disk_problems = {};  // what the consistency check says of the disk afterwards
};

class GuestMachine {
  public:
    GuestMachine();

    void add_file(std::string_view path, std::string_view contents, uint16_t permissions = 0644);
    void add_program(std::string_view path, const std::filesystem::path& host_file);

    // The machine before its first instruction.
    Machine start(const std::vector<std::string>& command, const GuestOptions& options = {}) const;
    // Until it is switched off or the cycles are used up.
    GuestRun run(const std::vector<std::string>& command, const GuestOptions& options = {}) const;

  private:
    mkfs::DiskImage disk_;
};

std::filesystem::path share_directory();
std::string read_file(const std::filesystem::path& path);

// A command on the host, by /bin/sh: standard output and exit status.
struct HostRun {
    std::string output = {};
    int status = -1;
};
HostRun run_on_host(const std::string& command);

// Quoted for /bin/sh.
std::string shell_word(std::string_view word);

// A folder that is gone when this goes.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace peach::tests
