// Every message the assembler can give, pinned: diagnostics/NAME.s must produce exactly
// diagnostics/NAME.expected. PEACH_UPDATE_GOLDEN=1 writes the expected files anew.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
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

// ---- is every message pinned? ----

// A C++ source with adjacent string literals joined, without comments on lines of their own.
std::string joined_source(const fs::path& path) {
    static const std::regex comment(R"((^|\n)\s*//[^\n]*)");
    static const std::regex seam(R"("\s*\n\s*")");
    return std::regex_replace(std::regex_replace(read(path), comment, "$1"), seam, "");
}

// Where the call whose parenthesis opens before `at` ends.
size_t end_of_call(const std::string& text, size_t at) {
    bool quoted = false;
    for (int depth = 1; at < text.size() && depth > 0; ++at) {
        const char c = text[at];
        if (c == '\\') {
            ++at;
        } else if (c == '"' && text[at - 1] != '\'') {
            quoted = !quoted;
        } else if (!quoted && text[at + 1] != '\'') {
            depth += (c == '(') - (c == ')');
        }
    }
    return at;
}

// The fixed parts of what the assembler's sources hand to the functions that report: at least two words.
std::vector<std::string> message_parts(const std::string& source) {
    static const std::regex call(R"(\b(error|error_here|expected|note|warning|report|unexpected)\()");
    static const std::regex literal(R"re("((?:[^"\\\n]|\\.)*)")re");
    static const std::regex hole(R"(\{[^}]*\})");
    std::vector<std::string> parts;
    for (std::sregex_iterator at(source.begin(), source.end(), call), end; at != end; ++at) {
        const auto begin = static_cast<size_t>(at->position() + at->length());
        const std::string words = source.substr(begin, end_of_call(source, begin) - begin);
        for (std::sregex_iterator i(words.begin(), words.end(), literal); i != end; ++i) {
            const std::string text = std::regex_replace((*i)[1].str(), std::regex(R"(\\(.))"), "$1");
            std::sregex_token_iterator part(text.begin(), text.end(), hole, -1);
            for (; part != std::sregex_token_iterator(); ++part) {
                const std::string fixed = part->str();
                if (fixed.size() > 8 && fixed.find(' ', 1) < fixed.size() - 1) parts.push_back(fixed);
            }
        }
    }
    return parts;
}

TEST(DiagnosticsAltogether, EveryMessageStandsInOneOfTheseTests) {
    // What only gigabytes of text would bring about.
    const std::set<std::string> kOutOfReach = {": this is more text than I can take",
                                               "this is more text than I can take"};
    std::string pinned;
    for (const fs::directory_entry& entry : fs::directory_iterator(kDirectory.parent_path())) {
        if (entry.path().extension() == ".cpp") pinned += joined_source(entry.path());
    }
    for (const std::string& name : case_names()) pinned += read(kDirectory / (name + ".expected"));
    size_t parts = 0;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::path(PEACH_SOURCE_DIR) / "assembler")) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".cpp" || name.starts_with("toolchain") || name == "program_file.cpp")
            continue;
        for (const std::string& part : message_parts(joined_source(entry.path()))) {
            ++parts;
            if (kOutOfReach.contains(part)) continue;
            EXPECT_NE(pinned.find(part), pinned.npos) << name << ": no test shows \"" << part << '"';
        }
    }
    EXPECT_GT(parts, 150u);
}

TEST(DiagnosticsAcrossFiles, AnEntryThatTwoFilesHaveForThemselvesIsNone) {
    const std::string text =
        errors_of({{.name = "a.s", .text = "_start: ret\n"}, {.name = "b.s", .text = "_start: ret\n"}});
    EXPECT_EQ(
        text,
        "error: several files define the entry `_start` for themselves: share one with `.globl _start`\n"
        "1 error\n");
}

TEST(DiagnosticsWithoutFiles, NothingCanBeIncluded) {
    const std::string text = errors_of({{.name = "a.s", .text = "_start: ret\n.include \"b.s\"\n"}});
    EXPECT_EQ(text,
              "a.s:2:10: error: other files cannot be read here\n"
              "    2 | .include \"b.s\"\n"
              "      |          ^~~~~\n"
              "1 error\n");
}

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
    EXPECT_EQ(result.diagnostics.back().message, "too many errors: the rest is not shown");
}

}  // namespace
}  // namespace peach::assembler::testing
