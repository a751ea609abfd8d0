// Whatever is typed, the assembler answers: with a program or with messages.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

namespace fs = std::filesystem;

void expect_an_answer(const std::string& text) {
    const Result result = assemble(std::vector{Source{.name = "a.s", .text = text}});
    EXPECT_EQ(result.image.has_value(), !has_errors(result.diagnostics));
    EXPECT_FALSE(!result.image && render(result.diagnostics).empty());
}

std::vector<std::string> seeds() {
    std::vector<std::string> texts;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::path(PEACH_SOURCE_DIR) / "tests/assembler/diagnostics")) {
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        if (entry.path().extension() == ".s") texts.push_back(text.str());
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

TEST(Robustness, RandomlyDamagedSources) {
    const std::vector<std::string> texts = seeds();
    std::mt19937 random(32);
    for (int round = 0; round < 3000; ++round) {
        std::string text = texts[random() % texts.size()];
        for (uint32_t i = random() % 6 + 1; i > 0 && !text.empty(); --i) {
            const size_t at = random() % text.size();
            const std::string& other = texts[random() % texts.size()];
            switch (random() % 4) {
                case 0:
                    text[at] = static_cast<char>(random());
                    break;
                case 1:
                    text.erase(at, random() % 8);
                    break;
                case 2:
                    text.insert(at, other.substr(random() % other.size(), random() % 30));
                    break;
                default:
                    text.resize(at);
                    break;
            }
        }
        expect_an_answer(text);
    }
}

TEST(Robustness, EndsInTheMiddleOfAnything) {
    for (const char* text : {"",
                             "'",
                             "add a0, '",
                             "/*",
                             "/",
                             "\"",
                             "\"x",
                             ".ascii \"\\",
                             ".word '\\",
                             "x =",
                             ".set x",
                             ".section \"",
                             "1",
                             "1:",
                             "%",
                             "lw a0, %",
                             "lw a0, %lo(",
                             "lw a0, (",
                             ".loc",
                             ".file 1 \"a\" md5",
                             "# 1 \"",
                             "#"}) {
        expect_an_answer(text);
    }
}

// Minutes, if each half looked for the other among all.
TEST(Robustness, ManyPairsOfHalfAddresses) {
    std::string text = "_start:\n";
    for (int i = 0; i < 200'000; ++i) text += "1: auipc a0, %pcrel_hi(_start)\naddi a0, a0, %pcrel_lo(1b)\n";
    const Result result = assemble(std::vector{Source{.name = "a.s", .text = text + "ret\n"}});
    EXPECT_TRUE(result.image.has_value());
    std::string halves = "_start:\n";
    for (int i = 0; i < 200'000; ++i) halves += "addi a0, a0, %pcrel_lo(_start)\n";
    expect_an_answer(halves);
}

// Ten gigabytes, if the text were made before it is measured.
TEST(Robustness, AMacroThatMultipliesItsArgument) {
    std::string text = ".macro m a\n";
    for (int i = 0; i < 100'000; ++i) text += "\\a";
    expect_an_answer(text + "\n.endm\nm " + std::string(100'000, 'x') + "\n");
}

TEST(Robustness, ExpressionsThatWouldTakeForEver) {
    expect_an_answer("_start: .word " + std::string(100'000, '('));
    expect_an_answer("_start: .word " + std::string(100'000, '-') + "1");
    std::string squares = "_start: ret\n.set x, later + 1\n";
    for (int i = 0; i < 64; ++i) squares += ".set x, x * x\n";
    expect_an_answer(squares + ".word x\nlater:\n");
    std::string chain = "_start: la a0, x0\n";
    for (int i = 0; i < 60; ++i) chain += fmt::format(".set x{}, x{} * x{}\n", i, i + 1, i + 1);
    expect_an_answer(chain + "x60:\n");
    std::string line = "_start: la a0, x0\n";
    for (int i = 0; i < 20'000; ++i) line += fmt::format(".set x{}, x{} + 1\n", i, i + 1);
    expect_an_answer(line + "x20000:\n");
}

}  // namespace
}  // namespace peach::assembler::testing
