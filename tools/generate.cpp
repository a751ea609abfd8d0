// Writes what is derived from the machine's tables: headers for guest code and the manual.
//
//   peach-generate guest-header FILE    constants for C and preprocessed assembly (peach/machine.h)
//   peach-generate isa-manual FILE      docs/isa.md
//   peach-generate memory-map FILE      docs/memory-map.md
//
// A file is rewritten only if it changes, so that nothing is rebuilt in vain.

#include "tools/machine_tables.h"

#include "emulator/devices/registers.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/memory_map.h"
#include "emulator/isa/registers.h"
#include "emulator/isa/traps.h"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace peach::tools {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::toupper(c); });
    return result;
}

// "DISK_STATUS_DONE", of a field or a value of a device's register.
std::string part_name(const auto& row) {
    return upper(row.device) + "_" + upper(row.register_name) + "_" + upper(row.name);
}

// "4-0", "7"; "none" for no bits.
std::string bits_text(int highest, int lowest) {
    if (highest < lowest) return "none";
    return highest == lowest ? fmt::format("{}", highest) : fmt::format("{}-{}", highest, lowest);
}

// "|" would end a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string result;
    for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
    return result;
}

// ---- the guest's header ----

std::string guest_header() {
    std::string out =
        "// The machine's constants, generated from the tables in emulator/. Do not edit.\n"
        "// Every value is a plain number, so that C and preprocessed assembly can both use it.\n"
        "#ifndef PEACH_MACHINE_H\n#define PEACH_MACHINE_H\n\n";
    out +=
        "// Bits of status and ptbr, and of page table entries; a _SHIFT and a _MASK for the wider fields.\n";
    for (const BitField& field : kBitFields) {
        const std::string name = upper(field.owner) + "_" + upper(field.name);
        if (field.width == 1) {
            out += fmt::format("#define {} {:#x}  // {}\n", name, 1u << field.lowest_bit, field.sentence);
        } else {
            const uint64_t mask = ((1ull << field.width) - 1) << field.lowest_bit;
            out += fmt::format("#define {}_SHIFT {}\n#define {}_MASK {:#x}  // {}\n", name, field.lowest_bit,
                               name, mask, field.sentence);
        }
    }
    out += fmt::format(
        "\n// Causes of traps; an interrupt's cause is CAUSE_INTERRUPT + its line.\n"
        "#define CAUSE_INTERRUPT {:#x}\n",
        isa::kInterruptFlag);
    for (const auto& row : isa::kTrapCauses)
        out += fmt::format("#define CAUSE_{} {:#x}\n", upper(row.name), row.number);
    for (const auto& row : isa::kInterruptLines) {
        out += fmt::format("#define INTERRUPT_{} {}\n", upper(row.name), row.number);
    }
    out += "\n// The physical address space.\n";
    for (const NamedRegion& row : kNamedRegions) {
        const std::string name = (row.id == "ram" ? "" : "DEVICE_") + upper(row.id);
        out += fmt::format("#define {} {:#x}\n#define {}_SIZE {:#x}\n", name, row.first, name, row.size);
    }
    out += fmt::format("#define PAGE_SIZE {}\n", isa::kPageSize);
    out += "\n// Device registers, by address.\n";
    for (const DeviceRegister& row : kDeviceRegisters) {
        out += fmt::format("#define {}_{} {:#x}  // {}: {}\n", upper(row.device), upper(row.name),
                           row.address, row.access, row.sentence);
    }
    out += "\n// Parts of device registers, and what whole ones may be.\n";
    for (const DeviceField& row : kDeviceFields) {
        out += fmt::format("#define {} {:#x}  // {}\n", part_name(row),
                           ((1u << row.width) - 1) << row.lowest_bit, row.sentence);
    }
    for (const DeviceValue& row : kDeviceValues) {
        out += fmt::format("#define {} {}  // {}\n", part_name(row), row.value, row.sentence);
    }
    return out + "\n#endif\n";
}

// ---- the manual ----

