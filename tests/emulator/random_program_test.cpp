// Random programs under paging, interrupts, faults and self-modification: however a run is cut into pieces,
// watched, saved and restored, the machine goes the same way.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/emulator/guest_program.h"

namespace peach::testing {
namespace {

constexpr uint32_t kCodePages = 2;
constexpr uint32_t kHandler = kStart + 0x10000;
constexpr uint32_t kRoot = kStart + 0x20000;
constexpr uint32_t kTable = kStart + 0x21000;
constexpr uint32_t kData = kStart + 0x30000;
constexpr uint64_t kCycles = 20'000;

class Generator {
  public:
    explicit Generator(uint32_t seed) : random_(seed) {}

    uint32_t below(uint32_t bound) { return static_cast<uint32_t>(random_() % bound); }
    bool one_in(uint32_t n) { return below(n) == 0; }

    // Any legal instruction, now and then any word; loads, stores and jumps mostly near the data and the
    // code, whose addresses the handler puts into sp (data) and gp (code).
    uint32_t instruction() {
        if (one_in(200)) return static_cast<uint32_t>(random_());
        const Op op = static_cast<Op>(below(isa::kInstructionCount));
        if ((op == Op::wfi || op == Op::eret || op == Op::tlbflush) && !one_in(8)) return instruction();
        const isa::Layout& layout = isa::layout(op);
        isa::Decoded d{op, writable_register(), any_register(), any_register(), immediate(layout.immediate)};
        const uint32_t group = layout.fixed_value >> 28;
        const bool memory = group == 4 || group == 5;
        if (memory) d.immediate = static_cast<int32_t>(below(256)) * (one_in(20) ? 1 : 4);
        if (memory || group == 0xA)
            d.rs1 = one_in(30) ? any_register() : static_cast<uint8_t>(one_in(25) ? gp : sp);
        if (op == Op::jalr)
            d.rs1 = gp, d.immediate = static_cast<int32_t>(below(2 * kCodePages * 1024)) * 4 % 0x2000;
        if (op == Op::csrw || op == Op::csrrw) d.immediate = static_cast<int32_t>(Control::scratch);
        const auto word = isa::encode(d);
        return word ? *word : instruction();
    }

  private:
    uint8_t any_register() { return static_cast<uint8_t>(below(16)); }
    uint8_t writable_register() {
        const uint8_t reg = any_register();
        return reg == sp || reg == gp ? static_cast<uint8_t>(a0) : reg;
    }
    int32_t immediate(isa::ImmediateKind kind) {
        const isa::ImmediateRange range = isa::immediate_range(kind);
        switch (kind) {
            case isa::ImmediateKind::distance16:
            case isa::ImmediateKind::distance20:
                return (static_cast<int32_t>(below(600)) - 300) * 4;
            case isa::ImmediateKind::control:
                return static_cast<int32_t>(below(10));
            case isa::ImmediateKind::upper20:
                return static_cast<int32_t>(below(1u << 20) << 12);
            default: {
                const auto width = static_cast<uint32_t>(range.most - range.least + 1);
                return static_cast<int32_t>(range.least + below(width));
            }
        }
    }

