#pragma once
// One step up the stack: where the function that stands at a pc will return to. An image's frame rules
// (.debug_frame) say it for each instruction; they also lead through traps. Where there are none, frame
// pointers do: they are always on in guest code, but the first and last instructions of a function run
// without its frame, so these are looked at one by one:
//
//     f:  addi sp, sp, -16       here the caller's frame is still in the registers
//         sw   ra, 12(sp)
//         sw   fp, 8(sp)
//         addi fp, sp, 16        from here on:  cfa = fp, return address at fp-4, caller's fp at fp-8
//         ...
//         lw   ra, 12(sp)
//         lw   fp, 8(sp)         from here on ra and fp are the caller's
//         lw   s1, 4(sp)
//         addi sp, sp, 16        and so is sp
//         ret                    or a jump to a function that returns for this one
//
// Compilers write no rules for such an end, as if the frame stood until the return: so it is looked for
// first. Assembly functions without a frame are taken to keep their return address in ra.

#include <cstdint>
#include <optional>

#include "debugger/debug_info.h"
#include "debugger/memory_reader.h"
#include "emulator/cpu.h"

namespace peach::debugger {

struct StackPosition {
    uint32_t pc = 0;
    uint32_t sp = 0;
    uint32_t fp = 0;
    uint32_t ra = 0;
    bool innermost =
        true;  // the registers are the CPU's own; callers stand right behind a call, with their frame up
    const Cpu* cpu = nullptr;  // whose rules at a kernel's entry name other registers, too; or null
};

// Where a trap stopped something, from the registers that the kernel's entry saved.
struct InterruptedFrame {
    uint32_t pc = 0;
    uint32_t sp = 0;
    uint32_t fp = 0;
    uint32_t ra = 0;
};

struct CallerFrame {
    uint32_t return_address = 0;
    uint32_t cfa = 0;  // sp before the call, and after the return
    uint32_t fp = 0;   // the caller's
};

// If the code at `at` was entered by a trap, as its frame rules say: what the trap interrupted.
std::optional<InterruptedFrame> interrupted_by(const StackPosition& at, const DebugInfo* info,
                                               const MemoryReader& memory);

// Nothing if the stack ends here or makes no sense.
std::optional<CallerFrame> caller_of(const StackPosition& at, const DebugInfo* info,
                                     const MemoryReader& memory);

}  // namespace peach::debugger
