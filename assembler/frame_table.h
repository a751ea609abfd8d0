#pragma once
// How to find a function's caller from any of its instructions, as `.cfi_*` directives tell it: DWARF's
// .debug_frame.
//
//     f:  .cfi_startproc            cfa = sp
//         addi sp, sp, -16
//         .cfi_def_cfa_offset 16    cfa = sp + 16
//         sw ra, 12(sp)
//         .cfi_offset ra, -4        the caller's ra is at cfa - 4

#include "assembler/program.h"

namespace peach::assembler {

// Writes each file's .debug_frame; call it when the loaded sections have their addresses.
void write_frame_tables(Program& program);

}  // namespace peach::assembler
