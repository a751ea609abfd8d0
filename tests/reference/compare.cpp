#include "tests/reference/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace peach::reference {

namespace {

std::vector<uint8_t> bytes_of(const PagedMemory& memory) {
    std::vector<uint8_t> bytes(memory.size_bytes());
    memory.read(0, std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

// Collects lines about values that differ.
class Differences {
  public:
    template <class A, class B>
    void compare(const std::string& name, const A& engine, const B& plain) {
        if (static_cast<uint64_t>(engine) == static_cast<uint64_t>(plain)) return;
        text_ += fmt::format("{}: 0x{:X}, 0x{:X}\n", name, static_cast<uint64_t>(engine),
                             static_cast<uint64_t>(plain));
    }
    void compare_memory(const char* name, const PagedMemory& engine, const std::vector<uint8_t>& plain) {
        compare(fmt::format("size of {}", name), engine.size_bytes(), plain.size());
        for (uint32_t page = 0; page < engine.page_count(); ++page) {
            const std::byte* ours = engine.page(page);
            const uint8_t* theirs = plain.data() + size_t{page} * kPageBytes;
            if (std::memcmp(ours, theirs, kPageBytes) == 0) continue;
            uint32_t i = 0;
            while (std::to_integer<uint8_t>(ours[i]) == theirs[i]) ++i;
            compare(fmt::format("{} byte 0x{:X}", name, page * kPageBytes + i),
                    std::to_integer<uint8_t>(ours[i]), theirs[i]);
        }
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

void compare_tlb(Differences& out, const std::string& name, const Tlb& engine, const PlainTlb& plain) {
    for (size_t i = 0; i < plain.size(); ++i) {
        const TlbEntry& ours = engine.entries()[i];
        const PlainTlbEntry& theirs = plain[i];
        const bool same = ours.valid == theirs.valid && ours.vpn == theirs.page &&
                          ours.page_table_entry == theirs.entry && ours.address_space == theirs.space;
        if (same) continue;
        const std::string set = fmt::format("{} set {}", name, i);
        out.compare(set + " valid", ours.valid, theirs.valid);
        out.compare(set + " page", ours.vpn, theirs.page);
        out.compare(set + " entry", ours.page_table_entry, theirs.entry);
        out.compare(set + " space", ours.address_space, theirs.space);
    }
}

void compare_cpu(Differences& out, unsigned index, const Cpu& engine, const PlainCpu& plain) {
    const std::string cpu = fmt::format("cpu {} ", index);
    for (unsigned i = 0; i < 16; ++i) out.compare(fmt::format("{}x{}", cpu, i), engine.x[i], plain.x[i]);
    out.compare(cpu + "pc", engine.pc, plain.pc);
    out.compare(cpu + "status", engine.status, plain.status);
    out.compare(cpu + "epc", engine.epc, plain.epc);
    out.compare(cpu + "cause", engine.cause, plain.cause);
    out.compare(cpu + "badaddr", engine.badaddr, plain.badaddr);
    out.compare(cpu + "tvec", engine.tvec, plain.tvec);
    out.compare(cpu + "ptbr", engine.ptbr, plain.ptbr);
    out.compare(cpu + "scratch", engine.scratch, plain.scratch);
    out.compare(cpu + "waiting", engine.waiting, plain.waiting);
    out.compare(cpu + "reserved", engine.reserved, plain.reservation.has_value());
    out.compare(cpu + "reserved address", engine.reserved_address, plain.reservation.value_or(0));
    compare_tlb(out, cpu + "fetch tlb", engine.fetch_tlb, plain.fetch_tlb);
    compare_tlb(out, cpu + "data tlb", engine.data_tlb, plain.data_tlb);
}

void compare_devices(Differences& out, const Devices& engine, const PlainMachine& plain) {
    for (unsigned i = 0; i < kMaxCpus; ++i) {
        const std::string of_cpu = fmt::format(" of cpu {}", i);
        out.compare("enabled lines" + of_cpu, engine.interrupt_controller.enabled[i], plain.enabled[i]);
        out.compare("interprocessor line" + of_cpu, engine.interrupt_controller.interprocessor[i],
                    plain.interprocessor[i]);
        out.compare("timer deadline" + of_cpu, engine.timer.deadline[i], plain.deadline[i]);
        out.compare("timer line" + of_cpu, engine.timer.raised[i], plain.timer_raised[i]);
    }
    const Console& console = engine.console;
    out.compare("typed characters", console.typed.size() - console.taken, plain.typed.size());
    out.compare("what was typed", console.typed.substr(console.taken) != plain.typed, false);
    out.compare("input ended", console.ended, plain.input_ended);
    out.compare("disk block", engine.disk.block, plain.disk.block);
    out.compare("disk address", engine.disk.address, plain.disk.address);
    out.compare("disk status", engine.disk.status, plain.disk.status);
    out.compare("disk completion", engine.disk.completion, plain.disk.due);
    out.compare("disk writes", engine.disk.writes, plain.disk.writes);
    out.compare_memory("disk", engine.disk.blocks, plain.disk.bytes);
    for (unsigned i = 0; i < kSwitchCount; ++i) {
        out.compare(fmt::format("switch {}", i), engine.front_panel.switches[i], plain.switches[i]);
        out.compare(fmt::format("lamp {}", i), engine.front_panel.lamps[i], plain.lamps[i]);
    }
    out.compare("switch moved", engine.front_panel.moved, plain.switch_moved);
    out.compare("powered off", engine.power.powered_off, plain.off);
    out.compare("power cut", engine.power.cut, plain.power_cut);
    out.compare("exit status", engine.power.exit_status, plain.exit_status);
}

struct Delivery {
    PlainMachine& plain;
    void operator()(const ConsoleInput& input) const { plain.type(input.bytes); }
    void operator()(const ConsoleEnd&) const { plain.end_input(); }
    void operator()(const SwitchMove& move) const { plain.move_switch(move.index, move.value); }
    void operator()(const RegisterEdit& edit) const { plain.edit_register(edit.cpu, edit.reg, edit.value); }
    void operator()(const MemoryEdit& edit) const {
        std::vector<uint8_t> bytes;
        for (const std::byte byte : edit.bytes) bytes.push_back(std::to_integer<uint8_t>(byte));
        plain.edit_memory(edit.physical_address, bytes);
    }
};

}  // namespace

PlainMachine plain_copy(const Machine& fresh) {
    const MachineConfig& config = fresh.config();
    const Settings settings{.cpus = config.cpu_count,
                            .ram_bytes = config.ram_bytes,
                            .disk_latency = config.disk_latency_cycles,
                            .slice = config.slice_instructions,
                            .slice_seed = config.slice_seed,
                            .book_clock = config.clock == Clock::book,
                            .power_cut_write = config.power_cut.write,
                            .power_cut_bytes = config.power_cut.bytes};
    PlainMachine plain(settings, bytes_of(fresh.ram()), bytes_of(fresh.devices().disk.blocks));
    for (unsigned i = 0; i < config.cpu_count; ++i) plain.cpus[i].pc = fresh.cpu(i).pc;
    return plain;
}

void deliver(PlainMachine& plain, const InputEvent& event) {
    std::visit(Delivery{plain}, event.what);
}

std::string differences(const Machine& machine, const PlainMachine& plain) {
    Differences out;
    out.compare("cycle", machine.cycle(), plain.cycle);
    out.compare("clock", machine.clock(), plain.clock());
    out.compare("current cpu", machine.current_cpu(), plain.current);
    out.compare("slice left", machine.slice_left(), plain.slice_left);
    for (unsigned i = 0; i < machine.cpu_count(); ++i) compare_cpu(out, i, machine.cpu(i), plain.cpus[i]);
    compare_devices(out, machine.devices(), plain);
    out.compare_memory("memory", machine.ram(), plain.ram);
    return out.take();
}

}  // namespace peach::reference
