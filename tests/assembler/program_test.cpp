// Whole programs: names between files, which sections stay, where they lie.

#include <cstring>

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

uint32_t address_of(const Image& image, std::string_view name) {
    const ImageSymbol* symbol = find_symbol(image, name);
    EXPECT_NE(symbol, nullptr) << name;
    return symbol == nullptr ? 0 : symbol->address;
}

TEST(Program, LabelsBelongToTheirFileUnlessShared) {
    const Image image =
        assemble_well({{.name = "a.s", .text = ".globl _start\n_start: call f\nhere: j here\n"},
                       {.name = "b.s", .text = ".globl f\nf: call here\nhere: ret\n"}});
    EXPECT_EQ(words_of(image), (std::vector<uint32_t>{0x70100008, 0x70000000, 0x70100004, 0x71010000}));
    EXPECT_EQ(image.entry, 0x10000u);
}

TEST(Program, TheEntryStandsFirstWhereverItWasWritten) {
    const Image image = assemble_well(
        {{.name = "a.s", .text = ".globl f\nf: ret\n"}, {.name = "b.s", .text = "_start: call f\n"}},
        {.text_base = 0x80000000});
    EXPECT_EQ(image.entry, 0x80000000u);
    EXPECT_EQ(address_of(image, "f"), 0x80000004u);
}

TEST(Program, AnotherEntryMayBeNamed) {
    EXPECT_EQ(assemble_well("first: nop\nsecond: ret\n", {.entry = "second"}).entry, 0x10004u);
}

TEST(Program, SegmentsBeginOnPages) {
    const Image image = assemble_well(R"(
_start: la a0, constant
        la a1, variable
        la a2, buffer
        la a3, end
        .rodata
constant: .word 1
        .data
variable: .word 2
        .bss
buffer: .space 8
)");
    EXPECT_EQ(find_section(image, ".text")->address, 0x10000u);
    EXPECT_EQ(find_section(image, ".rodata")->address, 0x11000u);
    EXPECT_EQ(find_section(image, ".data")->address, 0x12000u);
    EXPECT_EQ(find_section(image, ".bss")->address, 0x12004u);
    EXPECT_EQ(address_of(image, "__text_start"), 0x10000u);
    EXPECT_EQ(address_of(image, "etext"), 0x10020u);
    EXPECT_EQ(address_of(image, "__data_start"), 0x12000u);
    EXPECT_EQ(address_of(image, "edata"), 0x12004u);
    EXPECT_EQ(address_of(image, "__bss_start"), 0x12004u);
    EXPECT_EQ(address_of(image, "end"), 0x1200Cu);
}

TEST(Program, AProgramMayDefineAProvidedNameItself) {
    EXPECT_EQ(address_of(assemble_well("_start: call end\n.globl end\nend: ret\n"), "end"), 0x10004u);
}

// The words of the section that holds them, from one address to another.
std::vector<uint32_t> words_between(const Image& image, uint32_t begin, uint32_t end) {
    std::vector<uint32_t> words;
    for (const ImageSection& section : image.sections) {
        if (begin < section.address || end > section.address + section.bytes.size()) continue;
        for (uint32_t at = begin; at < end; at += 4) {
            uint32_t word = 0;
            std::memcpy(&word, section.bytes.data() + (at - section.address), sizeof word);
            words.push_back(word);
        }
        return words;
    }
    return words;
}

constexpr std::string_view kRegistry = R"(
        .section registry,"a",@progbits
        .word 1
        .section .rodata.other,"a",@progbits
other:  .word 99
        .section .init_array,"aw",@init_array
        .word 30
        .section .init_array.00200,"aw",@init_array
        .word 20
        .section .init_array.101,"aw",@init_array
        .word 10
        .section registry,"a",@progbits
        .word 2
)";

TEST(Program, SectionsOfOneNameStandBetweenTheirBounds) {
    const std::string text =
        "_start: la a0, __start_registry\n la a1, __stop_registry\n la a2, other\n"
        " la a3, __init_array_start\n la a4, __init_array_end\n";
    const Image image =
        assemble_well({{.name = "a.s", .text = text + std::string(kRegistry)},
                       {.name = "b.s", .text = ".section registry,\"a\",@progbits\n.word 3\n"}});
    EXPECT_EQ(
        words_between(image, address_of(image, "__start_registry"), address_of(image, "__stop_registry")),
        (std::vector<uint32_t>{1, 2, 3}));
    EXPECT_EQ(
        words_between(image, address_of(image, "__init_array_start"), address_of(image, "__init_array_end")),
        (std::vector<uint32_t>{10, 20, 30}));
}

