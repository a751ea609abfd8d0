// What the debugger says about an executable: its file, functions, lines, symbols and variables.

#include <gtest/gtest.h>

#include <algorithm>

#include "debugger/source_tree.h"
#include "debugger/value.h"
#include "guest_program.h"

namespace peach::debugger {
namespace {

using testing::build;
using testing::Folder;
using testing::GuestProgram;

const char* const kProgram = R"(int counter = 5;
static unsigned char table[10];
int add(int a, int b) {
    int sum = a + b;
    {
        int sum = a * 2;
        counter += sum;
    }
    for (int i = 0; i < 3; i++)
        sum += i;
    return sum;
}
void _start(void) {
    static int calls;
    calls++;
    table[1] = add(1, 2);
    for (;;) ;
}
)";

std::string refusal(std::vector<std::byte> bytes) {
    const auto image = ElfImage::parse(std::move(bytes), "file");
    return image ? "accepted" : image.error().message;
}

TEST(ElfImage, TellsEntrySegmentsAndSymbols) {
    const GuestProgram program(kProgram);
    const ElfImage& image = program.image;
    const auto start = std::ranges::find(image.symbols(), "_start", &ElfSymbol::name);
    ASSERT_NE(start, image.symbols().end());
    EXPECT_EQ(image.entry(), start->address);
    EXPECT_EQ(start->kind, SymbolKind::function);
    EXPECT_TRUE(start->global);
    const auto text = std::ranges::find_if(image.segments(), &ElfSegment::executable);
    ASSERT_NE(text, image.segments().end());
    EXPECT_FALSE(image.section(".debug_info").empty());
    EXPECT_TRUE(image.section(".no_such_section").empty());
}

TEST(ElfImage, RefusesWhatIsNotOursWithASentence) {
    const Folder folder;
    const std::vector<std::byte> good = build(folder, {{"a.c", "void _start(void) {}"}}, "");
    EXPECT_EQ(refusal(good), "accepted");
    EXPECT_EQ(refusal({}), "file: the file is empty: give an executable made by 'peach as' or 'peach cc'");
    EXPECT_EQ(refusal(std::vector<std::byte>(100, std::byte{'x'})),
              "file: not an ELF file: give an executable made by 'peach as' or 'peach cc'");
    std::vector<std::byte> foreign = good;
    foreign[18] = std::byte{0xF3};
    foreign[19] = std::byte{0};
    EXPECT_EQ(
        refusal(foreign),
        "file: this ELF file is for another machine (e_machine 0xf3, Peach-32 is 0x7eac): build it with "
        "'peach as' or 'peach cc'");
    std::vector<std::byte> object = good;
    object[16] = std::byte{1};
    EXPECT_EQ(refusal(object), "file: not an executable: give the output of 'peach as'");
}

TEST(ElfImage, SurvivesEveryTruncation) {
    const Folder folder;
    const std::vector<std::byte> good = build(folder, {{"a.c", kProgram}}, "");
    for (size_t size = 0; size < good.size(); size += size < 200 ? 1 : 97) {
        const auto image =
            ElfImage::parse({good.begin(), good.begin() + static_cast<ptrdiff_t>(size)}, "file");
        EXPECT_FALSE(image.has_value()) << size;
    }
}

TEST(ElfImage, SaysWhichFileIsMissing) {
    const auto image = ElfImage::load("/no/such/file");
    ASSERT_FALSE(image.has_value());
    EXPECT_EQ(image.error().message, "/no/such/file: cannot be read: check the path");
}

TEST(DebugInfo, FindsFunctionsByNameAndAddress) {
    const GuestProgram program(kProgram);
    const Function* add = program.info->find_function("add");
    ASSERT_NE(add, nullptr);
    EXPECT_EQ(add->line, 3U);
    EXPECT_TRUE(add->external);
    EXPECT_EQ(type_name(*add->result), "int");
    ASSERT_EQ(add->parameters.size(), 2U);
    EXPECT_EQ(add->parameters[0].name, "a");
    EXPECT_EQ(program.info->function_at(add->low_pc), add);
    EXPECT_EQ(program.info->function_at(add->high_pc - 4), add);
    EXPECT_NE(program.info->function_at(add->high_pc), add);
    EXPECT_EQ(program.info->function_at(0), nullptr);
    EXPECT_EQ(program.info->find_function("nothing"), nullptr);
}

// Line 4 lies in line 8 lies in line 12.
constexpr const char* kInlined = R"(
volatile int counter;
static inline __attribute__((always_inline)) void inner(void) {
    counter++;
}
static inline __attribute__((always_inline)) void middle(void) {
    counter = 10;
    inner();
}
void _start(void) {
    counter = 1;
    middle();
    inner();
    for (;;) ;
}
)";

