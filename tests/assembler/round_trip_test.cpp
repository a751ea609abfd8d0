// Text to words and back.

#include <fmt/format.h>

#include "assembler/disassembler.h"
#include "emulator/isa/instructions.h"
#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

constexpr uint32_t kBase = 0x10000000;

// The part of an instruction table's example between the semicolons.
std::string instruction_of(std::string_view example) {
    const size_t first = example.find(';');
    const size_t second = example.find(';', first + 1);
    return std::string(example.substr(first + 1, second - first - 1));
}

// Disassembles each word, assembles all the text again and compares.
void expect_round_trip(const std::vector<uint32_t>& words, Aliases aliases) {
    std::string text;
    for (size_t i = 0; i < words.size(); ++i) {
        const uint32_t pc = kBase + static_cast<uint32_t>(4 * i);
        text +=
            disassemble(words[i], pc, DisassemblerOptions{.aliases = aliases, .symbolizer = nullptr}) + "\n";
    }
    const std::vector<uint32_t> again = words_of(assemble_scrap(text, kBase));
    ASSERT_EQ(again.size(), words.size());
    for (size_t i = 0; i < words.size(); ++i) {
        ASSERT_EQ(again[i], words[i])
            << disassemble(words[i], kBase + static_cast<uint32_t>(4 * i), DisassemblerOptions{});
    }
}

TEST(RoundTrip, EveryInstructionsExampleIsItselfAfterwards) {
    for (const isa::Instruction& row : isa::kInstructions) {
        const std::vector<uint32_t> words = words_of(assemble_scrap(instruction_of(row.example), kBase));
        ASSERT_EQ(words.size(), 1u) << row.example;
        const auto decoded = isa::decode(words[0]);
        ASSERT_TRUE(decoded.has_value()) << row.example;
        EXPECT_EQ(decoded->op, row.op);
        expect_round_trip(words, Aliases::prefer);
        expect_round_trip(words, Aliases::never);
    }
}

// A stride that is prime to 2^32 meets every opcode, register and immediate pattern.
TEST(RoundTrip, AStridedSampleOfAllWords) {
    std::vector<uint32_t> words;
    uint32_t word = 0;
    for (int i = 0; i < 200'000; ++i, word += 0x9E3779B1u) words.push_back(word);
    expect_round_trip(words, Aliases::prefer);
    expect_round_trip(words, Aliases::never);
}

// Most words of the sample above are illegal; here every instruction gets its share.
TEST(RoundTrip, EveryInstructionWithManyOperands) {
    std::vector<uint32_t> words;
    for (size_t op = 0; op < isa::kInstructionCount; ++op) {
        const isa::Layout& layout = isa::kLayouts[op];
        for (uint32_t i = 0; i < 3000; ++i) {
            const uint32_t word = layout.fixed_value | ((i * 0x9E3779B1u) & ~layout.fixed_mask);
            if (isa::decode(word)) words.push_back(word);
        }
    }
    EXPECT_GT(words.size(), isa::kInstructionCount * 10);
    expect_round_trip(words, Aliases::prefer);
    expect_round_trip(words, Aliases::never);
}

TEST(Disassembler, PrefersTheNamesThatPeopleWrite) {
    const auto text = [](std::string_view source) {
        return disassemble(words_of(assemble_scrap(std::string(source), kBase)).at(0), kBase,
                           DisassemblerOptions{});
    };
    for (const std::string_view line : {"nop",
                                        "ret",
                                        "mv a0, a1",
                                        "li a0, -3",
                                        "li a0, 0",
                                        "not a0, a1",
                                        "neg a0, a1",
                                        "jr a0",
                                        "seqz a0, a1",
                                        "snez a0, a1",
                                        "rdcycle a0",
                                        "beqz a0, 0x10000010",
                                        "j 0x10000010",
                                        "jal 0x10000010",
                                        "jalr a0",
                                        "sub a0, a1, a2",
                                        "lw a0, -4(sp)",
                                        "csrrw sp, scratch, sp",
                                        "lr.w a0, (a1)",
                                        "sc.w a0, a2, (a1)",
                                        "lui a0, 0xfffff",
                                        "fence"}) {
        EXPECT_EQ(text(line), line);
    }
}

TEST(Disassembler, KeepsTheRealInstructionOnRequest) {
    EXPECT_EQ(
        disassemble(0x71010000, kBase, DisassemblerOptions{.aliases = Aliases::never, .symbolizer = nullptr}),
        "jalr zero, 0(ra)");
}

TEST(Disassembler, NamesTargetsAndTellsWhereTheyLead) {
    const Symbolizer names = [](uint32_t address) { return fmt::format("main+{:#x}", address - kBase); };
    const uint32_t word = words_of(assemble_scrap("beq a1, a0, .+16", kBase)).at(0);
    const std::vector<Token> tokens = disassemble_tokens(word, kBase, {.symbolizer = names});
    ASSERT_FALSE(tokens.empty());
    EXPECT_EQ(tokens.front().kind, TokenKind::mnemonic);
    EXPECT_EQ(tokens.back().kind, TokenKind::symbol);
    EXPECT_EQ(tokens.back().text, "main+0x10");
    EXPECT_EQ(tokens.back().target, kBase + 16);
    EXPECT_EQ(disassemble(word, kBase, names), "beq a1, a0, main+0x10");
}

TEST(Disassembler, ShowsIllegalWordsAsData) {
    EXPECT_EQ(disassemble(0, kBase, DisassemblerOptions{}), ".word 0x00000000");
    EXPECT_EQ(disassemble(0xFFFFFFFF, kBase, DisassemblerOptions{}), ".word 0xffffffff");
}

}  // namespace
}  // namespace peach::assembler::testing
