#pragma once
// Small C programs for the tests of symbols, types, expressions and lenses: compiled for real by clang-19,
// linked by ld.lld-19, and stamped as Peach-32's (the instructions are RISC-V's: these tests look at data and
// DWARF only).

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "debugger/debug_info.h"
#include "debugger/elf_image.h"
#include "debugger/memory_reader.h"

namespace peach::debugger::testing {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "peach_symbols_XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::vector<std::byte> read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// The executable made from C files (and headers): {"name.c", text} each.
inline std::vector<std::byte> build(const Folder& folder,
                                    const std::vector<std::pair<std::string, std::string>>& files,
                                    const std::string& options) {
    std::string objects;
    for (const auto& [name, text] : files) {
        std::ofstream(folder.path() / name) << text;
        if (name.ends_with(".h")) continue;
        const std::string compile = "cd '" + folder.path().string() +
                                    "' && clang-19 --target=riscv32 -march=rv32ema -mabi=ilp32e -nostdinc "
                                    "-ffreestanding -fno-omit-frame-pointer -g " +
                                    options + " -c " + name + " -o " + name + ".o";
        EXPECT_EQ(system(compile.c_str()), 0) << compile;
        objects += " " + name + ".o";
    }
    const std::string link =
        "cd '" + folder.path().string() + "' && ld.lld-19 -Ttext=0x80000000 -o program" + objects;
    EXPECT_EQ(system(link.c_str()), 0) << link;
    std::vector<std::byte> bytes = read_bytes(folder.path() / "program");
    if (bytes.size() > 20) {
        bytes[18] = std::byte{kElfMachinePeach32 & 0xFF};
        bytes[19] = std::byte{kElfMachinePeach32 >> 8};
    }
    return bytes;
}

// A program with its DebugInfo, and its memory as a loader lays it out.
struct GuestProgram {
    explicit GuestProgram(const std::string& text, const std::string& options = "-O0")
        : GuestProgram(std::vector<std::pair<std::string, std::string>>{{"program.c", text}}, options) {}
    GuestProgram(const std::vector<std::pair<std::string, std::string>>& files, const std::string& options)
        : image(*ElfImage::parse(build(folder, files, options), "program")), info(*DebugInfo::load(image)) {}

    Folder folder;
    ElfImage image;
    std::shared_ptr<const DebugInfo> info;
    ImageMemory memory{image};
};

}  // namespace peach::debugger::testing
