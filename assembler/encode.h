#pragma once
// isa::encode() for an instruction whose operands have been checked: that it does not fit is our own bug.

#include "emulator/base/assert.h"
#include "emulator/isa/instructions.h"

namespace peach::assembler {

inline uint32_t encode_checked(const isa::Decoded& instruction) {
    const std::optional<uint32_t> word = isa::encode(instruction);
    PEACH_ASSERT(word.has_value());
    return *word;
}

}  // namespace peach::assembler
