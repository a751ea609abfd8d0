#pragma once
// The assembler: text in, a program image out. No files, no globals, no exit; see toolchain.h for the
// command.
//
// All sources of a program are assembled together. A label belongs to its own file unless `.globl` (or
// `.weak`,
// `.comm`) shares it. Sections that nothing reachable from the entry refers to are dropped; debug information
// about them then says address 0xFFFFFFFF, as DWARF wants it.
//
// The image, from low to high addresses:
//
//   text_base   +----------+
//               | text     |  read, execute     the section that holds the entry stands first
//   page        +----------+
//               | rodata   |  read
//   page        +----------+
//               | data     |  read, write
//               | bss      |
//               +----------+
//
// Symbols that the program may refer to, and may define itself: __text_start etext __data_start edata
// __bss_start end.
//
// Not modelled: relocatable object files, shared libraries, thread-local storage, sections of other names in
// segments of their own (a section joins text, rodata, data or bss by its flags).

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assembler/diagnostics.h"

namespace peach::assembler {

struct Source {
    std::string name;  // for diagnostics and the line table
    std::string text;
};

// What `.include` and `.incbin` ask for. The assembler opens no files: whoever calls it decides what a name
// means.
struct LoadedFile {
    std::string name;  // for diagnostics and the line table
    std::string text;
};
// The file of that name, asked for by the file `from`; or why not, in a few words.
using FileLoader =
    std::function<std::expected<LoadedFile, std::string>(const std::string& name, const std::string& from)>;

struct Options {
    uint32_t text_base = 0x10000;
    std::string entry = "_start";
    std::string directory = ".";      // where hand-written sources lie, for debuggers
    bool keep_unreferenced = false;   // keep every section
    bool entry_at_text_base = false;  // no entry symbol needed: for scraps of code that are typed in
    FileLoader loader = nullptr;      // without one, nothing can be included
    WarningSet warnings = {};
    bool warnings_are_errors = false;
};

// A section of the image. `bytes` is empty for bss, whose size is then only a number.
struct ImageSection {
    std::string name;
    uint32_t address = 0;  // 0 for sections that are not loaded: .debug_*
    uint32_t size = 0;
    uint32_t alignment = 1;
    bool loaded = false;
    bool writable = false;
    bool executable = false;
    bool zeroed = false;  // bss
    std::vector<std::byte> bytes = {};
};

enum class SymbolType : uint8_t { none, object, function, section, file };
enum class SymbolBinding : uint8_t { local, global, weak };

inline constexpr int kAbsoluteSection = -1;

struct ImageSymbol {
    std::string name;
    uint32_t address = 0;
    uint32_t size = 0;
    SymbolType type = SymbolType::none;
    SymbolBinding binding = SymbolBinding::local;
    int section = kAbsoluteSection;  // index into Image::sections
};

struct Image {
    uint32_t entry = 0;
    std::vector<ImageSection> sections;
    std::vector<ImageSymbol> symbols;  // locals first, as ELF wants them
};

// Which line of which source made the instruction at an address; ascending addresses, one entry a run of
// instructions.
struct LineMapEntry {
    uint32_t address = 0;
    uint32_t source = 0;  // index into Result::files
    uint32_t line = 0;
};

struct Result {
    std::optional<Image> image;  // nothing if there are errors
    std::vector<Diagnostic> diagnostics;
    std::vector<LineMapEntry> lines;
    std::vector<std::string> files;  // the sources that were given, in their order, then what they included
};

Result assemble(std::span<const Source> sources, const Options& options = {});

}  // namespace peach::assembler