// As C makes them: `const int a` in one file, `int b` in another, `int c[2] = {}` in a third.
TEST(Program, SectionsOfOneNameStandTogetherWhateverTheirKind) {
    const Image image =
        assemble_well({{.name = "a.s",
                        .text = "_start: la a0, __start_mixed\n la a1, __stop_mixed\n"
                                ".section mixed,\"a\",@progbits\n.word 1\n"},
                       {.name = "b.s", .text = ".section mixed,\"aw\",@nobits\n.skip 8\n"},
                       {.name = "c.s", .text = ".section mixed,\"aw\",@progbits\n.word 4\n"}});
    EXPECT_EQ(words_between(image, address_of(image, "__start_mixed"), address_of(image, "__stop_mixed")),
              (std::vector<uint32_t>{1, 0, 0, 4}));
    EXPECT_TRUE(find_section(image, ".data")->writable);
    EXPECT_EQ(find_section(image, ".rodata"), nullptr);
}

TEST(Program, BoundsThatNobodyAsksForKeepNothing) {
    const Image image = assemble_well("_start: la a2, other\n" + std::string(kRegistry));
    EXPECT_EQ(find_section(image, ".rodata")->bytes.size(), 4u);
    EXPECT_EQ(find_section(image, ".data"), nullptr);
    EXPECT_EQ(find_symbol(image, "__start_registry"), nullptr);
}

TEST(Program, BoundsOfNothingAreEqualOrUnknown) {
    const Image image = assemble_well("_start: la a0, __init_array_start\n la a1, __init_array_end\n");
    EXPECT_EQ(address_of(image, "__init_array_start"), address_of(image, "__init_array_end"));
    const std::string errors = errors_of({{.name = "a.s", .text = "_start: la a0, __start_nowhere\n"}});
    EXPECT_NE(errors.find("`__start_nowhere` is not defined"), std::string::npos) << errors;
}

TEST(Program, WhatNothingRefersToIsDropped) {
    const std::string text = R"(
_start: call used
        .section .text.used,"ax",@progbits
used:   la a0, kept_data
        ret
        .section .text.unused,"ax",@progbits
unused: la a0, dropped_data
        ret
        .section .data.kept,"aw",@progbits
kept_data: .word 1
        .section .data.dropped,"aw",@progbits
dropped_data: .word 2
        .section .text.wanted,"axR",@progbits
wanted: ret
)";
    const Image image = assemble_well(text);
    EXPECT_NE(find_symbol(image, "used"), nullptr);
    EXPECT_NE(find_symbol(image, "kept_data"), nullptr);
    EXPECT_NE(find_symbol(image, "wanted"), nullptr);
    EXPECT_EQ(find_symbol(image, "unused"), nullptr);
    EXPECT_EQ(find_symbol(image, "dropped_data"), nullptr);
    EXPECT_NE(find_symbol(assemble_well(text, {.keep_unreferenced = true}), "unused"), nullptr);
}

TEST(Program, AWeakDefinitionGivesWay) {
    const Source weak{.name = "weak.s", .text = ".weak f\nf: ebreak\n.globl _start\n_start: call f\n"};
    const Source strong{.name = "strong.s", .text = ".globl f\nf: ret\n"};
    EXPECT_EQ(words_of(assemble_well({weak})), (std::vector<uint32_t>{0xE1000000, 0x701FFFFC}));
    for (const auto& order : {std::vector{weak, strong}, std::vector{strong, weak}}) {
        const Image image = assemble_well(order);
        EXPECT_EQ(find_symbol(image, "f")->binding, SymbolBinding::global);
        EXPECT_EQ(words_of(image).back(), 0x71010000u);
    }
}

TEST(Program, AWeakNameThatNobodyDefinesIsZero) {
    EXPECT_EQ(bytes_of(assemble_scrap(".weak nobody\n.data\n.word nobody\n"), ".data"),
              std::vector<uint8_t>(4, 0));
}

