// Paging: permissions, faults by cause, accessed and dirty bits, a TLB whose stale entries are real.

#include "emulator/mmu.h"

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kRoot = kStart + 0x10000;
constexpr uint32_t kKernelTable = kStart + 0x11000;  // for 0x80000000 to 0x803FFFFF
constexpr uint32_t kUserTable = kStart + 0x12000;    // for 0x00000000 to 0x003FFFFF
constexpr uint32_t kFrame = kStart + 0x20000;        // pages to map
constexpr uint32_t kOtherFrame = kStart + 0x21000;
constexpr uint32_t kUserPage = 0x00010000;
constexpr uint32_t kTrapHandler = kStart + 0x800;
constexpr uint32_t kAll = pte::kValid | pte::kRead | pte::kWrite | pte::kExecute;

constexpr uint32_t user_entry_address(uint32_t virtual_address) {
    return kUserTable + (virtual_address >> 12 & 0x3FF) * 4;
}

// The first 1 MiB of RAM mapped to itself for the kernel; one user page as asked.
Machine paged_machine(const Program& program, uint32_t user_entry) {
    Machine machine = machine_with(program);
    put_word(machine, kRoot + (kStart >> 22) * 4, kKernelTable | pte::kValid);
    put_word(machine, kRoot, kUserTable | pte::kValid);
    put_word(machine, kRoot + (0xF0000000u >> 22) * 4, (kStart + 0x13000) | pte::kValid);
    for (uint32_t page = 0; page < 256; ++page) {
        put_word(machine, kKernelTable + page * 4, (kStart + page * isa::kPageSize) | kAll);
    }
    for (uint32_t page = 0; page < 6; ++page) {  // the devices
        put_word(machine, kStart + 0x13000 + page * 4,
                 (0xF0000000 + page * isa::kPageSize) | pte::kValid | pte::kRead | pte::kWrite);
    }
    put_word(machine, user_entry_address(kUserPage), user_entry);
    return machine;
}

Program& paging_on(Program& p, uint32_t space = 0) {
    return p.li(t2, kTrapHandler)
        .csrw(Control::tvec, t2)
        .li(t2, kRoot | space << 4 | 1)
        .csrw(Control::ptbr, t2);
}

// One load or store at an address, in kernel or user mode; the machine when it stops at the trap handler or
// the end.
Machine access_once(Op op, uint32_t address, uint32_t user_entry, bool user = false) {
    Program p;
    paging_on(p).li(a0, address).li(a1, 0x55);
    isa::layout(op).rd_shift >= 0 ? p.load(op, a2, 0, a0) : p.store(op, a1, 0, a0);
    p.power_off(1).pad_to(kTrapHandler).power_off(2);
    Machine machine = paged_machine(p, user_entry);
    if (!user) return run_program(machine).machine;
    // User mode needs its own code page: the same program, entered at the access by eret.
    Program kernel;
    paging_on(kernel).li(a0, address).li(a1, 0x55).li(t0, status::kPreviousUser).csrw(Control::status, t0);
    kernel.li(t0, 0x00020000).csrw(Control::epc, t0).plain(Op::eret).pad_to(kTrapHandler).power_off(2);
    machine = paged_machine(kernel, user_entry);
    put_word(machine, user_entry_address(0x00020000), kOtherFrame | kAll | pte::kUser);
    Program code(kOtherFrame);
    isa::layout(op).rd_shift >= 0 ? code.load(op, a2, 0, a0) : code.store(op, a1, 0, a0);
    code.plain(Op::ecall);
    EXPECT_TRUE(machine.write_physical(kOtherFrame, code.bytes()));
    return run_program(machine).machine;
}

isa::TrapCause cause(const Machine& machine) {
    return static_cast<isa::TrapCause>(machine.cpu(0).cause);
}

struct PermissionCase {
    uint32_t flags;
    bool user;
    bool may_load;
    bool may_store;
};

