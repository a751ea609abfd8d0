// peach_isa [PROGRAMS [SEED]]: random assembly on Peach-32 and, assembled by GNU as or clang for RISC-V,
// under qemu-riscv32 (`./dev conformance isa`). Afterwards all registers and all memory must be the same.
//
// Not compared: traps, control registers, misaligned access (qemu's user mode permits it), several CPUs; the
// plain machine of tests/reference is the judge of those.

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "assembler/assembler.h"
#include "emulator/base/assert.h"
#include "emulator/engine.h"
#include "tests/conformance/random_assembly.h"

namespace {

using namespace peach;
using conformance::kDataWords;
using conformance::kRegisterWords;
using conformance::RandomAssembly;
namespace fs = std::filesystem;

constexpr uint32_t kTextBase = 0x80000000;
constexpr unsigned kProgramsAtATime = 200;
constexpr uint64_t kMostCycles = 50'000'000;
constexpr unsigned kMostFaults = 20;

constexpr std::string_view kPeachFinish = R"(
finish: li a0, 0xF0005000       # power off, with status 0
        sw zero, (a0)
)";

// Programs of rv32e have the number of a Linux call in t0.
constexpr std::string_view kLinuxFinish = R"(
finish: li a0, 1
        lui a1, %hi(data_start)
        addi a1, a1, %lo(data_start)
        lui a2, %hi(data_end)
        addi a2, a2, %lo(data_end)
        sub a2, a2, a1
        li t0, 64               # write
        ecall
        li a0, 0
        li t0, 93               # exit
        ecall
)";

// One segment that may be written and executed, where the other machine has it.
constexpr std::string_view kLinkerScript = R"(
PHDRS { all PT_LOAD FLAGS(7); }
SECTIONS { . = 0x80000000; .text : { *(.text) } :all }
)";

using Words = std::vector<uint32_t>;

// A folder that is gone when this goes.
class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "peach_isa_XXXXXX").string();
        PEACH_ASSERT(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(std::string_view file) const { return (path_ / file).string(); }

  private:
    fs::path path_;
};

[[noreturn]] void give_up(const std::string& message) {
    fmt::print(stderr, "peach: {}\n", message);
    std::exit(2);
}

void must_run(const std::string& command) {
    if (std::system(command.c_str()) != 0) give_up("this failed: " + command);
}

Words run_on_peach(const std::string& text) {
    const assembler::Source source{.name = "random.s", .text = text + std::string(kPeachFinish)};
    const assembler::Result result = assembler::assemble({&source, 1}, {.text_base = kTextBase});
    if (!result.image) give_up("it does not assemble:\n" + assembler::render(result.diagnostics));
    Machine machine;
    uint32_t first = 0;
    uint32_t last = 0;
    for (const auto& section : result.image->sections) {
        if (section.loaded && !section.zeroed)
            PEACH_ASSERT(machine.write_physical(section.address, section.bytes));
    }
    for (const auto& symbol : result.image->symbols) {
        if (symbol.name == "data_start") first = symbol.address;
        if (symbol.name == "data_end") last = symbol.address;
    }
    machine.set_entry(result.image->entry);
    Engine engine(std::move(machine));
    RunOutput output;
    if (engine.run(kMostCycles, output).reason != StopReason::powered_off) give_up("it does not end here");
    Words words((last - first) / 4);
    PEACH_ASSERT(engine.machine().read_physical(first, std::as_writable_bytes(std::span(words))));
    return words;
}

Words run_under_qemu(const std::string& text, bool gnu, const Folder& folder) {
    const std::string source = folder / "random.s";
    std::ofstream(source) << text << kLinuxFinish;
    const std::string object = folder / "random.o";
    const std::string_view assemble = gnu ? "riscv64-unknown-elf-as -march=rv32ema -mabi=ilp32e"
                                          : "clang-19 --target=riscv32 -march=rv32ema -mabi=ilp32e -c";
    must_run(fmt::format("{} -o {} {}", assemble, object, source));
    const std::string program = folder / "random";
    const std::string script = folder / "script";
    std::ofstream(script) << kLinkerScript;
    must_run(fmt::format("ld.lld-19 --no-relax -T {} -o {} {}", script, program, object));
    must_run(fmt::format("qemu-riscv32 {} >{}", program, folder / "result"));
    std::ifstream file(folder / "result", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    Words words(bytes.size() / 4);
    std::memcpy(words.data(), bytes.data(), words.size() * 4);
    return words;
}

void print_difference(const RandomAssembly& assembly, size_t word, uint32_t here, uint32_t there) {
    const auto index = static_cast<unsigned>(word / kDataWords);
    const auto place = static_cast<unsigned>(word % kDataWords);
    const std::string what = place < kRegisterWords ? fmt::format("register x{}", place)
                                                    : fmt::format("memory word {}", place - kRegisterWords);
    fmt::print("{} is {:08x} here, {:08x} under qemu, after\n{}\n", what, here, there,
               assembly.program(index));
}

// Runs one image on both; the number of programs that differ.
unsigned compare(uint64_t seed, unsigned programs, bool gnu, const Folder& folder) {
    RandomAssembly assembly(seed);
    const std::string text = assembly.image(programs);
    const Words here = run_on_peach(text);
    const Words there = run_under_qemu(text, gnu, folder);
    if (here.size() != there.size()) give_up(fmt::format("seed {}: qemu's program has not ended well", seed));
    unsigned different = 0;
    for (unsigned i = 0; i < programs; ++i) {
        const auto first = here.begin() + static_cast<ptrdiff_t>(i * kDataWords);
        const auto other = there.begin() + (first - here.begin());
        const auto [found, theirs] = std::mismatch(first, first + kDataWords, other);
        if (found == first + kDataWords) continue;
        fmt::print("seed {}, program {}, assembled by {}: ", seed, i, gnu ? "GNU as" : "clang");
        print_difference(assembly, static_cast<size_t>(found - here.begin()), *found, *theirs);
        ++different;
    }
    return different;
}

uint64_t argument(int argc, char** argv, int index, uint64_t otherwise) {
    if (argc <= index) return otherwise;
    const std::string_view text = argv[index];
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || value == 0)
        give_up(fmt::format("'{}' is no number above 0: isa takes PROGRAMS and SEED", text));
    return value;
}

}  // namespace

int main(int argc, char** argv) {
    const uint64_t wanted = argument(argc, argv, 1, 20'000);
    const uint64_t first_seed = argument(argc, argv, 2, 1);
    const Folder folder;
    uint64_t done = 0;
    uint64_t different = 0;
    for (uint64_t seed = first_seed; done < wanted && different < kMostFaults; ++seed) {
        const auto programs = static_cast<unsigned>(std::min<uint64_t>(kProgramsAtATime, wanted - done));
        different += compare(seed, programs, seed % 2 == 0, folder);
        done += programs;
    }
    fmt::print("{} random programs ran on both machines, {} differ\n", done, different);
    return different == 0 ? 0 : 1;
}
