// Code that changes: the decoded pages must never be seen.

#include <gtest/gtest.h>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kAddOne = 0x20AA0001;  // addi a0, a0, 1
constexpr uint32_t kAddTen = 0x20AA000A;  // addi a0, a0, 10

TEST(SelfModifyingCode, TheNextInstructionMayBeTheOneStored) {
    Program p;
    p.li(t0, kStart + 5 * 4).li(t1, kAddTen).store(Op::sw, t1, 0, t0);
    p.word(kAddOne).power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 10u);
}

TEST(SelfModifyingCode, ALoopThatRewritesItself) {
    Program p;
    const uint32_t patched = kStart + 7 * 4;
    p.li(t0, patched).li(t1, kAddTen).addi(a1, zero, 3);
    const uint32_t loop = p.here();
    p.addi(a1, a1, -1).addi(a2, zero, 0);
    ASSERT_EQ(p.here(), patched);
    p.word(kAddOne);  // 1 in the first round, 10 after
    p.store(Op::sw, t1, 0, t0).branch(Op::bne, a1, zero, loop).power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 21u);
}

TEST(SelfModifyingCode, ByteStoresCount) {
    Program p;
    p.li(t0, kStart + 4 * 4).addi(t1, zero, 9).store(Op::sb, t1, 0, t0).word(kAddOne).power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).x[a0], 9u);
}

TEST(SelfModifyingCode, ThroughAPhysicalAlias) {
    // Paging on, the page of the routine mapped a second time at 0x00010000.
    constexpr uint32_t kRoot = kStart + 0x10000;
    constexpr uint32_t kRoutine = kStart + 0x20000;
    constexpr uint32_t kAlias = 0x00010000;
    constexpr uint32_t kAll = pte::kValid | pte::kRead | pte::kWrite | pte::kExecute;
    Program p;
    p.li(t2, kRoot | 1).csrw(Control::ptbr, t2).li(s1, kRoutine).li(t0, kAlias).li(t1, kAddTen);
    p.store(Op::sw, zero, 0x100, t0);  // warms the store cache while nothing of the page is decoded
    p.rri(Op::jalr, ra, s1, 0).store(Op::sw, t1, 0, t0).rri(Op::jalr, ra, s1, 0);
    p.rri(Op::jalr, ra, t0, 0).power_off();
    Program routine(kRoutine);
    routine.word(kAddOne).addi(zero, zero, 0).rri(Op::jalr, zero, ra, 0);
    Machine machine = machine_with(p);
    ASSERT_TRUE(machine.write_physical(kRoutine, routine.bytes()));
    put_word(machine, kRoot + (kStart >> 22) * 4, (kRoot + 0x1000) | pte::kValid);
    put_word(machine, kRoot, (kRoot + 0x2000) | pte::kValid);
    for (uint32_t page = 0; page < 256; ++page) {
        put_word(machine, kRoot + 0x1000 + page * 4, (kStart + page * isa::kPageSize) | kAll);
    }
    put_word(machine, kRoot + 0x2000 + 16 * 4, kRoutine | kAll);
    RunOutput output;
    Engine engine(machine);
    engine.set_stop_addresses(std::array{kAlias + 4});
    EXPECT_EQ(engine.run(kPlenty, output).reason, StopReason::stop_address);
    EXPECT_EQ(engine.machine().cpu(0).x[a0], 1u + 10 + 10);  // stops only where executed under that name
}

TEST(SelfModifyingCode, RestoreBringsTheOldCodeBack) {
    Program p;
    p.li(t0, kStart + 9 * 4).li(t1, kAddTen).li(a1, 5);
    p.addi(a0, zero, 0).jump(kStart + 9 * 4);
    p.addi(zero, zero, 0);
    p.pad_to(kStart + 9 * 4);
    p.word(kAddOne).store(Op::sw, t1, 0, t0).jump(kStart + 9 * 4);
    Engine engine(machine_with(p));
    RunOutput output;
    engine.run(8, output);
    const Machine before = engine.snapshot();
    engine.run(20, output);
    EXPECT_EQ(engine.machine().cpu(0).x[a0], 1u + 10 * 3);
    const uint64_t after = engine.machine().hash();
    engine.restore(before);
    engine.run(20, output);
    EXPECT_EQ(engine.machine().hash(), after);
}

