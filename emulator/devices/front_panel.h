#pragma once
// Front panel: switches for a person to move, lamps for the kernel to drive. Datasheet: datasheets.inc.

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
