#include "emulator/devices/devices.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "emulator/devices/registers.h"
#include "emulator/isa/traps.h"

namespace peach {

namespace {

constexpr uint32_t kRegisterBytes = 4;  // from one switch or lamp to the next

}  // namespace

void InterruptController::send(uint32_t cpu_mask, unsigned cpu_count) {
    for (unsigned cpu = 0; cpu < cpu_count; ++cpu) {
        if ((cpu_mask >> cpu & 1) != 0) interprocessor[cpu] = true;
    }
}

void Timer::write_countdown(unsigned cpu, uint32_t cycles, uint64_t now) {
    raised[cpu] = false;
    deadline[cpu] = cycles == 0 ? kNever : now + cycles;
}

uint32_t Timer::read_countdown(unsigned cpu, uint64_t now) const {
    return deadline[cpu] == kNever ? 0 : static_cast<uint32_t>(deadline[cpu] - now);
}

uint64_t Timer::next_event() const {
    return *std::ranges::min_element(deadline);
}

void Timer::advance(uint64_t now) {
    for (unsigned cpu = 0; cpu < kMaxCpus; ++cpu) {
        if (deadline[cpu] > now) continue;
        deadline[cpu] = kNever;
        raised[cpu] = true;
    }
}

uint32_t Console::status() const {
    if (has_character()) return device::console_status_character;
    return ended ? device::console_status_ended : 0;
}

uint8_t Console::take() {
    if (!has_character()) return 0;
    const auto character = static_cast<uint8_t>(typed[taken++]);
    constexpr uint64_t kWorthCompacting = 4096;
    if (taken == typed.size() || (taken >= kWorthCompacting && taken * 2 >= typed.size())) {
        typed.erase(0, taken);
        taken = 0;
    }
    return character;
}

void Console::type(const std::string& bytes) {
    typed += bytes;
}

bool Console::operator==(const Console& other) const {
    return ended == other.ended &&
           typed.compare(taken, std::string::npos, other.typed, other.taken, std::string::npos) == 0;
}

void Console::hash_into(Hasher& hasher) const {
    const auto waiting = std::as_bytes(std::span(typed)).subspan(taken);
    hasher.add(waiting.size());
    hasher.add_bytes(waiting);
    hasher.add(ended ? 1 : 0);
}

void Console::save_into(ByteWriter& out) const {
    out.blob(std::as_bytes(std::span(typed)).subspan(taken));
    write_value(out, ended);
}

void Console::load_from(ByteReader& in) {
    const auto bytes = in.raw(in.number(8));
    typed.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    taken = 0;
    read_value(in, ended);
}

void Disk::write_command(uint32_t command, uint64_t now, uint32_t latency_cycles) {
    if (status == DiskStatus::busy) return;
    status = DiskStatus::busy;
    active_block = block;
    active_address = address;
    active_command = command;
    completion = now + std::max(latency_cycles, 1u);
}

void Disk::acknowledge() {
    if (line()) status = DiskStatus::idle;
}

DiskEffect Disk::complete(PagedMemory& ram, const PowerCut& cut) {
    completion = kNever;
    const uint32_t page = (active_address - isa::region::ram.first) / isa::kPageSize;
    const bool address_fits = active_address % isa::kPageSize == 0 &&
                              active_address >= isa::region::ram.first && page < ram.page_count();
    const bool reads = active_command == device::disk_command_read;
    const bool writes_block = active_command == device::disk_command_write;
    if (!address_fits || !(reads || writes_block) || active_block >= blocks.page_count()) {
        status = DiskStatus::failed;
        return DiskEffect::none;
    }
    if (writes_block && ++writes == cut.write) {
        blocks.write(uint64_t{active_block} * isa::kPageSize, std::span(ram.page(page), cut.bytes));
        return DiskEffect::power_cut;
    }
    status = DiskStatus::done;
    if (writes_block) {
        blocks.share_page(active_block, ram, page);
        return DiskEffect::none;
    }
    ram.share_page(page, blocks, active_block);
    return DiskEffect::ram_changed;
}

uint32_t Devices::pending_lines(unsigned cpu) const {
    const auto bit = [](isa::InterruptLine line, bool raised) {
        return static_cast<uint32_t>(raised) << static_cast<uint32_t>(line);
    };
    return bit(isa::InterruptLine::timer, timer.raised[cpu]) |
           bit(isa::InterruptLine::interprocessor, interrupt_controller.interprocessor[cpu]) |
           bit(isa::InterruptLine::console, console.line()) | bit(isa::InterruptLine::disk, disk.line()) |
           bit(isa::InterruptLine::front_panel, front_panel.moved);
}

uint64_t Devices::next_event() const {
    return std::min(timer.next_event(), disk.completion);
}

std::optional<uint32_t> Devices::read(uint32_t address, const BusAccess& by) {
    switch (address) {
        case device::interrupt_controller_pending:
            return pending_lines(by.cpu);
        case device::interrupt_controller_enabled:
            return interrupt_controller.enabled[by.cpu];
        case device::timer_countdown:
            return timer.read_countdown(by.cpu, by.clock);
        case device::timer_now_low:
            return static_cast<uint32_t>(by.clock);
        case device::timer_now_high:
            return static_cast<uint32_t>(by.clock >> 32);
        case device::console_data:
            return console.take();
        case device::console_status:
            return console.status();
        case device::disk_block:
            return disk.block;
        case device::disk_address:
            return disk.address;
        case device::disk_status:
            return static_cast<uint32_t>(disk.status);
        case device::disk_block_count:
            return disk.blocks.page_count();
        case device::front_panel_switch0:
        case device::front_panel_switch1:
        case device::front_panel_switch2:
        case device::front_panel_switch3:
            return front_panel.switches[(address - device::front_panel_switch0) / kRegisterBytes];
        case device::front_panel_lamp0:
        case device::front_panel_lamp1:
        case device::front_panel_lamp2:
        case device::front_panel_lamp3:
            return front_panel.lamps[(address - device::front_panel_lamp0) / kRegisterBytes];
        default:
            return std::nullopt;
    }
}

bool Devices::write(uint32_t address, uint32_t value, const BusAccess& by, std::optional<char>& sent) {
    switch (address) {
        case device::interrupt_controller_enabled:
            interrupt_controller.enabled[by.cpu] = value;
            return true;
        case device::interrupt_controller_send:
            interrupt_controller.send(value, by.cpu_count);
            return true;
        case device::interrupt_controller_acknowledge:
            interrupt_controller.interprocessor[by.cpu] = false;
            return true;
        case device::timer_countdown:
            timer.write_countdown(by.cpu, value, by.clock);
            return true;
        case device::console_data:
            sent = static_cast<char>(value);
            return true;
        case device::disk_block:
            disk.block = value;
            return true;
        case device::disk_address:
            disk.address = value;
            return true;
        case device::disk_command:
            disk.write_command(value, by.clock, by.disk_latency_cycles);
            return true;
        case device::disk_acknowledge:
            disk.acknowledge();
            return true;
        case device::front_panel_lamp0:
        case device::front_panel_lamp1:
        case device::front_panel_lamp2:
        case device::front_panel_lamp3:
            front_panel.lamps[(address - device::front_panel_lamp0) / kRegisterBytes] = value;
            return true;
        case device::front_panel_acknowledge:
            front_panel.moved = false;
            return true;
        case device::power_off:
            power.powered_off = true;
            power.exit_status = static_cast<uint8_t>(value);
            return true;
        default:
            return false;
    }
}

}  // namespace peach
