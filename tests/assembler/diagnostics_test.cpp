// Every message the assembler can give, pinned: diagnostics/NAME.s must produce exactly
// diagnostics/NAME.expected. PEACH_UPDATE_GOLDEN=1 writes the expected files anew.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kDirectory = fs::path(PEACH_SOURCE_DIR) / "tests/assembler/diagnostics";

std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(kDirectory)) {
        if (entry.path().extension() == ".s") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Diagnostics : public ::testing::TestWithParam<std::string> {};

TEST_P(Diagnostics, AreWordedAsExpected) {
    const std::string name = GetParam() + ".s";
    Options options;
    options.loader = [](const std::string& wanted,
                        const std::string&) -> std::expected<LoadedFile, std::string> {
        if (!fs::exists(kDirectory / wanted)) return std::unexpected("no such file");
        return LoadedFile{.name = wanted, .text = read(kDirectory / wanted)};
    };
    const Result result =
        assemble(std::vector{Source{.name = name, .text = read(kDirectory / name)}}, options);
    const std::string found = render(result.diagnostics);
    const fs::path expected = kDirectory / (GetParam() + ".expected");
    if (std::getenv("PEACH_UPDATE_GOLDEN") != nullptr) std::ofstream(expected) << found;
    EXPECT_EQ(found, read(expected));
    EXPECT_EQ(result.image.has_value(), !has_errors(result.diagnostics));
    EXPECT_FALSE(found.empty());
}

INSTANTIATE_TEST_SUITE_P(Messages, Diagnostics, ::testing::ValuesIn(case_names()),
                         [](const auto& one) { return one.param; });

TEST(DiagnosticsAcrossFiles, ALabelOfAnotherFileThatIsNotSharedIsSaidToBeSo) {
    const std::string text = errors_of(
        {{.name = "a.s", .text = "_start: call helper\n"}, {.name = "b.s", .text = "helper: ret\n"}});
    EXPECT_EQ(
        text,
        "a.s:1:14: error: `helper` is not defined in this file; b.s defines it, but only for itself: write "
        "`.globl helper` there\n"
        "    1 | _start: call helper\n"
        "      |              ^~~~~~\n"
        "1 error\n");
}

TEST(DiagnosticsAcrossFiles, ANameSharedTwiceNamesBothPlaces) {
    const std::string text = errors_of({{.name = "a.s", .text = ".globl f, _start\n_start: f: ret\n"},
                                        {.name = "b.s", .text = ".globl f\nf: ret\n"}});
    EXPECT_EQ(text,
              "b.s:2:1: error: `f` is defined in two files\n"
              "    2 | f: ret\n"
              "      | ^\n"
              "a.s:2:9: note: the other definition is here\n"
              "    2 | _start: f: ret\n"
              "      |         ^\n"
              "1 error\n");
}

TEST(DiagnosticsAcrossFiles, AnUndefinedNameInCompiledCodeIsPlacedInTheCSource) {
    const std::string text = errors_of({{.name = "prog.s", .text = R"(
        .file 0 "/home/ada" "prog.c"
        .globl _start
_start: .loc 0 7 12
        call missing
)"}});
    EXPECT_EQ(text, "/home/ada/prog.c:7:12: error: `missing` is not defined\n1 error\n");
}

TEST(DiagnosticsInColour, TheMessageIsTheSame) {
    const Result result = assemble(std::vector{Source{.name = "a.s", .text = "adi\n"}});
    std::string text = render(result.diagnostics, Colour::on);
    while (text.find('\x1b') != text.npos) {
        const size_t at = text.find('\x1b');
        text.erase(at, text.find('m', at) + 1 - at);
    }
    EXPECT_EQ(text, render(result.diagnostics));
}

TEST(DiagnosticsOfRubbish, StopAfterAWhile) {
    std::string rubbish;
    for (int i = 0; i < 100'000; ++i) rubbish += "? $\x01 }{\n";
    const Result result = assemble(std::vector{Source{.name = "a.s", .text = rubbish}});
    EXPECT_FALSE(result.image.has_value());
    EXPECT_LE(result.diagnostics.size(), 501u);
}

}  // namespace
}  // namespace peach::assembler::testing
