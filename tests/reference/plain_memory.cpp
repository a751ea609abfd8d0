// Addresses: translation as the manual's section "Translation" says, memory, device registers.

#include "tests/reference/plain_machine.h"

namespace peach::reference {

namespace {

constexpr uint32_t kV = 1, kR = 2, kW = 4, kX = 8, kU = 16, kBit5 = 32, kA = 64, kD = 128;

uint32_t cause(Kind kind, uint32_t of_fetch) {
    return of_fetch + static_cast<uint32_t>(kind);
}

bool permitted(uint32_t entry, Kind kind, bool user) {
    const bool users_page = (entry & kU) != 0;
    if (user && !users_page) return false;
    if (kind == Kind::fetch) return (entry & kX) != 0 && (user || !users_page);
    return (entry & (kind == Kind::load ? kR : kW)) != 0;
}

}  // namespace

std::optional<uint32_t> PlainMachine::translate(uint32_t address, Kind kind) {
    PlainCpu& c = cpu();
    if ((c.ptbr & 1) == 0) return address;
    const uint32_t page = address >> 12;
    const uint32_t space = c.ptbr >> 4 & 0xFF;
    PlainTlb& tlb = kind == Kind::fetch ? c.fetch_tlb : c.data_tlb;
    const PlainTlbEntry& held = tlb[(page ^ space << 4) % 256];
    if (held.valid && held.page == page && held.space == space) {
        if (!permitted(held.entry, kind, c.user())) {
            trap(cause(kind, 0x5), address);
            return std::nullopt;
        }
        if (kind != Kind::store || (held.entry & kD) != 0) return (held.entry & ~0xFFFu) | (address & 0xFFF);
    }
    return walk(address, kind);
}

std::optional<uint32_t> PlainMachine::walk(uint32_t address, Kind kind) {
    PlainCpu& c = cpu();
    const auto fault = [&](uint32_t of_fetch) -> std::optional<uint32_t> {
        trap(cause(kind, of_fetch), address);
        return std::nullopt;
    };
    const uint32_t first_at = (c.ptbr & ~0xFFFu) + (address >> 22) * 4;
    if (!is_ram(first_at)) return fault(0xB);
    const uint32_t first = ram_read(first_at, 4);
    if ((first & kV) == 0 || (first & (kR | kW | kX | kBit5)) != 0) return fault(0x5);
    const uint32_t second_at = (first & ~0xFFFu) + (address >> 12 & 0x3FF) * 4;
    if (!is_ram(second_at)) return fault(0xB);
    uint32_t entry = ram_read(second_at, 4);
    if ((entry & kV) == 0 || (entry & kBit5) != 0) return fault(0x5);
    if (!permitted(entry, kind, c.user())) return fault(0x5);
    const uint32_t noted = entry | kA | (kind == Kind::store ? kD : 0);
    if (noted != entry) ram_write(second_at, noted, 4, -1);
    entry = noted;
    const uint32_t space = c.ptbr >> 4 & 0xFF;
    PlainTlb& tlb = kind == Kind::fetch ? c.fetch_tlb : c.data_tlb;
    tlb[(address >> 12 ^ space << 4) % 256] = {true, address >> 12, entry, space};
    return (entry & ~0xFFFu) | (address & 0xFFF);
}

uint32_t PlainMachine::ram_read(uint32_t physical, uint32_t size) const {
    uint32_t value = 0;
    for (uint32_t i = 0; i < size; ++i) value |= uint32_t{ram[physical - kRamBase + i]} << (8 * i);
    return value;
}

void PlainMachine::ram_write(uint32_t physical, uint32_t value, uint32_t size, int by) {
    for (uint32_t i = 0; i < size; ++i) ram[physical - kRamBase + i] = static_cast<uint8_t>(value >> (8 * i));
    break_reservations(physical, size, by);
}

void PlainMachine::break_reservations(uint32_t physical, uint64_t size, int by) {
    for (unsigned i = 0; i < cpus.size(); ++i) {
        std::optional<uint32_t>& word = cpus[i].reservation;
        if (static_cast<int>(i) == by || !word) continue;
        if (uint64_t{*word} + 4 > physical && *word < physical + size) word.reset();
    }
}

std::optional<uint32_t> PlainMachine::device_read(uint32_t physical) {
    switch (physical) {
        case 0xF0000000:
            return raised_lines(current);
        case 0xF0000004:
            return enabled[current];
        case 0xF0001000:
            return deadline[current] == kNever ? 0 : static_cast<uint32_t>(deadline[current] - clock());
        case 0xF0001004:
            return static_cast<uint32_t>(clock());
        case 0xF0001008:
            return static_cast<uint32_t>(clock() >> 32);
        case 0xF0002000: {
            if (typed.empty()) return 0;
            const auto character = static_cast<uint8_t>(typed.front());
            typed.erase(0, 1);
            return character;
        }
        case 0xF0002004:
            return !typed.empty() ? 1 : input_ended ? 2 : 0;
        case 0xF0003000:
            return disk.block;
        case 0xF0003004:
            return disk.address;
        case 0xF000300C:
            return disk.status;
        case 0xF0003014:
            return static_cast<uint32_t>(disk.bytes.size() / kPageBytes);
        case 0xF0004000:
        case 0xF0004004:
        case 0xF0004008:
        case 0xF000400C:
            return switches[physical % 16 / 4];
        case 0xF0004020:
        case 0xF0004024:
        case 0xF0004028:
        case 0xF000402C:
            return lamps[physical % 16 / 4];
        default:
            return std::nullopt;
    }
}

bool PlainMachine::device_write(uint32_t physical, uint32_t value) {
    switch (physical) {
        case 0xF0000004:
            enabled[current] = value;
            return true;
        case 0xF0000008:
            for (unsigned i = 0; i < cpus.size(); ++i) {
                if ((value >> i & 1) != 0) interprocessor[i] = true;
            }
            return true;
        case 0xF000000C:
            interprocessor[current] = false;
            return true;
        case 0xF0001000:
            timer_raised[current] = false;
            deadline[current] = value == 0 ? kNever : clock() + value;
            return true;
        case 0xF0002000:
            sent.push_back(static_cast<char>(value));
            return true;
        case 0xF0003000:
            disk.block = value;
            return true;
        case 0xF0003004:
            disk.address = value;
            return true;
        case 0xF0003008:
            if (disk.status == 1) return true;
            disk.status = 1;
            disk.moving_block = disk.block;
            disk.moving_address = disk.address;
            disk.moving_command = value;
            disk.due = clock() + (set.disk_latency == 0 ? 1 : set.disk_latency);
            return true;
        case 0xF0003010:
            if (disk.status >= 2) disk.status = 0;
            return true;
        case 0xF0004020:
        case 0xF0004024:
        case 0xF0004028:
        case 0xF000402C:
            lamps[physical % 16 / 4] = value;
            return true;
        case 0xF0004040:
            switch_moved = false;
            return true;
        case 0xF0005000:
            off = true;
            exit_status = static_cast<uint8_t>(value);
            return true;
        default:
            return false;
    }
}

}  // namespace peach::reference
