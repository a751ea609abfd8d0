#pragma once
// What the parser builds and the later passes finish: sections of bytes, symbols, and fixups still to be
// filled in.
//
// An instruction or datum is put into its section's bytes at once, at its least size. What may turn out
// longer (a call that is too far for one jal, an alignment or .org behind such a call, a LEB128 number)
// leaves a `Stretch` at its offset:
//
//   bytes      |........|....|...........|        least sizes, contiguous
//   stretches           ^+4  ^+0                  where bytes are inserted, how many is known after layout
//
// A position is therefore an offset into the bytes plus the number of stretches before it. Where no stretch
// grew, which is nearly everywhere, the bytes are already final.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembler/assembler.h"
#include "assembler/name_table.h"
#include "assembler/source_text.h"

namespace peach::assembler {

using SymbolId = uint32_t;
using SectionId = uint32_t;
inline constexpr SymbolId kNoSymbol = UINT32_MAX;
inline constexpr SectionId kUndefined = UINT32_MAX;     // the section of a symbol that is not defined (yet)
inline constexpr SectionId kAbsolute = UINT32_MAX - 1;  // of a symbol that is a number

// plus - minus + constant; or, for anything that has not this shape, a node of Program::nodes.
struct Expression {
    int64_t constant = 0;
    SymbolId plus = kNoSymbol;
    SymbolId minus = kNoSymbol;
    int32_t node = -1;

    bool is_constant() const { return plus == kNoSymbol && minus == kNoSymbol && node < 0; }
};

enum class Operator : uint8_t {
    add,
    subtract,
    multiply,
    divide,
    remainder,
    shift_left,
    shift_right,
    bit_and,
    bit_or,
    bit_xor,
    bit_or_not,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    logical_and,
    logical_or,
};

struct ExpressionNode {
    Operator op;
    Expression left;
    Expression right;
    uint32_t operators = 1;  // in this node and all below it
};

struct Position {
    SectionId section = kUndefined;
    uint32_t offset = 0;
    uint32_t stretches = 0;  // how many stand before it
};

struct Symbol {
    std::string_view name;  // empty for numeric labels and `.`
    Position position;
    uint32_t unit = 0;
    uint32_t defined_at = kNowhere;
    SymbolId resolved = kNoSymbol;  // the definition in another file that this name means
    int32_t value = -1;             // index into Program::values: `.set`
    int32_t size = -1;              // index into Program::values: `.size`
    uint32_t sized_at = kNowhere;   // that value's place
    uint32_t common_bytes = 0;      // `.comm`
    uint32_t common_alignment = 0;
    SymbolBinding binding = SymbolBinding::local;
    SymbolType type = SymbolType::none;
    bool declared_local = false;  // by `.local`
    bool provided = false;        // one of etext, edata, ...: its value comes from the layout
    bool reported = false;        // an error about it has been given
    bool awaited = false;         // used before it was defined

    bool is_defined() const { return position.section != kUndefined; }
};

enum class FixupKind : uint8_t {
    byte,
    half,
    word,
    quad,  // data
    signed16,
    upper20,
    shift,
    control,  // immediates, as in isa::ImmediateKind
    distance16,
    distance20,  //
    high20,
    low12,  // %hi %lo
    pcrel_high20,
    pcrel_low12,  // %pcrel_hi %pcrel_lo
    call,         // jal, or auipc and jalr: the register digit of the jal says which link
    alignment,    // nothing to fill in: an instruction stands here
    space,        // nothing to fill in: how much room follows
    org,          // the same, up to a place
};

struct Fixup {
    Expression value;
    uint32_t offset = 0;
    uint32_t stretches = 0;
    uint32_t place_begin = 0;
    uint16_t place_length = 1;
    FixupKind kind = FixupKind::word;
    uint8_t scratch = 0;  // call: the register that the auipc may use
};

enum class StretchKind : uint8_t { call, alignment, room, uleb128, sleb128 };

// What an alignment asked to be padded with: `bytes` bytes, again and again.
struct FillPattern {
    uint32_t value = 0;
    uint8_t bytes = 1;

