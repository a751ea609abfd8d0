#pragma once
// A Peach-32 executable, read from bytes: what a loader needs (segments, entry) and what a debugger needs
// (symbols, sections by name). Immutable once parsed; copies share the bytes.
//
//   file   +------------+----------------------+------------------------+
//          | ELF header | segments (text, data)| .debug_*, .symtab, ... |
//          +------------+----------------------+------------------------+
//   An image is ours when it is ELF32, little-endian, an executable, and its e_machine is 0x7EAC.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/error.h"

namespace peach::debugger {

inline constexpr uint16_t kElfMachinePeach32 = 0x7EAC;

struct ElfSegment {
    uint32_t address;                     // virtual (for the kernel: also physical)
    uint32_t memory_size;                 // bytes in memory; beyond the contents they are zero
    std::span<const std::byte> contents;  // lives as long as the image
    bool readable;
    bool writable;
    bool executable;
};

enum class SymbolKind : uint8_t {
    none,  // a plain label
    function,
    object,
    absolute,  // a number with a name (.equ), not a place
};

struct ElfSymbol {
    std::string name;
    uint32_t address;
    uint32_t size;  // 0 where the assembler does not know (a plain label)
    SymbolKind kind;
    bool global;
};

class ElfImage {
  public:
    // Parses an executable of ours. `name` only stands in messages. Fails with a sentence for a file that is
    // empty, truncated, no ELF, of another machine, not an executable, or that points outside itself.
    static std::expected<ElfImage, Error> parse(std::vector<std::byte> bytes, std::string_view name);
    static std::expected<ElfImage, Error> load(const std::filesystem::path& path);

    const std::string& name() const { return name_; }
    uint32_t entry() const { return entry_; }
    std::span<const std::byte> bytes() const { return *bytes_; }
    std::span<const ElfSegment> segments() const { return segments_; }

    // Sorted by address; files, sections and compiler's labels (.L...) are left out.
    std::span<const ElfSymbol> symbols() const { return symbols_; }

    // The contents of a section such as ".text"; empty if absent or without contents.
    std::span<const std::byte> section(std::string_view section_name) const;

  private:
    struct Section {
        std::string name;
        std::span<const std::byte> contents;
    };
    friend class ElfParser;

    std::string name_;
    std::shared_ptr<const std::vector<std::byte>> bytes_;
    uint32_t entry_ = 0;
    std::vector<ElfSegment> segments_;
    std::vector<Section> sections_;
    std::vector<ElfSymbol> symbols_;
};

}  // namespace peach::debugger
