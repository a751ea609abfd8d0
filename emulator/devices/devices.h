#pragma once
// All devices and the part of the bus that leads to them. What each does for the guest: datasheets.inc.
//
// Every register is a word. Access by another size, at an address that is no register, reading a "wo" or
// writing a "ro" register is a bus error.

#include <cstdint>
#include <optional>

#include "emulator/devices/console.h"
#include "emulator/devices/disk.h"
#include "emulator/devices/front_panel.h"
#include "emulator/devices/interrupt_controller.h"
#include "emulator/devices/power.h"
#include "emulator/devices/timer.h"

namespace peach {

// Who accesses a device, and when.
struct BusAccess {
    unsigned cpu = 0;
    unsigned cpu_count = 1;
    uint64_t clock = 0;
    uint32_t disk_latency_cycles = 0;
};

struct Devices {
    InterruptController interrupt_controller;
    Timer timer;
    Console console;
    Disk disk;
    FrontPanel front_panel;
    Power power;

    // The value, or nothing for a bus error. Reading the console's data takes a character.
    std::optional<uint32_t> read(uint32_t address, const BusAccess& by);
    // False for a bus error. A character that was sent is put into `sent`.
    bool write(uint32_t address, uint32_t value, const BusAccess& by, std::optional<char>& sent);

    uint32_t pending_lines(unsigned cpu) const;
    // The next moment of the clock at which something happens by itself; kNever if nothing will.
    uint64_t next_event() const;

    bool operator==(const Devices&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("interrupt_controller", self.interrupt_controller);
        visit("timer", self.timer);
        visit("console", self.console);
        visit("disk", self.disk);
        visit("front_panel", self.front_panel);
        visit("power", self.power);
    }
};

}  // namespace peach
