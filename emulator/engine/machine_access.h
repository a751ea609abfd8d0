#pragma once
// What an engine does to a machine, and nobody else: the writable side of emulator/machine.h.

#include "emulator/machine.h"

namespace peach {

class MachineAccess {
  public:
    static uint64_t& cycle(Machine& machine) { return machine.cycle_; }
    static uint64_t& uncounted_cycles(Machine& machine) { return machine.uncounted_cycles_; }
    static uint64_t& slice_random(Machine& machine) { return machine.slice_random_; }
    static uint32_t& current_cpu(Machine& machine) { return machine.current_cpu_; }
    static uint32_t& slice_left(Machine& machine) { return machine.slice_left_; }
    static std::vector<Cpu>& cpus(Machine& machine) { return machine.cpus_; }
    static Devices& devices(Machine& machine) { return machine.devices_; }
    static PagedMemory& ram(Machine& machine) { return machine.ram_; }
};

}  // namespace peach
