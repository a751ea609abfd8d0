#pragma once
// Everything the debugger knows about one executable: functions, lines, variables, types and symbols, read
// once from its DWARF and symbol table. Immutable and free of library handles: share it as
// `std::shared_ptr<const DebugInfo>` between threads as you like. An executable without DWARF gives a
// DebugInfo with symbols only.

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "debugger/elf_image.h"
#include "debugger/frame_rules.h"
#include "debugger/memory_reader.h"
#include "debugger/types.h"
#include "emulator/base/error.h"

namespace peach::debugger {

// The registers of one CPU or of one stack frame; x[0] is zero.
struct RegisterValues {
    std::array<uint32_t, 16> x{};
    uint32_t pc = 0;
};

struct AddressRange {
    uint32_t low = 0;   // first byte
    uint32_t high = 0;  // first byte after
    bool contains(uint32_t address) const { return address - low < high - low; }
    bool operator==(const AddressRange&) const = default;
};

// One operation of a DWARF location description.
struct LocationOperation {
    uint8_t code;  // DW_OP_*
    uint64_t first = 0;
    uint64_t second = 0;
};

struct LocationChoice {
    AddressRange where;  // {0, 0xFFFFFFFF}: everywhere in the variable's scope
    std::vector<LocationOperation> operations;
};

inline constexpr uint16_t kNoFile = 0xFFFF;  // the compiler did not say

struct Variable {
    std::string name;
    const Type* type = nullptr;
    bool is_parameter = false;
    uint16_t file = kNoFile;  // index into files()
    uint32_t line = 0;
    std::vector<AddressRange> scope;  // where the name is visible; empty for globals
    uint16_t depth = 0;               // nesting of the block: the deepest wins
    std::vector<LocationChoice> locations;
    std::optional<int64_t> constant;  // the optimiser replaced it by this value
};

// A call that is none: the compiler put the called function's code in its place.
struct InlinedCall {
    std::string name;                  // of the called function
    std::vector<AddressRange> ranges;  // its code in this place
    uint32_t entry = 0;
    uint16_t file = kNoFile;  // where the call stands
    uint32_t line = 0;
};

struct Function {
    std::string name;
    uint32_t low_pc = 0;           // its entry
    uint32_t high_pc = 0;          // first byte after
    const Type* result = nullptr;  // TypeTable::nothing() for void
    uint16_t file = kNoFile;
    uint32_t line = 0;
    bool external = false;
    std::vector<LocationOperation> frame_base;
    std::vector<Variable> parameters;        // in the order of the declaration
    std::vector<Variable> locals;            // those of inlined calls included
    std::vector<InlinedCall> inlined_calls;  // each before those that lie within it
};

// A row of the line table: the instructions in `where` came from this place in the source.
struct LineEntry {
    AddressRange where;
    uint16_t file = 0;
    uint16_t column = 0;  // from 1; 0: unknown
    uint32_t line = 0;    // from 1; 0: no source line
    bool is_statement = false;
    bool prologue_end = false;  // the function's frame stands from here on
};

struct SourceLocation {
    std::string_view file;  // path as recorded; see SourceTree for its text
    uint16_t file_index = 0;
    uint32_t line = 0;
    uint32_t column = 0;
    bool is_statement = false;
    AddressRange where;
};

struct SymbolAt {
    const ElfSymbol* symbol = nullptr;
    uint32_t offset = 0;
    std::string text() const;  // "swtch", "swtch+8"
};

// Where a variable is at one moment.
struct ValueLocation {
    enum class Kind : uint8_t { memory, register_number, value, unavailable };
    Kind kind = Kind::unavailable;
    uint64_t number = 0;  // the address, the register's number, or the value itself
    std::string why;      // if unavailable
};

class DebugInfo {
  public:
    // Fails only if the DWARF is damaged. Costs milliseconds for a kernel.
    static std::expected<std::shared_ptr<const DebugInfo>, Error> load(const ElfImage& image);

    const ElfImage& image() const { return image_; }
    const TypeTable& types() const { return *types_; }

    // ---- Functions
    // -----------------------------------------------------------------------------------------
    std::span<const Function> functions() const { return functions_; }  // by address
    const Function* function_at(uint32_t pc) const;
    const Function* find_function(std::string_view name) const;
    // The calls that the instruction at `pc` belongs to although none was made, the innermost first.
    std::vector<const InlinedCall*> inlined_calls_at(uint32_t pc) const;
    // Where every function of that name begins, behind its prologue, and every copy of it inside others.
    std::vector<uint32_t> entries_of(std::string_view name) const;

    // ---- Source lines
    // -------------------------------------------------------------------------------------- Absolute paths
    // as recorded by the compiler, each once. Index 0 is a real file like the others.
    std::span<const std::string> files() const { return files_; }
    // By index, exact path, or a unique tail ("kernel/process.c", "process.c").
    std::optional<uint16_t> find_file(std::string_view path) const;

    std::span<const LineEntry> lines() const { return lines_; }  // by address, no overlaps
    std::optional<SourceLocation> line_at(uint32_t pc) const;

    // Where a stop at file:line belongs: the first statement address of every piece of code made from that
    // line, or from the next line below that has code (`line` tells which). Empty if there is none.
    struct LineAddresses {
        uint32_t line = 0;
        std::vector<uint32_t> addresses;
    };
    LineAddresses addresses_of(uint16_t file, uint32_t line) const;
    // The end of a function's prologue: where its frame stands and its locals can be read.
    uint32_t after_prologue(const Function& function) const;

    // ---- Frames
    // --------------------------------------------------------------------------------------------
    // What .debug_frame says about the instruction at `pc`; nothing where it is silent.
    const FrameRules* frame_rules_at(uint32_t pc) const;

    // ---- Symbols
    // -------------------------------------------------------------------------------------------
    const ElfSymbol* find_symbol(std::string_view name) const;
    // The nearest symbol at or below `address` that is not beyond its size (if it has one) and in the same
    // segment.
    std::optional<SymbolAt> symbol_at(uint32_t address) const;

    // ---- Variables
    // -----------------------------------------------------------------------------------------
    std::span<const Variable> globals() const { return globals_; }
    const Variable* find_global(std::string_view name) const;  // file-local ones too
    std::optional<uint32_t> global_address(const Variable& variable) const;
    // The global or static variable that covers an address, and the distance from its start.
    std::optional<std::pair<const Variable*, uint32_t>> global_at(uint32_t address) const;
    // What a C expression at `pc` may name, innermost first, parameters last, hidden names left out.
    std::vector<const Variable*> variables_at(uint32_t pc) const;
    ValueLocation locate(const Variable& variable, const RegisterValues& registers,
                         const MemoryReader& memory) const;

  private:
    friend class DwarfLoader;
    explicit DebugInfo(ElfImage image);
    void index();

    ElfImage image_;
    std::unique_ptr<TypeTable> types_;
    std::vector<Function> functions_;
    std::vector<std::string> files_;
    std::vector<LineEntry> lines_;
    std::vector<FrameRules> frame_rules_;
    std::vector<Variable> globals_;
    std::unordered_map<std::string_view, size_t> function_names_, symbol_names_, global_names_;
    std::vector<std::pair<uint32_t, size_t>> global_addresses_;  // by address
    std::vector<std::vector<uint32_t>> file_lines_;              // per file: indices into lines_, by line
};

}  // namespace peach::debugger
