// What clang and gcc make of PeachOS's own C, at every level of optimisation, goes through the assembler
// unchanged, and its debug information comes out readable. (gcc: if gcc-riscv64-unknown-elf is installed.)

#include <elfutils/libdw.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include "assembler/elf_writer.h"
#include "tests/assembler/assembling.h"

namespace peach::assembler::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kGuest = fs::path(PEACH_SOURCE_DIR) / "guest_os";
const std::string kUserFlags =
    "-std=c17 -nostdinc -fno-builtin -isystem " + (kGuest / "lib/include").string();

std::vector<fs::path> files_in(const fs::path& directory, std::string_view extension) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == extension) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

Source read_source(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return {.name = path.filename().string(), .text = std::move(text).str()};
}

constexpr std::string_view kClang =
    "clang-19 --target=riscv32 -fno-omit-frame-pointer -S -Xclang -no-integrated-as -ffreestanding";
constexpr std::string_view kGcc = "riscv64-unknown-elf-gcc -S -ffreestanding -w";

// Every function with code has a name, a line and a type for each of its parameters.
void expect_readable_functions(const Image& image) {
    std::vector<std::byte> bytes = write_elf(image);
    elf_version(EV_CURRENT);
    Elf* elf = elf_memory(reinterpret_cast<char*>(bytes.data()), bytes.size());
    Dwarf* dwarf = dwarf_begin_elf(elf, DWARF_C_READ, nullptr);
    ASSERT_NE(dwarf, nullptr) << dwarf_errmsg(-1);
    Dwarf_CU* unit = nullptr;
    Dwarf_Die entry;
    int functions = 0;
    while (dwarf_get_units(dwarf, unit, &unit, nullptr, nullptr, &entry, nullptr) == 0) {
        const auto check = [](Dwarf_Die* function, void* count) {
            Dwarf_Addr low = 0;
            int line = 0;
            if (dwarf_lowpc(function, &low) != 0 || low == 0xFFFFFFFF) return int{DWARF_CB_OK};
            EXPECT_NE(dwarf_diename(function), nullptr);
            EXPECT_EQ(dwarf_decl_line(function, &line), 0);
            EXPECT_GE(low, 0x10000u);
            Dwarf_Die cu;
            dwarf_diecu(function, &cu, nullptr, nullptr);
            EXPECT_NE(dwarf_getsrc_die(&cu, low), nullptr) << dwarf_diename(function);
            ++*static_cast<int*>(count);
            return int{DWARF_CB_OK};
        };
        dwarf_getfuncs(&entry, check, &functions, 0);
    }
    EXPECT_GT(functions, 0);
    dwarf_end(dwarf);
    elf_end(elf);
}

class CompilerOutput : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "peach-test-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        directory_ = name;
    }
    void TearDown() override { fs::remove_all(directory_); }

    // All C files of a directory, compiled, with its assembly files behind them.
    std::vector<Source> compile(std::string_view compiler, const fs::path& directory,
                                std::string_view flags) {
        std::string command = fmt::format(
            "cd {} && {} -march=rv32ema -mabi=ilp32e -ffunction-sections -fdata-sections -g {} {} "
            "-isystem {}/include -isystem {}/generated/guest",
            directory_.string(), compiler, GetParam(), flags, kGuest.string(), PEACH_BUILD_DIR);
        for (const fs::path& file : files_in(directory, ".c")) command += " " + file.string();
        EXPECT_EQ(std::system(command.c_str()), 0);
        std::vector<Source> sources;
        for (const fs::path& file : files_in(directory_, ".s")) {
            sources.push_back(read_source(file));
            fs::remove(file);
        }
        for (const fs::path& file : files_in(directory, ".s")) sources.push_back(read_source(file));
        return sources;
    }

    // Each program of the guest: its file, what programs share, and libc.
    void expect_programs_to_assemble(std::string_view compiler) {
        std::vector<Source> shared = compile(compiler, kGuest / "lib", kUserFlags);
        ASSERT_FALSE(shared.empty());
        std::ranges::move(compile(compiler, kGuest / "user/common", kUserFlags), std::back_inserter(shared));
        for (const Source& program : compile(compiler, kGuest / "user", kUserFlags)) {
            std::vector<Source> sources = {program};
            sources.insert(sources.end(), shared.begin(), shared.end());
            const Image image = assemble_well(sources);
            ASSERT_FALSE(image.sections.empty()) << program.name;
            expect_readable_functions(image);
        }
    }

    fs::path directory_;
};

class ClangOutput : public CompilerOutput {};
class GccOutput : public CompilerOutput {};

TEST_P(GccOutput, OfEveryProgramWithTheCLibrary) {
    if (std::system("command -v riscv64-unknown-elf-gcc >/dev/null") != 0)
        GTEST_SKIP() << "gcc-riscv64-unknown-elf is not installed";
    expect_programs_to_assemble(kGcc);
}

TEST_P(ClangOutput, OfEveryProgramWithTheCLibrary) {
    expect_programs_to_assemble(kClang);
}

TEST_P(ClangOutput, OfTheKernel) {
    const Image image =
        assemble_well(compile(kClang, kGuest / "kernel", "-std=c23 -nostdlibinc"), {.text_base = 0x80000000});
    ASSERT_FALSE(image.sections.empty());
    expect_readable_functions(image);
}

INSTANTIATE_TEST_SUITE_P(Levels, GccOutput, ::testing::Values("-O0", "-O1", "-O2", "-O3"),
                         [](const auto& level) { return level.param.substr(1); });
INSTANTIATE_TEST_SUITE_P(Levels, ClangOutput, ::testing::Values("-O0", "-O1", "-O2", "-O3"),
                         [](const auto& level) { return level.param.substr(1); });

}  // namespace
}  // namespace peach::assembler::testing
