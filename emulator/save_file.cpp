#include "emulator/save_file.h"

#include <algorithm>

#include "emulator/base/byte_stream.h"
#include "emulator/base/sealed_file.h"

namespace peach {
namespace {

constexpr FileKind kSavedMachine{.magic = "PEACHSAV",
                                 .version = 1,
                                 .noun = "saved machine",
                                 .how_made = "make one with `peach run --save FILE`"};
constexpr uint64_t kEndOfTime = uint64_t{1} << 62;  // far from where sums of cycles overflow

bool is_possible(const Cpu& cpu) {
    return cpu.x[0] == 0 && (cpu.status & ~status::kWritable) == 0 && (cpu.ptbr & ~ptbr::kWritable) == 0 &&
           cpu.tvec % 4 == 0 && (cpu.reserved ? cpu.reserved_address % 4 : cpu.reserved_address) == 0;
}

bool is_possible(const Devices& devices) {
    const Disk& disk = devices.disk;
    const auto due_in_time = [](uint64_t time) { return time == kNever || time < 2 * kEndOfTime; };
    return disk.status <= DiskStatus::failed && due_in_time(disk.completion) &&
           std::ranges::all_of(devices.timer.deadline, due_in_time) &&
           !(devices.power.cut && !devices.power.powered_off);
}

// What the field lists cannot say: how fields belong together.
bool is_possible(const Machine& machine) {
    const MachineConfig& config = machine.config();
    const uint64_t uncounted = machine.cycle() - machine.clock();
    bool possible = machine.cpu_count() == config.cpu_count && machine.current_cpu() < config.cpu_count &&
                    machine.ram().size_bytes() == config.ram_bytes && machine.cycle() < kEndOfTime &&
                    uncounted <= machine.cycle() && (uncounted == 0 || config.clock == Clock::book) &&
                    is_possible(machine.devices());
    for (unsigned i = 0; possible && i < machine.cpu_count(); ++i) possible = is_possible(machine.cpu(i));
    return possible;
}

}  // namespace

std::vector<std::byte> save_machine(const Machine& machine) {
    ByteWriter out;
    write_value(out, machine);
    return seal(kSavedMachine, out.take());
}

std::expected<Machine, Error> load_machine(std::span<const std::byte> file, std::string_view name) {
    const auto payload = unseal(kSavedMachine, file, name);
    if (!payload) return std::unexpected(payload.error());
    ByteReader in(*payload);
    Machine machine;
    read_value(in, machine);
    if (!in.complete() || !check(machine.config()) || !is_possible(machine)) {
        return std::unexpected(nonsense(kSavedMachine, name));
    }
    return machine;
}

}  // namespace peach
