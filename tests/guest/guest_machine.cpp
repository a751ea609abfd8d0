#include "tests/guest/guest_machine.h"

#include <elf.h>
#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "emulator/devices/registers.h"

namespace peach::tests {

namespace {

constexpr uint8_t kPolicySwitch = 0;
constexpr uint8_t kQuantumSwitch = 1;
constexpr uint8_t kConsoleSwitch = 2;

template <class T>
T value_or_throw(std::expected<T, Error> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

void check(const std::expected<void, Error>& result) {
    if (!result) throw std::runtime_error(result.error().message);
}

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// The kernel is linked where it lies in memory: virtual is physical.
void load_kernel(Machine& machine, const std::string& elf) {
    Elf32_Ehdr header;
    if (elf.size() < sizeof header) throw std::runtime_error("kernel.elf is not there: build the guest");
    std::memcpy(&header, elf.data(), sizeof header);
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        Elf32_Phdr segment;
        std::memcpy(&segment, elf.data() + header.e_phoff + i * sizeof segment, sizeof segment);
        if (segment.p_type != PT_LOAD || segment.p_filesz == 0) continue;
        const auto contents = std::as_bytes(std::span(elf)).subspan(segment.p_offset, segment.p_filesz);
        if (!machine.write_physical(segment.p_vaddr, contents))
            throw std::runtime_error("the kernel does not fit");
    }
    machine.set_entry(header.e_entry);
}

void move_switch(Machine& machine, uint8_t index, uint32_t value) {
    machine.deliver({.cycle = 0, .what = SwitchMove{.index = index, .value = value}});
}

}  // namespace

std::filesystem::path share_directory() {
    return std::filesystem::path(PEACH_BUILD_DIR) / "share/peach";
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

GuestMachine::GuestMachine()
    : disk_(value_or_throw(
          mkfs::DiskImage::open(bytes_of(read_file(share_directory() / "disk.img")), "disk.img"))) {}

void GuestMachine::add_file(std::string_view path, std::string_view contents, uint16_t permissions) {
    check(disk_.write_text(path, contents, permissions));
}

void GuestMachine::add_program(std::string_view path, const std::filesystem::path& host_file) {
    check(disk_.write_file(path, mkfs::without_debug_information(bytes_of(read_file(host_file))), 0755));
}

Machine GuestMachine::start(const std::vector<std::string>& command, const GuestOptions& options) const {
    Machine machine(options.machine);
    load_kernel(machine, read_file(share_directory() / "kernel.elf"));
    mkfs::DiskImage disk = disk_;
    if (!command.empty()) check(disk.write_text("/etc/boot-command", mkfs::boot_command(command)));
    machine.set_disk(disk.bytes());
    if (options.policy != 0) move_switch(machine, kPolicySwitch, options.policy);
    if (options.quantum_cycles != 0) move_switch(machine, kQuantumSwitch, options.quantum_cycles);
    if (!options.terminal) move_switch(machine, kConsoleSwitch, device::front_panel_switch2_plain);
    if (!options.input.empty()) machine.deliver({.cycle = 0, .what = ConsoleInput{options.input}});
    if (!options.terminal && options.input_ends) machine.deliver({.cycle = 0, .what = ConsoleEnd{}});
    return machine;
}

GuestRun GuestMachine::run(const std::vector<std::string>& command, const GuestOptions& options) const {
    Engine engine(start(command, options));
    RunOutput output;
    engine.run(options.max_cycles, output);
    const Machine& machine = engine.machine();
    GuestRun run{.output = output.console, .cycles = machine.cycle()};
    if (machine.powered_off()) run.status = machine.exit_status();
    const auto disk = mkfs::DiskImage::open(machine.disk(), "the disk afterwards");
    run.disk_problems = disk ? disk->check() : std::vector{disk.error().message};
    return run;
}

HostRun run_on_host(const std::string& command) {
    HostRun run;
    // PeachOS speaks as POSIX's own locale does.
    std::FILE* pipe = popen(("export LC_ALL=C; " + command).c_str(), "r");
    if (pipe == nullptr) return run;
    char buffer[4096];
    for (size_t count; (count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        run.output.append(buffer, count);
    const int status = pclose(pipe);
    run.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return run;
}

std::string shell_word(std::string_view word) {
    std::string result = "'";
    for (const char c : word) {
        if (c == '\'')
            result += "'\\''";
        else
            result += c;
    }
    return result + "'";
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "peach-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace peach::tests
