#pragma once
// Power: writing N to `off` switches the machine off with exit status N (low 8 bits), after the store
// instruction. Nothing runs any more after that. The machine's configuration may have the power fail at a
// certain write to the disk (emulator/devices/disk.h): the machine is then off, too, without a status.
//
// Not modelled: reset by software, sleep states.

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
