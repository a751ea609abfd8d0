#pragma once
// A program image as an ELF file: ELF32, little-endian, ET_EXEC, machine 0x7EAC.
//
// Each of text, rodata and data+bss is one page-aligned PT_LOAD segment; file offsets agree with addresses
// modulo the page size, so that a kernel can map the file page by page. .symtab, .strtab and .debug_* stand
// behind them.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "assembler/assembler.h"

namespace peach::assembler {

inline constexpr uint16_t kElfMachine = 0x7EAC;
inline constexpr uint32_t kPageBytes = 4096;

std::vector<std::byte> write_elf(const Image& image);

}  // namespace peach::assembler
