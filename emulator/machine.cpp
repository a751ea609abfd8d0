#include "emulator/machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "emulator/base/assert.h"
#include "emulator/devices/registers.h"
#include "emulator/isa/traps.h"

namespace peach {

namespace {

constexpr uint32_t kMaxRamBytes = isa::region::ram.size;
constexpr uint32_t kLongestSlice = 1'000'000'000;

bool lies_in_ram(const PagedMemory& ram, uint32_t address, size_t size) {
    const uint64_t offset = uint64_t{address} - isa::region::ram.first;
    return address >= isa::region::ram.first && offset + size <= ram.size_bytes();
}

// What stands at a physical address outside of RAM, for an explanation.
std::string who_answers(uint32_t physical_address, Access access) {
    const DeviceRegister* row = find_device_register(physical_address & ~3u);
    if (row == nullptr || access == Access::fetch) {
        return fmt::format("Nothing answers there: {}.",
                           isa::cause_name(static_cast<uint32_t>(bus_error(access))));
    }
    std::string device(row->device);
    std::ranges::replace(device, '_', ' ');
    return fmt::format("There is the register {} ({}) of the {}. {}", row->name, row->access, device,
                       row->sentence);
}

// Applies one kind of input each.
struct Delivery {
    std::vector<Cpu>& cpus;
    Devices& devices;
    PagedMemory& ram;

