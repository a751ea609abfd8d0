// Macros, repetitions, conditions and included files.

#include <fstream>
#include <iterator>
#include <map>

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

std::vector<uint8_t> data_of(const std::string& text) {
    return bytes_of(assemble_scrap("_start: ret\n.data\n" + text), ".data");
}

using Bytes = std::vector<uint8_t>;

Options with_files(std::map<std::string, std::string> files) {
    Options options;
    options.loader = [files = std::move(files)](
                         const std::string& name,
                         const std::string&) -> std::expected<LoadedFile, std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return std::unexpected("no such file");
        return LoadedFile{.name = name, .text = found->second};
    };
    return options;
}

TEST(Macros, AStringStandsForWhatIsInIt) {
    const std::string macro = ".macro strs s\n.asciz \"\\s\"\n.endm\n";
    EXPECT_EQ(data_of(macro + "strs \"a, b\""), (Bytes{'a', ',', ' ', 'b', 0}));
    EXPECT_EQ(data_of(macro + "strs \"a\\\"b\""), (Bytes{'a', '"', 'b', 0}));
    EXPECT_EQ(data_of(".macro two s:vararg\n.ascii \\s\n.endm\ntwo \"a\", \"b\""), (Bytes{'a', 'b'}));
}

TEST(Macros, PutTheirArgumentsIntoTheBody) {
    EXPECT_EQ(words_of(assemble_scrap(R"(
        .macro push reg, size=4
        addi sp, sp, -\size
        sw \reg, (sp)
        .endm
        push a0
        push ra, 8
)")),
              words_of(assemble_scrap("addi sp, sp, -4\nsw a0, (sp)\naddi sp, sp, -8\nsw ra, (sp)\n")));
}

TEST(Macros, TakeArgumentsByNameAndWithBlanksBetween) {
    const std::string macro = ".macro two a, b=9\n.byte \\a, \\b\n.endm\n";
    EXPECT_EQ(data_of(macro + "two 1, 2\n two 1 2\n two b=1, a=2\n two 3\n"),
              (Bytes{1, 2, 1, 2, 2, 1, 3, 9}));
    EXPECT_EQ(data_of(macro + "two 1 + 2 -1, (2 * 2)\n"), (Bytes{2, 4}));
}

TEST(Macros, KnowTheRestTheirCountAndWhereANameEnds) {
    EXPECT_EQ(data_of(R"(
        .macro all first, rest:vararg
        .byte \first
        .ifnb \rest
        all \rest
        .endif
        .endm
        all 1, 2, 3
        .macro counted name
\name\()_\@: .byte \@, \+
        .endm
        counted x
        counted y
        .byte y_4 - x_3
)"),
              (Bytes{1, 2, 3, 3, 0, 4, 1, 2}));
}

TEST(Macros, GiveStringsWithoutTheirQuotes) {
    EXPECT_EQ(data_of(".macro say text\n.ascii \"\\text\\n\"\n.endm\nsay \"a, b\"\nsay c\n"),
              (Bytes{'a', ',', ' ', 'b', '\n', 'c', '\n'}));
}

TEST(Macros, MayCallThemselvesAndStopEarly) {
    EXPECT_EQ(
        data_of(".macro down n\n.if \\n < 0\n.exitm\n.endif\n.byte \\n\ndown (\\n - 1)\n.endm\ndown 3\n"),
        (Bytes{3, 2, 1, 0}));
}

TEST(Macros, MayBeDefinedAnewAfterPurging) {
    EXPECT_EQ(data_of(".macro m\n.byte 1\n.endm\nm\n.purgem m\n.macro m\n.byte 2\n.endm\nm\n"),
              (Bytes{1, 2}));
}

TEST(Macros, MayDefineMacros) {
    EXPECT_EQ(
        data_of(".macro outer n\n.macro inner_\\n x\n.byte \\n, \\x\n.endm\n.endm\nouter 7\ninner_7 8\n"),
        (Bytes{7, 8}));
}

TEST(Macros, MayHaveTheNameOfAnInstruction) {
    EXPECT_EQ(words_of(assemble_scrap(".macro nop\nret\n.endm\nnop\n")), words_of(assemble_scrap("ret\n")));
}

TEST(Macros, ShareTheLineOfTheirCall) {
    const Result result = assemble(std::vector{
        Source{.name = "a.s", .text = ".macro twice\nnop\nnop\n.endm\n_start: twice\n        ret\n"}});
    ASSERT_EQ(result.lines.size(), 2u);
    EXPECT_EQ(result.lines[0].line, 5u);
    EXPECT_EQ(result.lines[1].line, 6u);
    EXPECT_EQ(result.lines[1].address, result.lines[0].address + 8);
}

TEST(Repetition, GoesThroughCountsValuesAndCharacters) {
    EXPECT_EQ(data_of(".set i, 0\n.rept 3\n.byte i\n.set i, i + 1\n.endr\n"), (Bytes{0, 1, 2}));
    EXPECT_EQ(data_of(".irp v, 5, 6, 7\n.byte \\v\n.endr\n"), (Bytes{5, 6, 7}));
    EXPECT_EQ(data_of(".irpc c, 123\n.byte \\c, 0\\c\n.endr\n"), (Bytes{1, 1, 2, 2, 3, 3}));
    EXPECT_EQ(data_of(".rept 2\n.irp v, 1, 2\n.byte \\v\n.endr\n.byte 9\n.endr\n"),
              (Bytes{1, 2, 9, 1, 2, 9}));
    EXPECT_EQ(data_of(".rept 2; .byte 4; .endr; .byte 5\n.rept 0\nnonsense\n.endr\n"), (Bytes{4, 4, 5}));
}

TEST(Repetition, OfManyValuesIsNotDeep) {
    std::string text = ".irp v, 0";
    for (int i = 1; i < 2000; ++i) text += ", 1";
    EXPECT_EQ(data_of(text + "\n.byte \\v\n.endr\n").size(), 2000u);
}

TEST(Repetition, WithoutEndStops) {
    for (const char* text :
         {".macro m\nm\n.endm\nm\n", ".rept 1000000000\n.endr\n",
          ".rept 1000000\n.rept 1000000\nnop\n.endr\n.endr\n", ".macro m\n.rept 2\nm\n.endr\n.endm\nm\n"}) {
        const std::string message = errors_of({{.name = "a.s", .text = std::string("_start: ret\n") + text}});
        const bool said = message.find("does it expand itself?") != message.npos ||
                          message.find("do they come to an end?") != message.npos;
        EXPECT_TRUE(said) << message.substr(0, 300);
    }
}

TEST(Conditions, ChooseOneBranch) {
    for (const auto& [value, byte] : std::map<int, uint8_t>{{0, 10}, {1, 11}, {2, 12}, {3, 13}}) {
        EXPECT_EQ(
            data_of(".set v, " + std::to_string(value) +
                    "\n.if v == 0\n.byte 10\n.elseif v == 1\n.byte 11\n.elseif v == 2\n.byte 12\n.else\n"
                    ".byte 13\n.endif\n"),
            Bytes{byte});
    }
}

TEST(Conditions, SkipWhatTheyDoNotChoose) {
    EXPECT_EQ(data_of(".if 0\n what is \"this\n.if 1\n.else\n.endif\n.else\n.if 1; .byte 1; .else; .byte 2; "
                      ".endif\n.endif\n"),
              Bytes{1});
}

TEST(Conditions, AskManyThings) {
    const auto holds = [](const std::string& condition) {
        return data_of("known = 1\n.byte 0\n" + condition + "\n.byte 1\n.endif\n").size() == 2;
    };
    for (const char* yes : {".if 3 > 2", ".ifne 1", ".ifeq 0", ".ifgt 1", ".iflt -1", ".ifle 0", ".ifge 0",
                            ".ifdef known", ".ifndef unknown", ".ifnotdef unknown", ".ifb", ".ifnb x",
                            ".ifc a b, a b", ".ifnc a, b", ".ifeqs \"a\", \"a\"", ".ifnes \"a\", \"b\""})
        EXPECT_TRUE(holds(yes)) << yes;
    for (const char* no : {".if 3 < 2", ".ifne 0", ".ifeq 1", ".ifgt 0", ".iflt 0", ".ifle 1", ".ifge -1",
                           ".ifdef unknown", ".ifndef known", ".ifb x", ".ifnb", ".ifc a, b", ".ifnc a, a",
                           ".ifeqs \"a\", \"b\"", ".ifnes \"a\", \"a\""})
        EXPECT_FALSE(holds(no)) << no;
}

TEST(Include, ReadsAnotherFileInItsPlace) {
    const Result result = assemble(
        std::vector{Source{.name = "a.s", .text = "_start: nop\n.include \"b.inc\"\nlast: j helper\n"}},
        with_files({{"b.inc", "\n\nhelper: ret\n.include \"c.inc\"\n"}, {"c.inc", ".set c, 3"}}));
    EXPECT_EQ(render(result.diagnostics), "");
    ASSERT_TRUE(result.image);
    EXPECT_EQ(words_of(*result.image).size(), 3u);
    ASSERT_EQ(result.lines.size(), 3u);
    EXPECT_EQ(result.files.at(result.lines[1].source), "b.inc");
    EXPECT_EQ(result.lines[1].line, 3u);
    EXPECT_EQ(result.files.at(result.lines[2].source), "a.s");
    EXPECT_EQ(result.lines[2].line, 3u);
}

TEST(Include, OfBytes) {
    const auto bytes = [](const std::string& arguments) {
        const std::string text = "_start: la a0, here\n.data\nhere: .incbin \"x\"" + arguments + "\n";
        return bytes_of(assemble_well(text, with_files({{"x", std::string("ab\0cd", 5)}})), ".data");
    };
    EXPECT_EQ(bytes(""), (Bytes{'a', 'b', 0, 'c', 'd'}));
    EXPECT_EQ(bytes(", 3"), (Bytes{'c', 'd'}));
    EXPECT_EQ(bytes(", 1, 2"), (Bytes{'b', 0}));
    EXPECT_EQ(bytes(",, 2"), (Bytes{'a', 'b'}));
}

TEST(Include, OfItselfStops) {
    const std::string message = errors_of({{.name = "a.s", .text = "_start: ret\n.include \"a\"\n"}},
                                          with_files({{"a", ".include \"a\"\n"}}));
    EXPECT_NE(message.find("does it expand itself?"), message.npos) << message;
    const std::string labels = errors_of({{.name = "a.s", .text = "_start: ret\n.include \"a\"\n"}},
                                         with_files({{"a", "again: nop\n.include \"a\"\n"}}));
    EXPECT_NE(labels.find("does it expand itself?"), labels.npos) << labels;
    EXPECT_EQ(labels.find("already defined"), labels.rfind("already defined")) << "said once";
}

TEST(End, StopsTheFile) {
    EXPECT_EQ(data_of(".byte 1\n.end\n.byte 2\nnonsense\n"), Bytes{1});
}

TEST(Floats, AreStoredAsTheMachineWouldHaveThem) {
    EXPECT_EQ(data_of(".float 1.5, -2\n.double 1e300\n"),
              (Bytes{0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0x9C, 0x75, 0x00, 0x88, 0x3C, 0xE4, 0x37, 0x7E}));
}

TEST(Reference, NamesNoDirectiveThatDoesNotExist) {
    std::ifstream file(PEACH_SOURCE_DIR "/docs/assembler.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const size_t begin = text.find("## Directives");
    const size_t end = text.find("## Operands");
    ASSERT_LT(begin, end);
    size_t directives = 0;
    for (size_t at = text.find("`.", begin); at < end; at = text.find("`.", at + 1)) {
        const size_t length =
            text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at + 2) - at - 1;
        std::string name = text.substr(at + 1, length);
        if (name == "." || name == ".cfi_") continue;
        const Result result = assemble(std::vector{Source{.name = "a.s", .text = name + "\n"}});
        EXPECT_EQ(render(result.diagnostics).find("unknown directive"), std::string::npos) << name;
        ++directives;
    }
    EXPECT_GT(directives, 70u);
}

}  // namespace
}  // namespace peach::assembler::testing