// As gcc has it: the uses stand before the directive.
TEST(Program, AWeakReferenceIsItsTargetOrZero) {
    const std::string user = ".globl _start\n_start: la a0, alias\nret\n.weakref alias, target\n";
    const std::vector<uint32_t> absent = words_of(assemble_well(user));
    EXPECT_EQ(std::vector(absent.begin(), absent.begin() + 2),
              words_of(assemble_scrap("lui a0, 0\naddi a0, a0, 0")));
    const Image elsewhere = assemble_well(
        {{.name = "a.s", .text = user}, {.name = "b.s", .text = ".globl target\ntarget: ebreak\n"}});
    EXPECT_EQ(words_of(elsewhere).size(), 4u);
    EXPECT_EQ(words_of(elsewhere), words_of(assemble_well("_start: la a0, 1f\nret\n1: ebreak\n")));
    EXPECT_EQ(find_symbol(elsewhere, "alias"), nullptr);
    // This file's own target is not another's of that name.
    const Image here = assemble_well({{.name = "a.s", .text = user + "target: ebreak\n"},
                                      {.name = "b.s", .text = ".globl target\ntarget: nop\nebreak\n"}});
    EXPECT_EQ(words_of(here), words_of(elsewhere));
    // A use by its own name asks for a definition.
    EXPECT_NE(errors_of({{.name = "a.s", .text = user + "call target\n"}}).find("`target` is not defined"),
              std::string::npos);
}

TEST(Program, AnAlignmentMayBeAMebibyte) {
    const Image image = assemble_well(
        "_start: call f\n.p2align 20\nla a0, d\nf: ret\n.data\n.byte 1\n.balign 0x100000\nd: .byte 2\n");
    EXPECT_EQ(find_section(image, ".text")->address, 0x100000u);
    EXPECT_EQ(find_symbol(image, "f")->address, 0x200008u);
    EXPECT_EQ(find_symbol(image, "d")->address % 0x100000, 0u);
}

TEST(Program, CommonSymbolsShareTheLargestRoom) {
    const Image image = assemble_well({{.name = "a.s", .text = "_start: la a0, shared\n.comm shared, 4, 4\n"},
                                       {.name = "b.s", .text = ".comm shared, 40, 8\n.lcomm own, 4\n"}});
    EXPECT_EQ(find_symbol(image, "shared")->size, 40u);
    EXPECT_EQ(find_section(image, ".bss")->size, 40u);
    const Image local =
        assemble_well({{.name = "a.s", .text = "_start: la a0, x\ncall f\n.local x\n.comm x, 4, 4\n"},
                       {.name = "b.s", .text = ".globl f\nf: la a0, x\n.local x\n.comm x, 4, 4\n"}});
    EXPECT_EQ(find_section(local, ".bss")->size, 8u);
}

TEST(Program, SizesAndTypesOfSymbolsAreKept) {
    const Image image = assemble_well(
        ".globl _start\n.type _start, @function\n_start: ret\n.size _start, . - _start\n"
        "la a0, d\n.data\n.type d, @object\n.size d, 4\nd: .word 1\n.equ number, 42\n");
    EXPECT_EQ(find_symbol(image, "_start")->type, SymbolType::function);
    EXPECT_EQ(find_symbol(image, "_start")->size, 4u);
    EXPECT_EQ(find_symbol(image, "d")->type, SymbolType::object);
    EXPECT_EQ(find_symbol(image, "number")->address, 42u);
    EXPECT_EQ(find_symbol(image, "number")->section, kAbsoluteSection);
}

TEST(Program, TooLargeForTheAddressSpaceIsAnError) {
    const std::string text =
        errors_of({{.name = "a.s", .text = "_start: la a0, x\nret\n.bss\nx: .space 0x8000000\n"}},
                  {.text_base = 0xFFFF0000});
    EXPECT_EQ(text,
              "error: the program ends at 0x107ff1000, beyond the 32-bit address space: choose a lower "
              "--text-base\n1 error\n");
}

TEST(Program, NoSourcesIsNoProgram) {
    EXPECT_FALSE(assemble({}).image.has_value());
}

}  // namespace
}  // namespace peach::assembler::testing
