#include "tests/conformance/random_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::conformance {
namespace {

constexpr int kBaseOffset = 4 * kRegisterWords;  // where the base register points in a program's data
constexpr unsigned kDepth = 2;                   // of loops and calls within one another

struct Pseudo {
    std::string_view pattern;
    std::string_view expansion;
};
constexpr Pseudo kPseudos[] = {
#define PSEUDO(pattern, expansion, sentence) {pattern, expansion},
#include "emulator/isa/pseudo_instructions.inc"
#undef PSEUDO
};

using Mnemonics = std::vector<std::string_view>;

// The mnemonics of the rows with these operands; jumps and the system's are no part of it.
Mnemonics with_operands(std::string_view operands) {
    Mnemonics result;
    for (const isa::Instruction& row : isa::kInstructions) {
        const char group = row.encoding[0];
        if (row.operands == operands && group != '7' && group != 'E') result.push_back(row.mnemonic);
    }
    return result;
}

// Pseudo-instructions that compute, or those that branch on a condition.
Mnemonics pseudo_patterns(bool branches) {
    Mnemonics result;
    for (const Pseudo& row : kPseudos) {
        const bool branch = row.expansion.starts_with("b");
        const bool computes = row.pattern.contains(" rd, ");
        if (branches ? branch : computes) result.push_back(row.pattern);
    }
    return result;
}

void replace(std::string& text, std::string_view what, std::string_view with) {
    const size_t at = text.find(what);
    if (at != text.npos) text.replace(at, what.size(), with);
}

// Bytes of a load or store, by the letter after the first: "lhu" is 2.
unsigned access_size(std::string_view mnemonic) {
    if (mnemonic[1] == 'b') return 1;
    return mnemonic[1] == 'h' ? 2 : 4;
}

}  // namespace

std::string RandomAssembly::name(unsigned reg) {
    return std::string(isa::kRegisters[reg].name);
}

unsigned RandomAssembly::writable_register() {
    while (true) {
        const unsigned reg = any_register();
        if ((reserved_ >> reg & 1) == 0) return reg;
    }
}

std::string RandomAssembly::new_label() {
    return fmt::format(".L{}", labels_++);
}

// Numbers at which arithmetic has corners come as often as any other.
uint32_t RandomAssembly::any_word() {
    static constexpr uint32_t kCorners[] = {
        0,      1,       2,          3,          31,         32,         0xFF,       0x7FFF,     0x8000,
        0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFF8000, 0xFFFFFF80, 0xFFFFFFFE, 0xFFFFFFFF};
    switch (below(4)) {
        case 0:
            return any(kCorners);
        case 1:
            return below(200) - 100;
        case 2:
            return 1u << below(32);
        default:
            return static_cast<uint32_t>(random_());
    }
}

int32_t RandomAssembly::any_offset(unsigned alignment) {
    return static_cast<int32_t>(below(4 * kMemoryWords / alignment) * alignment);
}

std::string RandomAssembly::image(unsigned programs) {
    text_ = "        .text\n        .globl _start\n";
    labels_ = 0;
    label("_start");
    starts_.clear();
    for (unsigned i = 0; i < programs; ++i) add_program(i);
    starts_.push_back(text_.size());
    line("j finish");
    label("data_start");
    for (unsigned i = 0; i < programs * kDataWords; ++i) {
        if (i % kDataWords == 0) label(fmt::format("data_{}", i / kDataWords));
        line(fmt::format(".word 0x{:x}", any_word()));
    }
    label("data_end");
    return text_;
}

std::string_view RandomAssembly::program(unsigned index) const {
    return std::string_view(text_).substr(starts_[index], starts_[index + 1] - starts_[index]);
}

void RandomAssembly::add_program(unsigned index) {
    starts_.push_back(text_.size());
    base_ = 1 + below(15);
    reserved_ = 1u << base_;
    label(fmt::format("program_{}", index));
    line(fmt::format("lui {}, %hi(data_{}+{})", name(base_), index, kBaseOffset));
    line(fmt::format("addi {}, {}, %lo(data_{}+{})", name(base_), name(base_), index, kBaseOffset));
    for (unsigned reg = 1; reg < 16; ++reg) {
        if (reg == base_) continue;
        line(fmt::format("lw {}, {}({})", name(reg), 4 * static_cast<int>(reg) - kBaseOffset, name(base_)));
    }
    statements(10 + below(60), 0);
    for (unsigned reg = 0; reg < 16; ++reg) {
        line(fmt::format("sw {}, {}({})", name(reg), 4 * static_cast<int>(reg) - kBaseOffset, name(base_)));
    }
}

void RandomAssembly::statements(unsigned count, unsigned depth) {
    for (unsigned i = 0; i < count; ++i) statement(depth);
}

void RandomAssembly::statement(unsigned depth) {
    const uint32_t choice = below(100);
    if (choice < 45) return instruction();
    if (choice < 53) return pseudo_instruction();
    if (choice < 60) return constant();
    if (choice < 75) return access();
    if (choice < 81) return atomic();
    if (choice < 84) return reservation();
    if (choice < 94 || depth == kDepth) return skip(depth);
    return one_in(2) ? loop(depth) : call(depth);
}

void RandomAssembly::instruction() {
    static const Mnemonics registers = with_operands("rd, rs1, rs2");
    static const Mnemonics immediates = with_operands("rd, rs1, imm");
    static const Mnemonics shifts = with_operands("rd, rs1, shift");
    switch (below(6)) {
        case 0:  // 12 bits: what both machines have room for
            return line(fmt::format("{} {}, {}, {}", any(immediates), target(), source(),
                                    static_cast<int>(below(4096)) - 2048));
        case 1:
            return line(fmt::format("{} {}, {}, {}", any(shifts), target(), source(), below(32)));
        default:
            return line(fmt::format("{} {}, {}, {}", any(registers), target(), source(), source()));
    }
}

