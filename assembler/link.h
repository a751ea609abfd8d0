#pragma once
// Between parsing and layout: which definition a name means, and which sections a program needs.

#include "assembler/program.h"

namespace peach::assembler {

// Makes every name that another file defines point there. Reports names that are defined twice. Gives room in
// bss to
// `.comm` symbols, and adds the symbols that the layout provides: etext, edata, end, ...
void resolve_symbols(Program& program, Reporter& reporter);

// A symbol whose value comes from the layout; none if the program has a definition of its own.
SymbolId provide_symbol(Program& program, std::string_view name);

// The symbol where the program begins: a shared name, or else the only local one. Reports if there is none.
SymbolId find_entry(const Program& program, std::string_view name, Reporter& reporter);

// Marks the sections that the program needs as kept: those that are reachable from the entry's, and debug
// information of files that are needed at all.
void keep_reachable_sections(Program& program, SymbolId entry);
void keep_all_sections(Program& program);

// Reports names that no file defines, and what cannot be computed.
void check_symbols(Program& program, Reporter& reporter);

}  // namespace peach::assembler