TEST(Mmu, PermissionsDecideByModeAndAccess) {
    constexpr uint32_t kV = pte::kValid;
    const PermissionCase cases[] = {
        {0, false, false, false},
        {pte::kRead | pte::kWrite, false, false, false},
        {kV, false, false, false},
        {kV | pte::kRead, false, true, false},
        {kV | pte::kWrite, false, false, true},
        {kV | pte::kRead | pte::kWrite, false, true, true},
        {kV | pte::kRead | pte::kWrite | pte::kUser, false, true, true},
        {kV | pte::kRead | pte::kWrite | pte::kReserved, false, false, false},
        {kV | pte::kRead | pte::kWrite, true, false, false},
        {kV | pte::kRead | pte::kUser, true, true, false},
        {kV | pte::kRead | pte::kWrite | pte::kUser, true, true, true},
    };
    for (const PermissionCase& c : cases) {
        const Machine load = access_once(Op::lw, kUserPage + 8, kFrame | c.flags, c.user);
        const Machine store = access_once(Op::sw, kUserPage + 8, kFrame | c.flags, c.user);
        EXPECT_EQ(cause(load) != isa::TrapCause::load_page_fault, c.may_load) << pte::flags_text(c.flags);
        EXPECT_EQ(cause(store) != isa::TrapCause::store_page_fault, c.may_store) << pte::flags_text(c.flags);
        EXPECT_EQ(word_at(store, kFrame + 8), c.may_store ? 0x55u : 0u);
        if (!c.may_load) {
            EXPECT_EQ(load.cpu(0).badaddr, kUserPage + 8);
        }
        if (!c.may_store) {
            EXPECT_EQ(store.cpu(0).badaddr, kUserPage + 8);
        }
    }
}

TEST(Mmu, MisalignmentComesBeforeTranslation) {
    EXPECT_EQ(cause(access_once(Op::lw, kUserPage + 2, 0)), isa::TrapCause::load_misaligned);
    EXPECT_EQ(cause(access_once(Op::lh, kUserPage + 1, 0)), isa::TrapCause::load_misaligned);
    EXPECT_EQ(cause(access_once(Op::sw, kUserPage + 1, 0)), isa::TrapCause::store_misaligned);
    EXPECT_EQ(cause(access_once(Op::sh, kUserPage + 3, 0)), isa::TrapCause::store_misaligned);
    EXPECT_EQ(access_once(Op::sh, kUserPage + 3, 0).cpu(0).badaddr, kUserPage + 3);
}

TEST(Mmu, HardwareSetsAccessedAndDirty) {
    constexpr uint32_t kEntry = kFrame | pte::kValid | pte::kRead | pte::kWrite;
    EXPECT_EQ(word_at(access_once(Op::lw, kUserPage, kEntry), user_entry_address(kUserPage)),
              kEntry | pte::kAccessed);
    EXPECT_EQ(word_at(access_once(Op::sw, kUserPage, kEntry), user_entry_address(kUserPage)),
              kEntry | pte::kAccessed | pte::kDirty);
    // A fault leaves the entry alone.
    constexpr uint32_t kReadOnly = kFrame | pte::kValid | pte::kRead;
    EXPECT_EQ(word_at(access_once(Op::sw, kUserPage, kReadOnly), user_entry_address(kUserPage)), kReadOnly);
}

TEST(Mmu, AStoreAfterALoadSetsDirtyThroughTheTlb) {
    Program p;
    paging_on(p).li(a0, kUserPage).load(Op::lw, a1, 0, a0).store(Op::sw, a1, 0, a0).power_off();
    const Machine machine =
        run_program(paged_machine(p, kFrame | pte::kValid | pte::kRead | pte::kWrite)).machine;
    EXPECT_EQ(word_at(machine, user_entry_address(kUserPage)) & (pte::kAccessed | pte::kDirty),
              pte::kAccessed | pte::kDirty);
}

TEST(Mmu, TablesOutsideOfRamAreBusErrors) {
    Program p;
    p.li(t2, kTrapHandler).csrw(Control::tvec, t2).li(t2, 0x1000 | 1).csrw(Control::ptbr, t2);
    p.pad_to(kTrapHandler).power_off();
    // The handler cannot be fetched either: a machine that faults for ever, exactly.
    const Finished end = run_program(machine_with(p), 1000);
    EXPECT_EQ(end.result.reason, StopReason::limit);
    EXPECT_EQ(cause(end.machine), isa::TrapCause::fetch_bus_error);
    EXPECT_EQ(end.machine.cpu(0).badaddr, kTrapHandler);
    EXPECT_EQ(end.machine.cycle(), 1000u);
}

TEST(Mmu, FirstLevelEntriesWithPermissionsAreMalformed) {
    Program p;
    paging_on(p).li(a0, 0x00400000).load(Op::lw, a1, 0, a0).pad_to(kTrapHandler).power_off();
    Machine machine = paged_machine(p, 0);
    put_word(machine, kRoot + 4, kFrame | pte::kValid | pte::kRead);
    EXPECT_EQ(cause(run_program(machine).machine), isa::TrapCause::load_page_fault);
}

