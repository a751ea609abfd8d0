#pragma once
// Instruction words back into text that the assembler accepts.
//
//   disassemble(0x71010000, 0x10000)         "ret"
//   disassemble(0x60AB0008, 0x10000, names)  "beq a1, a0, loop"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace peach::assembler {

enum class TokenKind : uint8_t {
    mnemonic,
    directive,  // ".word", for words that are no instruction
    register_name,
    control_register,
    number,
    address,  // a branch or jump target without a name
    symbol,   // one with a name, "main" or "main+0x10"
    punctuation,
};

struct Token {
    TokenKind kind = TokenKind::punctuation;
    std::string text;
    std::optional<uint32_t> target = std::nullopt;  // of an address or symbol: where it leads
};

// Names an address, as "main" or "main+0x10"; nothing if no symbol covers it.
using Symbolizer = std::function<std::optional<std::string>(uint32_t address)>;

enum class Aliases : uint8_t {
    prefer,  // "ret", "li a0, 3"
    never,   // "jalr zero, 0(ra)", "addi a0, zero, 3"
};

struct DisassemblerOptions {
    Aliases aliases = Aliases::prefer;
    Symbolizer symbolizer = nullptr;
};

// The tokens include their spaces (in punctuation tokens): joined, they are the text.
std::vector<Token> disassemble_tokens(uint32_t word, uint32_t pc, const DisassemblerOptions& options = {});

std::string disassemble(uint32_t word, uint32_t pc, const DisassemblerOptions& options = {});
std::string disassemble(uint32_t word, uint32_t pc, const Symbolizer& symbolizer);

}  // namespace peach::assembler
