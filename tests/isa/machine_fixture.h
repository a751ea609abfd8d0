#pragma once
// A machine put into a given state by the ways that everybody has: a program that sets control registers,
// logged edits of registers and memory. Then one instruction is executed.

#include "emulator/engine.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/memory_map.h"
#include "tests/isa/effect_evaluator.h"

#include <vector>

namespace peach::tests {

inline constexpr uint32_t kSetupAddress = isa::kResetAddress;
inline constexpr uint32_t kCodeAddress = isa::kResetAddress + 0x10000;
inline constexpr uint32_t kDataAddress = isa::kResetAddress + 0x1000;

class MachineFixture {
  public:
    // `before.memory` may hold bytes of RAM. With `before.reserved`, lr.w has been executed at the address in
    // rs1.
    MachineFixture(const ModelState& before, const isa::Decoded& instruction);
    MachineFixture(const ModelState& before, uint32_t instruction_word);

    void execute_one();

    // What the machine says of itself: registers, control registers, the bytes of `before.memory`.
    ModelState state() const;

  private:
    void run_setup(const ModelState& before, const isa::Decoded& instruction);
    void edit_memory(const ModelState& before, uint32_t instruction_word);
    void edit_registers(const ModelState& before);

    Engine engine_;
    std::vector<uint32_t> watched_bytes_;
    bool reserved_;
};

}  // namespace peach::tests
