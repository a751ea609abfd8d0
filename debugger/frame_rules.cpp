#include "debugger/frame_rules.h"

#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

struct ElfCloser {
    void operator()(Elf* elf) const { elf_end(elf); }
};
struct DwarfCloser {
    void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};
struct FrameCloser {
    void operator()(Dwarf_Frame* frame) const { std::free(frame); }
};

// An in-memory copy that says it is RISC-V, whose register numbers are ours: libdw reads frame rules only for
// machines that it knows.
std::vector<std::byte> as_known_machine(std::span<const std::byte> elf) {
    std::vector<std::byte> copy(elf.begin(), elf.end());
    const uint16_t machine = EM_RISCV;
    std::memcpy(copy.data() + offsetof(Elf32_Ehdr, e_machine), &machine, sizeof machine);
    return copy;
}

RegisterRule rule_of(Dwarf_Frame* frame, int column) {
    Dwarf_Op memory[3];
    Dwarf_Op* operations = nullptr;
    size_t count = 0;
    if (dwarf_frame_register(frame, column, memory, &operations, &count) != 0) return {};
    if (operations == nullptr) return {.kind = RegisterRule::Kind::same};
    if (count == 1 && operations[0].atom == DW_OP_regx) {
        return {.kind = RegisterRule::Kind::in_register,
                .column = static_cast<uint32_t>(operations[0].number)};
    }
    const bool from_cfa = count >= 1 && count <= 2 && operations[0].atom == DW_OP_call_frame_cfa;
    if (!from_cfa) return {};
    if (count == 1) return {.kind = RegisterRule::Kind::in_stack};
    if (operations[1].atom == DW_OP_stack_value) return {.kind = RegisterRule::Kind::is_cfa};
    if (operations[1].atom != DW_OP_plus_uconst) return {};
    return {.kind = RegisterRule::Kind::in_stack, .offset = static_cast<int32_t>(operations[1].number)};
}

std::optional<FrameRules> rules_of(Dwarf_Frame* frame) {
    FrameRules rules;
    Dwarf_Addr low = 0;
    Dwarf_Addr high = 0;
    Dwarf_Op* cfa = nullptr;
    size_t count = 0;
    const int return_column = dwarf_frame_info(frame, &low, &high, &rules.interrupted);
    if (return_column < 0 || dwarf_frame_cfa(frame, &cfa, &count) != 0 || count != 1) return std::nullopt;
    const bool usable =
        cfa[0].atom == DW_OP_bregx && (cfa[0].number == isa::kSp || cfa[0].number == isa::kFp);
    if (!usable) return std::nullopt;
    rules.low = static_cast<uint32_t>(low);
    rules.high = static_cast<uint32_t>(high);
    rules.cfa_from_fp = cfa[0].number == isa::kFp;
    rules.cfa_offset = static_cast<int32_t>(cfa[0].number2);
    rules.return_address = rule_of(frame, return_column);
    rules.ra = rule_of(frame, isa::kRa);
    rules.sp = rule_of(frame, isa::kSp);
    rules.fp = rule_of(frame, isa::kFp);
    return rules;
}

uint32_t word_at(const uint8_t* bytes) {
    uint32_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

void add_rules(Dwarf_CFI* table, uint32_t first, uint32_t bytes, std::vector<FrameRules>& all) {
    for (uint64_t at = first; at < uint64_t{first} + bytes;) {
        Dwarf_Frame* found = nullptr;
        if (dwarf_cfi_addrframe(table, at, &found) != 0) return;
        const std::unique_ptr<Dwarf_Frame, FrameCloser> frame(found);
        Dwarf_Addr end = 0;
        dwarf_frame_info(frame.get(), nullptr, &end, nullptr);
        if (const auto rules = rules_of(frame.get())) all.push_back(*rules);
        if (end <= at) return;
        at = end;
    }
}

}  // namespace

std::vector<FrameRules> read_frame_rules(std::span<const std::byte> elf,
                                         std::span<const std::byte> debug_frame) {
    std::vector<FrameRules> all;
    if (debug_frame.empty() || elf.size() < sizeof(Elf32_Ehdr)) return all;
    std::vector<std::byte> copy = as_known_machine(elf);
    elf_version(EV_CURRENT);
    const std::unique_ptr<Elf, ElfCloser> file(elf_memory(reinterpret_cast<char*>(copy.data()), copy.size()));
    if (!file) return all;
    const std::unique_ptr<Dwarf, DwarfCloser> dwarf(dwarf_begin_elf(file.get(), DWARF_C_READ, nullptr));
    Dwarf_CFI* table = dwarf ? dwarf_getcfi(dwarf.get()) : nullptr;
    if (table == nullptr) return all;
    Elf_Data data{};
    data.d_buf = const_cast<std::byte*>(debug_frame.data());
    data.d_size = debug_frame.size();
    Dwarf_Off next = 0;
    for (Dwarf_Off offset = 0; next != static_cast<Dwarf_Off>(-1); offset = next) {
        Dwarf_CFI_Entry entry;
        const auto* identification = reinterpret_cast<const unsigned char*>(elf.data());
        const int outcome = dwarf_next_cfi(identification, &data, false, offset, &next, &entry);
        if (outcome != 0) break;
        const bool procedure = !dwarf_cfi_cie_p(&entry) && entry.fde.end - entry.fde.start >= 8;
        if (!procedure) continue;
        add_rules(table, word_at(entry.fde.start), word_at(entry.fde.start + 4), all);
    }
    std::sort(all.begin(), all.end(), [](const FrameRules& a, const FrameRules& b) { return a.low < b.low; });
    return all;
}

}  // namespace peach::debugger
