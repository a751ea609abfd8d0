// Between instructions: what is due, whose turn it is, who is interrupted, how long nothing happens.

#include "emulator/engine.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "emulator/base/assert.h"
#include "emulator/engine/engine_impl.h"

namespace peach {

Engine::Impl::Impl(Machine start)
    : machine(std::move(start)),
      cycle(MachineAccess::cycle(machine)),
      devices(MachineAccess::devices(machine)),
      ram(MachineAccess::ram(machine)),
      cores(machine.cpu_count()),
      code(ram.page_count(), labels(run_fast)),
      book_clock(machine.config().clock == Clock::book),
      uncounted_cycles(MachineAccess::uncounted_cycles(machine)) {
    reload();
}

HandlerTable Engine::Impl::labels(Loop* loop) {
    HandlerTable table{};
    loop(nullptr, nullptr, 0, &table);
    return table;
}

// Each loop has handlers of its own: decoded code is of use to one of them.
void Engine::Impl::choose_loop() {
    const bool observed = observer != nullptr;
    if (observed == observed_loop) return;
    observed_loop = observed;
    code.set_handlers(labels(observed ? run_observed : run_fast));
    for (Core& core : cores) core.fetch.clear();
}

void Engine::Impl::observe(const Core& core, const DecodedPage& page, uint32_t pc, uint64_t now) {
    const uint32_t offset = pc % isa::kPageSize;
    observer->before({.cycle = now,
                      .cpu = core.index,
                      .user = core.cpu->user_mode(),
                      .pc = pc,
                      .physical = isa::region::ram.first + page.physical_page * isa::kPageSize + offset,
                      .word = word_at(ram.page(page.physical_page), offset / 4),
                      .x = std::span(core.x).first<isa::kRegisterCount>()});
}

// Makes the cores follow a machine that was changed from outside.
void Engine::Impl::reload() {
    for (unsigned i = 0; i < cores.size(); ++i) {
        Core& core = cores[i];
        core.index = static_cast<uint8_t>(i);
        core.cpu = &MachineAccess::cpus(machine)[i];
        core.context = translation_context(*core.cpu);
        core.clear_translations();
    }
}

uint32_t Engine::Impl::read_control(const Core& core, isa::Control number, uint64_t now) const {
    switch (number) {
        case isa::Control::cpuid:
            return core.index;
        case isa::Control::cycle:
            return static_cast<uint32_t>(clock_at(now));
        case isa::Control::cycleh:
            return static_cast<uint32_t>(clock_at(now) >> 32);
        default:
            return core.cpu->read_control(number);
    }
}

void Engine::Impl::write_control(Core& core, isa::Control number, uint32_t value) {
    core.cpu->write_control(number, value);
    core.context = translation_context(*core.cpu);
}

// Enters the kernel from cpu.pc.
void Engine::Impl::raise(Core& core, uint32_t cause, uint32_t badaddr, uint64_t now) {
    Cpu& cpu = *core.cpu;
    if (output->collect_traps) {
        const bool call = cause == static_cast<uint32_t>(isa::TrapCause::system_call);
        const uint32_t detail = call ? core.x[15] : badaddr;
        output->traps.push_back({now, core.index, TrapKind::enter, cause, cpu.pc, cpu.user_mode(), detail});
    }
    cpu.enter_trap(cause, badaddr);
    core.context = translation_context(cpu);
}

void Engine::Impl::return_from_trap(Core& core, uint64_t now) {
    Cpu& cpu = *core.cpu;
    cpu.return_from_trap();
    core.context = translation_context(cpu);
    if (output->collect_traps) {
        output->traps.push_back({now, core.index, TrapKind::leave, cpu.cause, cpu.pc, cpu.user_mode(), 0});
    }
}

bool Engine::Impl::interrupt_is_due(const Core& core) const {
    return (core.cpu->status & status::kInterruptEnable) != 0 && pending_and_enabled(core) != 0;
}

uint32_t Engine::Impl::pending_and_enabled(const Core& core) const {
    return devices.pending_lines(core.index) & devices.interrupt_controller.enabled[core.index];
}

// Whether the instruction at pc, about to execute, has a stop address. One that cannot be fetched will trap
// instead.
bool Engine::Impl::stops_before(const Cpu& cpu, uint64_t now) const {
    if (now == exempt_cycle || cpu.waiting || !code.is_stop_address(cpu.pc)) return false;
    const auto translation = translate(cpu, ram, cpu.pc, Access::fetch, cpu.user_mode());
    return translation && is_ram(translation->physical_address);
}

void Engine::Impl::complete_disk() {
    const Disk& disk = devices.disk;
    // The page of RAM becomes another object, or one that the disk shares: nobody may go on writing to the
    // old.
    const uint32_t address = disk.active_address;
    const bool in_ram = is_ram(address);
    const uint32_t page = (address - isa::region::ram.first) / isa::kPageSize;
    if (in_ram) forget_host_page(page);
    const DiskEffect effect = devices.disk.complete(ram, machine.config().power_cut);
    if (effect == DiskEffect::power_cut) devices.power.powered_off = devices.power.cut = true;
    if (effect != DiskEffect::ram_changed) return;
    PEACH_ASSERT(in_ram);
    if (DecodedPage* decoded = code.find(page)) code.forget(*decoded, 0, isa::kPageSize);
    break_reservations(nullptr, address, isa::kPageSize);
}

void Engine::Impl::choose_cpu() {
    if (cores.size() == 1) return;
    uint32_t& current = MachineAccess::current_cpu(machine);
    uint32_t& slice_left = MachineAccess::slice_left(machine);
    if (slice_left > 0 && !cores[current].cpu->waiting) return;
    for (unsigned i = 1; i <= cores.size(); ++i) {
        const auto next = static_cast<uint32_t>((current + i) % cores.size());
        if (cores[next].cpu->waiting) continue;
        current = next;
        slice_left = next_slice();
        return;
    }
}

// The length of a CPU's turn.
uint32_t Engine::Impl::next_slice() {
    const MachineConfig& config = machine.config();
    if (config.slice_seed == 0) return config.slice_instructions;
    // One step of splitmix64.
    uint64_t mixed = MachineAccess::slice_random(machine) += 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    mixed ^= mixed >> 31;
    return 1 + static_cast<uint32_t>(mixed % (uint64_t{config.slice_instructions} * 2 - 1));
}

// Does everything that happens before the instruction of this cycle. Doing it twice changes nothing.
void Engine::Impl::settle() {
    if (machine.powered_off()) return;
    if (const uint64_t clock = machine.clock(); devices.next_event() <= clock) {
        devices.timer.advance(clock);
        if (devices.disk.completion <= clock) complete_disk();
        if (machine.powered_off()) return;
    }
    for (const Core& core : cores) {
        if (core.cpu->waiting && pending_and_enabled(core) != 0) core.cpu->waiting = false;
    }
    choose_cpu();
    Core& core = cores[machine.current_cpu()];
    if (core.cpu->waiting || !interrupt_is_due(core)) return;
    const int line = std::countr_zero(pending_and_enabled(core));
    raise(core, isa::kInterruptFlag | static_cast<uint32_t>(line), 0, cycle);
}

RunResult Engine::Impl::stopped(StopReason reason) {
    for (const Core& core : cores) std::copy_n(core.x.begin(), isa::kRegisterCount, core.cpu->x.begin());
    output = nullptr;
    observer = nullptr;
    return {reason, machine.current_cpu()};
}

RunResult Engine::Impl::run(uint64_t until_cycle, RunOutput& run_output, InstructionObserver* run_observer) {
    output = &run_output;
    observer = run_observer;
    choose_loop();
    watch_hit.reset();
    for (Core& core : cores) std::ranges::copy(core.cpu->x, core.x.begin());
    if (machine.powered_off()) return stopped(StopReason::powered_off);
    if (cycle >= until_cycle) return stopped(StopReason::limit);

    const uint32_t first_cpu = machine.current_cpu();
    const Cpu& first = *cores[first_cpu].cpu;
    const uint32_t first_pc = first.pc;
    const bool was_waiting = first.waiting;
    settle();
    const bool same_instruction = machine.current_cpu() == first_cpu && first.pc == first_pc && !was_waiting;
    exempt_cycle = same_instruction ? cycle : kNever;

    while (true) {
        Core& core = cores[machine.current_cpu()];
        if (machine.powered_off()) return stopped(StopReason::powered_off);
        if (cycle >= until_cycle) {
            return stopped(stops_before(*core.cpu, cycle) ? StopReason::stop_address : StopReason::limit);
        }
        if (core.cpu->waiting) {
            const uint64_t next = devices.next_event();
            if (next == kNever) return stopped(StopReason::idle);
            cycle += std::min(next - machine.clock(), until_cycle - cycle);
        } else if (execute_turn(core, until_cycle) == ExecuteResult::stop) {
            return stopped(StopReason::stop_address);
        }
        settle();
        if (watch_hit) {
            const bool stops =
                !machine.powered_off() && stops_before(*cores[machine.current_cpu()].cpu, cycle);
            return stopped(stops ? StopReason::stop_address : StopReason::watch);
        }
    }
}

// Executes until something may happen that settle() has to see.
ExecuteResult Engine::Impl::execute_turn(Core& core, uint64_t until_cycle) {
    turn_begin = cycle;
    clock_runs = !book_clock || core.cpu->user_mode();
    Loop* const loop = observed_loop ? run_observed : run_fast;
    const ExecuteResult result = loop(this, &core, end_of_turn(until_cycle), nullptr);
    count_turn(core);
    return result;
}

// The cycle until which nothing can happen that the executing CPU does not cause itself.
uint64_t Engine::Impl::end_of_turn(uint64_t until_cycle) const {
    constexpr uint64_t kLongestRun = uint64_t{1} << 40;  // records' addresses do not overflow
    uint64_t longest = std::min(until_cycle - cycle, kLongestRun);
    if (clock_runs) longest = std::min(longest, devices.next_event() - machine.clock());
    if (cores.size() > 1) longest = std::min(longest, uint64_t{machine.slice_left()});
    return cycle + longest;
}

// Notes what the turn that has just ended took.
void Engine::Impl::count_turn(const Core& core) {
    const uint64_t taken = cycle - turn_begin;
    if (cores.size() > 1) MachineAccess::slice_left(machine) -= static_cast<uint32_t>(taken);
    if (!clock_runs) {
        uncounted_cycles += taken;
    } else if (clock_changes(core)) {
        uncounted_cycles += 1;  // the instruction that trapped did not complete
    }
    clock_runs = true;
}

Engine::Engine(Machine machine) : impl_(std::make_unique<Impl>(std::move(machine))) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

const Machine& Engine::machine() const {
    return impl_->machine;
}

Machine Engine::snapshot() {
    for (Core& core : impl_->cores) core.store.clear();  // the pages are shared from now on
    return impl_->machine;
}

void Engine::restore(const Machine& machine) {
    Impl& impl = *impl_;
    if (machine.config() != impl.machine.config()) {
        auto fresh = std::make_unique<Impl>(machine);
        fresh->code.set_stop_addresses(impl.code.stop_addresses());
        fresh->watch_ranges = impl.watch_ranges;
        impl_ = std::move(fresh);
        return;
    }
    // `before` keeps the old pages alive while they are compared.
    const PagedMemory before = impl.ram;
    impl.machine = machine;
    for (DecodedPage* page : impl.code.pages()) {
        const uint32_t number = page->physical_page;
        if (before.same_page(impl.ram, number)) continue;
        impl.code.forget_changes(*page, before.page(number), impl.ram.page(number));
    }
    impl.reload();
}

void Engine::deliver(const InputEvent& event) {
    Impl& impl = *impl_;
    if (const auto* edit = std::get_if<MemoryEdit>(&event.what)) {
        const uint32_t first = edit->physical_address - isa::region::ram.first;
        for (DecodedPage* page : impl.code.pages()) {
            const uint64_t page_first = uint64_t{page->physical_page} * isa::kPageSize;
            if (page_first < uint64_t{first} + edit->bytes.size() && first < page_first + isa::kPageSize) {
                impl.code.forget(*page, 0, isa::kPageSize);
            }
        }
    }
    impl.machine.deliver(event);
    impl.reload();
}

void Engine::set_stop_addresses(std::span<const uint32_t> virtual_pcs) {
    impl_->code.set_stop_addresses(virtual_pcs);
}

void Engine::set_watch_ranges(std::span<const WatchRange> ranges) {
    impl_->set_watch_ranges(ranges);
}

const std::optional<WatchHit>& Engine::watch_hit() const {
    return impl_->watch_hit;
}

RunResult Engine::run(uint64_t until_cycle, RunOutput& output) {
    return impl_->run(until_cycle, output, nullptr);
}

RunResult Engine::run(uint64_t until_cycle, RunOutput& output, InstructionObserver& observer) {
    return impl_->run(until_cycle, output, &observer);
}

}  // namespace peach
