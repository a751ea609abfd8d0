// The table `assembler`: the C library as clang writes it, assembled by GNU as and by ours, and how long a
// program of 1,000 lines takes, which the window has to assemble while one types.

#include "assembler/assembler.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "assembler/elf_writer.h"
#include "tests/bench/table.h"

namespace peach::bench {

namespace {

namespace fs = std::filesystem;

// What both assemblers understand: GNU as knows neither DWARF 5's lists of ranges nor .addrsig here.
constexpr const char* kCompiler =
    "clang-19 --target=riscv32 -march=rv32ema -mabi=ilp32e -ffreestanding -fno-builtin -std=c17 -nostdinc "
    "-O1 "
    "-gdwarf-4 -fno-dwarf-directory-asm -fno-addrsig -S -Xclang -no-integrated-as";
constexpr const char* kGnuAssembler = "riscv64-unknown-elf-as -march=rv32ema -mabi=ilp32e -o /dev/null";

class Directory {
  public:
    Directory() {
        std::string name = (fs::temp_directory_path() / "peach-bench-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~Directory() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

bool run(const std::string& command) {
    return std::system(command.c_str()) == 0;
}

double children_user_seconds() {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

double seconds_of_gnu(const fs::path& directory) {
    const double before = children_user_seconds();
    const std::string command =
        fmt::format("cd {} && for f in *.s; do {} $f || exit 1; done", directory.string(), kGnuAssembler);
    return run(command) ? children_user_seconds() - before : -1;
}

assembler::Source read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {.name = path.filename().string(), .text = {std::istreambuf_iterator<char>(file), {}}};
}

// Text to ELF; nothing if it does not assemble.
double seconds_of_ours(const std::vector<assembler::Source>& sources) {
    const double before = own_user_seconds();
    const assembler::Result result = assembler::assemble(sources, {.keep_unreferenced = true});
    if (!result.image) {
        fmt::print(stderr, "{}", assembler::render(result.diagnostics));
        return -1;
    }
    const bool written = !assembler::write_elf(*result.image).empty();
    return written ? own_user_seconds() - before : -1;
}

// The library's C files in assembly; beside them as many empty files, to see what starting GNU as costs.
bool prepare(const fs::path& compiled, const fs::path& empty) {
    fs::create_directory(compiled);
    fs::create_directory(empty);
    const std::string guest = std::string(PEACH_SOURCE_DIR) + "/guest_os";
    for (const fs::directory_entry& entry : fs::directory_iterator(guest + "/lib")) {
        if (entry.path().extension() != ".c") continue;
        const std::string name = entry.path().stem().string() + ".s";
        if (!run(fmt::format(
                "{} -isystem {}/lib/include -isystem {}/include -isystem {}/generated/guest -o {} {}",
                kCompiler, guest, guest, PEACH_BUILD_DIR, (compiled / name).string(), entry.path().string())))
            return false;
        std::ofstream(empty / name) << "\n";
    }
    return true;
}

std::vector<assembler::Source> program(const fs::path& compiled) {
    std::vector<assembler::Source> sources = {{.name = "main.s", .text = ".globl main\nmain: ret\n"}};
    const fs::path by_hand = fs::path(PEACH_SOURCE_DIR) / "guest_os/lib";
    for (const fs::path& directory : {compiled, by_hand}) {
        for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
            if (entry.path().extension() == ".s") sources.push_back(read(entry.path()));
        }
    }
    return sources;
}

std::vector<assembler::Source> thousand_lines() {
    std::string text = ".globl _start\n_start:\n";
    for (int i = 0; i < 142; ++i) {
        text += fmt::format(
            "loop{0}:\n\tlw a0, {1}(sp)      # the next one\n\taddi a0, a0, -{0}\n\tsw a0, {1}(sp)\n"
            "\tbnez a0, loop{0}\n\tla a1, value\n\tcall leaf\n",
            i, 4 * (i % 16));
    }
    text += "\tj _start\nleaf:\tret\n\t.data\nvalue:\t.word 1\n";
    return {{.name = "typed.s", .text = text}};
}

}  // namespace

bool measure_assembler(const Options& options) {
    const Directory directory;
    const fs::path compiled = directory.path() / "compiled";
    const fs::path empty = directory.path() / "empty";
    if (directory.path().empty() || !prepare(compiled, empty)) return false;
    const std::vector<assembler::Source> sources = program(compiled);
    long lines = 0;
    for (const assembler::Source& source : sources) lines += std::ranges::count(source.text, '\n');
    const bool has_gnu = run("command -v riscv64-unknown-elf-as >/dev/null");
    std::vector<double> gnu;
    std::vector<double> ours;
    std::vector<double> typed;
    for (unsigned i = 0; i < options.repeat; ++i) {
        if (has_gnu) gnu.push_back(seconds_of_gnu(compiled) - seconds_of_gnu(empty));
        ours.push_back(seconds_of_ours(sources));
        typed.push_back(seconds_of_ours(thousand_lines()));
        if (ours.back() < 0 || typed.back() < 0) return false;
    }
    fmt::print("{:<34}{:>9.1f} ms  {:>9.0f} lines a second\n",
               fmt::format("ours, {} lines to a program", lines), median(ours) * 1e3,
               static_cast<double>(lines) / median(ours));
    if (has_gnu) {
        fmt::print("{:<34}{:>9.1f} ms  {:>9.2f} times as long\n", "GNU as, the same C to objects",
                   median(gnu) * 1e3, median(gnu) / median(ours));
    } else {
        fmt::print("GNU as is not installed (binutils-riscv64-unknown-elf): nothing to compare with\n");
    }
    fmt::print("{:<34}{:>9.2f} ms  of the 16.7 of a frame\n", "ours, 1,000 lines", median(typed) * 1e3);
    return true;
}

}  // namespace peach::bench
