#pragma once
// Power: writing N to `off` switches the machine off with exit status N (low 8 bits), after the store
// instruction. Nothing runs any more after that.
//
// Not modelled: reset by software, sleep states.

#include <cstdint>

namespace peach {

struct Power {
    bool powered_off = false;
    uint8_t exit_status = 0;

    bool operator==(const Power&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("powered_off", self.powered_off);
        visit("exit_status", self.exit_status);
    }
};

}  // namespace peach
