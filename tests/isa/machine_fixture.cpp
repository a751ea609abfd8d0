#include "tests/isa/machine_fixture.h"

#include "emulator/isa/registers.h"

#include <gtest/gtest.h>
#include <utility>

namespace peach::tests {
namespace {

using isa::Control;
using isa::Decoded;
using isa::Op;

constexpr uint8_t kPc = 16;
constexpr uint8_t kT0 = 5;
constexpr uint8_t kT1 = 6;
constexpr uint32_t kConsoleLine = 1u << static_cast<uint32_t>(isa::InterruptLine::console);

// Machine code, instruction by instruction.
class Program {
  public:
    void add(const Decoded& instruction) { words_.push_back(isa::encode(instruction).value()); }

    void load_constant(uint8_t reg, uint32_t value) {
        const uint32_t upper = (value + 0x8000) & 0xFFFF0000;
        add({.op = Op::lui, .rd = reg, .immediate = static_cast<int32_t>(upper)});
        add({.op = Op::addi, .rd = reg, .rs1 = reg, .immediate = static_cast<int32_t>(value - upper)});
    }

    std::vector<std::byte> bytes() const {
        std::vector<std::byte> result;
        for (const uint32_t word : words_) {
            for (int i = 0; i < 4; ++i) result.push_back(static_cast<std::byte>(word >> 8 * i));
        }
        return result;
    }
    size_t size() const { return words_.size(); }

  private:
    std::vector<uint32_t> words_;
};

// Sets the control registers, enables the console's line (so that wfi has something to wake for) and
// reserves.
Program setup_program(const ModelState& before, const Decoded& instruction) {
    Program program;
    for (const auto& [number, value] : before.control) {
        program.load_constant(kT0, value);
        program.add({.op = Op::csrw, .rs1 = kT0, .immediate = number});
    }
    program.load_constant(kT0, isa::region::interrupt_controller.first);
    program.load_constant(kT1, kConsoleLine);
    program.add({.op = Op::sw, .rs1 = kT0, .rs2 = kT1, .immediate = 4});
    if (before.reserved) {
        program.load_constant(kT0, before.x[instruction.rs1]);
        program.add({.op = Op::lr_w, .rd = kT1, .rs1 = kT0});
    }
    return program;
}

}  // namespace

MachineFixture::MachineFixture(const ModelState& before, uint32_t instruction_word)
    : engine_(Machine({.ram_bytes = 1 << 20})), reserved_(before.reserved) {
    edit_memory(before, instruction_word);  // first: an edit of reserved memory ends the reservation
    run_setup(before, isa::decode(instruction_word).value());
    edit_registers(before);
    // Only wfi needs something to wake for; anything else would be interrupted by it once interrupts are
    // enabled.
    if (isa::decode(instruction_word)->op == Op::wfi)
        engine_.deliver({.cycle = 0, .what = ConsoleInput{"!"}});
}

MachineFixture::MachineFixture(const ModelState& before, const Decoded& instruction)
    : MachineFixture(before, isa::encode(instruction).value()) {}

void MachineFixture::run_setup(const ModelState& before, const Decoded& instruction) {
    const Program program = setup_program(before, instruction);
    engine_.deliver({.cycle = 0, .what = MemoryEdit{kSetupAddress, program.bytes()}});
    RunOutput output;
    engine_.run(program.size(), output);
}

void MachineFixture::edit_memory(const ModelState& before, uint32_t instruction_word) {
    std::vector<std::byte> word(4);
    for (int i = 0; i < 4; ++i) word[i] = static_cast<std::byte>(instruction_word >> 8 * i);
    engine_.deliver({.cycle = 0, .what = MemoryEdit{before.pc, word}});
    std::vector<std::byte> run;  // bytes at consecutive addresses go in one edit
    uint32_t first = 0;
    const auto flush = [&] {
        if (!run.empty()) engine_.deliver({.cycle = 0, .what = MemoryEdit{first, run}});
        run.clear();
    };
    for (const auto& [address, byte] : before.memory) {
        if (address != first + run.size()) flush();
        if (run.empty()) first = address;
        run.push_back(static_cast<std::byte>(byte));
        watched_bytes_.push_back(address);
    }
    flush();
}

void MachineFixture::edit_registers(const ModelState& before) {
    for (uint8_t i = 1; i < isa::kRegisterCount; ++i) {
        engine_.deliver({.cycle = 0, .what = RegisterEdit{0, i, before.x[i]}});
    }
    engine_.deliver({.cycle = 0, .what = RegisterEdit{0, kPc, before.pc}});
}

void MachineFixture::execute_one() {
    RunOutput output;
    engine_.run(engine_.machine().cycle() + 1, output);
    reserved_ = engine_.machine().cpu(0).reserved;
}

ModelState MachineFixture::state() const {
    const Cpu& cpu = engine_.machine().cpu(0);
    ModelState state{.x = cpu.x, .pc = cpu.pc, .memory = {}, .control = {}, .reserved = reserved_};
    for (const isa::ControlRegister& row : isa::kControlRegisters) {
        if (row.access == "rw")
            state.control[row.number] = cpu.read_control(static_cast<Control>(row.number));
    }
    for (const uint32_t address : watched_bytes_) {
        std::byte byte{};
        EXPECT_TRUE(engine_.machine().read_physical(address, {&byte, 1}));
        state.memory[address] = static_cast<uint8_t>(byte);
    }
    return state;
}

}  // namespace peach::tests