TEST(Mmu, KernelModeDoesNotExecuteUserPages) {
    for (const bool user_bit : {false, true}) {
        Program p;
        paging_on(p).li(a0, kUserPage).rri(Op::jalr, zero, a0, 0).pad_to(kTrapHandler).power_off(2);
        Machine machine = paged_machine(p, kFrame | kAll | (user_bit ? pte::kUser : 0));
        Program target(kFrame);
        target.power_off(1);
        ASSERT_TRUE(machine.write_physical(kFrame, target.bytes()));
        const Machine end = run_program(machine).machine;
        EXPECT_EQ(end.exit_status(), user_bit ? 2 : 1);
        if (user_bit) {
            EXPECT_EQ(cause(end), isa::TrapCause::fetch_page_fault);
        }
        if (user_bit) {
            EXPECT_EQ(end.cpu(0).epc, kUserPage);
        }
    }
}

TEST(Mmu, AMisalignedPcTrapsAtItsTarget) {
    Program p;
    p.li(t2, kTrapHandler).csrw(Control::tvec, t2).li(a0, kStart + 0x102).rri(Op::jalr, ra, a0, 0);
    p.pad_to(kTrapHandler).power_off(3);
    const Machine end = run_program(p).machine;
    EXPECT_EQ(cause(end), isa::TrapCause::fetch_misaligned);
    EXPECT_EQ(end.cpu(0).epc, kStart + 0x102);
    EXPECT_EQ(end.cpu(0).badaddr, kStart + 0x102);
    EXPECT_EQ(end.cpu(0).x[ra], kStart + 24);
    EXPECT_EQ(end.cycle(), 7u + 5);  // the trapping fetch counts
}

// Loads a word, has the kernel point the page elsewhere, flushes as asked, loads again: a2 is the second
// value.
enum class Flush : uint8_t { none, page, other_page, all, other_space };

uint32_t value_after_remap(Flush flush) {
    Program p;
    paging_on(p, 5).li(a0, kUserPage).load(Op::lw, a1, 0, a0);
    p.store_word(user_entry_address(kUserPage), kOtherFrame | pte::kValid | pte::kRead);
    p.li(a3, kUserPage + 0x1000).li(a4, kRoot | 6 << 4 | 1);
    switch (flush) {
        case Flush::none:
            break;
        case Flush::page:
            p.op({Op::tlbflush_page, 0, a0, 0, 0});
            break;
        case Flush::other_page:
            p.op({Op::tlbflush_page, 0, a3, 0, 0});
            break;
        case Flush::all:
            p.plain(Op::tlbflush);
            break;
        case Flush::other_space:
            p.csrw(Control::ptbr, a4);
            break;
    }
    p.load(Op::lw, a2, 4, a0).power_off();
    Machine machine = paged_machine(p, kFrame | pte::kValid | pte::kRead);
    put_word(machine, kFrame + 4, 1);
    put_word(machine, kOtherFrame + 4, 2);
    return run_program(machine).machine.cpu(0).x[a2];
}

TEST(Tlb, StaleEntriesAreUsedUntilFlushed) {
    EXPECT_EQ(value_after_remap(Flush::none), 1u);
    EXPECT_EQ(value_after_remap(Flush::page), 2u);
    EXPECT_EQ(value_after_remap(Flush::other_page), 1u);
    EXPECT_EQ(value_after_remap(Flush::all), 2u);
    EXPECT_EQ(value_after_remap(Flush::other_space), 2u);
}

TEST(Tlb, AnotherPageInTheSameSetTakesThePlace) {
    Program p;
    paging_on(p).li(a0, kUserPage).load(Op::lw, a1, 0, a0);
    p.store_word(user_entry_address(kUserPage), kOtherFrame | pte::kValid | pte::kRead);
    p.li(a3, kUserPage + 256 * isa::kPageSize).load(Op::lw, a4, 0, a3);  // the same set
    p.load(Op::lw, a2, 4, a0).power_off();
    Machine machine = paged_machine(p, kFrame | pte::kValid | pte::kRead);
    put_word(machine, user_entry_address(kUserPage + 256 * isa::kPageSize),
             kFrame | pte::kValid | pte::kRead);
    put_word(machine, kOtherFrame + 4, 2);
    EXPECT_EQ(run_program(machine).machine.cpu(0).x[a2], 2u);
}

TEST(Tlb, AStaleEntryAlsoDecidesAboutPermission) {
    Program p;
    paging_on(p).li(a0, kUserPage).load(Op::lw, a1, 0, a0);
    p.store_word(user_entry_address(kUserPage), kFrame | pte::kValid | pte::kRead | pte::kWrite);
    p.store(Op::sw, a1, 0, a0).power_off(1).pad_to(kTrapHandler).power_off(2);
    const Machine machine = run_program(paged_machine(p, kFrame | pte::kValid | pte::kRead)).machine;
    EXPECT_EQ(cause(machine), isa::TrapCause::store_page_fault);
}

