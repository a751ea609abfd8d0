#pragma once
// Sections that a program walks through from end to end, as linkers arrange it: all that have one name stand
// one behind the other, and two symbols that nobody defines are their bounds.
//
//     .init_array       __init_array_start   __init_array_end    functions to call before main; those of
//     .fini_array       __fini_array_start   __fini_array_end    .init_array.N come first, by their number
//     NAME              __start_NAME         __stop_NAME         for every name that C could have
//
// A program that refers to a bound keeps all the sections between.

#include <span>

#include "assembler/layout.h"
#include "assembler/program.h"

namespace peach::assembler {

// Adds a row for each of these that the program refers to, and its bounds as provided symbols.
void find_gathered_sections(Program& program);

// The sections of the row that the symbol is a bound of; empty if it is none.
std::span<const SectionId> sections_bounded_by(const Program& program, SymbolId bound);

// Brings kept sections of one row together, behind the others.
void arrange_gathered_sections(Program& program, OutputSection& output);

// Gives the bounds their values, once sections have addresses.
void set_gathered_bounds(Program& program);

}  // namespace peach::assembler
