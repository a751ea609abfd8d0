#pragma once
// Interrupt controller: which lines are raised, and who listens to them. Datasheet: datasheets.inc; lines:
// emulator/isa/interrupt_lines.inc.

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
