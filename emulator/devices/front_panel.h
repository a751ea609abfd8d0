#pragma once
// Front panel: four switches that a person moves and the kernel reads, four lamps that the kernel drives and
// a person reads. Each is a whole word. Registers and what PeachOS uses them for: device_registers.inc.
//
// Moving a switch raises the line until acknowledge, even if the value stays the same.
//
// Not modelled: which switch was moved (the kernel compares).

#include <array>
#include <cstdint>

namespace peach {

inline constexpr unsigned kSwitchCount = 4;
inline constexpr unsigned kLampCount = 4;

struct FrontPanel {
    std::array<uint32_t, kSwitchCount> switches{};
    std::array<uint32_t, kLampCount> lamps{};
    bool moved = false;

    bool operator==(const FrontPanel&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("switches", self.switches);
        visit("lamps", self.lamps);
        visit("moved", self.moved);
    }
};

}  // namespace peach