    std::mt19937 random_;
};

// Arms the timer with a varying count, brings sp and gp back, and continues somewhere in the code, sometimes
// in user mode, sometimes in another address space, sometimes with new permissions for a data page.
Program handler() {
    Program p(kHandler);
    p.li(sp, kData).li(gp, kStart).csrr(t0, Control::cycle);
    p.rri(Op::andi, t1, t0, 0x31).csrw(Control::status, t1);
    p.rri(Op::andi, t1, t0, 0x20).rrr(Op::sltu, t1, zero, t1).addi(t1, t1, -1).rrr(Op::and_, gp, gp, t1);
    p.rri(Op::andi, t1, t0, 0x1FF).addi(t1, t1, 20).li(t2, device::timer_countdown).store(Op::sw, t1, 0, t2);
    p.rri(Op::slli, t1, t0, 7)
        .rri(Op::srli, t1, t1, 20)
        .rri(Op::slli, t1, t1, 2);  // code offset below 16 KiB
    p.rri(Op::andi, t1, t1, 0x1FFC).rrr(Op::add, t1, t1, gp).csrw(Control::epc, t1);
    p.rri(Op::slli, t1, t0, 4).rri(Op::andi, t1, t1, 0x30).li(t2, kRoot + 1).rrr(Op::add, t1, t1, t2);
    p.csrw(Control::ptbr, t1);
    p.rri(Op::andi, t1, t0, 0x1E).rri(Op::ori, t1, t1, -0x2F).li(t2, kData);  // U stays, R W X vary
    p.rri(Op::andi, t1, t1, 0x1F).rrr(Op::or_, t1, t1, t2).li(t2, kTable + ((kData >> 12) & 0x3FF) * 4);
    p.store(Op::sw, t1, 4, t2).plain(Op::eret);
    return p;
}

Machine random_machine(uint32_t seed, unsigned cpus) {
    Generator generator(seed);
    Program code;
    while (code.here() < kStart + kCodePages * isa::kPageSize) code.word(generator.instruction());
    MachineConfig config = small_config(cpus);
    config.slice_instructions = 1 + generator.below(60);
    Machine machine = machine_with(code, config);
    const Program trap = handler();
    EXPECT_TRUE(machine.write_physical(kHandler, trap.bytes()));
    put_word(machine, kRoot + (kStart >> 22) * 4, kTable | pte::kValid);
    put_word(machine, kRoot + (0xF0000000u >> 22) * 4, (kTable + 0x1000) | pte::kValid);
    put_word(machine, kTable + 0x1000 + 4, 0xF0001000 | pte::kValid | pte::kRead | pte::kWrite);  // the timer
    for (uint32_t page = 0; page < 256; ++page) {
        const uint32_t physical = kStart + page * isa::kPageSize;
        const bool code_or_data = page < kCodePages || page >= 0x30;
        uint32_t flags = pte::kValid | pte::kRead | pte::kWrite | pte::kExecute;
        if (code_or_data && page >= 0x30) flags |= pte::kUser;
        put_word(machine, kTable + page * 4, physical | flags);
    }
    // User mode has the code at 0.
    put_word(machine, kRoot, (kTable + 0x2000) | pte::kValid);
    for (uint32_t page = 0; page < kCodePages; ++page) {
        put_word(machine, kTable + 0x2000 + page * 4,
                 (kStart + page * isa::kPageSize) | pte::kValid | pte::kExecute | pte::kUser);
    }
    // One data page is an alias of the second page of code.
    put_word(machine, kTable + 0x31 * 4, (kStart + isa::kPageSize) | pte::kValid | pte::kRead | pte::kWrite);
    // Begin in the handler, with the timer enabled.
    Program start(kStart + 0xF000);
    start.li(t0, kHandler).csrw(Control::tvec, t0).store_word(device::interrupt_controller_enabled, 1);
    start.jump(kHandler);
    EXPECT_TRUE(machine.write_physical(start.address(), start.bytes()));
    machine.set_entry(start.address());
    return machine;
}

struct Course {
    uint64_t hash;
    RunOutput output;
    bool operator==(const Course& other) const {
        return hash == other.hash && output.traps == other.output.traps &&
               output.console == other.output.console;
    }
};

// Every CPU may wait for ever when a random wfi comes without a timer; that is an end like any other.
bool finished(const RunResult& result) {
    return result.reason == StopReason::idle || result.reason == StopReason::powered_off;
}

Course in_one_go(const Machine& start) {
    Engine engine(start);
    RunOutput output;
    output.collect_traps = true;
    engine.run(kCycles, output);
    return {engine.machine().hash(), output};
}

Course in_pieces(const Machine& start, uint32_t seed, uint32_t longest_piece) {
    Engine engine(start);
    RunOutput output;
    output.collect_traps = true;
    std::mt19937 random(seed);
    while (engine.machine().cycle() < kCycles) {
        const uint64_t next = engine.machine().cycle() + 1 + random() % longest_piece;
        const RunResult result = engine.run(std::min<uint64_t>(next, kCycles), output);
        if (finished(result)) break;
        if (random() % 16 == 0) {
            const Machine moment = engine.snapshot();
            if (random() % 2 == 0) {
                RunOutput thrown_away;
                engine.run(std::min<uint64_t>(moment.cycle() + random() % 500, kCycles), thrown_away);
                engine.restore(moment);
            }
        }
        if (random() % 64 == 0) engine = Engine(engine.machine());
    }
    return {engine.machine().hash(), output};
}

// Stops everywhere in the code; each stop must be passed by the next run().
Course with_stop_addresses(const Machine& start, uint32_t seed) {
    Engine engine(start);
    RunOutput output;
    output.collect_traps = true;
    std::mt19937 random(seed);
    std::vector<uint32_t> addresses(40);
    for (uint32_t& address : addresses) address = kStart + random() % 2048 * 4;
    addresses.push_back(kHandler);
    engine.set_stop_addresses(addresses);
    RunResult result;
    do {
        result = engine.run(kCycles, output);
        if (result.reason == StopReason::stop_address) {
            const uint32_t pc = engine.machine().cpu(result.cpu).pc;
            EXPECT_TRUE(std::ranges::find(addresses, pc) != addresses.end());
        }
    } while (engine.machine().cycle() < kCycles && !finished(result));
    return {engine.machine().hash(), output};
}

class RandomPrograms : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomPrograms, GoTheSameWayHoweverTheyAreRun) {
    const unsigned cpus = GetParam();
    uint64_t traps = 0;
    for (uint32_t seed = 1; seed <= 60; ++seed) {
        const Machine start = random_machine(seed, cpus);
        const Course once = in_one_go(start);
        traps += once.output.traps.size();
        ASSERT_TRUE(once == in_one_go(start)) << "seed " << seed;
        ASSERT_TRUE(once == in_pieces(start, seed, 1)) << "seed " << seed;
        ASSERT_TRUE(once == in_pieces(start, seed, 40)) << "seed " << seed;
        ASSERT_TRUE(once == in_pieces(start, seed, 3000)) << "seed " << seed;
        ASSERT_TRUE(once == with_stop_addresses(start, seed)) << "seed " << seed;
    }
    EXPECT_GT(traps, 10'000u);  // the programs do something
}

INSTANTIATE_TEST_SUITE_P(Cpus, RandomPrograms, ::testing::Values(1u, 2u, 5u));

}  // namespace
}  // namespace peach::testing
