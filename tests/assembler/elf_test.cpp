// The file that comes out, read by other people's readers: libelf and libdw.

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>

#include <map>
#include <memory>
#include <set>

#include "assembler/elf_writer.h"
#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

class ElfFile {
  public:
    explicit ElfFile(const Image& image) : bytes_(write_elf(image)) {
        elf_version(EV_CURRENT);
        elf_.reset(elf_memory(reinterpret_cast<char*>(bytes_.data()), bytes_.size()));
        dwarf_.reset(dwarf_begin_elf(elf_.get(), DWARF_C_READ, nullptr));
    }

    Elf* elf() const { return elf_.get(); }
    Dwarf* dwarf() const { return dwarf_.get(); }

    std::vector<GElf_Phdr> segments() const {
        size_t count = 0;
        elf_getphdrnum(elf_.get(), &count);
        std::vector<GElf_Phdr> found(count);
        for (size_t i = 0; i < count; ++i) gelf_getphdr(elf_.get(), static_cast<int>(i), &found[i]);
        return found;
    }

    // "file:line" by address, from all line tables.
    std::map<uint32_t, std::string> lines() const {
        std::map<uint32_t, std::string> found;
        Dwarf_Off offset = 0;
        Dwarf_Off next = 0;
        Dwarf_CU* unit = nullptr;
        Dwarf_Lines* rows = nullptr;
        size_t count = 0;
        while (dwarf_next_lines(dwarf(), offset, &next, &unit, nullptr, nullptr, &rows, &count) == 0) {
            for (size_t i = 0; i < count; ++i) {
                Dwarf_Line* row = dwarf_onesrcline(rows, i);
                Dwarf_Addr address = 0;
                int line = 0;
                bool end = false;
                dwarf_lineaddr(row, &address);
                dwarf_lineno(row, &line);
                dwarf_lineendsequence(row, &end);
                if (!end)
                    found[static_cast<uint32_t>(address)] =
                        std::string(dwarf_linesrc(row, nullptr, nullptr)) + ":" + std::to_string(line);
            }
            offset = next;
        }
        return found;
    }

    // Name and language of every compile unit.
    std::map<std::string, int> units() const {
        std::map<std::string, int> found;
        Dwarf_CU* unit = nullptr;
        Dwarf_Die entry;
        while (dwarf_get_units(dwarf(), unit, &unit, nullptr, nullptr, &entry, nullptr) == 0) {
            found[dwarf_diename(&entry)] = dwarf_srclang(&entry);
        }
        return found;
    }

  private:
    struct ElfCloser {
        void operator()(Elf* elf) const { elf_end(elf); }
    };
    struct DwarfCloser {
        void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
    };

    std::vector<std::byte> bytes_;
    std::unique_ptr<Elf, ElfCloser> elf_;
    std::unique_ptr<Dwarf, DwarfCloser> dwarf_;
};

const std::string kHello = R"(
        .globl _start
        .type _start, @function
_start: la a0, text
        la a1, number
        la a2, room
        ret
        .size _start, . - _start
        .rodata
text:   .asciz "hello"
        .data
number: .word 7
        .bss
room:   .space 10000
)";

TEST(ElfFiles, SayWhatMachineTheyAreFor) {
    const ElfFile file(assemble_well(kHello, {.text_base = 0x80000000}));
    GElf_Ehdr header;
    ASSERT_NE(gelf_getehdr(file.elf(), &header), nullptr);
    EXPECT_EQ(header.e_ident[EI_CLASS], ELFCLASS32);
    EXPECT_EQ(header.e_ident[EI_DATA], ELFDATA2LSB);
    EXPECT_EQ(header.e_type, ET_EXEC);
    EXPECT_EQ(header.e_machine, kElfMachine);
    EXPECT_EQ(header.e_entry, 0x80000000u);
}

TEST(ElfFiles, HaveThreeSegmentsThatAKernelCanMapPageByPage) {
    const std::vector<GElf_Phdr> segments = ElfFile(assemble_well(kHello)).segments();
    ASSERT_EQ(segments.size(), 3u);
    EXPECT_EQ(segments[0].p_flags, unsigned{PF_R | PF_X});
    EXPECT_EQ(segments[1].p_flags, unsigned{PF_R});
    EXPECT_EQ(segments[2].p_flags, unsigned{PF_R | PF_W});
    EXPECT_EQ(segments[2].p_filesz, 4u);
    EXPECT_EQ(segments[2].p_memsz, 10004u);
    for (const GElf_Phdr& segment : segments) {
        EXPECT_EQ(segment.p_type, unsigned{PT_LOAD});
        EXPECT_EQ(segment.p_vaddr % kPageBytes, 0u);
        EXPECT_EQ(segment.p_offset % kPageBytes, segment.p_vaddr % kPageBytes);
    }
}