struct Group {
    char digit;
    std::string_view title;
};

constexpr Group kGroups[] = {
    {'1', "Register arithmetic"},
    {'2', "Immediate arithmetic"},
    {'3', "Multiply and divide"},
    {'4', "Loads"},
    {'5', "Stores"},
    {'6', "Branches"},
    {'7', "Jumps"},
    {'8', "Upper immediates"},
    {'A', "Atomics"},
    {'E', "System"},
};

std::string instruction_section(const isa::Instruction& row) {
    return fmt::format(
        "### `{}`\n\n{}\n\n| | |\n|---|---|\n| syntax | `{}` |\n| encoding | `{}` |\n| effect | `{}` |\n"
        "| example | `{}` |\n\n",
        row.mnemonic, row.sentence,
        row.operands.empty() ? std::string(row.mnemonic) : fmt::format("{} {}", row.mnemonic, row.operands),
        row.encoding, cell(row.effect), row.example);
}

std::string register_table() {
    std::string out = "## Registers\n\n| digit | name | also | role |\n|---|---|---|---|\n";
    for (const auto& row : isa::kRegisters) {
        out += fmt::format("| `{:X}` | `{}` | `{}` | {} |\n", row.number, row.name, row.other_name, row.role);
    }
    return out +
           "\n`pc`, the address of the next instruction, stands apart: no instruction names it as an "
           "operand.\n\n";
}

std::string control_register_table() {
    std::string out = "## Control registers\n\n| number | name | access | meaning |\n|---|---|---|---|\n";
    for (const auto& row : isa::kControlRegisters) {
        out += fmt::format("| `{:02X}` | `{}` | {} | {} |\n", row.number, row.name, row.access, row.sentence);
    }
    return out +
           "\n`rw` and `ro` are for kernel mode; `user` may be read in either mode. Anything else is a "
           "`privileged_instruction` trap.\n\n";
}

std::string bit_field_table() {
    std::string out = "## Bits\n\n| word | bits | name | meaning |\n|---|---|---|---|\n";
    for (const BitField& row : kBitFields) {
        out += fmt::format("| `{}` | {} | `{}` | {} |\n", row.owner,
                           bits_text(row.lowest_bit + row.width - 1, row.lowest_bit), row.name, row.sentence);
    }
    return out + "\n";
}

std::string trap_table() {
    std::string out = "## Traps\n\n| cause | name | `badaddr` receives | why |\n|---|---|---|---|\n";
    for (const auto& row : isa::kTrapCauses) {
        out += fmt::format("| `{:X}` | `{}` | {} | {} |\n", row.number, row.name, row.badaddr, row.sentence);
    }
    for (const auto& row : isa::kInterruptLines) {
        out += fmt::format("| `{:08X}` | `{}` | 0 | {} |\n", isa::kInterruptFlag + row.number, row.name,
                           row.sentence);
    }
    return out + "\n";
}

std::string pseudo_table() {
    std::string out = "## Pseudo-instructions\n\n| you write | it becomes | meaning |\n|---|---|---|\n";
    for (const PseudoInstruction& row : kPseudoInstructions) {
        out += fmt::format("| `{}` | {} | {} |\n", row.pattern, cell(row.becomes), row.sentence);
    }
    return out;
}

constexpr std::string_view kBehaviour =
#include "emulator/isa/behaviour.inc"
    ;