void RandomAssembly::pseudo_instruction() {
    static const Mnemonics patterns = pseudo_patterns(false);
    std::string text(any(patterns));
    replace(text, " rd", " " + target());
    replace(text, " rs", " " + source());
    replace(text, " rt", " " + source());
    line(text);
}

void RandomAssembly::constant() {
    static const Mnemonics uppers = with_operands("rd, upper");
    if (one_in(2)) return line(fmt::format("{} {}, 0x{:x}", any(uppers), target(), below(1u << 20)));
    auto value = static_cast<int32_t>(any_word());
    // Of more than 12 and up to 16 bits: one machine needs two instructions, the other one.
    const bool one_or_two = value == static_cast<int16_t>(value) && (value < -2048 || value > 2047);
    if (one_or_two) value = value * 0x10000 + 1;
    const unsigned reg = writable_register();
    if (reg == 0) value &= 0x7FF;  // GNU as writes a second instruction where the first says it all
    line(fmt::format("li {}, {}", name(reg), value));
}

void RandomAssembly::access() {
    static const Mnemonics loads = with_operands("rd, imm(rs1)");
    static const Mnemonics stores = with_operands("rs2, imm(rs1)");
    std::string address = name(base_);
    int32_t off_base = 0;
    const bool load = one_in(2);
    const std::string_view mnemonic = load ? any(loads) : any(stores);
    int32_t offset = any_offset(access_size(mnemonic));
    if (unsigned other = 0; one_in(3) && (other = writable_register()) != 0) {
        off_base = static_cast<int32_t>(below(3000)) - 1500;
        address = name(other);
        line(fmt::format("addi {}, {}, {}", address, name(base_), off_base));
        offset -= off_base;
    }
    line(fmt::format("{} {}, {}({})", mnemonic, load ? target() : source(), offset, address));
}

// "(address)" in a register that holds it for the moment.
void RandomAssembly::atomic() {
    static constexpr std::string_view kOrders[] = {"", "", ".aq", ".rl", ".aqrl"};
    static const Mnemonics atomics = [] {
        Mnemonics list = with_operands("rd, rs2, (rs1)");
        std::erase(list, "sc.w");
        return list;
    }();
    const unsigned address = writable_register();
    if (address == 0) return;
    line(fmt::format("addi {}, {}, {}", name(address), name(base_), any_offset(4)));
    line(fmt::format("{}{} {}, {}, ({})", any(atomics), any(kOrders), target(), source(), name(address)));
}

// lr.w and sc.w with only arithmetic between them, where every machine keeps the reservation; or sc.w to
// another address, or without one: then it fails everywhere.
void RandomAssembly::reservation() {
    const unsigned address = writable_register();
    if (address == 0) return;
    const uint32_t kept = reserved_;
    reserved_ |= 1u << address;
    line(fmt::format("addi {}, {}, {}", name(address), name(base_), any_offset(4)));
    if (!one_in(4)) {
        line(fmt::format("lr.w {}, ({})", target(), name(address)));
        for (unsigned i = below(5); i > 0; --i) instruction();
        if (one_in(3)) line(fmt::format("addi {}, {}, {}", name(address), name(base_), any_offset(4)));
    }
    reserved_ = kept;
    line(fmt::format("sc.w {}, {}, ({})", target(), source(), name(address)));
}

std::string RandomAssembly::condition(const std::string& where) {
    static const Mnemonics branches = with_operands("rs1, rs2, target");
    static const Mnemonics patterns = pseudo_patterns(true);
    if (one_in(2)) return fmt::format("{} {}, {}, {}", any(branches), source(), source(), where);
    std::string text(any(patterns));
    replace(text, " rs", " " + source());
    replace(text, " rt", " " + source());
    replace(text, " target", " " + where);
    return text;
}

void RandomAssembly::skip(unsigned depth) {
    const std::string end = new_label();
    line(condition(end));
    statements(1 + below(4), depth);
    label(end);
}

void RandomAssembly::loop(unsigned depth) {
    const unsigned counter = writable_register();
    if (counter == 0) return;
    const std::string begin = new_label();
    const uint32_t kept = reserved_;
    line(fmt::format("li {}, {}", name(counter), 1 + below(6)));
    reserved_ |= 1u << counter;
    label(begin);
    statements(1 + below(8), depth + 1);
    reserved_ = kept;
    line(fmt::format("addi {}, {}, -1", name(counter), name(counter)));
    line(fmt::format("bgtz {}, {}", name(counter), begin));
}

//      call ---------------------> function
//      after      <--------------- return
//      j end
//      function ...
//      end
void RandomAssembly::call(unsigned depth) {
    const unsigned link = writable_register();
    if (link == 0) return;
    const std::string function = new_label();
    const std::string end = new_label();
    if (one_in(2)) {
        line(fmt::format("jal {}, {}", name(link), function));
    } else {
        const int32_t off = static_cast<int32_t>(below(4000)) - 2000;
        line(fmt::format("lui {}, %hi({}{:+})", name(link), function, off));
        line(fmt::format("addi {}, {}, %lo({}{:+})", name(link), name(link), function, off));
        line(fmt::format("jalr {}, {}({})", name(link), -off, name(link)));
    }
    statements(below(4), depth);
    line("j " + end);
    label(function);
    const uint32_t kept = std::exchange(reserved_, reserved_ | 1u << link);
    statements(1 + below(6), depth + 1);
    reserved_ = kept;
    line(one_in(2) ? fmt::format("jr {}", name(link)) : fmt::format("jalr {}, 0({})", target(), name(link)));
    label(end);
}

}  // namespace peach::conformance