TEST(ElfFiles, ListLocalSymbolsBeforeSharedOnes) {
    const ElfFile file(assemble_well(kHello));
    for (Elf_Scn* section = elf_nextscn(file.elf(), nullptr); section != nullptr;
         section = elf_nextscn(file.elf(), section)) {
        GElf_Shdr header;
        gelf_getshdr(section, &header);
        if (header.sh_type != SHT_SYMTAB) continue;
        Elf_Data* data = elf_getdata(section, nullptr);
        std::set<std::string> names;
        for (size_t i = 1; i < header.sh_size / header.sh_entsize; ++i) {
            GElf_Sym symbol;
            gelf_getsym(data, static_cast<int>(i), &symbol);
            EXPECT_EQ(GELF_ST_BIND(symbol.st_info) == STB_LOCAL, i < header.sh_info);
            names.insert(elf_strptr(file.elf(), header.sh_link, symbol.st_name));
        }
        for (const char* name : {"_start", "text", "number", "room", "end", "test.s"})
            EXPECT_TRUE(names.contains(name)) << name;
    }
}

TEST(LineTables, OfHandWrittenFilesNameTheirOwnLines) {
    const ElfFile file(
        assemble_well({{.name = "a.s", .text = "_start:\n    call f\n    li a0, 0x12345678\n    ret\n"},
                       {.name = "b.s", .text = "\n.globl f\nf: ret\n"}},
                      {.directory = "/home/ada"}));
    const std::map<uint32_t, std::string> expected = {{0x10000, "/home/ada/a.s:2"},
                                                      {0x10004, "/home/ada/a.s:3"},
                                                      {0x1000C, "/home/ada/a.s:4"},
                                                      {0x10010, "/home/ada/b.s:3"}};
    EXPECT_EQ(file.lines(), expected);
    const std::map<std::string, int> units = {{"a.s", DW_LANG_Mips_Assembler},
                                              {"b.s", DW_LANG_Mips_Assembler}};
    EXPECT_EQ(file.units(), units);
}

TEST(LineTables, GoBackToTheFileItselfBehindInlineAssembly) {
    const ElfFile file(assemble_well({{.name = "prog.s", .text = R"(	.file	"prog.c"
_start:
 #APP
# 40 "prog.c" 1
	nop
	nop
# 0 "" 2
 #NO_APP
	addi	a0,a0,1
	ret
)"}},
                                     {.directory = "/home/ada"}));
    const std::map<uint32_t, std::string> expected = {{0x10000, "/home/ada/prog.c:40"},
                                                      {0x10004, "/home/ada/prog.c:41"},
                                                      {0x10008, "/home/ada/prog.s:9"},
                                                      {0x1000C, "/home/ada/prog.s:10"}};
    EXPECT_EQ(file.lines(), expected);
}

TEST(LineTables, FollowFarCallsAndBackwardLines) {
    std::string text = "_start: call f\n";
    for (int i = 0; i < 300; ++i) text += i % 7 == 0 ? "nop\n\n\n" : "nop\n";
    text += "f: .space 600000\n.globl f\nret\n";
    text += ".section .text.b\n";
    const ElfFile file(assemble_well(text));
    const std::map<uint32_t, std::string> lines = file.lines();
    EXPECT_EQ(lines.size(), 302u);
    EXPECT_EQ(lines.begin()->second.substr(lines.begin()->second.rfind(':')), ":1");
}

TEST(LineTables, OfCompiledFilesAreTheCompilers) {
    const ElfFile file(assemble_well({{.name = "prog.s", .text = R"(
        .file 0 "/home/ada" "prog.c" md5 0x6901344c25386a986ab056c8a90119fa
        .file 1 "/usr/include" "x.h" md5 0x7bd78a282b99fcfe41a9e3c566d14f7d source "int x;\n"
_start: .loc 0 7 12 prologue_end
        nop
        .loc 1 900 3 is_stmt 0
        nop
        nop
        .loc 0 6 1 epilogue_begin
        ret
        .section .text.gone,"ax",@progbits
        .loc 0 99 1
        ret
        .section .debug_line,"",@progbits
)"}}));
    const std::map<uint32_t, std::string> expected = {
        {0x10000, "/home/ada/prog.c:7"}, {0x10004, "/usr/include/x.h:900"}, {0x1000C, "/home/ada/prog.c:6"}};
    EXPECT_EQ(file.lines(), expected);
}

TEST(ElfFiles, OfNothingAreFilesToo) {
    EXPECT_GT(write_elf(assemble_scrap("")).size(), 52u);
}

}  // namespace
}  // namespace peach::assembler::testing
