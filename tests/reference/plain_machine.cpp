// Between instructions: what is due, whose turn it is, who is interrupted.

#include "tests/reference/plain_machine.h"

#include <algorithm>
#include <utility>

namespace peach::reference {

PlainMachine::PlainMachine(const Settings& settings, std::vector<uint8_t> ram_bytes,
                           std::vector<uint8_t> disk_bytes)
    : set(settings),
      cpus(settings.cpus),
      ram(std::move(ram_bytes)),
      slice_random(settings.slice_seed),
      slice_left(settings.slice) {
    deadline.fill(kNever);
    disk.bytes = std::move(disk_bytes);
}

void PlainMachine::run_until(uint64_t end_cycle) {
    if (off || cycle >= end_cycle) return;
    before_instruction();
    while (!off && cycle < end_cycle) {
        if (!cpu().waiting) {
            step();
        } else {
            const uint64_t next = next_event();
            if (next == kNever) return;
            cycle += std::min(next - clock(), end_cycle - cycle);
        }
        before_instruction();
    }
}

void PlainMachine::step() {
    const bool user = cpu().user();
    const bool completed = execute();
    cycle += 1;
    if (set.book_clock && !(user && completed)) uncounted += 1;
    if (cpus.size() > 1) slice_left -= 1;
}

void PlainMachine::before_instruction() {
    if (off) return;
    for (unsigned i = 0; i < 8; ++i) {
        if (deadline[i] > clock()) continue;
        deadline[i] = kNever;
        timer_raised[i] = true;
    }
    if (disk.due <= clock()) finish_disk();
    if (off) return;
    for (unsigned i = 0; i < cpus.size(); ++i) {
        if ((raised_lines(i) & enabled[i]) != 0) cpus[i].waiting = false;
    }
    choose_cpu();
    const uint32_t lines = raised_lines(current) & enabled[current];
    if (cpu().waiting || (cpu().status & 1) == 0 || lines == 0) return;
    uint32_t line = 0;
    while ((lines >> line & 1) == 0) ++line;
    enter_trap(0x80000000 + line, 0);
}

void PlainMachine::enter_trap(uint32_t cause, uint32_t bad) {
    PlainCpu& c = cpu();
    c.status = (c.status & 3) << 4;
    c.epc = c.pc;
    c.cause = cause;
    c.badaddr = bad;
    c.reservation.reset();
    c.pc = c.tvec;
}

void PlainMachine::choose_cpu() {
    if (cpus.size() == 1 || (slice_left > 0 && !cpu().waiting)) return;
    for (uint32_t i = 1; i <= cpus.size(); ++i) {
        const auto candidate = static_cast<uint32_t>((current + i) % cpus.size());
        if (cpus[candidate].waiting) continue;
        current = candidate;
        slice_left = length_of_slice();
        return;
    }
}

uint32_t PlainMachine::length_of_slice() {
    if (set.slice_seed == 0) return set.slice;
    slice_random += 0x9E3779B97F4A7C15u;
    uint64_t z = slice_random;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z = z ^ (z >> 31);
    return static_cast<uint32_t>(z % (2 * uint64_t{set.slice} - 1)) + 1;
}

uint64_t PlainMachine::next_event() const {
    return std::min(disk.due, *std::min_element(deadline.begin(), deadline.end()));
}

uint32_t PlainMachine::raised_lines(unsigned index) const {
    uint32_t lines = 0;
    if (timer_raised[index]) lines |= 1;
    if (interprocessor[index]) lines |= 2;
    if (!typed.empty() || input_ended) lines |= 4;
    if (disk.status >= 2) lines |= 8;
    if (switch_moved) lines |= 16;
    return lines;
}

void PlainMachine::finish_disk() {
    disk.due = kNever;
    const uint64_t block_first = uint64_t{disk.moving_block} * kPageBytes;
    const bool block_exists = block_first < disk.bytes.size();
    const bool address_fits = disk.moving_address % kPageBytes == 0 && is_ram(disk.moving_address);
    if (!block_exists || !address_fits || disk.moving_command < 1 || disk.moving_command > 2) {
        disk.status = 3;
        return;
    }
    const auto in_ram = ram.begin() + (disk.moving_address - kRamBase);
    const auto on_disk = disk.bytes.begin() + static_cast<int64_t>(block_first);
    if (disk.moving_command == 1) {
        std::copy_n(on_disk, kPageBytes, in_ram);
        break_reservations(disk.moving_address, kPageBytes, -1);
        disk.status = 2;
        return;
    }
    disk.writes += 1;
    if (disk.writes == set.power_cut_write) {
        std::copy_n(in_ram, set.power_cut_bytes, on_disk);
        off = power_cut = true;
        return;
    }
    std::copy_n(in_ram, kPageBytes, on_disk);
    disk.status = 2;
}

void PlainMachine::move_switch(unsigned index, uint32_t value) {
    switches[index] = value;
    switch_moved = true;
}

void PlainMachine::edit_register(unsigned index, unsigned reg, uint32_t value) {
    if (reg == 16) cpus[index].pc = value;
    if (reg > 0 && reg < 16) cpus[index].x[reg] = value;
}

void PlainMachine::edit_memory(uint32_t physical, const std::vector<uint8_t>& bytes) {
    std::copy(bytes.begin(), bytes.end(), ram.begin() + (physical - kRamBase));
    break_reservations(physical, bytes.size(), -1);
}

}  // namespace peach::reference
