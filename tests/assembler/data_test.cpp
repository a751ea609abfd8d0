// What directives put into memory.

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes data(const std::string& text) {
    return bytes_of(assemble_scrap(".data\n" + text + "\n"), ".data");
}

TEST(Data, NumbersAreLittleEndian) {
    EXPECT_EQ(data(".byte 1, -1, 255"), (Bytes{1, 255, 255}));
    EXPECT_EQ(data(".half 0x1234"), (Bytes{0x34, 0x12}));
    EXPECT_EQ(data(".word 0x12345678, -2"), (Bytes{0x78, 0x56, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF}));
    EXPECT_EQ(data(".quad 0x0123456789ABCDEF"), (Bytes{0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x01}));
    EXPECT_EQ(data(".quad 18446744073709551615"), Bytes(8, 0xFF));
}

TEST(Data, NumbersHaveManySpellings) {
    EXPECT_EQ(data(".byte 10, 0x10, 0b101, 010, 'a', '\\n', '\\'', ' , '#'"),
              (Bytes{10, 16, 5, 8, 'a', '\n', '\'', ' ', '#'}));
}

TEST(Data, ExpressionsFollowGnuPrecedence) {
    EXPECT_EQ(data(".byte 1 + 2 * 3, (1 + 2) * 3, 1 << 3 + 4, 7 & 3 + 1, 10 - 3 - 2"),
              (Bytes{7, 9, 12, 4, 5}));
    EXPECT_EQ(data(".byte -1, ~0, !0, !5, - - 3, 7 % 4, 100 / 7, 1 == 1, 1 < 0, 1 && 0, 1 || 0"),
              (Bytes{255, 255, 1, 0, 3, 3, 14, 255, 0, 0, 1}));
}

TEST(Data, DistancesBetweenLabelsBeforeAndAfterAreNumbers) {
    EXPECT_EQ(data("a: .byte b - a, (b - a) * 2, . - a\nb:"), (Bytes{3, 6, 2}));
    EXPECT_EQ(data(".equ size, end - begin\nbegin: .byte size, size / 3\n .space 4, 9\nend:"),
              (Bytes{6, 2, 9, 9, 9, 9}));
}

TEST(Data, StringsMayHoldAnything) {
    EXPECT_EQ(data(".ascii \"a;b#c/*d*/\""), (Bytes{'a', ';', 'b', '#', 'c', '/', '*', 'd', '*', '/'}));
    EXPECT_EQ(data(".asciz \"\\t\\\"\\101\\x41\""), (Bytes{'\t', '"', 'A', 'A', 0}));
    EXPECT_EQ(data(".string \"a\", \"b\""), (Bytes{'a', 0, 'b', 0}));
}

// GNU as gives these bytes.
TEST(Data, TheLessUsualDirectivesAreGnus) {
    EXPECT_EQ(data(".asciz \"a\" \"b\"\n.string \"z\" \"w\", \"q\"\n.ascii \"m\" \"n\""),
              (Bytes{'a', 'b', 0, 'z', 'w', 0, 'q', 0, 'm', 'n'}));
    EXPECT_EQ(data(".fill 1, 8, 0x1122334455667788\n.fill 1, 5, -1"),
              (Bytes{0x88, 0x77, 0x66, 0x55, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0}));
    EXPECT_EQ(data(".float nan, -nan, -inf"),
              (Bytes{0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0x80, 0xFF}));
    EXPECT_EQ(data(".double nan"), (Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}));
    EXPECT_EQ(
        data(".octa 0x0123456789abcdef8123456789ABCDEF"),
        (Bytes{0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x81, 0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 1}));
    EXPECT_EQ(data(".octa 0xFFFFFFFFFFFFFFFF, -2"),
              (Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0,    0,    0,
                     0,    0,    0,    0,    0,    0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
    EXPECT_EQ(data(".dcb 1, 0x1234\n.dcb.b 3, 1\n.dcb.w 2, -1\n.dcb.l 1, 5\n.dcb.s 1, 1.5\n.dcb.d 1, 1.5"),
              (Bytes{0x34, 0x12, 1,    1,    1, 0xFF, 0xFF, 0xFF, 0xFF, 5, 0,    0,   0,
                     0,    0,    0xC0, 0x3F, 0, 0,    0,    0,    0,    0, 0xF8, 0x3F}));
    EXPECT_EQ(
        data(".byte 1, 2\n.p2alignw 3, 0x1234\n.p2alignl 4, 0x12345678"),
        (Bytes{1, 2, 0x34, 0x12, 0x34, 0x12, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12}));
    EXPECT_EQ(data(".byte 1, 2\n.balignw 4, 0x1234\n.balignl 8, 0x12345678"),
              (Bytes{1, 2, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12}));
    EXPECT_EQ(data(".uleb128 after - before\nbefore: .byte 1\n.balignw 4, 0x1234\nafter:"),
              (Bytes{3, 1, 0x34, 0x12}));
}

TEST(Data, CapitalLettersAreAsGoodInDirectivesAndMacros) {
    EXPECT_EQ(data(".BYTE 1\n.IF 0\n.Byte 2\n.Else\n.byte 3\n.ENDIF\n.Macro One\n.byte 4\n.EndM\none\nONE\n"
                   ".Rept 2\n.byte 5\n.ENDR\n.PURGEM oNE\n.macro one\n.byte 6\n.endm\nOne"),
              (Bytes{1, 3, 4, 4, 5, 5, 6}));
}

TEST(Data, AByteOrderMarkIsNoPartOfTheText) {
    EXPECT_EQ(bytes_of(assemble_scrap("\xEF\xBB\xBF.data\n.byte 1\n"), ".data"), Bytes{1});
    EXPECT_NE(errors_of({{.name = "a.s", .text = "\xEF\xBB\xBF_start: frobnicate"}}).find("a.s:1:9: error"),
              std::string::npos);
}

TEST(Data, SpaceFillAndAlignmentPad) {
    EXPECT_EQ(data(".byte 1\n.zero 2\n.space 1, 7\n.fill 2, 2, 0x0102"), (Bytes{1, 0, 0, 7, 2, 1, 2, 1}));
    EXPECT_EQ(data(".byte 1\n.p2align 2\n.byte 2\n.balign 2, 0xEE\n.byte 3"),
              (Bytes{1, 0, 0, 0, 2, 0xEE, 3}));
    EXPECT_EQ(data(".byte 1\n.p2align 4, , 2\n.byte 2\n.org 4\n.byte 9"), (Bytes{1, 2, 0, 0, 9}));
}

TEST(Data, AnExplicitFillIsKeptBehindACall) {
    const Image image = assemble_scrap("call f\n.p2align 4, 0\nf: ret\n");
    EXPECT_EQ(words_of(image)[1], 0u);
}

TEST(Data, DistancesWrapAround) {
    EXPECT_EQ(data("a: .byte 0\nb: .quad 0x7fffffffffffffff + b - a"), (Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0x80}));
}

