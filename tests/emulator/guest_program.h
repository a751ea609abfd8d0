#pragma once
// Small guest programs for the tests, made with isa::encode(), and machines to run them on.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emulator/base/assert.h"
#include "emulator/devices/registers.h"
#include "emulator/engine.h"
#include "emulator/isa/instructions.h"

namespace peach::testing {

using isa::Control;
using isa::Op;

enum Reg : uint8_t { zero, ra, sp, gp, tp, t0, t1, t2, fp, s1, a0, a1, a2, a3, a4, a5 };

inline constexpr uint32_t kStart = isa::kResetAddress;

// The word of an instruction that can be encoded.
inline uint32_t encoded(const isa::Decoded& decoded) {
    const std::optional<uint32_t> word = isa::encode(decoded);
    PEACH_ASSERT(word.has_value());
    return word.value_or(0);
}

// Collects instruction words. Distances are in bytes from the instruction, addresses absolute.
class Program {
  public:
    explicit Program(uint32_t address = kStart) : address_(address) {}

    uint32_t here() const { return address_ + static_cast<uint32_t>(words_.size()) * 4; }
    uint32_t address() const { return address_; }
    std::span<const std::byte> bytes() const { return std::as_bytes(std::span(words_)); }

    Program& word(uint32_t value) {
        words_.push_back(value);
        return *this;
    }
    Program& op(const isa::Decoded& decoded) { return word(encoded(decoded)); }
    Program& rrr(Op o, Reg rd, Reg rs1, Reg rs2) { return op({o, rd, rs1, rs2, 0}); }
    Program& rri(Op o, Reg rd, Reg rs1, int32_t immediate) { return op({o, rd, rs1, 0, immediate}); }
    Program& load(Op o, Reg rd, int32_t offset, Reg base) { return op({o, rd, base, 0, offset}); }
    Program& store(Op o, Reg value, int32_t offset, Reg base) { return op({o, 0, base, value, offset}); }
    Program& branch(Op o, Reg left, Reg right, uint32_t target) {
        return op({o, 0, left, right, static_cast<int32_t>(target - here())});
    }
    Program& jump(uint32_t target, Reg link = zero) {
        return op({Op::jal, link, 0, 0, static_cast<int32_t>(target - here())});
    }
    Program& li(Reg rd, uint32_t value) {  // always two instructions
        const uint32_t upper = (value + 0x800) & 0xFFFFF000;
        op({Op::lui, rd, 0, 0, static_cast<int32_t>(upper)});
        return op({Op::addi, rd, rd, 0, static_cast<int32_t>(value - upper)});
    }
    Program& addi(Reg rd, Reg rs1, int32_t immediate) { return rri(Op::addi, rd, rs1, immediate); }
    Program& csrw(Control number, Reg value) {
        return op({Op::csrw, 0, value, 0, static_cast<int32_t>(number)});
    }
    Program& csrr(Reg rd, Control number) { return op({Op::csrr, rd, 0, 0, static_cast<int32_t>(number)}); }
    Program& plain(Op o) { return op({o}); }
    Program& store_word(uint32_t address, uint32_t value) {  // through t0 and t1; five instructions
        return li(t0, address).li(t1, value).store(Op::sw, t1, 0, t0);
    }
    Program& power_off(uint8_t exit_status = 0) { return store_word(device::power_off, exit_status); }
    Program& pad_to(uint32_t address) {
        while (here() < address) addi(zero, zero, 0);
        return *this;
    }

  private:
    uint32_t address_;
    std::vector<uint32_t> words_;
};

inline MachineConfig small_config(unsigned cpus = 1) {
    MachineConfig config;
    config.cpu_count = cpus;
    config.ram_bytes = 1 << 20;
    return config;
}

inline Machine machine_with(const Program& program, const MachineConfig& config = small_config()) {
    Machine machine(config);
    PEACH_ASSERT(machine.write_physical(program.address(), program.bytes()));
    return machine;
}

inline uint32_t word_at(const Machine& machine, uint32_t physical) {
    uint32_t word = 0;
    PEACH_ASSERT(machine.read_physical(physical, std::as_writable_bytes(std::span(&word, 1))));
    return word;
}

inline void put_word(Machine& machine, uint32_t physical, uint32_t value) {
    PEACH_ASSERT(machine.write_physical(physical, std::as_bytes(std::span(&value, 1))));
}

inline constexpr uint64_t kPlenty = 1'000'000;

// Runs to the end (power off, idle or `limit`).
struct Finished {
    Machine machine;
    RunOutput output;
    RunResult result;
};

inline Finished run_program(Machine machine, uint64_t limit = kPlenty) {
    Engine engine(std::move(machine));
    RunOutput output;
    output.collect_traps = true;
    const RunResult result = engine.run(limit, output);
    return {engine.machine(), output, result};
}
inline Finished run_program(const Program& program, uint64_t limit = kPlenty) {
    return run_program(machine_with(program), limit);
}

}  // namespace peach::testing
