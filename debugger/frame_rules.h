#pragma once
// Where the caller's registers are, instruction by instruction: an image's .debug_frame, read once.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace peach::debugger {

// DWARF numbers registers as the machine does, and control registers (as RISC-V's ABI has it) from here on.
inline constexpr uint32_t kFirstControlColumn = 4096;

// One register of the caller's.
struct RegisterRule {
    enum class Kind : uint8_t {
        same,         // still in its register
        in_register,  // in another one
        in_stack,     // at cfa + offset
        is_cfa,       // it is the cfa
        unknown,
    };
    Kind kind = Kind::unknown;
    int32_t offset = 0;
    uint32_t column = 0;  // which other one: DWARF's number, as below
};

struct FrameRules {
    uint32_t low = 0;          // for the instructions from here
    uint32_t high = 0;         // to before here
    bool cfa_from_fp = false;  // the canonical frame address is fp + offset, else sp + offset
    int32_t cfa_offset = 0;
    RegisterRule return_address;
    RegisterRule ra;
    RegisterRule sp;
    RegisterRule fp;
    bool interrupted = false;  // the caller did not call: a trap stopped it
};

// By address. `elf` is a whole ELF file; one without .debug_frame has no rules.
std::vector<FrameRules> read_frame_rules(std::span<const std::byte> elf,
                                         std::span<const std::byte> debug_frame);

}  // namespace peach::debugger