TEST(DebugInfo, KnowsInlinedCalls) {
    const GuestProgram program(kInlined);
    const DebugInfo& info = *program.info;
    const uint16_t file = *info.find_file("program.c");
    const auto increments = info.entries_of("inner");
    ASSERT_EQ(increments.size(), 2U);
    const auto calls = info.inlined_calls_at(std::ranges::min(increments));
    ASSERT_EQ(calls.size(), 2U);
    EXPECT_EQ(calls[0]->name, "inner");
    EXPECT_EQ(calls[0]->file, file);
    EXPECT_EQ(calls[0]->line, 8U);
    EXPECT_EQ(calls[1]->name, "middle");
    EXPECT_EQ(calls[1]->line, 12U);
    const auto second = info.inlined_calls_at(std::ranges::max(increments));
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0]->line, 13U);
    EXPECT_TRUE(info.inlined_calls_at(info.find_function("_start")->low_pc).empty());
    EXPECT_EQ(info.entries_of("_start"), std::vector{info.after_prologue(*info.find_function("_start"))});
    EXPECT_TRUE(info.entries_of("nothing").empty());
}

TEST(DebugInfo, MapsAddressesToLinesAndBack) {
    const GuestProgram program(kProgram);
    const DebugInfo& info = *program.info;
    const auto file = info.find_file("program.c");
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE(info.files()[*file].ends_with("/program.c"));
    const auto place = info.addresses_of(*file, 7);
    EXPECT_EQ(place.line, 7U);
    ASSERT_EQ(place.addresses.size(), 1U);
    const auto line = info.line_at(place.addresses[0]);
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(line->line, 7U);
    EXPECT_TRUE(line->is_statement);
    EXPECT_EQ(line->file, info.files()[*file]);
    EXPECT_FALSE(info.line_at(4).has_value());
}

TEST(DebugInfo, MovesAStopToTheNextLineWithCode) {
    const GuestProgram program(kProgram);
    const auto file = program.info->find_file("program.c");
    const auto place = program.info->addresses_of(*file, 5);  // only a brace
    EXPECT_EQ(place.line, 6U);
    EXPECT_EQ(place.addresses.size(), 1U);
    EXPECT_TRUE(program.info->addresses_of(*file, 1000).addresses.empty());
}

TEST(DebugInfo, StopsAtAFunctionsLineAfterItsPrologue) {
    const GuestProgram program(kProgram);
    const Function& add = *program.info->find_function("add");
    const auto file = program.info->find_file("program.c");
    const auto place = program.info->addresses_of(*file, 3);
    ASSERT_EQ(place.addresses.size(), 1U);
    EXPECT_EQ(place.addresses[0], program.info->after_prologue(add));
    EXPECT_GT(place.addresses[0], add.low_pc);
    EXPECT_EQ(program.info->line_at(place.addresses[0])->line, 4U);
}

TEST(DebugInfo, StopsOnceInALoopsLine) {
    const GuestProgram program(kProgram);
    const auto place = program.info->addresses_of(*program.info->find_file("program.c"), 9);
    EXPECT_EQ(place.addresses.size(), 1U);
}

TEST(DebugInfo, NamesAddressesByTheNearestSymbol) {
    const GuestProgram program(kProgram);
    const DebugInfo& info = *program.info;
    const uint32_t add = info.find_symbol("add")->address;
    EXPECT_EQ(info.symbol_at(add)->text(), "add");
    EXPECT_EQ(info.symbol_at(add + 8)->text(), "add+8");
    EXPECT_EQ(info.symbol_at(info.find_symbol("table")->address + 3)->text(), "table+3");
    EXPECT_FALSE(info.symbol_at(12).has_value());
    EXPECT_EQ(info.find_symbol("nothing"), nullptr);
}

TEST(DebugInfo, KnowsGlobalVariables) {
    const GuestProgram program(kProgram);
    const DebugInfo& info = *program.info;
    const Variable* counter = info.find_global("counter");
    ASSERT_NE(counter, nullptr);
    EXPECT_EQ(info.global_address(*counter), info.find_symbol("counter")->address);
    const Variable* table = info.find_global("table");
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(type_name(*table->type), "unsigned char[10]");
    const auto hit = info.global_at(*info.global_address(*table) + 9);
    ASSERT_TRUE(hit.has_value());
    EXPECT_EQ(hit->first, table);
    EXPECT_EQ(hit->second, 9U);
}