    void operator()(const ConsoleInput& input) const { devices.console.type(input.bytes); }
    void operator()(const ConsoleEnd&) const { devices.console.ended = true; }
    void operator()(const SwitchMove& move) const {
        PEACH_ASSERT(move.index < kSwitchCount);
        devices.front_panel.switches[move.index] = move.value;
        devices.front_panel.moved = true;
    }
    void operator()(const RegisterEdit& edit) const {
        PEACH_ASSERT(edit.cpu < cpus.size() && edit.reg <= isa::kRegisterCount);
        Cpu& cpu = cpus[edit.cpu];
        if (edit.reg == isa::kRegisterCount) {
            cpu.pc = edit.value;
        } else if (edit.reg != 0) {
            cpu.x[edit.reg] = edit.value;
        }
    }
    void operator()(const MemoryEdit& edit) const {
        PEACH_ASSERT(lies_in_ram(ram, edit.physical_address, edit.bytes.size()));
        ram.write(edit.physical_address - isa::region::ram.first, edit.bytes);
        for (Cpu& cpu : cpus) {
            const uint64_t end = uint64_t{edit.physical_address} + edit.bytes.size();
            if (cpu.reserved && edit.physical_address < cpu.reserved_address + 4 &&
                cpu.reserved_address < end) {
                cpu.drop_reservation();
            }
        }
    }
};

}  // namespace

std::expected<void, Error> check(const MachineConfig& config) {
    const auto wrong = [](std::string message) { return std::unexpected(Error{std::move(message)}); };
    if (config.cpu_count < 1 || config.cpu_count > kMaxCpus) {
        return wrong(fmt::format("{} CPUs: a machine has 1 to {}", config.cpu_count, kMaxCpus));
    }
    if (config.ram_bytes == 0 || config.ram_bytes > kMaxRamBytes || config.ram_bytes % isa::kPageSize != 0) {
        return wrong(fmt::format("{} bytes of RAM: choose a multiple of 4096 up to 1 GiB", config.ram_bytes));
    }
    if (config.slice_instructions < 1 || config.slice_instructions > kLongestSlice) {
        return wrong(fmt::format("a slice of {} instructions: choose 1 to {}", config.slice_instructions,
                                 kLongestSlice));
    }
    if (config.clock > Clock::book) return wrong("an unknown clock: choose real or book");
    if (config.power_cut.bytes > isa::kPageSize) {
        return wrong(
            fmt::format("a torn write of {} bytes: a block has {}", config.power_cut.bytes, isa::kPageSize));
    }
    return {};
}

Machine::Machine(const MachineConfig& config)
    : config_(config),
      slice_random_(config.slice_seed),
      slice_left_(config.slice_instructions),
      cpus_(config.cpu_count),
      ram_(config.ram_bytes / isa::kPageSize) {
    PEACH_ASSERT(check(config).has_value());
}

bool Machine::write_physical(uint32_t address, std::span<const std::byte> bytes) {
    if (!lies_in_ram(ram_, address, bytes.size())) return false;
    ram_.write(address - isa::region::ram.first, bytes);
    return true;
}

void Machine::set_entry(uint32_t pc) {
    for (Cpu& cpu : cpus_) cpu.pc = pc;
}

void Machine::set_disk(std::span<const std::byte> bytes) {
    devices_.disk.blocks =
        PagedMemory(static_cast<uint32_t>((bytes.size() + isa::kPageSize - 1) / isa::kPageSize));
    constexpr auto is_zero = [](std::byte byte) { return byte == std::byte{0}; };
    for (size_t first = 0; first < bytes.size(); first += isa::kPageSize) {
        const auto block = bytes.subspan(first, std::min<size_t>(isa::kPageSize, bytes.size() - first));
        if (!std::ranges::all_of(block, is_zero))
            devices_.disk.blocks.write(first, block);  // zeros cost nothing
    }
}

std::vector<std::byte> Machine::disk() const {
    std::vector<std::byte> bytes(devices_.disk.blocks.size_bytes());
    devices_.disk.blocks.read(0, bytes);
    return bytes;
}

void Machine::deliver(const InputEvent& event) {
    std::visit(Delivery{cpus_, devices_, ram_}, event.what);
}

uint64_t Machine::hash() const {
    Hasher hasher;
    hash_value(hasher, *this);
    return hasher.result();
}

bool Machine::read_physical(uint32_t address, std::span<std::byte> out) const {
    if (!lies_in_ram(ram_, address, out.size())) return false;
    ram_.read(address - isa::region::ram.first, out);
    return true;
}

std::expected<Translation, Trap> Machine::translate(unsigned cpu, uint32_t virtual_address,
                                                    Access access) const {
    return peach::translate(cpus_[cpu], ram_, virtual_address, access, cpus_[cpu].user_mode());
}

std::vector<std::string> Machine::explain(unsigned cpu, uint32_t virtual_address, Access access) const {
    auto lines = explain_translation(cpus_[cpu], ram_, virtual_address, access, cpus_[cpu].user_mode());
    if (const auto where = translate(cpu, virtual_address, access)) {
        if (!lies_in_ram(ram_, where->physical_address, 1))
            lines.push_back(who_answers(where->physical_address, access));
    }
    return lines;
}

std::optional<uint32_t> Machine::physical_address(uint32_t ptbr, uint32_t virtual_address) const {
    uint32_t physical = virtual_address;
    if ((ptbr & ptbr::kPagingOn) != 0) {
        const Walk walked = walk(ram_, ptbr, virtual_address, Access::load, false);
        // A page that may not be read is still a page.
        if (walked.step_count < 2 || (walked.entry() & pte::kValid) == 0) return std::nullopt;
        physical = pte::physical_page(walked.entry()) | (virtual_address % isa::kPageSize);
    }
    if (!lies_in_ram(ram_, physical, 1)) return std::nullopt;
    return physical;
}

bool Machine::read_virtual_with(uint32_t ptbr, uint32_t address, std::span<std::byte> out) const {
    while (!out.empty()) {
        const size_t count = std::min<size_t>(out.size(), isa::kPageSize - address % isa::kPageSize);
        const std::optional<uint32_t> physical = physical_address(ptbr, address);
        if (!physical || !read_physical(*physical, out.first(count))) return false;
        out = out.subspan(count);
        address += static_cast<uint32_t>(count);
    }
    return true;
}

bool Machine::read_virtual(unsigned cpu, uint32_t address, std::span<std::byte> out) const {
    return read_virtual_with(cpus_[cpu].ptbr, address, out);
}

}  // namespace peach
