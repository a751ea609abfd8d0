// Arrows point down: which folder may include which. README's drawing and this table say the same.

#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

// Folder -> folders of the project that its files may include (besides their own).
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"emulator/base", {}},  // assertions and errors: below everything, and so free to all
    {"emulator/isa", {}},
    {"emulator", {"emulator/isa"}},
    {"assembler", {"emulator/isa"}},
    {"debugger", {"emulator", "emulator/isa", "assembler"}},
    {"guest_os/mkfs", {"guest_os/include"}},
    {"cli", {"debugger", "emulator", "emulator/isa", "assembler", "guest_os/mkfs", "gui"}},
    {"gui", {"debugger"}},
    {"tools", {"emulator/isa", "emulator"}},
};

// The longest row of the table that holds `path`; "" if none does.
std::string layer_of(const std::string& path) {
    std::string best;
    for (const auto& [folder, below] : kMayInclude) {
        if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
    }
    if (best.empty() && path.starts_with("guest_os/include/")) return "guest_os/include";
    return best;
}

bool is_host_source(const fs::path& path) {
    return path.extension() == ".h" || path.extension() == ".cpp";
}

TEST(Layers, IncludesPointDown) {
    const fs::path root = PEACH_SOURCE_DIR;
    const std::regex include(R"re(^\s*#\s*include\s+"([^"]+)")re");
    int files = 0;
    for (const auto& [folder, below] : kMayInclude) {
        ASSERT_TRUE(fs::is_directory(root / folder)) << folder;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string name = fs::relative(entry.path(), root).generic_string();
            if (!is_host_source(entry.path()) || layer_of(name) != folder) continue;
            ++files;
            std::ifstream source(entry.path());
            std::string line;
            for (int number = 1; std::getline(source, line); ++number) {
                std::smatch match;
                if (!std::regex_search(line, match, include)) continue;
                ASSERT_TRUE(fs::exists(root / match[1].str()))
                    << name << ":" << number << ": includes are written from the root";
                const std::string target = layer_of(match[1].str());
                EXPECT_TRUE(target == folder || target == "emulator/base" || below.contains(target))
                    << name << ":" << number << " includes " << match[1] << ": an arrow that points up";
            }
        }
    }
    EXPECT_GT(files, 20);
}

TEST(Layers, TheEmulatorKnowsNoScreenAndNoHostClock) {
    const std::regex forbidden(R"(#include\s+<(SDL|imgui|chrono|random|ctime|thread|iostream|cstdlib))");
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PEACH_SOURCE_DIR) / "emulator")) {
        if (!is_host_source(entry.path())) continue;
        std::ifstream source(entry.path());
        std::string line;
        while (std::getline(source, line)) {
            const bool assertion_may_abort = entry.path().filename().string().starts_with("assert");
            if (assertion_may_abort) continue;
            EXPECT_FALSE(std::regex_search(line, forbidden)) << entry.path() << ": " << line;
        }
    }
}

// No struct, enum or offset of the guest stands in host code: types come from the kernel image's own DWARF.
TEST(Layers, TheDebuggerAndTheWindowKnowNoGuestHeaders) {
    for (const char* folder : {"debugger", "gui", "emulator", "assembler"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(PEACH_SOURCE_DIR) / folder)) {
            if (!is_host_source(entry.path())) continue;
            std::ifstream source(entry.path());
            std::string line;
            while (std::getline(source, line)) {
                EXPECT_EQ(line.find("#include \"guest_os"), std::string::npos)
                    << entry.path() << ": " << line;
            }
        }
    }
}

}  // namespace
