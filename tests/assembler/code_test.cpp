// Instructions, pseudo-instructions and how calls and branches reach.

#include <fmt/format.h>

#include "assembler/disassembler.h"
#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

constexpr uint32_t kBase = 0x10000;

// The real instructions a text becomes.
std::vector<std::string> code(const std::string& text) {
    std::vector<std::string> lines;
    uint32_t pc = kBase;
    for (const uint32_t word : words_of(assemble_scrap(text, kBase))) {
        lines.push_back(
            disassemble(word, pc, DisassemblerOptions{.aliases = Aliases::never, .symbolizer = nullptr}));
        pc += 4;
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Code, EncodesAsTheManualDraws) {
    EXPECT_EQ(words_of(assemble_scrap("addi a0, a1, -3")).at(0), 0x20ABFFFDu);
    EXPECT_EQ(words_of(assemble_scrap("sw ra, 12(sp)")).at(0), 0x5212000Cu);
}

TEST(Code, LiTakesWhatItNeeds) {
    EXPECT_EQ(code("li a0, -32768"), Lines{"addi a0, zero, -32768"});
    EXPECT_EQ(code("li a0, 0x12345000"), Lines{"lui a0, 0x12345"});
    EXPECT_EQ(code("li a0, 0x12345678"), (Lines{"lui a0, 0x12345", "addi a0, a0, 1656"}));
    EXPECT_EQ(code("li a0, 0x12345FFF"), (Lines{"lui a0, 0x12346", "addi a0, a0, -1"}));
    EXPECT_EQ(code("li a0, 0xFFFFFFFF"), Lines{"addi a0, zero, -1"});
}

TEST(Code, LaAndTheRelocationOperatorsMeetInTheSameAddress) {
    const Lines expected = {"lui a0, 0x11", "addi a0, a0, 4", "lui a1, 0x11", "lw a1, 4(a1)"};
    EXPECT_EQ(code("la a0, datum\nlui a1, %hi(datum)\nlw a1, %lo(datum)(a1)\n.data\n.word 0\ndatum: .word 0"),
              expected);
    EXPECT_EQ(
        code("1: auipc a0, %pcrel_hi(datum)\naddi a0, a0, %pcrel_lo(1b)\n.data\n.word 0\ndatum: .word 0"),
        (Lines{"auipc a0, 0x1", "addi a0, a0, 4"}));
}

TEST(Code, ANearCallIsOneInstruction) {
    EXPECT_EQ(code("call f\ntail f\nf: ret"),
              (Lines{"jal ra, 0x10008", "jal zero, 0x10008", "jalr zero, 0(ra)"}));
}

TEST(Code, AFarCallIsTwoAndMovesWhatFollows) {
    const Lines lines = code("call f\ntail f\nb: j b\n.space 600000\nf: ret");
    ASSERT_GT(lines.size(), 5u);
    EXPECT_EQ(lines[0], "auipc ra, 0x92");
    EXPECT_EQ(lines[1], "jalr ra, 2004(ra)");
    EXPECT_EQ(lines[2], "auipc t1, 0x92");
    EXPECT_EQ(lines[3], "jalr zero, 1996(t1)");
    EXPECT_EQ(lines[4], "jal zero, 0x10010");
    EXPECT_EQ(0x10000u + (0x92 << 12) + 2004, 0x10000u + 20 + 600000);
}

TEST(Code, AlignmentBehindAFarCallIsStillAligned) {
    const Image image = assemble_scrap("call f\n.p2align 4\naligned: ret\n.space 600000\nf: ret");
    ASSERT_NE(find_symbol(image, "aligned"), nullptr);
    EXPECT_EQ(find_symbol(image, "aligned")->address, 0x10010u);
    EXPECT_EQ(words_of(image)[2], words_of(assemble_scrap("nop"))[0]);
}

// How long a call is only the layout tells; what stands behind the room does not move.
TEST(Code, RoomBehindCallsEndsWhereItShould) {
    for (const char* room :
         {".org 0x20", ".org start + 0x20", ".space 0x20 - (. - start)", ".skip start + 32 - ."}) {
        for (const char* distance : {"0", "600000"}) {
            const Image image =
                assemble_well(fmt::format("_start: start: call f\ntail f\n{}, 0xAB\nmark: nop\n.p2align 4\nj "
                                          "start\n.space {}\nf: ret\n",
                                          room, distance));
            const uint32_t f = find_symbol(image, "f")->address;
            EXPECT_EQ(find_symbol(image, "mark")->address, 0x10020u) << room;
            EXPECT_EQ(f, 0x10034u + static_cast<uint32_t>(std::stoul(distance))) << room;
            const std::vector<uint32_t> words = words_of(image);
            EXPECT_EQ(words[7], 0xABABABABu) << room;
            EXPECT_EQ(words[2] == 0xABABABABu, distance == std::string("0")) << room;
        }
    }
    // Bytes that are no multiple of four, one room behind the other, and an alignment between them.
    const Image image =
        assemble_well("_start: call f\n.org 9\n.byte 1\n.p2align 2\nnop\n.org 0x31\n.org 0x40\nf: ret\n");
    EXPECT_EQ(find_symbol(image, "f")->address, 0x10040u);
    EXPECT_EQ(words_of(image)[2], 0x100u);
}

TEST(Code, AlignmentsOneBehindTheOtherAreAllKept) {
    const Image image = assemble_scrap(R"(
        call    f
        la      a0, table
        ret
msg:    .asciz  "hello"
        .p2align 3
        .p2align 2
table:  .word   1
        .ascii  "hello"
        .p2align 3
f:      ret
)");
    EXPECT_EQ(find_symbol(image, "table")->address % 8, 0u);
    EXPECT_EQ(find_symbol(image, "f")->address % 8, 0u);
}

TEST(Code, AnAlignmentWithALimitDoesNotMisleadThoseBehindIt) {
    const Image image =
        assemble_scrap("call f\n.ascii \"hello\"\n.p2align 4, , 2\n.p2align 2\nf: ret\n.byte 1\n");
    EXPECT_EQ(find_symbol(image, "f")->address, 0x1000Cu);
}

TEST(Code, AThousandAlignedFunctionsStandInOneSection) {
    std::string text = "call f0\n";
    for (int i = 0; i < 1000; ++i) text += fmt::format(".p2align 4\nf{}: ret\ncall f{}\nret\n", i, i);
    const Image image = assemble_scrap(text);
    EXPECT_EQ(find_symbol(image, "f999")->address, 0x10000u + 1000 * 16);
}

// Call i is out of reach as soon as all calls behind it have become longer, so that they fall one by one.
TEST(Code, ALongChainOfCallsThatPushEachOtherOutOfReachSettles) {
    constexpr int kCalls = 300;
    constexpr int kReach = 0x7FFFC;
    std::string text;
    for (int i = 0; i < kCalls; ++i) text += fmt::format("call t{}\n", i);
    text += fmt::format(".space {}\n", kReach + 8 - 8 * kCalls);
    for (int i = 0; i < kCalls; ++i) text += fmt::format("t{}: nop\nnop\n", i);
    const Image image = assemble_scrap(text);
    ASSERT_NE(find_symbol(image, "t0"), nullptr);
    EXPECT_EQ(find_symbol(image, "t0")->address, 0x10000u + kReach + 8 + 4 * kCalls - 4 * kCalls);
    EXPECT_TRUE(disassemble(words_of(image)[0], kBase).starts_with("auipc"));
}

TEST(Code, ABranchReachesThirtyTwoKibibytes) {
    EXPECT_EQ(code("beqz a0, far\n.space 32760\nfar: ret").front(), "beq a0, zero, 0x17ffc");
}

TEST(Code, PseudoInstructionsMeanWhatTheirTableSays) {
    EXPECT_EQ(code("bgt a0, a1, ."), Lines{"blt a1, a0, 0x10000"});
    EXPECT_EQ(code("sext.b a0, a1"), (Lines{"slli a0, a1, 24", "srai a0, a0, 24"}));
    EXPECT_EQ(code("jal f\nf: jalr a0"), (Lines{"jal ra, 0x10004", "jalr ra, 0(a0)"}));
    EXPECT_EQ(code("move a0, a1\nscall\nsbreak"), (Lines{"addi a0, a1, 0", "ecall", "ebreak"}));
    EXPECT_EQ(code("rdcycle a3"), Lines{"csrr a3, cycle"});
    EXPECT_EQ(code("pause"), Lines{"addi zero, zero, 0"});
    EXPECT_EQ(code("jump f, t0\nf: ret").front(), "jal zero, 0x10004");
    EXPECT_EQ(code("jump f, t0\n.space 600000\nf: ret").front(), "auipc t0, 0x92");
    EXPECT_EQ(code("call zero, f\n.space 600000\nf: ret").front(), "auipc t1, 0x92");
}

TEST(Code, SuffixesAndFenceOperandsChangeNothing) {
    EXPECT_EQ(code("amoadd.w.aqrl a0, a1, (a2)\nlr.w.aq a0, 0(a1)\nsc.w.rl a0, a2, (a1)"),
              (Lines{"amoadd.w a0, a1, (a2)", "lr.w a0, (a1)", "sc.w a0, a2, (a1)"}));
    EXPECT_EQ(code("fence\nfence rw, rw\nfence.i\nfence.tso"), (Lines{"fence", "fence", "fence.i", "fence"}));
    EXPECT_EQ(code("call f@plt\ntail f@plt\nf: ret"), code("call f\ntail f\nf: ret"));
}

TEST(Code, RegistersHaveSeveralNames) {
    EXPECT_EQ(code("add x10, s0, x8"), Lines{"add a0, fp, fp"});
    EXPECT_EQ(code("lw a0, (sp)"), Lines{"lw a0, 0(sp)"});
}

TEST(Code, TheLineMapTellsWhichLineMadeAnInstruction) {
    const Result result =
        assemble(std::vector{Source{.name = "a.s", .text = "nop\nli a0, 0x12345678\n\nret\n"}},
                 {.text_base = kBase, .entry_at_text_base = true});
    ASSERT_EQ(result.lines.size(), 3u);
    EXPECT_EQ(result.lines[1].address, kBase + 4);
    EXPECT_EQ(result.lines[1].line, 2u);
    EXPECT_EQ(result.lines[2].address, kBase + 12);
    EXPECT_EQ(result.lines[2].line, 4u);
}

TEST(Code, TheLinesGoOnBehindAStringThatIsNotClosed) {
    const Result result =
        assemble(std::vector{Source{.name = "a.s", .text = "nop\n.if 0\n.ascii \"oops\\\n.endif\nret\n"}},
                 {.text_base = kBase, .entry_at_text_base = true});
    ASSERT_EQ(result.lines.size(), 2u) << render(result.diagnostics);
    EXPECT_EQ(result.lines[1].line, 5u);
}

TEST(Code, TakesNumbersAndSymbolsWhereRegistersAndAddressesStand) {
    const auto same = [](const std::string& written, const std::string& meant) {
        EXPECT_EQ(words_of(assemble_scrap(written + "\n.data\nv: .word 1\n")),
                  words_of(assemble_scrap(meant + "\n.data\nv: .word 1\n")))
            << written;
    };
    same("add a0, a1, 5", "addi a0, a1, 5");
    same("and a0, a1, -1", "andi a0, a1, -1");
    same("sll a0, a1, 3", "slli a0, a1, 3");
    same("sltu a0, a1, 3", "sltiu a0, a1, 3");
    same("jr 8(a0)", "jalr zero, 8(a0)");
    same("jr a0, 8", "jalr zero, 8(a0)");
    same("jr a0", "jalr zero, 0(a0)");
    same("jalr 8(a0)", "jalr ra, 8(a0)");
    same("jalr (a0)", "jalr ra, 0(a0)");
    same("jalr a0, 8", "jalr ra, 8(a0)");
    same("jalr a1, a0", "jalr a1, 0(a0)");
    same("jalr a1, a0, 8", "jalr a1, 8(a0)");
    same("jalr a1, (a0)", "jalr a1, 0(a0)");
    same("lw a0, v", "lui a0, %hi(v)\nlw a0, %lo(v)(a0)");
    same("lbu a0, v + 3", "lui a0, %hi(v + 3)\nlbu a0, %lo(v + 3)(a0)");
    same("sw a0, v, t0", "lui t0, %hi(v)\nsw a0, %lo(v)(t0)");
    same("add a0, a1, ','", "addi a0, a1, 44");
    same("add a0, a1, '\\x28'", "addi a0, a1, 40");
    same(".set n, 4\nor a0, a0, n\nslt a0, a1, n + 1\nsra a0, a0, n",
         "ori a0, a0, 4\nslti a0, a1, 5\nsrai a0, a0, 4");
    same("lw a0, 2 + v", "lui a0, %hi(v + 2)\nlw a0, %lo(v + 2)(a0)");
    same("1: lw a0, 1b", "lui a0, 0x10\nlw a0, 0(a0)");
}

TEST(Code, CommentsAreNoOperands) {
    const auto same = [](const std::string& written, const std::string& meant) {
        EXPECT_EQ(words_of(assemble_scrap(written + "\n.data\nx: .word 1\n")),
                  words_of(assemble_scrap(meant + "\n.data\nx: .word 1\n")))
            << written;
    };
    same("add a0, a1, /* , */ a2", "add a0, a1, a2");
    same("jalr ra, 0(t0) /* call it */", "jalr ra, 0(t0)");
    same("lw a0, x /* (x) */", "lw a0, x");
    same("lw a0 /* (sp) */, 4(sp)", "lw a0, 4(sp)");
    same("sw a0 /* (sp), */, (sp)", "sw a0, (sp)");
    same("jalr a0 /* , 4 */", "jalr a0");
}

TEST(Warnings, TakeTheirNotesWithThem) {
    const std::vector<Source> sources = {
        {.name = "a.s", .text = "_start: addi sp, sp, -6\ncall f\n.print \"a remark\"\nf: ret\n"}};
    EXPECT_EQ(assemble(sources).diagnostics.size(), 3u);
    Options quiet;
    quiet.warnings.turn_all_off();
    const Result result = assemble(sources, quiet);
    ASSERT_EQ(result.diagnostics.size(), 1u);
    EXPECT_EQ(result.diagnostics[0].message, "a remark");
}

TEST(Warnings, CanBeSwitchedOffAndMadeErrors) {
    const std::vector<Source> sources = {{.name = "a.s", .text = "_start: nop\n"}};
    EXPECT_EQ(assemble(sources).diagnostics.size(), 1u);
    Options quiet;
    quiet.warnings.turn_off(Warning::fall_through);
    EXPECT_EQ(assemble(sources, quiet).diagnostics.size(), 0u);
    const Result strict = assemble(sources, {.warnings_are_errors = true});
    EXPECT_FALSE(strict.image);
    EXPECT_EQ(strict.diagnostics.at(0).severity, Severity::error);
}

}  // namespace
}  // namespace peach::assembler::testing
