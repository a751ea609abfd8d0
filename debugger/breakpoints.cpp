#include "debugger/breakpoints.h"

#include <fmt/format.h>
#include <algorithm>

#include "emulator/machine.h"

namespace peach::debugger {

std::string Breakpoint::text() const {
    return condition.empty() ? place : place + " if " + condition;
}

std::expected<int, Error> BreakpointList::add(std::string_view place, const ResolvedPlace& where,
                                              std::string_view condition) {
    const int id = next_id_;
    for (const uint32_t address : condition.empty() ? std::vector<uint32_t>{} : where.addresses) {
        auto compiled = Expression::compile(
            condition, {.info = where.info, .pc = address, .at_entry = false, .rows = {}});
        if (!compiled) {
            return std::unexpected(
                Error{fmt::format("the condition is not understood: {}\n{}", compiled.error().message,
                                  compiled.error().picture(condition))});
        }
        conditions_.insert_or_assign({id, address}, *std::move(compiled));
    }
    ++next_id_;
    breakpoints_.push_back({.id = id,
                            .place = std::string(place),
                            .addresses = where.addresses,
                            .program = where.program,
                            .condition = std::string(condition),
                            .enabled = true,
                            .hits = 0});
    refresh();
    return id;
}

void BreakpointList::remove(int id) {
    std::erase_if(breakpoints_, [&](const Breakpoint& breakpoint) { return breakpoint.id == id; });
    std::erase_if(conditions_, [&](const auto& entry) { return entry.first.first == id; });
    refresh();
}

void BreakpointList::enable(int id, bool enabled) {
    if (Breakpoint* breakpoint = find(id)) breakpoint->enabled = enabled;
    refresh();
}

Breakpoint* BreakpointList::find(int id) {
    const auto found = std::ranges::find(breakpoints_, id, &Breakpoint::id);
    return found == breakpoints_.end() ? nullptr : &*found;
}

const Breakpoint* BreakpointList::at(uint32_t address) const {
    const auto found = std::ranges::find_if(breakpoints_, [&](const Breakpoint& breakpoint) {
        return std::ranges::find(breakpoint.addresses, address) != breakpoint.addresses.end();
    });
    return found == breakpoints_.end() ? nullptr : &*found;
}

void BreakpointList::refresh() {
    addresses_.clear();
    for (const Breakpoint& breakpoint : breakpoints_) {
        if (!breakpoint.enabled) continue;
        addresses_.insert(addresses_.end(), breakpoint.addresses.begin(), breakpoint.addresses.end());
    }
    std::ranges::sort(addresses_);
    const auto repeated = std::ranges::unique(addresses_);
    addresses_.erase(repeated.begin(), repeated.end());
}

bool BreakpointList::asks_for_program() const {
    return std::ranges::any_of(breakpoints_, [](const Breakpoint& b) { return !b.program.empty(); });
}

const Breakpoint* BreakpointList::hit(const Moment& moment) const {
    const uint32_t pc = moment.machine.cpu(moment.cpu).pc;
    for (const Breakpoint& breakpoint : breakpoints_) {
        if (!breakpoint.enabled || std::ranges::find(breakpoint.addresses, pc) == breakpoint.addresses.end())
            continue;
        if (!breakpoint.program.empty() && breakpoint.program != moment.program) continue;
        if (condition_holds(breakpoint, moment)) return &breakpoint;
    }
    return nullptr;
}

bool BreakpointList::condition_holds(const Breakpoint& breakpoint, const Moment& moment) const {
    const Cpu& cpu = moment.machine.cpu(moment.cpu);
    const auto condition = conditions_.find({breakpoint.id, cpu.pc});
    if (condition == conditions_.end()) return true;
    const CpuMemory memory(moment.machine, moment.cpu);
    const RegisterValues registers{.x = cpu.x, .pc = cpu.pc};
    const auto value = condition->second.evaluate(
        {.memory = memory, .registers = &registers, .cpu = moment.cpu, .clock = moment.machine.clock()});
    return !value || value->is_truthy();
}

}  // namespace peach::debugger
