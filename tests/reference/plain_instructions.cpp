// What each instruction does: docs/isa.md, group by group.

#include "tests/reference/plain_machine.h"

namespace peach::reference {

namespace {

constexpr uint32_t kSystemCall = 4, kBreakpoint = 3, kPrivileged = 2;
constexpr uint32_t kStorePageFault = 7;
constexpr uint32_t kFetchMisaligned = 8, kLoadMisaligned = 9, kStoreMisaligned = 0xA;
constexpr uint32_t kFetchBusError = 0xB, kLoadBusError = 0xC, kStoreBusError = 0xD;

// The hex digits of a word: 0 is the lowest.
uint32_t digit(uint32_t word, unsigned index) {
    return word >> (4 * index) & 0xF;
}

int32_t as_signed(uint32_t value) {
    return static_cast<int32_t>(value);
}

uint32_t sign_extended(uint32_t value, unsigned bits) {
    const uint32_t sign = 1u << (bits - 1);
    value &= (sign << 1) - 1;
    return (value ^ sign) - sign;
}

uint32_t shift_right_signed(uint32_t value, uint32_t by) {
    return static_cast<uint32_t>(int64_t{as_signed(value)} >> by);
}

}  // namespace

bool PlainMachine::trap(uint32_t cause, uint32_t bad) {
    enter_trap(cause, bad);
    return false;
}

// One instruction of the current CPU, from its fetch on. False: it trapped, and pc is the handler's.
bool PlainMachine::execute() {
    const uint32_t pc = cpu().pc;
    if (pc % 4 != 0) return trap(kFetchMisaligned, pc);
    const std::optional<uint32_t> physical = translate(pc, Kind::fetch);
    if (!physical) return false;
    if (!is_ram(*physical)) return trap(kFetchBusError, pc);
    const uint32_t word = ram_read(*physical, 4);
    const uint32_t opcode = word >> 24;
    next_pc_ = pc + 4;
    bool completed = false;
    switch (opcode >> 4) {
        case 0x1:
            completed = arithmetic(opcode, word);
            break;
        case 0x2:
            completed = immediate_arithmetic(opcode, word);
            break;
        case 0x3:
            completed = multiply_divide(opcode, word);
            break;
        case 0x4:
            completed = load(opcode, word);
            break;
        case 0x5:
            completed = store(opcode, word);
            break;
        case 0x6:
            completed = branch(opcode, word);
            break;
        case 0x7: {
            const uint32_t rd = digit(word, 5);
            if (opcode == 0x70) {
                if (word % 4 != 0) return illegal(word);
                next_pc_ = pc + sign_extended(word, 20);
            } else if (opcode == 0x71) {
                next_pc_ = (cpu().x[digit(word, 4)] + sign_extended(word, 16)) & ~1u;
            } else {
                return illegal(word);
            }
            set_x(rd, pc + 4);
            completed = true;
            break;
        }
        case 0x8:
            if (opcode > 0x81) return illegal(word);
            set_x(digit(word, 5), (word << 12) + (opcode == 0x81 ? pc : 0));
            completed = true;
            break;
        case 0xA:
            completed = atomic(opcode, word);
            break;
        case 0xE:
            completed = system(opcode, word);
            break;
        default:
            return illegal(word);
    }
    if (completed) cpu().pc = next_pc_;
    return completed;
}

bool PlainMachine::arithmetic(uint32_t opcode, uint32_t word) {
    if ((word & 0xFFF) != 0) return illegal(word);
    const uint32_t s = cpu().x[digit(word, 4)];
    const uint32_t t = cpu().x[digit(word, 3)];
    uint32_t result = 0;
    switch (opcode) {
        case 0x10:
            result = s + t;
            break;
        case 0x11:
            result = s - t;
            break;
        case 0x12:
            result = s & t;
            break;
        case 0x13:
            result = s | t;
            break;
        case 0x14:
            result = s ^ t;
            break;
        case 0x15:
            result = s << (t % 32);
            break;
        case 0x16:
            result = s >> (t % 32);
            break;
        case 0x17:
            result = shift_right_signed(s, t % 32);
            break;
        case 0x18:
            result = as_signed(s) < as_signed(t) ? 1 : 0;
            break;
        case 0x19:
            result = s < t ? 1 : 0;
            break;
        default:
            return illegal(word);
    }
    set_x(digit(word, 5), result);
    return true;
}

bool PlainMachine::immediate_arithmetic(uint32_t opcode, uint32_t word) {
    const uint32_t s = cpu().x[digit(word, 4)];
    const uint32_t imm = sign_extended(word, 16);
    const bool shift = opcode >= 0x25 && opcode <= 0x27;
    if (shift && (word & 0xFFFF) > 31) return illegal(word);
    uint32_t result = 0;
    switch (opcode) {
        case 0x20:
            result = s + imm;
            break;
        case 0x22:
            result = s & imm;
            break;
        case 0x23:
            result = s | imm;
            break;
        case 0x24:
            result = s ^ imm;
            break;
        case 0x25:
            result = s << imm;
            break;
        case 0x26:
            result = s >> imm;
            break;
        case 0x27:
            result = shift_right_signed(s, imm);
            break;
        case 0x28:
            result = as_signed(s) < as_signed(imm) ? 1 : 0;
            break;
        case 0x29:
            result = s < imm ? 1 : 0;
            break;
        default:
            return illegal(word);
    }
    set_x(digit(word, 5), result);
    return true;
}

bool PlainMachine::multiply_divide(uint32_t opcode, uint32_t word) {
    if ((word & 0xFFF) != 0) return illegal(word);
    const uint32_t s = cpu().x[digit(word, 4)];
    const uint32_t t = cpu().x[digit(word, 3)];
    // In 64 bits no quotient overflows.
    const int64_t wide_s = as_signed(s);
    const int64_t wide_t = as_signed(t);
    uint64_t result = 0;
    switch (opcode) {
        case 0x30:
            result = uint64_t{s} * t;
            break;
        case 0x31:
            result = static_cast<uint64_t>(wide_s * wide_t) >> 32;
            break;
        case 0x32:
            result = static_cast<uint64_t>(wide_s * int64_t{t}) >> 32;
            break;
        case 0x33:
            result = uint64_t{s} * t >> 32;
            break;
        case 0x34:
            result = t == 0 ? ~uint64_t{0} : static_cast<uint64_t>(wide_s / wide_t);
            break;
        case 0x35:
            result = t == 0 ? ~uint64_t{0} : s / t;
            break;
        case 0x36:
            result = t == 0 ? s : static_cast<uint64_t>(wide_s % wide_t);
            break;
        case 0x37:
            result = t == 0 ? s : s % t;
            break;
        default:
            return illegal(word);
    }
    set_x(digit(word, 5), static_cast<uint32_t>(result));
    return true;
}

bool PlainMachine::load(uint32_t opcode, uint32_t word) {
    const uint32_t log2_size = opcode & 3;
    const bool is_unsigned = (opcode & 4) != 0;
    if ((opcode & 8) != 0 || log2_size == 3 || (is_unsigned && log2_size == 2)) return illegal(word);
    const uint32_t size = 1u << log2_size;
    const uint32_t address = cpu().x[digit(word, 4)] + sign_extended(word, 16);
    if (address % size != 0) return trap(kLoadMisaligned, address);
    const std::optional<uint32_t> physical = translate(address, Kind::load);
    if (!physical) return false;
    uint32_t value = 0;
    if (is_ram(*physical)) {
        value = ram_read(*physical, size);
    } else {
        const std::optional<uint32_t> answer = size == 4 ? device_read(*physical) : std::nullopt;
        if (!answer) return trap(kLoadBusError, address);
        value = *answer;
    }
    if (!is_unsigned && size < 4) value = sign_extended(value, 8 * size);
    set_x(digit(word, 5), value);
    return true;
}

bool PlainMachine::store(uint32_t opcode, uint32_t word) {
    if (opcode > 0x52) return illegal(word);
    const uint32_t size = 1u << (opcode & 3);
    const uint32_t address = cpu().x[digit(word, 4)] + sign_extended(word, 16);
    const uint32_t value = cpu().x[digit(word, 5)];
    if (address % size != 0) return trap(kStoreMisaligned, address);
    const std::optional<uint32_t> physical = translate(address, Kind::store);
    if (!physical) return false;
    if (is_ram(*physical)) {
        ram_write(*physical, value, size, static_cast<int>(current));
        return true;
    }
    if (size != 4 || !device_write(*physical, value)) return trap(kStoreBusError, address);
    return true;
}

bool PlainMachine::branch(uint32_t opcode, uint32_t word) {
    if (word % 4 != 0) return illegal(word);
    const uint32_t s = cpu().x[digit(word, 4)];
    const uint32_t t = cpu().x[digit(word, 5)];
    bool taken = false;
    switch (opcode) {
        case 0x60:
            taken = s == t;
            break;
        case 0x61:
            taken = s != t;
            break;
        case 0x64:
            taken = as_signed(s) < as_signed(t);
            break;
        case 0x65:
            taken = as_signed(s) >= as_signed(t);
            break;
        case 0x66:
            taken = s < t;
            break;
        case 0x67:
            taken = s >= t;
            break;
        default:
            return illegal(word);
    }
    if (taken) next_pc_ = cpu().pc + sign_extended(word, 16);
    return true;
}

bool PlainMachine::atomic(uint32_t opcode, uint32_t word) {
    const uint32_t zeros = opcode == 0xA0 ? 0xFFFF : 0xFFF;
    if (opcode > 0xAA || (word & zeros) != 0) return illegal(word);
    if (opcode == 0xA1) return store_conditional(word);
    const uint32_t address = cpu().x[digit(word, 4)];
    if (opcode == 0xA0) {
        if (address % 4 != 0) return trap(kLoadMisaligned, address);
        const std::optional<uint32_t> physical = translate(address, Kind::load);
        if (!physical) return false;
        if (!is_ram(*physical)) return trap(kLoadBusError, address);
        cpu().reservation = *physical;
        set_x(digit(word, 5), ram_read(*physical, 4));
        return true;
    }
    if (address % 4 != 0) return trap(kStoreMisaligned, address);
    const std::optional<uint32_t> physical = translate(address, Kind::store);
    if (!physical) return false;
    if ((cpu().ptbr & 1) != 0) {  // it reads, too; the TLB holds the page now
        const uint32_t space = cpu().ptbr >> 4 & 0xFF;
        const PlainTlbEntry& held = cpu().data_tlb[(address >> 12 ^ space << 4) % 256];
        if ((held.entry & 2) == 0) return trap(kStorePageFault, address);
    }
    if (!is_ram(*physical)) return trap(kStoreBusError, address);
    const uint32_t old = ram_read(*physical, 4);
    const uint32_t t = cpu().x[digit(word, 3)];
    uint32_t fresh = t;
    switch (opcode) {
        case 0xA3:
            fresh = old + t;
            break;
        case 0xA4:
            fresh = old ^ t;
            break;
        case 0xA5:
            fresh = old | t;
            break;
        case 0xA6:
            fresh = old & t;
            break;
        case 0xA7:
            fresh = as_signed(old) < as_signed(t) ? old : t;
            break;
        case 0xA8:
            fresh = as_signed(old) > as_signed(t) ? old : t;
            break;
        case 0xA9:
            fresh = old < t ? old : t;
            break;
        case 0xAA:
            fresh = old > t ? old : t;
            break;
        default:
            break;
    }
    ram_write(*physical, fresh, 4, static_cast<int>(current));
    set_x(digit(word, 5), old);
    return true;
}

bool PlainMachine::store_conditional(uint32_t word) {
    const uint32_t address = cpu().x[digit(word, 4)];
    const uint32_t value = cpu().x[digit(word, 3)];
    if (address % 4 != 0) return trap(kStoreMisaligned, address);
    bool stored = false;
    if (cpu().reservation) {
        const std::optional<uint32_t> physical = translate(address, Kind::store);
        if (!physical) return false;
        stored = cpu().reservation == *physical;
        cpu().reservation.reset();
        if (stored) ram_write(*physical, value, 4, static_cast<int>(current));
    }
    set_x(digit(word, 5), stored ? 0 : 1);
    return true;
}

bool PlainMachine::system(uint32_t opcode, uint32_t word) {
    if (opcode >= 0xE8 && opcode <= 0xEA) return control_register(opcode, word);
    if ((word & (opcode == 0xE5 ? 0xF0FFFF : 0xFFFFFF)) != 0) return illegal(word);
    PlainCpu& c = cpu();
    const bool for_kernel = opcode >= 0xE2 && opcode <= 0xE5;
    if (for_kernel && c.user()) return trap(kPrivileged, word);
    switch (opcode) {
        case 0xE0:
            return trap(kSystemCall, 0);
        case 0xE1:
            return trap(kBreakpoint, 0);
        case 0xE2:
            c.status = (c.status & 0x30) | (c.status >> 4 & 3);
            c.reservation.reset();
            next_pc_ = c.epc;
            return true;
        case 0xE3:
            c.waiting = true;
            return true;
        case 0xE4:
            c.fetch_tlb.fill({});
            c.data_tlb.fill({});
            return true;
        case 0xE5: {
            const uint32_t page = c.x[digit(word, 4)] >> 12;
            for (PlainTlb* tlb : {&c.fetch_tlb, &c.data_tlb}) {
                for (PlainTlbEntry& entry : *tlb) {
                    if (entry.page == page) entry = {};
                }
            }
            return true;
        }
        case 0xE6:
        case 0xE7:
            return true;
        default:
            return illegal(word);
    }
}

bool PlainMachine::control_register(uint32_t opcode, uint32_t word) {
    const uint32_t number = word & 0xFF;
    const uint32_t zeros = opcode == 0xE8 ? 0xFFF00 : opcode == 0xE9 ? 0xF0FF00 : 0xFF00;
    if ((word & zeros) != 0 || number > 9) return illegal(word);
    const bool writes = opcode != 0xE8;
    const bool allowed = writes ? !cpu().user() && number <= 6 : !cpu().user() || number >= 8;
    if (!allowed) return trap(kPrivileged, word);
    const uint32_t fresh = cpu().x[digit(word, 4)];
    if (opcode != 0xE9) set_x(digit(word, 5), read_control(number));
    if (writes) write_control(number, fresh);
    return true;
}

uint32_t PlainMachine::read_control(uint32_t number) const {
    const PlainCpu& c = cpu();
    const std::array<uint32_t, 10> values{c.status,
                                          c.epc,
                                          c.cause,
                                          c.badaddr,
                                          c.tvec,
                                          c.ptbr,
                                          c.scratch,
                                          current,
                                          static_cast<uint32_t>(clock()),
                                          static_cast<uint32_t>(clock() >> 32)};
    return values[number];
}

void PlainMachine::write_control(uint32_t number, uint32_t value) {
    PlainCpu& c = cpu();
    switch (number) {
        case 0:
            c.status = value & 0x33;
            break;
        case 1:
            c.epc = value;
            break;
        case 2:
            c.cause = value;
            break;
        case 3:
            c.badaddr = value;
            break;
        case 4:
            c.tvec = value & ~3u;
            break;
        case 5:
            c.ptbr = value & ~0xEu;
            break;
        default:
            c.scratch = value;
            break;
    }
}

}  // namespace peach::reference
