#pragma once
// Runs a machine, fast and exactly. All of the engine's caches are invisible: at any cycle the machine is
// what a plain interpreter would have made of it, and stopping somewhere on the way changes nothing.
//
//     Engine engine(std::move(machine));
//     RunOutput output;
//     engine.run(1'000'000, output);          // until cycle() == 1'000'000
//     Machine moment = engine.snapshot();     // cheap: shares all pages
//     engine.restore(moment);                 // back to it
//
// run() costs a fraction of a microsecond to enter and leave. Not for several threads at once; snapshots may
// be handed to other threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emulator/input_event.h"
#include "emulator/machine.h"

namespace peach {

enum class TrapKind : uint8_t { enter, leave };

// A CPU entered the kernel (any trap or interrupt), or left it by eret.
struct TrapRecord {
    uint64_t cycle = 0;  // of the instruction that trapped, of eret, or before which the interrupt was taken
    uint8_t cpu = 0;
    TrapKind kind = TrapKind::enter;
    uint32_t cause = 0;   // for leave: the cause register at that moment
    uint32_t pc = 0;      // enter: the epc; leave: where execution continues
    bool user = false;    // the mode before enter, after leave
    uint32_t detail = 0;  // enter: a5 (the service asked for) if the cause is system_call, else badaddr

    bool operator==(const TrapRecord&) const = default;
};

// What came out of the machine; appended to, the caller owns it.
struct RunOutput {
    std::string console;
    std::vector<uint64_t> console_cycles;  // of each character's store instruction
    bool collect_traps = false;            // set by the caller
    std::vector<TrapRecord> traps;
};

// An instruction that is about to execute: it may still trap.
struct ObservedInstruction {
    uint64_t cycle = 0;
    unsigned cpu = 0;
    bool user = false;
    uint32_t pc = 0;
    uint32_t physical = 0;  // where the word stands
    uint32_t word = 0;
    std::span<const uint32_t, isa::kRegisterCount> x;  // of that CPU, before it
};

// Sees every instruction of a run. What it sees, and when a run ends, are the same however the run is
// divided.
class InstructionObserver {
  public:
    virtual void before(const ObservedInstruction& instruction) = 0;

  protected:
    ~InstructionObserver() = default;
};

// Memory whose loads or stores stop the run, after the instruction. What lies in other pages costs nothing.
// Not seen: fetches, transfers by the disk, page table walks.
struct WatchRange {
    uint32_t first = 0;
    uint32_t last = 0;      // inclusive
    bool physical = false;  // else virtual, in any address space
    bool loads = false;
    bool stores = true;

    bool operator==(const WatchRange&) const = default;
};

struct WatchHit {
    unsigned cpu = 0;
    uint32_t pc = 0;       // of the instruction
    uint32_t address = 0;  // virtual
    uint32_t physical = 0;
    uint32_t size = 0;  // 1, 2 or 4 bytes
    bool store = false;
    uint32_t before = 0;  // the bytes as a number; a load leaves them as they are
    uint32_t after = 0;

    bool operator==(const WatchHit&) const = default;
};

enum class StopReason : uint8_t {
    limit,         // cycle() is what was asked for
    stop_address,  // the current CPU is about to execute a stop address
    idle,          // every CPU waits and no timer or disk can wake one: only a delivered event can
    powered_off,
    watch,  // the last instruction accessed a watched range; a stop address at the next one comes first
};

struct RunResult {
    StopReason reason = StopReason::limit;
    unsigned cpu = 0;  // the one whose instruction would be next

    bool operator==(const RunResult&) const = default;
};

class Engine {
  public:
    explicit Engine(Machine machine);
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    const Machine& machine() const;
    Machine snapshot();  // a copy that shares pages
    void restore(const Machine& machine);
    void deliver(const InputEvent& event);  // at once, at the present cycle

    // Virtual addresses before which run() stops, in any address space and mode. If the limit falls on a stop
    // address, the reason is stop_address. One at the very first instruction of a run() does not stop it.
    void set_stop_addresses(std::span<const uint32_t> virtual_pcs);

    void set_watch_ranges(std::span<const WatchRange> ranges);
    // What the last run() stopped after, if it did: also when the reason is limit or stop_address.
    const std::optional<WatchHit>& watch_hit() const;

    // Runs until cycle() == until_cycle or something stops it before. Does nothing if that cycle is past.
    RunResult run(uint64_t until_cycle, RunOutput& output);
    // The same, in a loop of its own that tells the observer of each instruction: the other pays nothing for
    // it.
    RunResult run(uint64_t until_cycle, RunOutput& output, InstructionObserver& observer);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace peach
