#pragma once
// Interrupt controller: says which lines are raised, keeps for each CPU which of them it listens to, and
// carries interrupts from one CPU to another. Registers: device_registers.inc, lines:
// emulator/isa/interrupt_lines.inc.
//
// A line is a level: it stays raised until its device is satisfied. A CPU is interrupted between two
// instructions while status.ie is set and (pending & enabled) is not 0; the lowest line number comes first.
// The timer and interprocessor lines are each CPU's own; the others reach every CPU that enables them. After
// reset nothing is enabled.
//
// Not modelled: priorities other than the line number, edge-triggered lines, claiming an interrupt for one
// CPU.

#include <array>
#include <cstdint>

namespace peach {

inline constexpr unsigned kMaxCpus = 8;

struct InterruptController {
    std::array<uint32_t, kMaxCpus> enabled{};     // a bit a line
    std::array<bool, kMaxCpus> interprocessor{};  // whether the line is raised

    void send(uint32_t cpu_mask, unsigned cpu_count);

    bool operator==(const InterruptController&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("enabled", self.enabled);
        visit("interprocessor", self.interprocessor);
    }
};

}  // namespace peach
