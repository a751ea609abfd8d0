// Devices as their datasheets say.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <map>
#include <string>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

TEST(Bus, EveryRegisterAnswersAsItsAccessColumnSays) {
    for (const DeviceRegister& row : kDeviceRegisters) {
        Devices devices;
        std::optional<char> sent;
        EXPECT_EQ(devices.read(row.address, {}).has_value(), row.access != "wo")
            << row.device << "." << row.name;
        EXPECT_EQ(devices.write(row.address, 0, {}, sent), row.access != "ro")
            << row.device << "." << row.name;
    }
}

TEST(Bus, BitsThatARegisterDoesNotHaveAreReadAsZero) {
    for (const DeviceRegister& row : kDeviceRegisters) {
        Devices devices;
        std::optional<char> sent;
        devices.console.type("\xFF");
        devices.console.ended = true;
        devices.interrupt_controller.interprocessor[0] = devices.timer.raised[0] = true;
        devices.front_panel.moved = true;
        devices.disk.status = DiskStatus::failed;
        devices.write(row.address, 0xFFFFFFFF, {}, sent);
        const uint64_t above = uint64_t{devices.read(row.address, {}).value_or(0)} >> row.bits;
        EXPECT_EQ(above, 0u) << row.device << "." << row.name;
    }
}

TEST(Datasheets, PartsOfRegistersLieInRegistersAndDoNotOverlap) {
    const auto bits_of = [](std::string_view device, std::string_view name) {
        const auto* row = std::ranges::find_if(
            kDeviceRegisters, [&](const auto& r) { return r.device == device && r.name == name; });
        return row == std::end(kDeviceRegisters) ? 0u : row->bits;
    };
    std::map<std::string, uint64_t> taken;
    for (const DeviceField& part : kDeviceFields) {
        const uint64_t mask = ((uint64_t{1} << part.width) - 1) << part.lowest_bit;
        EXPECT_LE(part.lowest_bit + part.width, bits_of(part.device, part.register_name)) << part.name;
        uint64_t& others = taken[std::string(part.device) + "." + std::string(part.register_name)];
        EXPECT_EQ(others & mask, 0u) << part.name;
        others |= mask;
    }
    for (const DeviceValue& value : kDeviceValues)
        EXPECT_EQ(uint64_t{value.value} >> bits_of(value.device, value.register_name), 0u) << value.name;
}

TEST(Datasheets, EveryDeviceHasOneAndSaysWhatItLeavesOut) {
    for (const Datasheet& sheet : kDatasheets) EXPECT_FALSE(sheet.not_modelled.empty()) << sheet.device;
    for (const DeviceRegister& row : kDeviceRegisters) {
        EXPECT_EQ(std::ranges::count(kDatasheets, row.device, &Datasheet::device), 1) << row.device;
    }
}

TEST(Bus, WhatIsNoDeviceIsAFaultWithItsAddress) {
    const auto cause_of = [](Op op, uint32_t address) {
        Program p;
        p.li(t2, kStart + 0x100).csrw(Control::tvec, t2).li(a0, address);
        isa::layout(op).rd_shift >= 0 ? p.load(op, a1, 0, a0) : p.store(op, a1, 0, a0);
        p.pad_to(kStart + 0x100).power_off();
        const Machine machine = run_program(p).machine;
        EXPECT_EQ(machine.cpu(0).badaddr, address);
        return static_cast<isa::TrapCause>(machine.cpu(0).cause);
    };
    EXPECT_EQ(cause_of(Op::lw, 0), isa::TrapCause::load_bus_error);
    EXPECT_EQ(cause_of(Op::sw, 0x7FFFFFFC), isa::TrapCause::store_bus_error);
    EXPECT_EQ(cause_of(Op::lw, kStart + (1 << 20)), isa::TrapCause::load_bus_error);
    EXPECT_EQ(cause_of(Op::lb, device::timer_now_low), isa::TrapCause::load_bus_error);
    EXPECT_EQ(cause_of(Op::sh, device::power_off), isa::TrapCause::store_bus_error);
    EXPECT_EQ(cause_of(Op::lw, device::power_off), isa::TrapCause::load_bus_error);
    EXPECT_EQ(cause_of(Op::sw, device::timer_now_low), isa::TrapCause::store_bus_error);
    EXPECT_EQ(cause_of(Op::lw, 0xF0006000), isa::TrapCause::load_bus_error);
    EXPECT_EQ(cause_of(Op::amoadd_w, device::console_data), isa::TrapCause::store_bus_error);
    EXPECT_EQ(cause_of(Op::lr_w, device::console_data), isa::TrapCause::load_bus_error);
}

