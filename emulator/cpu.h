#pragma once
// One CPU: everything it remembers between two instructions, as a plain value.
//
//   status   31 .......... 6   5       4       3 2   1      0
//           +---------------+-------+-------+-----+------+------+
//           |       0       | prev. | prev. |  0  | user |  ie  |    ie: interrupts may be taken
//           |               | user  |  ie   |     |      |      |
//           +---------------+-------+-------+-----+------+------+
//
//   A trap moves bits 1-0 to 5-4, clears 1-0 (kernel mode, no interrupts), sets epc, cause and badaddr, drops
//   the reservation of lr.w and continues at tvec. eret moves bits 5-4 back to 1-0, drops the reservation and
//   continues at epc.
//
// Not modelled: caches, pipelines, instruction timing (every instruction takes one cycle).

#include <array>
#include <cstdint>
#include <string_view>

#include "emulator/base/hasher.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/memory_map.h"
#include "emulator/isa/registers.h"
#include "emulator/isa/traps.h"
#include "emulator/tlb.h"

namespace peach {

namespace status {
inline constexpr uint32_t kInterruptEnable = 1u << 0;
inline constexpr uint32_t kUser = 1u << 1;
inline constexpr uint32_t kPreviousInterruptEnable = 1u << 4;
inline constexpr uint32_t kPreviousUser = 1u << 5;
inline constexpr uint32_t kWritable = kInterruptEnable | kUser | kPreviousInterruptEnable | kPreviousUser;
}  // namespace status

namespace ptbr {
inline constexpr uint32_t kPagingOn = 1u << 0;
inline constexpr uint32_t kWritable = 0xFFFFFFF1;
constexpr uint32_t root(uint32_t value) {
    return value & 0xFFFFF000;
}
constexpr uint32_t address_space(uint32_t value) {
    return value >> 4 & 0xFF;
}
}  // namespace ptbr

// A guest's fault: data that the guest's kernel receives, never an error of the host.
struct Trap {
    isa::TrapCause cause;
    uint32_t badaddr = 0;

    bool operator==(const Trap&) const = default;
};

struct Cpu {
    std::array<uint32_t, isa::kRegisterCount> x{};
    uint32_t pc = isa::kResetAddress;

    uint32_t status = 0;
    uint32_t epc = 0;
    uint32_t cause = 0;
    uint32_t badaddr = 0;
    uint32_t tvec = 0;
    uint32_t ptbr = 0;
    uint32_t scratch = 0;

    bool waiting = false;           // in wfi
    bool reserved = false;          // lr.w holds a reservation
    uint32_t reserved_address = 0;  // its physical address; 0 if there is none

    Tlb fetch_tlb;
    Tlb data_tlb;

    constexpr bool user_mode() const { return (status & status::kUser) != 0; }
    constexpr bool paging_on() const { return (ptbr & ptbr::kPagingOn) != 0; }
    constexpr uint32_t address_space() const { return ptbr::address_space(ptbr); }

    // Enters the kernel: `trap_cause` is a TrapCause, or isa::kInterruptFlag + line.
    void enter_trap(uint32_t trap_cause, uint32_t bad_address);
    void return_from_trap();
    void drop_reservation();

    // Control registers except cpuid and the cycle counter, which belong to the machine: those read as 0.
    uint32_t read_control(isa::Control number) const;
    void write_control(isa::Control number, uint32_t value);

    bool operator==(const Cpu&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("x", self.x);
        visit("pc", self.pc);
        visit("status", self.status);
        visit("epc", self.epc);
        visit("cause", self.cause);
        visit("badaddr", self.badaddr);
        visit("tvec", self.tvec);
        visit("ptbr", self.ptbr);
        visit("scratch", self.scratch);
        visit("waiting", self.waiting);
        visit("reserved", self.reserved);
        visit("reserved_address", self.reserved_address);
        visit("fetch_tlb", self.fetch_tlb);
        visit("data_tlb", self.data_tlb);
    }
};

// Whether a program may access a control register. A write is what csrw and csrrw do.
constexpr bool control_access_allowed(isa::Control number, bool write, bool user_mode) {
    constexpr auto bits_of = [](std::string_view access) {
        uint32_t bits = 0;
        for (const isa::ControlRegister& row : isa::kControlRegisters) {
            bits |= static_cast<uint32_t>(row.access == access) << row.number;
        }
        return bits;
    };
    constexpr uint32_t kWritable = bits_of("rw");
    constexpr uint32_t kForUsers = bits_of("user");
    const uint32_t bit = 1u << static_cast<uint32_t>(number);
    if (write) return !user_mode && (kWritable & bit) != 0;
    return !user_mode || (kForUsers & bit) != 0;
}

}  // namespace peach
