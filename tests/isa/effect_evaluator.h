#pragma once
// Executes the effect column of the instruction table: the learner's reading of an instruction, taken at its
// word. It shares nothing with the interpreter but the table, so that the two can be held against each other.
// The language is described at the head of emulator/isa/instructions.inc.

#include "emulator/isa/instructions.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace peach::tests {

// What an instruction can see and change. Memory is sparse: bytes that are not listed read as zero.
struct ModelState {
    std::array<uint32_t, 16> x{};
    uint32_t pc = 0;
    std::map<uint32_t, uint8_t> memory;
    std::map<uint8_t, uint32_t> control;
    bool reserved = false;

    bool operator==(const ModelState&) const = default;
};

// The state after `instruction`. Throws std::invalid_argument if the effect is not in the language: a fault
// of the table, which fails the test that called.
ModelState execute_effect(const isa::Decoded& instruction, const ModelState& before);

}  // namespace peach::tests
