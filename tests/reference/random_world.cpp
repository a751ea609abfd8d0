#include "tests/reference/random_world.h"

#include "tests/emulator/guest_program.h"

namespace peach::reference {

namespace {

using namespace peach::testing;

//   RAM, in pages:   0-3 random code   0x10 handler   0x20 two roots   0x22 table for RAM   0x23 for user
//                    addresses   0x24 for devices   0x28 the handler's own   0x30-0x37 data
constexpr uint32_t kPage = isa::kPageSize;
constexpr uint32_t kPages = 64;
constexpr uint32_t kCodePages = 4;
constexpr uint32_t kHandler = kStart + 0x10 * kPage;
constexpr uint32_t kRoot = kStart + 0x20 * kPage;
constexpr uint32_t kRamTable = kStart + 0x22 * kPage;
constexpr uint32_t kUserTable = kStart + 0x23 * kPage;
constexpr uint32_t kDeviceTable = kStart + 0x24 * kPage;
constexpr uint32_t kOwn = kStart + 0x28 * kPage;
constexpr uint32_t kData = kStart + 0x30 * kPage;
constexpr uint32_t kDataPages = 8;
constexpr uint32_t kDevices = 0xF0000000;
constexpr uint32_t kDevicePages = 6;
constexpr uint32_t kDiskBlocks = 8;

// Registers that the handler sets and random instructions leave alone: sp data, gp code, tp a device or a
// page table.
bool is_base(uint8_t reg) {
    return reg == sp || reg == gp || reg == tp;
}

// rd = (t0 >> shift & mask) << left.
void random_bits(Program& p, Reg rd, int32_t shift, int32_t mask, int32_t left) {
    p.rri(Op::srli, rd, t0, shift).rri(Op::andi, rd, rd, mask).rri(Op::slli, rd, rd, left);
}

}  // namespace

RandomWorld::RandomWorld(uint32_t seed) : random_(seed) {}

MachineConfig RandomWorld::config() {
    MachineConfig config;
    config.cpu_count = one_in(2) ? 1 : 1 + below(8);
    config.ram_bytes = kPages * kPage;
    config.disk_latency_cycles = one_in(8) ? below(3) : below(3000);
    config.slice_instructions = one_in(4) ? 1 + below(3) : 1 + below(200);
    config.slice_seed = one_in(2) ? 0 : below(1000);
    config.clock = one_in(3) ? Clock::book : Clock::real;
    if (one_in(8)) config.power_cut = {1 + below(4), below(kPage + 1)};
    return config;
}

uint8_t RandomWorld::writable_register() {
    const uint8_t reg = any_register();
    return is_base(reg) && !one_in(50) ? static_cast<uint8_t>(a0) : reg;
}

int32_t RandomWorld::immediate(uint32_t op) {
    const isa::ImmediateKind kind = isa::layout(static_cast<Op>(op)).immediate;
    const isa::ImmediateRange range = isa::immediate_range(kind);
    switch (kind) {
        case isa::ImmediateKind::distance16:
        case isa::ImmediateKind::distance20:
            return (static_cast<int32_t>(below(1200)) - 500) * 4;
        case isa::ImmediateKind::control:
            return static_cast<int32_t>(below(10));
        case isa::ImmediateKind::upper20:
            return static_cast<int32_t>(below(1u << 20) << 12);
        default:
            return static_cast<int32_t>(range.least +
                                        below(static_cast<uint32_t>(range.most - range.least + 1)));
    }
}

// What touches more than registers and data: devices, page tables, control registers, the TLB.
uint32_t RandomWorld::special_instruction() {
    const auto small = static_cast<int32_t>(below(17) * 4);
    const uint8_t value = any_register();
    switch (below(8)) {
        case 0:
            return encoded({Op::sw, 0, tp, value, small});
        case 1:
            return encoded({Op::lw, writable_register(), tp, 0, small});
        case 2:
            return encoded({Op::tlbflush_page, 0, one_in(2) ? static_cast<uint8_t>(sp) : value, 0, 0});
        case 3:
            return encoded({Op::csrr, writable_register(), 0, 0, immediate(static_cast<uint32_t>(Op::csrr))});
        case 4:
            return encoded(
                {Op::csrrw, writable_register(), value, 0,
                 one_in(6) ? static_cast<int32_t>(below(7)) : static_cast<int32_t>(Control::scratch)});
        case 5:
            return encoded({one_in(3) ? Op::wfi : Op::tlbflush});
        case 6:
            return encoded({one_in(3) ? Op::eret : Op::ecall});
        default:  // an aligned word of data, to meet the other CPUs
            return encoded({one_in(2) ? Op::lr_w : Op::sc_w, writable_register(), sp, value, 0});
    }
}

uint32_t RandomWorld::instruction() {
    if (one_in(wildness_)) return static_cast<uint32_t>(random_());
    if (one_in(20)) return special_instruction();
    const Op op = static_cast<Op>(below(isa::kInstructionCount));
    const isa::Layout& layout = isa::layout(op);
    const uint32_t group = layout.fixed_value >> 28;
    if (group == 0xE) return instruction();
    isa::Decoded d{op, writable_register(), any_register(), any_register(),
                   immediate(static_cast<uint32_t>(op))};
    const bool memory = group == 4 || group == 5;
    if (memory) d.immediate = static_cast<int32_t>(below(one_in(4) ? 2048 : 64)) * (one_in(30) ? 1 : 4);
    if (memory || group == 0xA) {
        d.rs1 = one_in(60) ? any_register() : static_cast<uint8_t>(one_in(25) ? gp : sp);
    }
    if (op == Op::jalr) {
        d.rs1 = one_in(50) ? any_register() : static_cast<uint8_t>(gp);
        d.immediate = static_cast<int32_t>(below(kCodePages * kPage / 4)) * 4;
    }
    const auto word = isa::encode(d);
    return word ? *word : instruction();
}

uint32_t RandomWorld::page_flags() {
    uint32_t flags = pte::kValid | pte::kRead | pte::kWrite | pte::kExecute;
    if (one_in(2)) flags |= pte::kUser;
    if (one_in(10)) flags &= ~(1u << below(4));
    if (one_in(30)) flags |= 1u << (4 + below(8));
    return flags;
}

void RandomWorld::put_tables(Machine& machine) {
    for (uint32_t root = 0; root < 2; ++root) {
        const uint32_t at = kRoot + root * kPage;
        put_word(machine, at + (kStart >> 22) * 4, kRamTable | pte::kValid);
        put_word(machine, at + (kDevices >> 22) * 4, kDeviceTable | pte::kValid);
        put_word(machine, at, kUserTable | pte::kValid);
    }
    for (uint32_t page = 0; page < kPages; ++page) {
        const bool kernels = page >= kCodePages && page < 0x30;
        const bool alias = page >= 0x30 && one_in(6);  // of a page of code
        const uint32_t physical = kStart + (alias ? below(kCodePages) : page) * kPage;
        const uint32_t all = pte::kValid | pte::kRead | pte::kWrite | pte::kExecute;
        put_word(machine, kRamTable + page * 4,
                 physical | (kernels || page < kCodePages ? all : page_flags()));
    }
    for (uint32_t page = 0; page < kCodePages; ++page) {  // user mode has the code at 0
        const uint32_t flags = (page_flags() | pte::kUser) & ~(one_in(2) ? pte::kWrite : 0u);
        put_word(machine, kUserTable + page * 4, (kStart + page * kPage) | flags);
    }
    for (uint32_t page = 0; page < kDevicePages; ++page) {
        const uint32_t user = one_in(3) ? pte::kUser : 0;
        put_word(machine, kDeviceTable + page * 4,
                 (kDevices + page * kPage) | pte::kValid | pte::kRead | pte::kWrite | user);
    }
}

// Draws a number, satisfies every device, arms the timer, changes an entry of the page table, chooses a root,
// an address space, a mode and a place in the code, and goes there.
void RandomWorld::put_handler(Machine& machine) {
    Program p(kHandler);
    p.li(t2, kOwn).load(Op::lw, t0, 0, t2).li(t1, 1103515245).rrr(Op::mul, t0, t0, t1);
    p.addi(t0, t0, 12345).store(Op::sw, t0, 0, t2);
    p.li(t2, kDevices);
    random_bits(p, t1, 9, 0x1F, 0);
    p.store(Op::sw, t1, 4, t2).store(Op::sw, zero, 12, t2);
    p.li(t2, kDevices + 2 * kPage).load(Op::lw, t1, 0, t2);
    p.li(t2, kDevices + 3 * kPage).store(Op::sw, zero, 16, t2);
    p.li(t2, kDevices + 4 * kPage).store(Op::sw, zero, 64, t2);
    p.li(t2, kDevices + kPage);
    random_bits(p, t1, 12, 0x1FF, 0);
    p.addi(t1, t1, 1).store(Op::sw, t1, 0, t2);
    // The disk moves to or from a page of data.
    p.li(t2, kDevices + 3 * kPage).li(a0, kData);
    random_bits(p, t1, 5, 7, 12);
    p.rrr(Op::add, a0, a0, t1).store(Op::sw, a0, 4, t2);
    random_bits(p, t1, 8, 7, 0);
    p.store(Op::sw, t1, 0, t2);
    random_bits(p, t1, 20, 3, 0);
    p.store(Op::sw, t1, 8, t2);
    // An entry for a page of data: other flags, U mostly stays.
    p.li(t2, kRamTable + 0x30 * 4);
    random_bits(p, t1, 15, 7, 2);
    p.rrr(Op::add, t2, t2, t1).load(Op::lw, a0, 0, t2);
    random_bits(p, t1, 17, 7, 1);
    p.rri(Op::andi, a0, a0, ~0xE).rrr(Op::or_, a0, a0, t1).store(Op::sw, a0, 0, t2);
    const uint32_t skip = p.here() + 5 * 4;
    random_bits(p, t1, 22, 3, 0);
    p.branch(Op::bne, t1, zero, skip).plain(Op::tlbflush);
    // Bases: sp a page of data, tp a device or the table of those pages, gp the code for the mode to come.
    p.li(sp, kData);
    random_bits(p, t1, 25, 7, 12);
    p.rrr(Op::add, sp, sp, t1).li(tp, kDevices);
    random_bits(p, t1, 18, 7, 12);
    p.rrr(Op::add, tp, tp, t1);
    const uint32_t keeps_device = p.here() + 6 * 4;
    random_bits(p, t1, 11, 3, 0);
    p.branch(Op::bne, t1, zero, keeps_device).li(tp, kRamTable + 0x30 * 4);
    random_bits(p, t1, 3, 0x31, 0);
    p.csrw(Control::status, t1).li(gp, kStart).rri(Op::andi, t1, t1, 0x20).rrr(Op::sltu, t1, zero, t1);
    p.addi(t1, t1, -1).rrr(Op::and_, gp, gp, t1);
    random_bits(p, t1, 13, 0xFFF, 2);
    p.rrr(Op::add, t1, t1, gp).csrw(Control::epc, t1);
    random_bits(p, t1, 21, 1, 12);
    p.li(t2, kRoot + 1).rrr(Op::add, t2, t2, t1);
    random_bits(p, t1, 23, 3, 4);
    p.rrr(Op::add, t2, t2, t1).csrw(Control::ptbr, t2).plain(Op::eret);
    PEACH_ASSERT(machine.write_physical(kHandler, p.bytes()));
}

Machine RandomWorld::machine() {
    wildness_ = one_in(3) ? 60 : 2000;
    const MachineConfig chosen = config();
    cpu_count_ = chosen.cpu_count;
    Program code;
    while (code.here() < kStart + kCodePages * kPage) code.word(instruction());
    Machine machine = machine_with(code, chosen);
    put_tables(machine);
    put_handler(machine);
    put_word(machine, kOwn, static_cast<uint32_t>(random_()));
    std::vector<uint32_t> disk(kDiskBlocks * kPage / 4);
    for (uint32_t& word : disk) word = one_in(2) ? 0 : instruction();
    machine.set_disk(std::as_bytes(std::span(disk)));
    Program start(kStart + 0x11 * kPage);
    start.li(t0, kHandler).csrw(Control::tvec, t0).jump(kHandler);
    PEACH_ASSERT(machine.write_physical(start.address(), start.bytes()));
    machine.set_entry(start.address());
    return machine;
}

InputEvent RandomWorld::input() {
    switch (below(8)) {
        case 0:
            return {0, RegisterEdit{static_cast<uint8_t>(below(cpu_count_)), static_cast<uint8_t>(below(16)),
                                    static_cast<uint32_t>(random_())}};
        case 1:
            return {0, RegisterEdit{static_cast<uint8_t>(below(cpu_count_)), 16, kStart + below(0x1000) * 4}};
        case 2: {
            const uint32_t address = kStart + (one_in(2) ? 0 : 0x30 * kPage) + below(kCodePages * kPage - 8);
            std::vector<std::byte> bytes(1 + below(8));
            for (std::byte& byte : bytes) byte = static_cast<std::byte>(random_());
            return {0, MemoryEdit{address, bytes}};
        }
        case 3:
            if (one_in(8)) return {0, ConsoleEnd{}};
            [[fallthrough]];
        case 4:
        case 5:
            return {0, ConsoleInput{std::string(1 + below(5), static_cast<char>('a' + below(26)))}};
        default:
            return {0,
                    SwitchMove{static_cast<uint8_t>(below(kSwitchCount)), static_cast<uint32_t>(random_())}};
    }
}

}  // namespace peach::reference
