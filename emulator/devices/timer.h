#pragma once
// Timer: one count-down for each CPU, in cycles of the machine's clock (emulator/machine.h). Datasheet:
// datasheets.inc.

#include <array>
#include <cstdint>

#include "emulator/devices/interrupt_controller.h"

namespace peach {

inline constexpr uint64_t kNever = UINT64_MAX;

struct Timer {
    std::array<uint64_t, kMaxCpus> deadline;  // the clock at which the line is raised; kNever if disarmed
    std::array<bool, kMaxCpus> raised{};

    Timer() { deadline.fill(kNever); }

    void write_countdown(unsigned cpu, uint32_t cycles, uint64_t now);
    uint32_t read_countdown(unsigned cpu, uint64_t now) const;
    uint64_t next_event() const;
    void advance(uint64_t now);

    bool operator==(const Timer&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("deadline", self.deadline);
        visit("raised", self.raised);
    }
};

}  // namespace peach