    uint8_t byte_at(uint32_t offset) const { return static_cast<uint8_t>(value >> (8 * (offset % bytes))); }
};

struct Stretch {
    uint32_t offset = 0;  // where the extra bytes go
    uint32_t before = 0;  // sum of `extra` of the stretches before this one
    uint32_t extra = 0;
    uint32_t detail =
        0;  // call, room: index of its fixup; alignment: power of two; LEB128: index into Program::values
    uint32_t most = 0;  // alignment: no more padding than this
    uint32_t place_begin = 0;
    StretchKind kind = StretchKind::call;
    std::optional<FillPattern> fill = std::nullopt;  // alignment, room: what was asked for
};

// A row for the line table: the instruction at this position came from there.
struct LineRow {
    uint32_t offset = 0;
    uint32_t stretches = 0;
    uint32_t file = 0;
    uint32_t line = 0;
    uint16_t column = 0;
    bool is_statement = true;
    bool basic_block = false;
    bool prologue_end = false;
    bool epilogue_begin = false;
    bool is_view = false;  // counted by `.loc`'s view numbers
    uint32_t discriminator = 0;
};

struct Section {
    std::string_view name;
    uint32_t unit = 0;
    uint32_t alignment = 1;
    bool loaded = false;
    bool writable = false;
    bool executable = false;
    bool zeroed = false;  // no bytes, only a size
    bool retained = false;
    bool is_irregular = false;  // its stretches may insert other numbers of bytes than multiples of 4
    uint32_t zeroed_bytes = 0;
    std::vector<uint8_t> bytes = {};
    std::vector<Fixup> fixups = {};
    std::vector<Stretch> stretches = {};
    std::vector<LineRow> lines = {};

    // The last instruction so far, for a warning.
    uint32_t last_instruction = kNowhere;
    uint32_t last_instruction_end = 0;
    bool falls_through = false;

    // Set by the later passes.
    bool kept = false;
    uint32_t address = 0;  // or, for sections that are not loaded, the offset in the merged section

    uint32_t size() const { return zeroed ? zeroed_bytes : static_cast<uint32_t>(bytes.size()); }
    uint32_t stretched(uint32_t offset, uint32_t stretch_count) const {
        if (stretch_count == 0) return offset;
        const Stretch& last = stretches[stretch_count - 1];
        return offset + last.before + last.extra;
    }
    uint32_t final_size() const { return stretched(size(), static_cast<uint32_t>(stretches.size())); }
};

struct LineFile {
    std::string_view directory;
    std::string_view name;
    std::string_view md5;  // 32 hex digits, or empty
    bool used = false;
};

// A rule about the caller's frame, in DWARF's encoding, from a place in the code on.
struct FrameRule {
    uint32_t offset = 0;
    uint32_t stretches = 0;
    uint32_t first_byte = 0;  // in Unit::frame_bytes
    uint32_t byte_count = 0;
};

// What stands between .cfi_startproc and .cfi_endproc.
struct FrameProcedure {
    SectionId section = kUndefined;
    Position begin;
    Position end = {};
    uint32_t defined_at = kNowhere;
    uint32_t first_rule = 0;     // in Unit::frame_rules
    uint32_t last_rule = 0;      // one behind
    uint32_t return_column = 1;  // where the return address is: ra
    bool is_signal = false;      // the caller was interrupted, it did not call
    bool is_simple = false;      // no rules to begin with
    bool is_open = true;
};

// One source file.
struct Unit {
    std::string_view name;
    NameTable names;  // to SymbolId
    std::vector<SectionId> sections;
    std::vector<FrameProcedure> procedures;
    std::vector<FrameRule> frame_rules;
    std::vector<uint8_t> frame_bytes;
    std::vector<LineFile> files;       // by the numbers of `.file N`
    bool has_line_directives = false;  // `.loc` seen: the lines are a compiler's, not this file's own
    bool is_compiled = false;          // a compiler's output
    bool has_line_section = false;     // the compiler made a .debug_line section for us to fill
};

// Sections that stand one behind the other between two symbols: see gathered_sections.h.
struct GatheredSections {
    std::vector<SectionId> sections;  // in this order
    SymbolId start = kNoSymbol;       // no symbol: nobody asks for it
    SymbolId stop = kNoSymbol;
};

struct Program {
    SourceMap texts;
    std::vector<Unit> units;
    std::vector<Section> sections;
    std::vector<Symbol> symbols;
    std::vector<Expression> values;
    std::vector<ExpressionNode> nodes;
    std::vector<GatheredSections> gathered;
    int64_t filled_bytes = 0;  // by .space, .incbin and their like
    bool incomplete = false;   // there were errors: statements are missing, so that distances mean nothing
    NameTable shared;          // names with global or weak binding, to the SymbolId of the definition

    const Symbol& resolve(SymbolId id) const {
        const Symbol* symbol = &symbols[id];
        while (symbol->resolved != kNoSymbol) symbol = &symbols[symbol->resolved];
        return *symbol;
    }
};

}  // namespace peach::assembler
