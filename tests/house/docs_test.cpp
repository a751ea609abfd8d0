// What the documents say is true: generated pages are fresh, quoted code stands where they say, links lead
// somewhere.

#include <gtest/gtest.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const fs::path& path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

std::vector<fs::path> documents() {
    std::vector<fs::path> result{fs::path(PEACH_SOURCE_DIR) / "README.md"};
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PEACH_SOURCE_DIR) / "docs")) {
        if (entry.path().extension() == ".md") result.push_back(entry.path());
    }
    return result;
}

std::string generated(const std::string& what) {
    const fs::path path = fs::path(testing::TempDir()) / ("peach-" + what + ".md");
    const std::string command = std::string(PEACH_GENERATE) + " " + what + " " + path.string();
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return read_file(path);
}

TEST(Docs, TheGeneratedPagesAreFresh) {
    const fs::path docs = fs::path(PEACH_SOURCE_DIR) / "docs";
    EXPECT_EQ(generated("isa-manual"), read_file(docs / "isa.md")) << "run ./dev docs";
    EXPECT_EQ(generated("memory-map"), read_file(docs / "memory-map.md")) << "run ./dev docs";
}

// `path/file.c:LINE` followed by `code`: the code must stand on that line.
TEST(Docs, QuotedCodeStandsWhereTheySay) {
    const std::regex citation(
        R"(`((?:guest_os|emulator|assembler|debugger|cli|gui)/[^`:]+):(\d+)`[^`\n]{0,12}`([^`\n]+)`)");
    int citations = 0;
    for (const fs::path& document : documents()) {
        const std::string text = read_file(document);
        for (std::sregex_iterator i(text.begin(), text.end(), citation), end; i != end; ++i) {
            ++citations;
            const fs::path source = fs::path(PEACH_SOURCE_DIR) / (*i)[1].str();
            const std::vector<std::string> lines = lines_of(source);
            const size_t number = std::stoul((*i)[2]);
            ASSERT_LE(number, lines.size()) << document << " cites " << (*i)[0];
            EXPECT_NE(lines[number - 1].find((*i)[3].str()), std::string::npos)
                << document << " cites " << (*i)[0] << "\n  but that line is: " << lines[number - 1];
        }
    }
    EXPECT_GT(citations, 5) << "docs/context-switch.md cites real lines";
}

TEST(Docs, RelativeLinksLeadSomewhere) {
    const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
    for (const fs::path& document : documents()) {
        const std::string text = read_file(document);
        for (std::sregex_iterator i(text.begin(), text.end(), link), end; i != end; ++i) {
            EXPECT_TRUE(fs::exists(document.parent_path() / (*i)[1].str()))
                << document << " links to " << (*i)[1];
        }
    }
}

}  // namespace