std::string isa_manual() {
    std::string out =
        "# The instruction set of Peach-32\n\n"
        "Generated from the tables in `emulator/isa/`; the test suite fails when this page is stale, "
        "executes every\n"
        "effect against the interpreter and checks every example.\n\n"
        "Every instruction is one 32-bit word, written here as its eight hex digits. The first two are the "
        "opcode, and\n"
        "the first of them names the group. A letter is a field: `d` the destination register, `s` and `t` "
        "the sources\n"
        "`rs1` and `rs2`, one digit each; `iiii` a signed 16-bit immediate; `oooo` and `ooooo` a signed "
        "distance in bytes\n"
        "from this instruction, a multiple of 4; `uuuuu` the upper 20 bits of a word; `hh` a shift amount; "
        "`cc` a control\n"
        "register. So `20ABFFFD` is `addi a0, a1, -3`: opcode `20`, register `A`, register `B`, immediate "
        "`FFFD`.\n"
        "A word that no row describes is an illegal instruction; all zeros and all ones always are.\n\n";
    out += register_table();
    for (const Group& group : kGroups) {
        out += fmt::format("## Group {}: {}\n\n", group.digit, group.title);
        for (const auto& row : isa::kInstructions) {
            if (row.encoding.front() == group.digit) out += instruction_section(row);
        }
    }
    return out + control_register_table() + bit_field_table() + trap_table() + std::string(kBehaviour) +
           pseudo_table();
}

// ---- the memory map ----

std::string register_rows(std::string_view device) {
    std::string out = "| address | name | access | bits | |\n|---|---|---|---|---|\n";
    for (const DeviceRegister& row : kDeviceRegisters) {
        if (row.device != device) continue;
        out += fmt::format("| `{:08X}` | `{}` | {} | {} | {} |\n", row.address, row.name, row.access,
                           bits_text(static_cast<int>(row.bits) - 1, 0), row.sentence);
        for (const DeviceField& part : kDeviceFields) {
            if (part.device != device || part.register_name != row.name) continue;
            const auto lowest = static_cast<int>(part.lowest_bit);
            out += fmt::format("| | `{}` | | {} | {} |\n", part.name,
                               bits_text(lowest + static_cast<int>(part.width) - 1, lowest), part.sentence);
        }
        for (const DeviceValue& part : kDeviceValues) {
            if (part.device != device || part.register_name != row.name) continue;
            out += fmt::format("| | `{}` | | = {} | {} |\n", part.name, part.value, part.sentence);
        }
    }
    return out;
}

std::string memory_map() {
    std::string out =
        "# The memory map of Peach-32\n\n"
        "Generated from the tables in `emulator/isa/memory_map.inc` and `emulator/devices/`; the test suite "
        "fails "
        "when this\n"
        "page is stale. These are physical addresses; an address that is not listed is a bus error. Device "
        "registers are\n"
        "words: a smaller access is a bus error, too, and so is reading `wo` or writing `ro`. Bits that are "
        "not "
        "listed are\n"
        "read as 0, and ignored when written.\n\n"
        "| from | to | what | |\n|---|---|---|---|\n";
    for (const NamedRegion& row : kNamedRegions) {
        out += fmt::format("| `{:08X}` | `{:08X}` | {} | {} |\n", row.first, row.first + row.size - 1,
                           row.title, row.sentence);
    }
    for (const Datasheet& sheet : kDatasheets) {
        const auto* region = std::ranges::find(kNamedRegions, sheet.device, &NamedRegion::id);
        out += fmt::format("\n## {}\n\n{}{}\nNot modelled: {}\n", region->title, register_rows(sheet.device),
                           sheet.how_it_works, sheet.not_modelled);
    }
    return out;
}

std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int write_if_changed(const char* path, const std::string& text) {
    if (read_file(path) == text) return 0;
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (file.flush()) return 0;
    fmt::print(stderr, "peach-generate: cannot write {}: check the folder and its permissions\n", path);
    return 1;
}

int run(std::string_view what, const char* path) {
    if (what == "guest-header") return write_if_changed(path, guest_header());
    if (what == "isa-manual") return write_if_changed(path, isa_manual());
    if (what == "memory-map") return write_if_changed(path, memory_map());
    fmt::print(stderr, "peach-generate: no output called '{}': use guest-header, isa-manual or memory-map\n",
               what);
    return 2;
}

}  // namespace
}  // namespace peach::tools

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "peach-generate: expected WHAT and FILE: see the head of tools/generate.cpp\n");
        return 2;
    }
    return peach::tools::run(argv[1], argv[2]);
}
