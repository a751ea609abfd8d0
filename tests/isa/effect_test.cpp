// The manual is the oracle: the effect column of every instruction, executed by an evaluator of its own on
// random states, gives what the engine gives.

#include "tests/isa/effect_evaluator.h"
#include "tests/isa/machine_fixture.h"

#include "emulator/isa/registers.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace peach::tests {
namespace {

using isa::Decoded;
using isa::ImmediateKind;
using isa::Op;

constexpr int kTrialsPerInstruction = 300;
constexpr uint32_t kDataBytes = 128;

class RandomStates {
  public:
    explicit RandomStates(uint32_t seed) : random_(seed) {}

    uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

    // Ordinary numbers and the corners where arithmetic goes wrong.
    uint32_t value() {
        constexpr uint32_t kCorners[] = {0,          1,          2,          31,        32,     0x7F,
                                         0x80,       0xFF,       0x7FFF,     0x8000,    0xFFFF, 0x7FFFFFFF,
                                         0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF};
        return below(2) == 0 ? kCorners[below(std::size(kCorners))] : static_cast<uint32_t>(random_());
    }

    // An instruction of this kind with random fields.
    Decoded instruction(Op op) {
        const isa::Layout& row = isa::layout(op);
        Decoded result{.op = op};
        if (row.rd_shift >= 0) result.rd = static_cast<uint8_t>(below(16));
        if (row.rs1_shift >= 0) result.rs1 = static_cast<uint8_t>(below(16));
        if (row.rs2_shift >= 0) result.rs2 = static_cast<uint8_t>(below(16));
        result.immediate = immediate(row.immediate);
        return result;
    }

  private:
    int32_t immediate(ImmediateKind kind) {
        switch (kind) {
            case ImmediateKind::none:
                return 0;
            case ImmediateKind::signed16:
                return static_cast<int16_t>(random_());
            case ImmediateKind::upper20:
                return static_cast<int32_t>(random_() & 0xFFFFF000);
            case ImmediateKind::distance16:
                return static_cast<int16_t>(random_() & 0xFFFC);
            case ImmediateKind::distance20:
                return static_cast<int32_t>((random_() & 0xFFFFC) << 12) >> 12;
            case ImmediateKind::shift:
                return static_cast<int32_t>(below(32));
            case ImmediateKind::control:
                return static_cast<int32_t>(isa::Control::scratch);
        }
        return 0;
    }

    std::mt19937 random_;
};

// Size in bytes of the memory access that an effect makes; 0 if it makes none.
uint32_t access_size(Op op) {
    const std::string_view effect = isa::instruction(op).effect;
    for (const uint32_t size : {1u, 2u, 4u}) {
        if (effect.find("mem" + std::to_string(8 * size)) != effect.npos) return size;
    }
    return 0;
}

// Makes the access of `instruction` hit the data page; false if this instruction cannot.
bool aim_at_data(const Decoded& instruction, ModelState& state, RandomStates& random) {
    const uint32_t size = access_size(instruction.op);
    if (size == 0) return true;
    if (instruction.rs1 == 0) return false;
    const uint32_t address = kDataAddress + random.below(kDataBytes / size) * size;
    state.x[instruction.rs1] = address - static_cast<uint32_t>(instruction.immediate);
    return true;
}

std::string describe(const Decoded& d, const ModelState& before) {
    std::string text = std::string(isa::instruction(d.op).mnemonic) + " rd=" + std::to_string(d.rd) +
                       " rs1=" + std::to_string(d.rs1) + " rs2=" + std::to_string(d.rs2) +
                       " immediate=" + std::to_string(d.immediate) + "\nbefore:";
    for (const uint32_t value : before.x) text += " " + std::to_string(value);
    return text;
}

class Effect : public testing::TestWithParam<Op> {};

TEST_P(Effect, IsWhatTheEngineDoes) {
    const Op op = GetParam();
    RandomStates random(1000 + static_cast<uint32_t>(op));
    int done = 0;
    while (done < kTrialsPerInstruction) {
        const Decoded instruction = random.instruction(op);
        ModelState before;
        for (int i = 1; i < isa::kRegisterCount; ++i) before.x[i] = random.value();
        before.pc = kCodeAddress;
        before.control[static_cast<uint8_t>(isa::Control::scratch)] = random.value();
        before.control[static_cast<uint8_t>(isa::Control::tvec)] = random.value() & ~3u;
        before.control[static_cast<uint8_t>(isa::Control::epc)] = random.value();
        before.control[static_cast<uint8_t>(isa::Control::status)] = random.below(4) << 4;
        if (!aim_at_data(instruction, before, random)) continue;
        for (uint32_t i = 0; i < kDataBytes; ++i)
            before.memory[kDataAddress + i] = static_cast<uint8_t>(random.value());
        before.reserved = op == Op::sc_w && random.below(2) == 0;
        ++done;

        MachineFixture machine(before, instruction);
        const ModelState expected = execute_effect(instruction, machine.state());
        machine.execute_one();
        const ModelState actual = machine.state();
        EXPECT_EQ(actual.pc, expected.pc) << describe(instruction, before);
        EXPECT_EQ(actual.x, expected.x) << describe(instruction, before);
        EXPECT_EQ(actual.control, expected.control) << describe(instruction, before);
        EXPECT_TRUE(actual.memory == expected.memory) << describe(instruction, before);
        if (HasFailure()) return;
    }
}

std::vector<Op> all_instructions() {
    std::vector<Op> result;
    for (const isa::Instruction& row : isa::kInstructions) result.push_back(row.op);
    return result;
}

INSTANTIATE_TEST_SUITE_P(Every, Effect, testing::ValuesIn(all_instructions()), [](const auto& parameter) {
    std::string name(isa::instruction(parameter.param).mnemonic);
    for (char& c : name) c = c == '.' ? '_' : c;
    return name;
});

}  // namespace
}  // namespace peach::tests
