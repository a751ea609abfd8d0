#pragma once
// Disk: blocks of 4 KiB, moved by direct memory access. Datasheet: datasheets.inc.

#include <cstdint>

#include "emulator/devices/registers.h"
#include "emulator/devices/timer.h"
#include "emulator/memory.h"

namespace peach {

struct PowerCut {
    uint32_t write = 0;  // which one, from 1; 0: the power does not fail
    uint32_t bytes = 0;  // of it that arrive, up to 4096

    bool operator==(const PowerCut&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("write", self.write);
        visit("bytes", self.bytes);
    }
};

enum class DiskStatus : uint32_t {
    idle = device::disk_status_idle,
    busy = device::disk_status_busy,
    done = device::disk_status_done,
    failed = device::disk_status_failed,
};

enum class DiskEffect : uint8_t {
    none,         // nothing that others would have to know
    ram_changed,  // the page at `active_address` has new contents
    power_cut,
};

struct Disk {
    uint32_t block = 0;  // the registers
    uint32_t address = 0;
    DiskStatus status = DiskStatus::idle;

    uint32_t active_block = 0;  // the transfer under way
    uint32_t active_address = 0;
    uint32_t active_command = 0;
    uint64_t completion = kNever;  // the clock at which it happens
    uint64_t writes = 0;           // made so far

    PagedMemory blocks;

    bool line() const { return status == DiskStatus::done || status == DiskStatus::failed; }
    void write_command(uint32_t command, uint64_t now, uint32_t latency_cycles);
    void acknowledge();
    // Makes the transfer that is due.
    DiskEffect complete(PagedMemory& ram, const PowerCut& cut);

    bool operator==(const Disk&) const = default;

    template <class Self, class Visit>
    static void for_each_field(Self& self, Visit visit) {
        visit("block", self.block);
        visit("address", self.address);
        visit("status", self.status);
        visit("active_block", self.active_block);
        visit("active_address", self.active_address);
        visit("active_command", self.active_command);
        visit("completion", self.completion);
        visit("writes", self.writes);
        visit("blocks", self.blocks);
    }
};

}  // namespace peach
