#include "debugger/views/registers.h"

#include <fmt/format.h>

#include "debugger/views/sentence.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

constexpr int kPcIndex = 16;

RegisterRow row_of(std::string_view name, uint32_t value, uint32_t before, std::string_view role) {
    return {.name = std::string(name),
            .value = value,
            .text = fmt::format("0x{:08X}", value),
            .decimal = fmt::format("{}", static_cast<int32_t>(value)),
            .hint = {},
            .role = std::string(role),
            .primary = false,
            .control = false,
            .changed = value != before,
            .before = before,
            .edit_index = -1};
}

// A name only for what plausibly is an address: small numbers are numbers.
std::string address_hint(const Session& session, unsigned cpu, uint32_t value) {
    constexpr uint32_t kSmallest = 0x10000;
    if (value < kSmallest) return {};
    const auto info = session.debug_info_at(cpu, value);
    const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(value);
    return symbol ? symbol->text() : std::string{};
}

// "kernel, interrupts off (was user, on)": short enough for a narrow panel.
std::string status_text(uint32_t value) {
    const auto mode = [](bool user) { return user ? "user" : "kernel"; };
    const auto enabled = [](bool on) { return on ? "on" : "off"; };
    return fmt::format("{}, interrupts {} (was {}, {})", mode((value & status::kUser) != 0),
                       enabled((value & status::kInterruptEnable) != 0),
                       mode((value & status::kPreviousUser) != 0),
                       enabled((value & status::kPreviousInterruptEnable) != 0));
}

std::string ptbr_text(uint32_t value) {
    if ((value & ptbr::kPagingOn) == 0) return "paging off";
    return fmt::format("table at 0x{:08X}, address space {}", ptbr::root(value), ptbr::address_space(value));
}

std::string control_hint(const Session& session, unsigned cpu, isa::Control number, uint32_t value) {
    switch (number) {
        case isa::Control::status:
            return status_text(value);
        case isa::Control::cause:
            return value == 0 ? std::string{} : describe_cause(session, value);
        case isa::Control::ptbr:
            return ptbr_text(value);
        default:
            return address_hint(session, cpu, value);
    }
}

uint32_t control_value(unsigned cpu, const Cpu& state, uint64_t cycle, isa::Control number) {
    switch (number) {
        case isa::Control::cpuid:
            return cpu;
        case isa::Control::cycle:
            return static_cast<uint32_t>(cycle);
        case isa::Control::cycleh:
            return static_cast<uint32_t>(cycle >> 32);
        default:
            return state.read_control(number);
    }
}

RegisterRow general_row(const Session& session, unsigned cpu, const isa::Register& reg) {
    const uint32_t value = session.machine().cpu(cpu).x[reg.number];
    RegisterRow row = row_of(reg.name, value, session.cpu_before(cpu).x[reg.number], reg.role);
    row.hint = address_hint(session, cpu, value);
    row.edit_index = reg.number == 0 ? -1 : reg.number;
    return row;
}

RegisterRow pc_row(const Session& session, unsigned cpu) {
    const uint32_t value = session.machine().cpu(cpu).pc;
    RegisterRow row =
        row_of("pc", value, session.cpu_before(cpu).pc, "Program counter: the next instruction.");
    row.hint = address_hint(session, cpu, value);
    row.primary = true;
    row.edit_index = kPcIndex;
    return row;
}

}  // namespace

std::vector<RegisterRow> register_rows(const Session& session, unsigned cpu) {
    const Machine& machine = session.machine();
    std::vector<RegisterRow> rows{pc_row(session, cpu)};
    for (const uint8_t primary : {isa::kSp, isa::kFp}) {
        rows.push_back(general_row(session, cpu, isa::kRegisters[primary]));
        rows.back().primary = true;
    }
    for (const isa::Register& reg : isa::kRegisters) {
        if (reg.number != isa::kSp && reg.number != isa::kFp) rows.push_back(general_row(session, cpu, reg));
    }
    for (const isa::ControlRegister& control : isa::kControlRegisters) {
        const auto number = static_cast<isa::Control>(control.number);
        const uint32_t value = control_value(cpu, machine.cpu(cpu), machine.cycle(), number);
        const uint32_t before = control_value(cpu, session.cpu_before(cpu), session.cycle_before(), number);
        rows.push_back(row_of(control.name, value, before, control.sentence));
        rows.back().hint = control_hint(session, cpu, number, value);
        rows.back().control = true;
    }
    return rows;
}

Table registers_table(const Session& session) {
    Table table{
        .title = fmt::format("Registers of CPU {}", session.focus_cpu()),
        .columns = {{"register"}, {"hex", Alignment::right}, {"decimal", Alignment::right}, {"meaning"}},
        .rows = {},
        .note = {}};
    for (const RegisterRow& row : register_rows(session, session.focus_cpu())) {
        Cell value{.text = row.text, .value = row.value};
        value.changed = row.changed;
        table.rows.push_back(
            {.cells = {{.text = row.name}, std::move(value), {.text = row.decimal}, {.text = row.hint}},
             .current = false});
    }
    return table;
}

}  // namespace peach::debugger
