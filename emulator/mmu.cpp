#include "emulator/mmu.h"

#include <fmt/format.h>

#include <cstring>

#include "emulator/isa/memory_map.h"

namespace peach {

namespace {

constexpr uint32_t kOffsetMask = isa::kPageSize - 1;
constexpr uint32_t kLeafBits = pte::kRead | pte::kWrite | pte::kExecute;

bool is_ram(const PagedMemory& ram, uint32_t address) {
    return uint64_t{address - isa::region::ram.first} < ram.size_bytes();
}

uint32_t read_word(const PagedMemory& ram, uint32_t address) {
    const uint32_t offset = address - isa::region::ram.first;
    uint32_t word = 0;
    std::memcpy(&word, ram.page(offset / isa::kPageSize) + offset % isa::kPageSize, sizeof word);
    return word;
}

std::string_view access_name(Access access) {
    switch (access) {
        case Access::fetch:
            return "fetch";
        case Access::load:
            return "load";
        case Access::store:
            return "store";
    }
    return "";
}

const char* missing_permission(uint32_t entry, Access access, bool user_mode) {
    if (user_mode && (entry & pte::kUser) == 0) return "The page is the kernel's (U is clear).";
    switch (access) {
        case Access::fetch:
            return (entry & pte::kExecute) == 0 ? "The page may not be executed (X is clear)."
                                                : "Kernel mode does not execute a user page (U is set).";
        case Access::load:
            return "The page may not be read (R is clear).";
        case Access::store:
            return "The page may not be written (W is clear).";
    }
    return "";
}

// Appends the words to the steps of a walk that was made.
void describe_steps(const Walk& walk, std::vector<std::string>& lines, uint32_t virtual_address) {
    for (unsigned i = 0; i < walk.step_count; ++i) {
        const Walk::Step& step = walk.steps[i];
        const uint32_t index = virtual_address >> (i == 0 ? 22 : 12) & 0x3FF;
        lines.push_back(fmt::format(
            "{}-level table: entry {} at physical 0x{:08X} is 0x{:08X} ({} 0x{:08X}, {}).",
            i == 0 ? "First" : "Second", index, step.entry_address, step.entry, i == 0 ? "table" : "page",
            pte::physical_page(step.entry), pte::flags_text(step.entry)));
    }
}

}  // namespace

std::string pte::flags_text(uint32_t entry) {
    constexpr std::string_view kLetters = "VRWXU5AD";
    std::string text;
    for (size_t bit = 0; bit < kLetters.size(); ++bit) text += (entry >> bit & 1) != 0 ? kLetters[bit] : '-';
    return text;
}

isa::TrapCause page_fault(Access access) {
    switch (access) {
        case Access::fetch:
            return isa::TrapCause::fetch_page_fault;
        case Access::load:
            return isa::TrapCause::load_page_fault;
        case Access::store:
            break;
    }
    return isa::TrapCause::store_page_fault;
}

isa::TrapCause bus_error(Access access) {
    switch (access) {
        case Access::fetch:
            return isa::TrapCause::fetch_bus_error;
        case Access::load:
            return isa::TrapCause::load_bus_error;
        case Access::store:
            break;
    }
    return isa::TrapCause::store_bus_error;
}

isa::TrapCause misaligned(Access access) {
    switch (access) {
        case Access::fetch:
            return isa::TrapCause::fetch_misaligned;
        case Access::load:
            return isa::TrapCause::load_misaligned;
        case Access::store:
            break;
    }
    return isa::TrapCause::store_misaligned;
}

Walk walk(const PagedMemory& ram, uint32_t ptbr, uint32_t virtual_address, Access access, bool user_mode) {
    Walk walk;
    const auto fail = [&](isa::TrapCause cause, const char* reason) {
        walk.fault = WalkFault{{cause, virtual_address}, reason};
        return walk;
    };
    uint32_t table = ptbr::root(ptbr);
    for (const uint32_t shift : {22, 12}) {
        const bool leaf = shift == 12;
        const uint32_t entry_address = table + (virtual_address >> shift & 0x3FF) * 4;
        if (!is_ram(ram, entry_address))
            return fail(bus_error(access), "The page table does not lie in RAM.");
        const uint32_t entry = read_word(ram, entry_address);
        walk.steps[walk.step_count++] = {entry_address, entry};
        if ((entry & pte::kValid) == 0)
            return fail(page_fault(access), "The entry is not valid (V is clear).");
        if ((entry & pte::kReserved) != 0)
            return fail(page_fault(access), "The entry is malformed (bit 5 is set).");
        if (!leaf && (entry & kLeafBits) != 0) {
            return fail(page_fault(access), "The entry is malformed (a first-level entry with R, W or X).");
        }
        table = pte::physical_page(entry);
    }
    const uint32_t entry = walk.steps[1].entry;
    if (!permits(entry, access, user_mode))
        return fail(page_fault(access), missing_permission(entry, access, user_mode));
    return walk;
}

std::expected<Translation, Trap> translate(const Cpu& cpu, const PagedMemory& ram, uint32_t virtual_address,
                                           Access access, bool user_mode) {
    if (!cpu.paging_on()) return Translation{virtual_address, 0, false};
    const Tlb& tlb = access == Access::fetch ? cpu.fetch_tlb : cpu.data_tlb;
    const TlbEntry* hit = tlb.find(virtual_address / isa::kPageSize, cpu.address_space());
    if (hit != nullptr) {
        const uint32_t entry = hit->page_table_entry;
        if (!permits(entry, access, user_mode))
            return std::unexpected(Trap{page_fault(access), virtual_address});
        if (access != Access::store || (entry & pte::kDirty) != 0) {
            return Translation{pte::physical_page(entry) | (virtual_address & kOffsetMask), entry, true};
        }
    }
    const Walk walked = walk(ram, cpu.ptbr, virtual_address, access, user_mode);
    if (walked.fault) return std::unexpected(walked.fault->trap);
    return Translation{pte::physical_page(walked.entry()) | (virtual_address & kOffsetMask), walked.entry(),
                       false};
}

std::vector<std::string> explain_translation(const Cpu& cpu, const PagedMemory& ram, uint32_t virtual_address,
                                             Access access, bool user_mode) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("A {} by {} mode at virtual 0x{:08X}: indexes {} and {}, offset 0x{:03X}.",
                                access_name(access), user_mode ? "user" : "kernel", virtual_address,
                                virtual_address >> 22, virtual_address >> 12 & 0x3FF,
                                virtual_address & kOffsetMask));
    if (!cpu.paging_on()) {
        lines.push_back(fmt::format("Paging is off: physical 0x{:08X}.", virtual_address));
        return lines;
    }
    const uint32_t vpn = virtual_address / isa::kPageSize;
    const Tlb& tlb = access == Access::fetch ? cpu.fetch_tlb : cpu.data_tlb;
    const TlbEntry* hit = tlb.find(vpn, cpu.address_space());
    const uint32_t set = Tlb::set_of(vpn, cpu.address_space());
    if (hit == nullptr) {
        lines.push_back(
            fmt::format("TLB miss in set {} (address space {}): the tables are walked from 0x{:08X}.", set,
                        cpu.address_space(), ptbr::root(cpu.ptbr)));
    } else {
        lines.push_back(fmt::format("TLB hit in set {}: page 0x{:08X}, {}.", set,
                                    pte::physical_page(hit->page_table_entry),
                                    pte::flags_text(hit->page_table_entry)));
        if (!permits(hit->page_table_entry, access, user_mode)) {
            lines.emplace_back(missing_permission(hit->page_table_entry, access, user_mode));
        } else if (access == Access::store && (hit->page_table_entry & pte::kDirty) == 0) {
            lines.emplace_back("A first store (D is clear): the tables are walked again.");
            hit = nullptr;
        }
    }
    if (hit == nullptr) {
        const Walk walked = walk(ram, cpu.ptbr, virtual_address, access, user_mode);
        describe_steps(walked, lines, virtual_address);
        if (walked.fault) lines.emplace_back(walked.fault->reason);
    }
    const auto outcome = translate(cpu, ram, virtual_address, access, user_mode);
    lines.push_back(outcome ? fmt::format("Physical 0x{:08X}.", outcome->physical_address)
                            : fmt::format("Trap: {}, bad address 0x{:08X}.",
                                          isa::cause_name(static_cast<uint32_t>(outcome.error().cause)),
                                          outcome.error().badaddr));
    return lines;
}

}  // namespace peach
