#pragma once
// Disassembly with its C source between the instructions, around the pc or any address; kernel and user
// programs.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assembler/disassembler.h"
#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

enum class CodeRowKind : uint8_t { label, source, instruction };

struct CodeRow {
    CodeRowKind kind = CodeRowKind::instruction;
    uint32_t address = 0;  // of the instruction, or of the first one that follows
    uint32_t word = 0;     // the instruction
    std::string bytes;     // "20A20010"
    std::vector<assembler::Token> tokens;
    std::string text;      // the label's name, the source line, or the instruction
    SourcePlace place;     // of a source row, and of an instruction if it is known
    bool current = false;  // the next instruction to be executed, or its source line
    bool breakpoint = false;
    bool breakpoint_enabled = false;
};

struct CodeView {
    std::string title;    // "kernel: swtch" or "primes: main"
    std::string message;  // why there are no rows; empty: there are
    std::vector<CodeRow> rows;
    int current_row = -1;  // the instruction row of the pc, if it is among the rows
};

struct CodeQuery {
    unsigned cpu = 0;
    std::optional<uint32_t> address = std::nullopt;  // centre; nothing: the pc
    int instructions_before = 40;
    int instructions_after = 80;
};

// The manual's words for an instruction: its operands, what it does, and a sentence.
std::string explain_instruction(uint32_t word);
CodeView code_view(const Session& session, const CodeQuery& query);
Table code_table(const Session& session);

}  // namespace peach::debugger