TEST(Console, OutputComesWithItsCycles) {
    Program p;
    p.li(t0, device::console_data).addi(a0, zero, 'H').store(Op::sw, a0, 0, t0);
    p.addi(a0, zero, 'i').store(Op::sw, a0, 0, t0).power_off();
    const Finished end = run_program(p);
    EXPECT_EQ(end.output.console, "Hi");
    EXPECT_EQ(end.output.console_cycles, (std::vector<uint64_t>{3, 5}));
}

TEST(Console, InputIsTakenInOrderAndItsEndSeen) {
    Console console;
    EXPECT_EQ(console.status(), 0u);
    EXPECT_FALSE(console.line());
    console.type("ab");
    console.ended = true;
    EXPECT_EQ(console.status(), 1u);
    EXPECT_EQ(console.take(), 'a');
    EXPECT_EQ(console.take(), 'b');
    EXPECT_EQ(console.status(), 2u);
    EXPECT_TRUE(console.line());
    EXPECT_EQ(console.take(), 0);
}

TEST(Console, LongInputStaysInOrder) {
    Console console;
    std::string expected;
    for (int i = 0; i < 50'000; ++i) expected += static_cast<char>('a' + i % 26);
    console.type(expected);
    std::string taken;
    while (console.has_character()) taken += static_cast<char>(console.take());
    EXPECT_EQ(taken, expected);
}

TEST(Timer, CountsDownFiresOnceAndIsLoweredByWriting) {
    Timer timer;
    timer.write_countdown(0, 10, 100);
    EXPECT_EQ(timer.read_countdown(0, 104), 6u);
    EXPECT_EQ(timer.next_event(), 110u);
    timer.advance(109);
    EXPECT_FALSE(timer.raised[0]);
    timer.advance(110);
    EXPECT_TRUE(timer.raised[0]);
    EXPECT_EQ(timer.read_countdown(0, 110), 0u);
    EXPECT_EQ(timer.next_event(), kNever);
    timer.write_countdown(0, 0, 120);
    EXPECT_FALSE(timer.raised[0]);
    EXPECT_EQ(timer.next_event(), kNever);
}

TEST(FrontPanel, SwitchesAreReadAndRaiseTheLineUntilAcknowledged) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1u << 4).plain(Op::wfi);
    p.li(t0, device::front_panel_switch0).load(Op::lw, a0, 4, t0);
    p.store(Op::sw, zero, 0x40, t0);  // acknowledge
    p.li(t1, device::interrupt_controller_pending).load(Op::lw, a1, 0, t1);
    p.store(Op::sw, a0, 0x24, t0).power_off();  // lamp 1
    Engine engine(machine_with(p));
    RunOutput output;
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::idle);
    engine.deliver({engine.machine().cycle(), SwitchMove{1, 1234}});
    EXPECT_EQ(engine.machine().pending_lines(0), 1u << 4);
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
    EXPECT_EQ(engine.machine().cpu(0).x[a0], 1234u);
    EXPECT_EQ(engine.machine().cpu(0).x[a1], 0u);
    EXPECT_EQ(engine.machine().devices().front_panel.lamps[1], 1234u);
}

// A program that gives the disk one command and waits; a0 receives the status, a1 the cycles it took.
Program disk_program(uint32_t block, uint32_t address, uint32_t command) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1u << 3);
    p.store_word(device::disk_block, block).store_word(device::disk_address, address);
    p.csrr(s1, Control::cycle).store_word(device::disk_command, command);
    p.plain(Op::wfi).csrr(a1, Control::cycle);
    p.li(t0, device::disk_block).load(Op::lw, a0, 0x0C, t0).store(Op::sw, zero, 0x10, t0);
    p.load(Op::lw, a2, 0x0C, t0).load(Op::lw, a3, 0x14, t0).power_off();
    return p;
}

