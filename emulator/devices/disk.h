#pragma once
// Disk: blocks of 4 KiB, moved by direct memory access. Registers: device_registers.inc.
//
//     block, address, command --> busy --(latency cycles)--> the whole block moves at once --> done or failed
//                                                              the line is raised until acknowledge
//
// The registers are read when the command is written; changing them while busy concerns the next command. A
// command while busy is ignored; one after done or failed starts the next transfer and lowers the line. An
// unknown command, a block that does not exist or an address that is not a page of RAM ends in "failed" after
// the same latency. Stores to the disk are durable when the status becomes done.
//
// The power may be set to fail at the n-th write since the machine began (PowerCut, a part of the machine's
// configuration). At the moment at which that write would be done, its first `bytes` bytes are on the disk,
// the rest of the block is as it was before, and the machine is off.
//
// Not modelled: seek time, several requests at once, write caches, bad blocks.

#include <cstdint>

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

enum class DiskStatus : uint32_t { idle = 0, busy = 1, done = 2, failed = 3 };

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
