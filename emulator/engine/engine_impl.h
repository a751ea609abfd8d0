#pragma once
// The engine from inside.
//
//     run()            engine.cpp         between instructions: events, whose turn, interrupts, idling
//       execute()      execution_loop.inc the loop from record to record, until the next thing of that kind
//         operations.inc                  what the simple instructions do: values, accesses, conditions
//         pairs.inc                       which of them do it two at a time
//         semantics.inc                   what the others do
//         memory_path.cpp                 what the translation caches do not hold: TLB, walks, devices
//         code_cache.cpp                  decoded pages
//
// A Core is what a Cpu becomes while it executes: the registers, with one more to throw results away, and the
// translation caches. Outside of run() the registers stand in the machine.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/engine.h"
#include "emulator/engine/code_cache.h"
#include "emulator/engine/machine_access.h"
#include "emulator/engine/translation_cache.h"

namespace peach {

// What an atomic instruction leaves in memory.
constexpr uint32_t atomic_result(isa::Op op, uint32_t old, uint32_t operand) {
    switch (op) {
        case isa::Op::amoadd_w:
            return old + operand;
        case isa::Op::amoxor_w:
            return old ^ operand;
        case isa::Op::amoor_w:
            return old | operand;
        case isa::Op::amoand_w:
            return old & operand;
        case isa::Op::amomin_w:
            return static_cast<int32_t>(old) < static_cast<int32_t>(operand) ? old : operand;
        case isa::Op::amomax_w:
            return static_cast<int32_t>(old) > static_cast<int32_t>(operand) ? old : operand;
        case isa::Op::amominu_w:
            return std::min(old, operand);
        case isa::Op::amomaxu_w:
            return std::max(old, operand);
        default:
            return operand;  // amoswap.w
    }
}

struct Core {
    std::array<uint32_t, isa::kRegisterCount + 1> x{};
    uint64_t context = 0;  // see translation_cache.h
    Cpu* cpu = nullptr;
    uint8_t index = 0;
    TranslationCache load;   // host: host address - virtual address
    TranslationCache store;  // the same, only for pages of RAM that may be written without telling anybody
    TranslationCache fetch;  // host: address of the record - virtual address * kRecordBytesPerByte

    void clear_translations() {
        load.clear();
        store.clear();
        fetch.clear();
    }
};

enum class ExecuteResult : uint8_t {
    boundary,  // the limit, or something that run() has to look at
    stop,      // the instruction at pc has a stop address
};

enum class StoreResult : uint8_t {
    done,
    fault,   // Impl::trap says which
    device,  // done, and run() has to look at what it changed
};

struct Engine::Impl {
    explicit Impl(Machine start);

    // execution_loop.inc. They run until `end_cycle` at the latest; or tell where their labels are.
    using Loop = ExecuteResult(Impl* engine, Core* core, uint64_t end_cycle, HandlerTable* table);
    static Loop run_fast;
    static Loop run_observed;
    static HandlerTable labels(Loop* loop);

    // memory_path.cpp. Faults are left in `trap`. Cycles are those of the instruction that asks.
    void remember_for_loads(Core& core, uint32_t address, uint32_t physical);
    void remember_for_stores(Core& core, uint32_t address, uint32_t physical);
    std::optional<uint32_t> load_slowly(Core& core, uint32_t address, uint32_t size, uint64_t now);
    StoreResult store_slowly(Core& core, uint32_t address, uint32_t value, uint32_t size, uint64_t now);
    std::optional<uint32_t> load_reserved(Core& core, uint32_t address);
    std::optional<uint32_t> store_conditional(Core& core, uint32_t address, uint32_t value);
    std::optional<uint32_t> atomic(Core& core, isa::Op op, uint32_t address, uint32_t operand);
    DecodedPage* fetch_slowly(Core& core, uint32_t pc);
    void flush_translations(Core& core);
    void flush_translation(Core& core, uint32_t address);
    void forget_host_page(uint32_t page);  // before RAM's page object is replaced or shared

    // engine.cpp
    void reload();
    RunResult run(uint64_t until_cycle, RunOutput& run_output, InstructionObserver* run_observer);
    void choose_loop();
    void observe(const Core& core, const DecodedPage& page, uint32_t pc, uint64_t now);
    void raise(Core& core, uint32_t cause, uint32_t badaddr, uint64_t now);
    void return_from_trap(Core& core, uint64_t now);
    bool interrupt_is_due(const Core& core) const;
    bool stops_before(const Cpu& cpu, uint64_t now) const;
    uint32_t read_control(const Core& core, isa::Control number, uint64_t now) const;
    void write_control(Core& core, isa::Control number, uint32_t value);

    void set_watch_ranges(std::span<const WatchRange> ranges);

    Machine machine;
    uint64_t& cycle;
    Devices& devices;
    PagedMemory& ram;
    std::vector<Core> cores;
    CodeCache code;
    Trap trap{};
    RunOutput* output = nullptr;
    InstructionObserver* observer = nullptr;  // of this run
    bool observed_loop = false;               // whose labels the code cache holds
    std::vector<WatchRange> watch_ranges;
    std::optional<WatchHit> watch_hit;  // by the instruction that executes, or has just executed
    uint64_t exempt_cycle = kNever;     // where a stop address does not stop

    // The guest's clock. While a CPU executes it runs along with the cycles, or (book, kernel mode) stands
    // still.
    const bool book_clock;
    bool clock_runs = true;
    uint64_t turn_begin = 0;     // the cycle at which that CPU began to execute
    uint64_t& uncounted_cycles;  // before that cycle
    uint64_t clock_at(uint64_t now) const { return (clock_runs ? now : turn_begin) - uncounted_cycles; }
    // Whether the clock now goes differently: the loop is left then.
    bool clock_changes(const Core& core) const { return book_clock && core.cpu->user_mode() != clock_runs; }

  private:
    std::optional<uint32_t> translate_and_note(Core& core, uint32_t address, Access access);
    std::optional<uint32_t> fail(isa::TrapCause cause, uint32_t address);
    bool is_ram(uint32_t physical) const;
    BusAccess bus_access(const Core& core, uint64_t now) const;
    std::byte* writable_ram_page(uint32_t page);
    void write_ram(const Core* writer, uint32_t physical, uint32_t value, uint32_t size);
    uint32_t read_ram(uint32_t physical, uint32_t size) const;
    bool page_is_watched(uint32_t address, uint32_t physical) const;
    void note_access(const Core& core, const WatchHit& access);
    std::optional<uint32_t> translate_for_atomic(Core& core, uint32_t address);
    bool reserved_by_other(const Core& core, uint32_t page) const;
    void break_reservations(const Core* writer, uint32_t physical, uint32_t size);

    void settle();
    void complete_disk();
    void choose_cpu();
    ExecuteResult execute_turn(Core& core, uint64_t until_cycle);
    uint64_t end_of_turn(uint64_t until_cycle) const;
    void count_turn(const Core& core);
    uint32_t next_slice();
    uint32_t pending_and_enabled(const Core& core) const;
    RunResult stopped(StopReason reason);
};

}  // namespace peach
