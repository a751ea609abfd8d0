#pragma once
// Debug information that the assembler writes itself: DWARF 5 line tables, and a compile unit for each
// hand-written file, so that debuggers find it.

#include "assembler/program.h"

namespace peach::assembler {

// Fills each file's .debug_line from its line rows; call it when the loaded sections have their addresses.
// For a file without a compiler's debug information, also adds .debug_info, .debug_abbrev and
// .debug_rnglists.
void write_line_tables(Program& program, const std::string& directory);

// The image's line map, for hand-written files.
void write_line_map(const Program& program, Result& result);

}  // namespace peach::assembler