TEST(Traps, IllegalAndPrivilegedCarryTheWord) {
    for (const uint32_t word : {0x00000000u, 0xFFFFFFFFu, 0x10AAA001u}) {
        Program p;
        p.li(t2, kStart + 0x100).csrw(Control::tvec, t2).word(word).pad_to(kStart + 0x100).power_off();
        const Machine machine = run_program(p).machine;
        EXPECT_EQ(machine.cpu(0).cause, static_cast<uint32_t>(isa::TrapCause::illegal_instruction));
        EXPECT_EQ(machine.cpu(0).badaddr, word);
        EXPECT_EQ(machine.cpu(0).epc, kStart + 12);
    }
}

TEST(Traps, UserModeMayNot) {
    // Paging off: user mode sees everything but may not touch the machine.
    const isa::Decoded forbidden[] = {
        {Op::eret},
        {Op::wfi},
        {Op::tlbflush},
        {Op::tlbflush_page, 0, a0, 0, 0},
        {Op::csrw, 0, a0, 0, static_cast<int32_t>(Control::scratch)},
        {Op::csrrw, a0, a1, 0, static_cast<int32_t>(Control::scratch)},
        {Op::csrr, a0, 0, 0, static_cast<int32_t>(Control::status)},
        {Op::csrr, a0, 0, 0, static_cast<int32_t>(Control::cpuid)},
        {Op::csrw, 0, a0, 0, static_cast<int32_t>(Control::cycle)},
    };
    for (const isa::Decoded& instruction : forbidden) {
        Program p;
        p.li(t2, kStart + 0x100)
            .csrw(Control::tvec, t2)
            .addi(t0, zero, status::kUser)
            .csrw(Control::status, t0);
        p.op(instruction).pad_to(kStart + 0x100).power_off();
        const Machine machine = run_program(p).machine;
        EXPECT_EQ(machine.cpu(0).cause, static_cast<uint32_t>(isa::TrapCause::privileged_instruction))
            << isa::instruction(instruction.op).mnemonic;
        EXPECT_EQ(machine.cpu(0).badaddr, encoded(instruction));
        EXPECT_EQ(machine.cpu(0).status, status::kPreviousUser);
    }
}

TEST(Traps, ReadOnlyControlRegistersCannotBeWrittenByTheKernelEither) {
    Program p;
    p.li(t2, kStart + 0x100).csrw(Control::tvec, t2);
    p.op({Op::csrw, 0, a0, 0, static_cast<int32_t>(Control::cycle)}).pad_to(kStart + 0x100).power_off();
    EXPECT_EQ(run_program(p).machine.cpu(0).cause,
              static_cast<uint32_t>(isa::TrapCause::privileged_instruction));
}

TEST(Traps, UserModeReadsTheCycleCounter) {
    Program p;
    p.addi(t0, zero, status::kUser)
        .csrw(Control::status, t0)
        .csrr(a0, Control::cycle)
        .csrr(a1, Control::cycleh);
    const Machine machine = run_program(p, 4).machine;
    EXPECT_EQ(machine.cpu(0).x[a0], 2u);
    EXPECT_EQ(machine.cpu(0).x[a1], 0u);
}

TEST(Traps, SystemCallAndReturn) {
    Program p;
    p.li(t2, kStart + 0x100).csrw(Control::tvec, t2);
    p.li(t0, status::kUser | status::kInterruptEnable).csrw(Control::status, t0);
    p.plain(Op::ecall).jump(kStart + 0x200);
    p.pad_to(kStart + 0x100).csrr(a0, Control::epc).csrr(a1, Control::status).addi(a0, a0, 4);
    p.csrw(Control::epc, a0).plain(Op::eret);
    p.pad_to(kStart + 0x200).power_off();
    const Finished end = run_program(p);
    EXPECT_EQ(end.machine.cpu(0).x[a0], kStart + 28);
    EXPECT_EQ(end.machine.cpu(0).x[a1], status::kPreviousUser | status::kPreviousInterruptEnable);
    EXPECT_TRUE(end.machine.cpu(0).user_mode());
    EXPECT_EQ(end.output.traps, (std::vector<TrapRecord>{{6, 0, TrapKind::enter, 4, kStart + 24, true},
                                                         {11, 0, TrapKind::leave, 4, kStart + 28, true}}));
}

}  // namespace
}  // namespace peach::testing