TEST(Data, ASectionOfNothingButAStretchIsNoneOfZeros) {
    const Image image = assemble_scrap(R"(
        .section .rodata.w, "a"
        .word   2
        .section .rodata.x, "a"
v:      .uleb128 e - v
e:
)");
    EXPECT_EQ(bytes_of(image, ".rodata"), (Bytes{2, 0, 0, 0, 1}));
}

TEST(Data, Leb128NumbersAreAsShortAsTheyCanBe) {
    EXPECT_EQ(data(".uleb128 0, 127, 128, 624485"), (Bytes{0, 0x7F, 0x80, 0x01, 0xE5, 0x8E, 0x26}));
    EXPECT_EQ(data(".sleb128 -1, 63, 64, -123456"), (Bytes{0x7F, 0x3F, 0xC0, 0x00, 0xC0, 0xBB, 0x78}));
    // One whose value is known only later, and grows with what it measures.
    const Bytes bytes = data("a: .uleb128 b - a\n.space 200\nb:");
    EXPECT_EQ(bytes.size(), 202u);
    EXPECT_EQ(bytes[0], 0xCA);
    EXPECT_EQ(bytes[1], 0x01);
}

TEST(Data, CommentsAndSeveralStatementsOnALine) {
    EXPECT_EQ(data("/* one */ .byte 1 ; .byte 2 # three\n.byte 3 // four\n.byte /* five\n*/ 4"),
              (Bytes{1, 2, 3, 4}));
}

TEST(Data, ASymbolThatIsAssignedAgainMeansItsLatestValue) {
    EXPECT_EQ(data(".set n, 1\n.byte n\n.set n, n + 1\n.byte n\nn = 7\n.byte n"), (Bytes{1, 2, 7}));
}

// As GNU as has it.
TEST(Data, AUseBeforeAnyAssignmentMeansTheFirst) {
    EXPECT_EQ(
        data(".byte d\n.set c, d + 1\n.set d, 3\n.byte d\n.set d, 7\n.byte d, c\n.set d, 9\n.byte c, d"),
        (Bytes{3, 3, 7, 4, 4, 9}));
    const Image image = assemble_scrap(".word d\n.globl d\n.set d, 3\n.set d, 7\n");
    EXPECT_EQ(find_symbol(image, "d")->address, 7u);
    EXPECT_EQ(find_symbol(image, "d")->binding, SymbolBinding::global);
}

TEST(Data, NumericLabelsMeanTheNearestOne) {
    EXPECT_EQ(data("1: .byte 1f - 1b\n1: .byte 1f - 1b, . - 1b\n1:"), (Bytes{1, 2, 1}));
}

TEST(Data, ZerosInBssTakeNoBytes) {
    const Image image = assemble_scrap(".bss\nbuffer: .space 100\n.word 0\nafter:");
    const ImageSection* bss = find_section(image, ".bss");
    ASSERT_NE(bss, nullptr);
    EXPECT_TRUE(bss->zeroed);
    EXPECT_EQ(bss->size, 104u);
    EXPECT_TRUE(bss->bytes.empty());
}

}  // namespace
}  // namespace peach::assembler::testing