TEST(DebugInfo, ShowsTheInnermostVariableOfAName) {
    const GuestProgram program(kProgram);
    const DebugInfo& info = *program.info;
    const auto file = info.find_file("program.c");
    const auto names_at = [&](uint32_t line) {
        std::string names;
        for (const Variable* variable : info.variables_at(info.addresses_of(*file, line).addresses.at(0)))
            names += variable->name + ":" + std::to_string(variable->line) + " ";
        return names;
    };
    EXPECT_EQ(names_at(7), "sum:6 a:3 b:3 ");
    EXPECT_EQ(names_at(10), "i:9 sum:4 a:3 b:3 ");
    EXPECT_EQ(names_at(16), "calls:14 ");
}

TEST(DebugInfo, LocatesVariablesInTheFrame) {
    const GuestProgram program(kProgram);
    const DebugInfo& info = *program.info;
    const Function& add = *info.find_function("add");
    RegisterValues registers;
    registers.x[8] = 0x80001000;
    registers.pc = info.after_prologue(add);
    const ValueLocation a = info.locate(add.parameters[0], registers, program.memory);
    EXPECT_EQ(a.kind, ValueLocation::Kind::memory);
    EXPECT_LT(a.number, 0x80001000U);
    EXPECT_GT(a.number, 0x80000F00U);
    const ValueLocation counter = info.locate(*info.find_global("counter"), registers, program.memory);
    EXPECT_EQ(counter.kind, ValueLocation::Kind::memory);
    EXPECT_EQ(counter.number, info.find_symbol("counter")->address);
}

TEST(DebugInfo, ReadsOptimisedProgramsToo) {
    for (const char* options : {"-Og", "-O1", "-O2", "-Os", "-O2 -gdwarf-4"}) {
        const GuestProgram program(R"(
            __attribute__((noinline)) long long twice(long long value, int step) {
                for (int i = 0; i < step; i++) value += value;
                return value;
            }
            long long out;
            void _start(void) { out = twice(3, 4); for (;;) ; })",
                                   options);
        const Function* twice = program.info->find_function("twice");
        ASSERT_NE(twice, nullptr) << options;
        ASSERT_EQ(twice->parameters.size(), 2U) << options;
        RegisterValues registers;
        registers.pc = twice->low_pc;
        registers.x[10] = 7;
        registers.x[11] = 1;
        const ValueLocation value = program.info->locate(twice->parameters[0], registers, program.memory);
        EXPECT_EQ(value.kind, ValueLocation::Kind::value) << options;
        EXPECT_EQ(value.number, 0x1'0000'0007U) << options;
    }
}

TEST(DebugInfo, WithoutDwarfThereAreStillSymbols) {
    const GuestProgram program(kProgram, "-g0");
    EXPECT_TRUE(program.info->functions().empty());
    EXPECT_TRUE(program.info->lines().empty());
    EXPECT_NE(program.info->find_symbol("add"), nullptr);
}

TEST(DebugInfo, SurvivesDamagedDwarf) {
    const Folder folder;
    const std::vector<std::byte> good = build(folder, {{"a.c", kProgram}}, "");
    const ElfImage image = *ElfImage::parse(good, "file");
    for (const char* name :
         {".debug_info", ".debug_abbrev", ".debug_line", ".debug_str_offsets", ".debug_addr"}) {
        const auto section = image.section(name);
        const size_t start = static_cast<size_t>(section.data() - image.bytes().data());
        for (size_t i = 0; i < section.size(); ++i) {
            std::vector<std::byte> damaged = good;
            damaged[start + i] ^= std::byte{0xFF};
            const auto parsed = ElfImage::parse(std::move(damaged), "file");
            ASSERT_TRUE(parsed.has_value());
            const auto info = DebugInfo::load(*parsed);  // either way, but no crash
            if (!info) continue;
            static_cast<void>((*info)->variables_at(parsed->entry()));
            const ImageMemory memory(*parsed);
            for (const Variable& global : (*info)->globals()) {
                const auto address = (*info)->global_address(global);
                const auto value = address && global.type != nullptr
                                       ? read_value(*global.type, *address, memory)
                                       : std::nullopt;
                if (value) static_cast<void>(format_value(*value, info->get(), &memory));
            }
        }
    }
}

TEST(SourceTree, FindsAFileByItsRecordedPathOrItsTail) {
    const Folder folder;
    std::filesystem::create_directories(folder.path() / "kernel");
    std::ofstream(folder.path() / "kernel" / "main.c") << "first\nsecond\r\n";
    SourceTree tree({folder.path()});
    EXPECT_EQ(tree.line("/built/elsewhere/kernel/main.c", 2), "second");
    EXPECT_EQ(tree.line((folder.path() / "kernel/main.c").string(), 1), "first");
    EXPECT_EQ(tree.line("/built/elsewhere/kernel/main.c", 3), "");
    EXPECT_EQ(tree.lines("/built/elsewhere/other.c"), nullptr);
}

}  // namespace
}  // namespace peach::debugger
