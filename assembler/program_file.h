#pragma once
// Reads back what elf_writer.h wrote, with its symbols and source lines: for `dis`.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/error.h"

namespace peach::toolchain {

struct CodeRange {
    std::string section;
    uint32_t address = 0;
    std::vector<uint8_t> bytes;
};

struct DataRange {
    std::string section;
    uint32_t address = 0;
    uint32_t alignment = 1;
    bool writable = false;
    uint32_t zeros = 0;  // how many bytes, if they are no more than a number: bss
    std::vector<uint8_t> bytes = {};

    bool operator==(const DataRange&) const = default;
};

struct ProgramSymbol {
    uint32_t address = 0;
    std::string name;
};

struct ProgramLine {
    uint32_t address = 0;
    std::string file;
    uint32_t line = 0;
};

struct ProgramFile {
    uint32_t entry = 0;
    std::vector<CodeRange> code;         // executable sections
    std::vector<DataRange> data;         // what else is loaded
    std::vector<ProgramSymbol> symbols;  // of code, by address; one an address
    std::vector<ProgramLine> lines;      // by address; line 0 where no source line made the code

    // "main" or "main+0x10".
    std::optional<std::string> name_of(uint32_t address) const;
};

// Refuses, with a sentence, what is no ELF file, is cut short, or was made for another machine.
std::expected<ProgramFile, Error> read_program(const std::filesystem::path& path);

}  // namespace peach::toolchain
