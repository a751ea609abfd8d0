#pragma once
// The whole machine as a value: copy it, compare it, hash it, look at it. It has no host clock, no
// randomness, no history and no pointers out. Running it is the engine's job (emulator/engine.h).
//
//     +-------+ +-------+     +-----+     +------------------------------------------------------+
//     | Cpu 0 | | Cpu 1 | ... | RAM |     | interrupt controller, timer, console, disk, front     |
//     +---+---+ +---+---+     +--+--+     | panel, power                                          |
//         |         |            |        +---------------------------+--------------------------+
//     ----+---------+------------+------------------------------------+----
//
// Time is cycle(): one for every instruction of any CPU, plus the idle cycles that were skipped while every
// CPU waited. The state at cycle N is the one in which the instruction of cycle N is about to execute: timers
// that are due have fired and an interrupt that is taken at N has been taken.
//
// The guest's clock() is what its timers, its disk and its cycle register go by. Set to `real` it is cycle().
// Set to `book` it counts only the instructions that user mode completes, and idle cycles; the kernel, and
// the cycle in which a trap is taken, cost nothing:
//
//     cycle()    0  1  2  3  4  5  6  7  8  9          u  a user instruction     k  one of the kernel
//                u  u  t  k  k  k  u  u  i  k          t  a user instruction that traps
//     clock()    0  1  2  2  2  2  2  3  4  5          i  every CPU waits
//
// With it the scheduling examples of a textbook, where switching is free, come out to the cycle. A kernel
// that waits in a loop for a device waits for ever under it.
//
// With several CPUs, each executes a slice of instructions in turn; a CPU that waits gives its turn away. A
// slice has `slice_instructions`; with a `slice_seed` other than 0 it has 1 to twice as many less one, by a
// pseudo-random sequence that the seed begins: other interleavings, each as repeatable as the first.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/cpu.h"
#include "emulator/devices/devices.h"
#include "emulator/input_event.h"
#include "emulator/memory.h"
#include "emulator/mmu.h"

namespace peach {

enum class Clock : uint32_t { real = 0, book = 1 };

struct MachineConfig {
    uint32_t cpu_count = 1;         // 1 to 8
    uint32_t ram_bytes = 64 << 20;  // a multiple of 4096, up to 1 GiB
    uint32_t disk_latency_cycles = 1000;
    uint32_t slice_instructions = 100;  // 1 or more
    uint32_t slice_seed = 0;            // 0: all slices are equal
    Clock clock = Clock::real;
    PowerCut power_cut = {};

    bool operator==(const MachineConfig&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("cpu_count", self.cpu_count);
        visit("ram_bytes", self.ram_bytes);
        visit("disk_latency_cycles", self.disk_latency_cycles);
        visit("slice_instructions", self.slice_instructions);
        visit("slice_seed", self.slice_seed);
        visit("clock", self.clock);
        visit("power_cut", self.power_cut);
    }
};

// Says what is wrong with a configuration, if anything.
std::expected<void, Error> check(const MachineConfig& config);

class Machine {
  public:
    explicit Machine(const MachineConfig& config = {});  // the configuration must pass check()

    // Before the start.
    [[nodiscard]] bool write_physical(uint32_t address,
                                      std::span<const std::byte> bytes);  // false: not all RAM
    void set_entry(uint32_t pc);                                          // of every CPU
    void set_disk(std::span<const std::byte> bytes);  // rounded up to whole blocks; empty takes the disk out

    // The one door in.
    void deliver(const InputEvent& event);

    // Looking. Nothing here has side effects.
    const MachineConfig& config() const { return config_; }
    uint64_t cycle() const { return cycle_; }
    uint64_t clock() const { return cycle_ - uncounted_cycles_; }
    unsigned cpu_count() const { return static_cast<unsigned>(cpus_.size()); }
    const Cpu& cpu(unsigned index) const { return cpus_[index]; }
    unsigned current_cpu() const { return current_cpu_; }  // the one whose instruction is next
    uint32_t slice_left() const { return slice_left_; }    // how many instructions it has in its turn
    bool powered_off() const { return devices_.power.powered_off; }
    bool power_was_cut() const { return devices_.power.cut; }  // then it is powered off, too
    int exit_status() const { return devices_.power.exit_status; }
    const Devices& devices() const { return devices_; }
    const PagedMemory& ram() const { return ram_; }
    std::vector<std::byte> disk() const;
    uint64_t hash() const;
    uint32_t pending_lines(unsigned cpu) const { return devices_.pending_lines(cpu); }

    bool read_physical(uint32_t address, std::span<std::byte> out) const;  // false: not all RAM
    std::expected<Translation, Trap> translate(unsigned cpu, uint32_t virtual_address, Access access) const;
    std::vector<std::string> explain(unsigned cpu, uint32_t virtual_address, Access access) const;
    // Reads as a debugger does: through the tables of this CPU now, or of `ptbr`, whatever the permissions
    // say.
    bool read_virtual(unsigned cpu, uint32_t address, std::span<std::byte> out) const;
    bool read_virtual_with(uint32_t ptbr, uint32_t address, std::span<std::byte> out) const;
    // The same translation alone; nothing if the page is not mapped to RAM.
    std::optional<uint32_t> physical_address(uint32_t ptbr, uint32_t virtual_address) const;

    bool operator==(const Machine&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("config", self.config_);
        visit("cycle", self.cycle_);
        visit("uncounted_cycles", self.uncounted_cycles_);
        visit("slice_random", self.slice_random_);
        visit("current_cpu", self.current_cpu_);
        visit("slice_left", self.slice_left_);
        visit("cpus", self.cpus_);
        visit("devices", self.devices_);
        visit("ram", self.ram_);
    }

  private:
    friend class MachineAccess;  // emulator/engine/machine_access.h: what engines do to a machine

    MachineConfig config_;
    uint64_t cycle_ = 0;
    uint64_t uncounted_cycles_ = 0;  // that the clock left out
    uint64_t slice_random_ = 0;      // what the next slice's length is made from
    uint32_t current_cpu_ = 0;
    uint32_t slice_left_ = 0;
    std::vector<Cpu> cpus_;
    Devices devices_;
    PagedMemory ram_;
};

}  // namespace peach