Machine with_disk(const Program& p) {
    Machine machine = machine_with(p);
    std::vector<std::byte> disk(size_t{3} * isa::kPageSize);
    for (size_t i = 0; i < disk.size(); ++i) disk[i] = static_cast<std::byte>(i / isa::kPageSize + 1);
    machine.set_disk(disk);
    return machine;
}

constexpr uint32_t kBuffer = kStart + 0x8000;

TEST(Disk, ReadMovesABlockIntoMemoryAfterTheLatency) {
    const Machine machine = run_program(with_disk(disk_program(2, kBuffer, 1))).machine;
    const Cpu& cpu = machine.cpu(0);
    EXPECT_EQ(cpu.x[a0], 2u);  // done
    EXPECT_EQ(cpu.x[a1] - cpu.x[s1], 1u + 4 + 1000);
    EXPECT_EQ(cpu.x[a2], 0u);  // acknowledged
    EXPECT_EQ(cpu.x[a3], 3u);
    EXPECT_EQ(word_at(machine, kBuffer), 0x03030303u);
    EXPECT_EQ(word_at(machine, kBuffer + isa::kPageSize - 4), 0x03030303u);
    EXPECT_EQ(word_at(machine, kBuffer + isa::kPageSize), 0u);
}

TEST(Disk, WriteMovesMemoryToTheBlockAndLaterStoresDoNotReachIt) {
    Program p = disk_program(1, kBuffer, 2);
    Machine machine = with_disk(p);
    put_word(machine, kBuffer, 0x11223344);
    Engine engine(machine);
    RunOutput output;
    engine.run(kPlenty, output);
    const std::vector<std::byte> disk = engine.machine().disk();
    uint32_t word = 0;
    std::memcpy(&word, disk.data() + isa::kPageSize, sizeof word);
    EXPECT_EQ(word, 0x11223344u);
}

TEST(Disk, WhatDoesNotExistFails) {
    const auto status_of = [](uint32_t block, uint32_t address, uint32_t command) {
        return run_program(with_disk(disk_program(block, address, command))).machine.cpu(0).x[a0];
    };
    EXPECT_EQ(status_of(0, kBuffer, 1), 2u);
    EXPECT_EQ(status_of(3, kBuffer, 1), 3u);
    EXPECT_EQ(status_of(0, kBuffer + 4, 1), 3u);
    EXPECT_EQ(status_of(0, 0x1000, 1), 3u);
    EXPECT_EQ(status_of(0, kStart + (1 << 20), 2), 3u);
    EXPECT_EQ(status_of(0, kBuffer, 3), 3u);
}

// Stores to a page before and after a transfer in the same run, so that host-side caches would show.
TEST(Disk, MemoryWrittenDuringAndAfterATransferIsSeparateFromTheDisk) {
    Program p;
    p.li(a0, kBuffer).addi(a1, zero, 1).store(Op::sw, a1, 0, a0).load(Op::lw, a2, 0, a0);
    p.store_word(device::interrupt_controller_enabled, 1u << 3);
    p.store_word(device::disk_block, 0).store_word(device::disk_address, kBuffer);
    p.store_word(device::disk_command, 2);
    p.addi(a1, zero, 2).store(Op::sw, a1, 0, a0);  // before completion: goes to the disk
    p.plain(Op::wfi);
    p.addi(a1, zero, 3).store(Op::sw, a1, 0, a0);  // after it: does not
    p.store_word(device::disk_acknowledge, 0).store_word(device::disk_command, 1).plain(Op::wfi);
    p.load(Op::lw, a3, 0, a0).addi(a1, zero, 4).store(Op::sw, a1, 0, a0).load(Op::lw, a4, 0, a0).power_off();
    const Machine machine = run_program(with_disk(p)).machine;
    EXPECT_EQ(machine.cpu(0).x[a2], 1u);
    EXPECT_EQ(machine.cpu(0).x[a3], 2u);
    EXPECT_EQ(machine.cpu(0).x[a4], 4u);
    EXPECT_EQ(machine.disk()[0], std::byte{2});
}

