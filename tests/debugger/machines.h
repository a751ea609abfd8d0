#pragma once
// Sessions for tests: PeachOS from the build tree, and bare machines from a few lines of assembly.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assembler/assembler.h"
#include "assembler/elf_writer.h"
#include "debugger/session.h"

namespace peach::debugger::testing {

inline std::filesystem::path share_directory() {
    return std::filesystem::path(PEACH_BUILD_DIR) / "share/peach";
}

inline std::vector<std::byte> file_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

inline SessionOptions peachos_options() {
    SessionOptions options;
    options.kernel_path = share_directory() / "kernel.elf";
    options.disk = file_bytes(share_directory() / "disk.img");
    options.share_directory = share_directory();
    return options;
}

inline std::unique_ptr<Session> create(SessionOptions options) {
    auto session = Session::create(std::move(options));
    EXPECT_TRUE(session.has_value()) << session.error().message;
    return session ? *std::move(session) : nullptr;
}

inline std::unique_ptr<Session> peachos() {
    return create(peachos_options());
}

// PeachOS, run until its shell waits for a command.
inline std::unique_ptr<Session> peachos_at_prompt() {
    auto session = peachos();
    session->start(Motion::run);
    session->finish(50'000'000);
    EXPECT_EQ(session->last_stop().cause, StopCause::idle);
    return session;
}

inline std::unique_ptr<Session> bare(std::string_view assembly, uint32_t cpu_count = 1) {
    const assembler::Source source{"test.s", std::string(assembly)};
    const auto result = assembler::assemble(
        std::span(&source, 1),
        {.text_base = 0x80000000, .entry = "_start", .directory = ".", .keep_unreferenced = true});
    EXPECT_TRUE(result.image) << assembler::render(result.diagnostics);
    SessionOptions options;
    options.kernel_bytes = assembler::write_elf(*result.image);
    options.bare = true;
    options.machine.cpu_count = cpu_count;
    return create(std::move(options));
}

// A loop that counts in a0 and prints a letter every 1,000 rounds or so; a timer interrupt counts in s1 every
// 500.
inline constexpr std::string_view kCountingProgram = R"(
        .globl _start
_start: la t0, trap
        csrw tvec, t0
        lui t0, 0xF0001
        li t1, 500
        sw t1, 0(t0)            # timer
        lui t0, 0xF0000
        li t1, 1
        sw t1, 4(t0)            # let its line through
        csrw status, t1
        lui a1, 0xF0002
        li a0, 0
        lui sp, 0x80010
loop:   addi a0, a0, 1
        andi a2, a0, 1023
        bnez a2, loop
        call print
        j loop
print:  addi sp, sp, -16
        sw ra, 12(sp)
        sw fp, 8(sp)
        addi fp, sp, 16
        li a3, 'x'
        sw a3, 0(a1)
        lw ra, 12(sp)
        lw fp, 8(sp)
        addi sp, sp, 16
        ret
trap:   addi s1, s1, 1
        csrw scratch, t0
        lui t0, 0xF0001
        li t1, 500
        sw t1, 0(t0)
        csrr t0, scratch
        eret
)";

}  // namespace peach::debugger::testing