TEST(Tlb, IsPartOfTheMachine) {
    Program p;
    paging_on(p).li(a0, kUserPage).load(Op::lw, a1, 0, a0).power_off();
    Machine machine = run_program(paged_machine(p, kFrame | pte::kValid | pte::kRead)).machine;
    const TlbEntry* entry = machine.cpu(0).data_tlb.find(kUserPage >> 12, 0);
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(pte::physical_page(entry->page_table_entry), kFrame);
    EXPECT_NE(machine.cpu(0).fetch_tlb.find(kStart >> 12, 0), nullptr);
    EXPECT_EQ(machine.cpu(0).fetch_tlb.find(kUserPage >> 12, 0), nullptr);
}

TEST(Tlb, PagingOffNeedsNoTables) {
    Program p;
    paging_on(p).csrw(Control::ptbr, zero).li(a0, kFrame).load(Op::lw, a1, 0, a0).power_off();
    Machine machine = paged_machine(p, 0);
    put_word(machine, kFrame, 77);
    EXPECT_EQ(run_program(machine).machine.cpu(0).x[a1], 77u);
}

TEST(Explain, TellsEachStepAndHasNoSideEffects) {
    Program p;
    paging_on(p).power_off();
    const Machine machine = run_program(paged_machine(p, kFrame | pte::kValid | pte::kRead)).machine;
    const uint64_t hash = machine.hash();
    const auto found = machine.translate(0, kUserPage + 12, Access::load);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->physical_address, kFrame + 12);
    EXPECT_FALSE(found->from_tlb);
    EXPECT_EQ(machine.translate(0, kUserPage, Access::store).error(),
              (Trap{isa::TrapCause::store_page_fault, kUserPage}));
    const std::vector<std::string> lines = machine.explain(0, kUserPage + 12, Access::store);
    ASSERT_EQ(lines.size(), 6u);
    EXPECT_EQ(lines[0], "A store by kernel mode at virtual 0x0001000C: indexes 0 and 16, offset 0x00C.");
    EXPECT_EQ(lines[1], "TLB miss in set 16 (address space 0): the tables are walked from 0x80010000.");
    EXPECT_EQ(
        lines[2],
        "First-level table: entry 0 at physical 0x80010000 is 0x80012001 (table 0x80012000, V-------).");
    EXPECT_EQ(
        lines[3],
        "Second-level table: entry 16 at physical 0x80012040 is 0x80020003 (page 0x80020000, VR------).");
    EXPECT_EQ(lines[4], "The page may not be written (W is clear).");
    EXPECT_EQ(lines[5], "Trap: store_page_fault, bad address 0x0001000C.");
    EXPECT_EQ(machine.hash(), hash);
}

TEST(Explain, SaysWhichDeviceAnswersOrThatNothingDoes) {
    const Machine machine = machine_with(Program().power_off());
    const auto last_of = [&](uint32_t address, Access access) {
        return machine.explain(0, address, access).back();
    };
    EXPECT_EQ(
        last_of(device::console_status, Access::load),
        "There is the register status (ro) of the console. What may be read. The line is raised while a "
        "bit is set.");
    EXPECT_EQ(
        last_of(device::interrupt_controller_send, Access::store),
        "There is the register send (wo) of the interrupt controller. Raises the interprocessor line of "
        "every CPU whose bit is set.");
    EXPECT_EQ(last_of(0x1000, Access::load), "Nothing answers there: load_bus_error.");
    EXPECT_EQ(last_of(device::console_status, Access::fetch), "Nothing answers there: fetch_bus_error.");
    EXPECT_EQ(last_of(kStart, Access::fetch), "Paging is off: physical 0x80000000.");
}

TEST(Explain, ReadingVirtualMemoryIgnoresPermissionAndCrossesPages) {
    Program p;
    paging_on(p).power_off();
    Machine machine = run_program(paged_machine(p, kFrame | pte::kValid | pte::kExecute)).machine;
    put_word(machine, user_entry_address(kUserPage + 0x1000), kOtherFrame | pte::kValid);
    put_word(machine, kFrame + 0xFFC, 0x11111111);
    put_word(machine, kOtherFrame, 0x22222222);
    std::array<uint32_t, 2> words{};
    EXPECT_TRUE(machine.read_virtual(0, kUserPage + 0xFFC, std::as_writable_bytes(std::span(words))));
    EXPECT_EQ(words, (std::array<uint32_t, 2>{0x11111111, 0x22222222}));
    EXPECT_FALSE(machine.read_virtual(0, kUserPage + 0x2000, std::as_writable_bytes(std::span(words))));
    EXPECT_TRUE(machine.read_virtual_with(0, kFrame, std::as_writable_bytes(std::span(words))));
}

}  // namespace
}  // namespace peach::testing