TEST(Disk, CodeReadFromTheDiskReplacesCodeThatRan) {
    const uint32_t routine = kBuffer;
    Program p;
    p.li(s1, routine).rri(Op::jalr, ra, s1, 0);  // runs the old code: a0 = 1
    p.rrr(Op::add, a4, a0, zero);
    p.store_word(device::interrupt_controller_enabled, 1u << 3);
    p.store_word(device::disk_block, 0).store_word(device::disk_address, routine);
    p.store_word(device::disk_command, 1).plain(Op::wfi);
    p.rri(Op::jalr, ra, s1, 0).power_off();
    Program old_code(routine);
    old_code.addi(a0, zero, 1).rri(Op::jalr, zero, ra, 0);
    Program new_code(routine);
    new_code.addi(a0, zero, 2).rri(Op::jalr, zero, ra, 0);
    Machine machine = machine_with(p);
    ASSERT_TRUE(machine.write_physical(routine, old_code.bytes()));
    machine.set_disk(new_code.bytes());
    const Machine end = run_program(machine).machine;
    EXPECT_EQ(end.cpu(0).x[a4], 1u);
    EXPECT_EQ(end.cpu(0).x[a0], 2u);
}

// Writes pages of 0x11 bytes, 0x22 bytes, ... to blocks 0, 1, ..., then switches off with status 7.
Machine writing_machine(unsigned writes, PowerCut cut) {
    Program p;
    p.store_word(device::interrupt_controller_enabled, 1u << 3);
    for (unsigned i = 0; i < writes; ++i) {
        p.store_word(device::disk_block, i).store_word(device::disk_address, kStart + 0x10000 + i * 0x1000);
        p.store_word(device::disk_command, 2).plain(Op::wfi).store_word(device::disk_acknowledge, 1);
    }
    p.power_off(7);
    MachineConfig config = small_config();
    config.power_cut = cut;
    Machine machine = machine_with(p, config);
    machine.set_disk(std::vector<std::byte>(writes * size_t{4096}, std::byte{0xEE}));
    for (unsigned i = 0; i < writes; ++i) {
        const std::vector<std::byte> page(4096, static_cast<std::byte>(0x11 * (i + 1)));
        EXPECT_TRUE(machine.write_physical(kStart + 0x10000 + i * 0x1000, page));
    }
    return machine;
}

TEST(PowerCut, TheDiskKeepsWhatWasWrittenBeforeAndAPartOfTheLast) {
    constexpr unsigned kWrites = 4;
    for (uint32_t write = 1; write <= kWrites; ++write) {
        for (const uint32_t bytes : {0u, 1u, 512u, 4095u, 4096u}) {
            const Finished end = run_program(writing_machine(kWrites, {write, bytes}));
            ASSERT_EQ(end.result.reason, StopReason::powered_off);
            EXPECT_TRUE(end.machine.power_was_cut());
            const std::vector<std::byte> disk = end.machine.disk();
            for (size_t i = 0; i < disk.size(); ++i) {
                const size_t block = i / 4096;
                const bool arrived = block + 1 < write || (block + 1 == write && i % 4096 < bytes);
                const auto expected = arrived ? static_cast<std::byte>(0x11 * (block + 1)) : std::byte{0xEE};
                ASSERT_EQ(disk[i], expected) << "write " << write << ", " << bytes << " bytes, at " << i;
            }
        }
    }
}

TEST(PowerCut, NothingRunsAfterIt) {
    Engine engine(writing_machine(2, {1, 100}));
    RunOutput output;
    engine.run(kPlenty, output);
    const Machine off = engine.machine();
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::powered_off);
    EXPECT_EQ(engine.machine(), off);
}

TEST(PowerCut, OneThatNeverComesChangesNothing) {
    const Finished end = run_program(writing_machine(3, {4, 0}));
    EXPECT_EQ(end.result.reason, StopReason::powered_off);
    EXPECT_FALSE(end.machine.power_was_cut());
    EXPECT_EQ(end.machine.exit_status(), 7);
}

}  // namespace
}  // namespace peach::testing
