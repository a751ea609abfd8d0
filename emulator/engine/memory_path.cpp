// Memory accesses that the translation caches do not answer: the architecture's own way, step by step.

#include <algorithm>
#include <cstring>

#include "emulator/base/assert.h"
#include "emulator/engine/engine_impl.h"

namespace peach {

namespace {

constexpr uint32_t kRamFirst = isa::region::ram.first;

uint32_t page_of(uint32_t physical) {
    return (physical - kRamFirst) / isa::kPageSize;
}

}  // namespace

std::optional<uint32_t> Engine::Impl::fail(isa::TrapCause cause, uint32_t address) {
    trap = {cause, address};
    return std::nullopt;
}

bool Engine::Impl::is_ram(uint32_t physical) const {
    return uint64_t{physical - kRamFirst} < ram.size_bytes();
}

BusAccess Engine::Impl::bus_access(const Core& core, uint64_t now) const {
    return {core.index, machine.cpu_count(), clock_at(now), machine.config().disk_latency_cycles};
}

void Engine::Impl::forget_host_page(uint32_t page) {
    for (Core& core : cores) {
        core.load.drop_physical_page(page);
        core.store.drop_physical_page(page);
    }
}

std::byte* Engine::Impl::writable_ram_page(uint32_t page) {
    if (!ram.page_is_exclusive(page)) forget_host_page(page);
    return ram.writable_page(page);
}

uint32_t Engine::Impl::read_ram(uint32_t physical, uint32_t size) const {
    uint32_t value = 0;
    std::memcpy(&value, ram.page(page_of(physical)) + physical % isa::kPageSize, size);
    return value;
}

// Every store to RAM that is not a hit in a store cache comes through here. `writer` is nullptr for the
// hardware.
void Engine::Impl::write_ram(const Core* writer, uint32_t physical, uint32_t value, uint32_t size) {
    const uint32_t page = page_of(physical);
    const uint32_t offset = physical % isa::kPageSize;
    std::memcpy(writable_ram_page(page) + offset, &value, size);
    if (DecodedPage* decoded = code.find(page)) code.forget(*decoded, offset, size);
    break_reservations(writer, physical, size);
}

void Engine::Impl::break_reservations(const Core* writer, uint32_t physical, uint32_t size) {
    for (const Core& core : cores) {
        if (&core == writer || !core.cpu->reserved) continue;
        const uint32_t word = core.cpu->reserved_address;
        if (physical < word + 4 && word < physical + size) core.cpu->drop_reservation();
    }
}

bool Engine::Impl::reserved_by_other(const Core& core, uint32_t page) const {
    return std::ranges::any_of(cores, [&](const Core& other) {
        return &other != &core && other.cpu->reserved && page_of(other.cpu->reserved_address) == page;
    });
}

// The physical address, after the TLB has been consulted and, if need be, filled by a walk.
std::optional<uint32_t> Engine::Impl::translate_and_note(Core& core, uint32_t address, Access access) {
    Cpu& cpu = *core.cpu;
    const auto translation = translate(cpu, ram, address, access, cpu.user_mode());
    if (!translation) return fail(translation.error().cause, translation.error().badaddr);
    if (!cpu.paging_on() || translation->from_tlb) return translation->physical_address;

    const uint32_t noted = pte::kAccessed | (access == Access::store ? pte::kDirty : 0);
    const uint32_t entry = translation->page_table_entry | noted;
    if (entry != translation->page_table_entry) {
        const Walk walked = walk(ram, cpu.ptbr, address, access, cpu.user_mode());
        write_ram(nullptr, walked.entry_address(), entry, 4);
    }
    const uint32_t vpn = address / isa::kPageSize;
    const uint32_t set = Tlb::set_of(vpn, cpu.address_space());
    if (access == Access::fetch) {
        cpu.fetch_tlb.fill(vpn, cpu.address_space(), entry);
        core.fetch.drop_set(set);
    } else {
        cpu.data_tlb.fill(vpn, cpu.address_space(), entry);
        core.load.drop_set(set);
        core.store.drop_set(set);
    }
    return translation->physical_address;
}

// --- watching ---

void Engine::Impl::set_watch_ranges(std::span<const WatchRange> ranges) {
    watch_ranges.assign(ranges.begin(), ranges.end());
    for (Core& core : cores) {  // whoever accesses a page asks again
        core.load.clear();
        core.store.clear();
    }
}

bool Engine::Impl::page_is_watched(uint32_t address, uint32_t physical) const {
    return std::ranges::any_of(watch_ranges, [&](const WatchRange& range) {
        const uint32_t page = (range.physical ? physical : address) / isa::kPageSize;
        return range.first / isa::kPageSize <= page && page <= range.last / isa::kPageSize;
    });
}

// Only accesses to watched pages are sure to come here: the caches answer the others.
void Engine::Impl::note_access(const Core& core, const WatchHit& access) {
    for (const WatchRange& range : watch_ranges) {
        const uint32_t first = range.physical ? access.physical : access.address;
        const bool wanted = access.store ? range.stores : range.loads;
        if (!wanted || first > range.last || first + (access.size - 1) < range.first) continue;
        watch_hit = access;
        watch_hit->cpu = core.index;
    }
}

// From now on loads from the page at `address` hit.
void Engine::Impl::remember_for_loads(Core& core, uint32_t address, uint32_t physical) {
    if (page_is_watched(address, physical)) return;
    const uint32_t page = page_of(physical);
    const uint32_t page_start = address & ~(isa::kPageSize - 1);
    core.load.add(address ^ core.context, reinterpret_cast<uintptr_t>(ram.page(page)) - page_start, page);
}

// The same for stores, unless somebody has to look at each of them.
void Engine::Impl::remember_for_stores(Core& core, uint32_t address, uint32_t physical) {
    const uint32_t page = page_of(physical);
    if (code.find(page) != nullptr || reserved_by_other(core, page)) return;
    if (page_is_watched(address, physical)) return;
    const uint32_t page_start = address & ~(isa::kPageSize - 1);
    const auto host = reinterpret_cast<uintptr_t>(ram.writable_page(page));
    core.store.add(address ^ core.context, host - page_start, page);
}

std::optional<uint32_t> Engine::Impl::load_slowly(Core& core, uint32_t address, uint32_t size, uint64_t now) {
    if (address % size != 0) return fail(isa::TrapCause::load_misaligned, address);
    const std::optional<uint32_t> physical = translate_and_note(core, address, Access::load);
    if (!physical) return std::nullopt;
    if (is_ram(*physical)) {
        remember_for_loads(core, address, *physical);
        const uint32_t value = read_ram(*physical, size);
        note_access(
            core, {.address = address, .physical = *physical, .size = size, .before = value, .after = value});
        return value;
    }
    const std::optional<uint32_t> value =
        size == 4 ? devices.read(*physical, bus_access(core, now)) : std::nullopt;
    if (!value) return fail(isa::TrapCause::load_bus_error, address);
    return value;
}

StoreResult Engine::Impl::store_slowly(Core& core, uint32_t address, uint32_t value, uint32_t size,
                                       uint64_t now) {
    if (address % size != 0) {
        fail(isa::TrapCause::store_misaligned, address);
        return StoreResult::fault;
    }
    const std::optional<uint32_t> physical = translate_and_note(core, address, Access::store);
    if (!physical) return StoreResult::fault;
    if (is_ram(*physical)) {
        const uint32_t before = read_ram(*physical, size);
        write_ram(&core, *physical, value, size);
        remember_for_stores(core, address, *physical);
        note_access(core, {.address = address,
                           .physical = *physical,
                           .size = size,
                           .store = true,
                           .before = before,
                           .after = read_ram(*physical, size)});
        return watch_hit ? StoreResult::device : StoreResult::done;
    }
    std::optional<char> sent;
    if (size != 4 || !devices.write(*physical, value, bus_access(core, now), sent)) {
        fail(isa::TrapCause::store_bus_error, address);
        return StoreResult::fault;
    }
    if (sent) {
        output->console.push_back(*sent);
        output->console_cycles.push_back(now);
    }
    return StoreResult::device;
}

std::optional<uint32_t> Engine::Impl::load_reserved(Core& core, uint32_t address) {
    if (address % 4 != 0) return fail(isa::TrapCause::load_misaligned, address);
    const std::optional<uint32_t> physical = translate_and_note(core, address, Access::load);
    if (!physical) return std::nullopt;
    if (!is_ram(*physical)) return fail(isa::TrapCause::load_bus_error, address);
    core.cpu->reserved = true;
    core.cpu->reserved_address = *physical;
    // From now on the others' stores to this page are looked at.
    for (Core& other : cores) {
        if (&other != &core) other.store.drop_physical_page(page_of(*physical));
    }
    const uint32_t value = read_ram(*physical, 4);
    note_access(core,
                {.address = address, .physical = *physical, .size = 4, .before = value, .after = value});
    return value;
}

std::optional<uint32_t> Engine::Impl::store_conditional(Core& core, uint32_t address, uint32_t value) {
    constexpr uint32_t kStored = 0;
    constexpr uint32_t kNotStored = 1;
    if (address % 4 != 0) return fail(isa::TrapCause::store_misaligned, address);
    if (!core.cpu->reserved) return kNotStored;
    const std::optional<uint32_t> physical = translate_and_note(core, address, Access::store);
    if (!physical) return std::nullopt;
    const bool holds = core.cpu->reserved_address == *physical;
    core.cpu->drop_reservation();
    if (!holds) return kNotStored;
    const uint32_t before = read_ram(*physical, 4);
    write_ram(&core, *physical, value, 4);
    note_access(core, {.address = address,
                       .physical = *physical,
                       .size = 4,
                       .store = true,
                       .before = before,
                       .after = value});
    return kStored;
}

std::optional<uint32_t> Engine::Impl::translate_for_atomic(Core& core, uint32_t address) {
    if (address % 4 != 0) return fail(isa::TrapCause::store_misaligned, address);
    const std::optional<uint32_t> physical = translate_and_note(core, address, Access::store);
    if (!physical) return std::nullopt;
    if (core.cpu->paging_on()) {
        const TlbEntry* entry = core.cpu->data_tlb.find(address / isa::kPageSize, core.cpu->address_space());
        PEACH_ASSERT(entry != nullptr);
        if ((entry->page_table_entry & pte::kRead) == 0)
            return fail(isa::TrapCause::store_page_fault, address);
    }
    if (!is_ram(*physical)) return fail(isa::TrapCause::store_bus_error, address);
    return physical;
}

std::optional<uint32_t> Engine::Impl::atomic(Core& core, isa::Op op, uint32_t address, uint32_t operand) {
    const std::optional<uint32_t> physical = translate_for_atomic(core, address);
    if (!physical) return std::nullopt;
    const uint32_t old = read_ram(*physical, 4);
    write_ram(&core, *physical, atomic_result(op, old, operand), 4);
    remember_for_loads(core, address, *physical);
    remember_for_stores(core, address, *physical);
    WatchHit access{.address = address, .physical = *physical, .size = 4, .before = old, .after = old};
    note_access(core, access);
    access.store = true;
    access.after = read_ram(*physical, 4);
    note_access(core, access);
    return old;
}

// The decoded page that pc lies in, entered into the fetch cache; nullptr if the fetch traps.
DecodedPage* Engine::Impl::fetch_slowly(Core& core, uint32_t pc) {
    if (pc % 4 != 0) {
        fail(isa::TrapCause::fetch_misaligned, pc);
        return nullptr;
    }
    const std::optional<uint32_t> physical = translate_and_note(core, pc, Access::fetch);
    if (!physical) return nullptr;
    if (!is_ram(*physical)) {
        fail(isa::TrapCause::fetch_bus_error, pc);
        return nullptr;
    }
    const uint32_t page = page_of(*physical);
    DecodedPage* decoded = code.find(page);
    if (decoded == nullptr) {
        if (code.full()) {
            code.clear();
            for (Core& each : cores) each.fetch.clear();
        }
        decoded = &code.add(page);
        // From now on stores to this page are looked at.
        for (Core& each : cores) each.store.drop_physical_page(page);
    }
    const uint32_t page_start = pc & ~(isa::kPageSize - 1);
    code.enter(*decoded, page_start / isa::kPageSize);
    const auto records = reinterpret_cast<uintptr_t>(decoded->records.data());
    core.fetch.add(pc ^ core.context, records - page_start * kRecordBytesPerByte, page);
    return decoded;
}

void Engine::Impl::flush_translations(Core& core) {
    core.cpu->fetch_tlb.flush();
    core.cpu->data_tlb.flush();
    core.clear_translations();
}

void Engine::Impl::flush_translation(Core& core, uint32_t address) {
    const uint32_t vpn = address / isa::kPageSize;
    core.cpu->fetch_tlb.flush_page(vpn);
    core.cpu->data_tlb.flush_page(vpn);
    constexpr uint32_t kSpacesThatDiffer = 16;  // the others fall into the same sets
    for (uint32_t space = 0; space < kSpacesThatDiffer; ++space) {
        const uint32_t set = Tlb::set_of(vpn, space);
        core.fetch.drop_set(set);
        core.load.drop_set(set);
        core.store.drop_set(set);
    }
}

}  // namespace peach
