#pragma once
// Power: the switch by which the guest ends everything. Datasheet: datasheets.inc.

#include <cstdint>

namespace peach {

struct Power {
    bool powered_off = false;
    uint8_t exit_status = 0;
    bool cut = false;  // the power failed

    bool operator==(const Power&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("powered_off", self.powered_off);
        visit("exit_status", self.exit_status);
        visit("cut", self.cut);
    }
};

}  // namespace peach
