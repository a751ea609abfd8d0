#pragma once
// Why the CPU enters the kernel: synchronous causes (trap_causes.inc) and interrupts (interrupt_lines.inc).

#include <cstdint>
#include <string_view>

namespace peach::isa {

inline constexpr uint32_t kInterruptFlag = 0x80000000;  // bit 31 of the cause register

enum class TrapCause : uint32_t {
#define TRAP_CAUSE(number, name, badaddr, sentence) name = (number),
#include "emulator/isa/trap_causes.inc"
#undef TRAP_CAUSE
};

enum class InterruptLine : uint32_t {
#define INTERRUPT_LINE(number, name, sentence) name = (number),
#include "emulator/isa/interrupt_lines.inc"
#undef INTERRUPT_LINE
};

struct TrapCauseRow {
    uint32_t number;
    std::string_view name;
    std::string_view badaddr;
    std::string_view sentence;
};

inline constexpr TrapCauseRow kTrapCauses[] = {
#define TRAP_CAUSE(number, name, badaddr, sentence) {number, #name, badaddr, sentence},
#include "emulator/isa/trap_causes.inc"
#undef TRAP_CAUSE
};

struct InterruptLineRow {
    uint32_t number;
    std::string_view name;
    std::string_view sentence;
};

inline constexpr InterruptLineRow kInterruptLines[] = {
#define INTERRUPT_LINE(number, name, sentence) {number, #name, sentence},
#include "emulator/isa/interrupt_lines.inc"
#undef INTERRUPT_LINE
};

// "timer", "system_call", ...: the name of a value of the cause register; "unknown" if the guest wrote
// nonsense there.
constexpr std::string_view cause_name(uint32_t cause) {
    if ((cause & kInterruptFlag) != 0) {
        for (const InterruptLineRow& row : kInterruptLines) {
            if (row.number == (cause & ~kInterruptFlag)) return row.name;
        }
    }
    for (const TrapCauseRow& row : kTrapCauses) {
        if (row.number == cause) return row.name;
    }
    return "unknown";
}

}  // namespace peach::isa
