#include "debugger/views/sentence.h"

#include <fmt/format.h>
#include <algorithm>

#include "emulator/isa/traps.h"

namespace peach::debugger {
namespace {

constexpr size_t kMostClauses = 3;
constexpr size_t kEventRows = 40;

std::string words(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, '_', ' ');
    return text;
}

// The kernel's own word for a system call: the name of the function, or the enumerator, that the lens's value
// `system_call` gives for the number in $a5.
std::string system_call_name(const Session& session, uint32_t number) {
    if (session.lens() == nullptr) return fmt::format("{}", number);
    const PhysicalMemory memory(session.machine());
    RegisterValues registers;
    registers.x[15] = number;
    const auto value =
        session.lens()->value("system_call", {.memory = memory, .registers = &registers, .cpu = 0});
    if (!value || !*value) return fmt::format("{}", number);
    const auto function = session.kernel()->symbol_at(static_cast<uint32_t>((*value)->scalar));
    std::string name =
        function ? function->symbol->name : format_value(**value, session.kernel().get(), nullptr);
    for (const std::string_view prefix : {"system_call_", "syscall_", "system_", "sys_"}) {
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    }
    return name;
}

std::string state_name(const Session& session, uint8_t state) {
    return session.events().states()[state].name;
}

// What one transition means, for a sentence: "3 primes stops running: its time slice is used up".
std::string clause(const Session& session, const Transition& transition) {
    const EventLog& log = session.events();
    const std::string who = process_text(session, transition.process, transition.cycle);
    const StateRole from = log.states()[transition.from].role;
    const StateRole to = log.states()[transition.to].role;
    const std::string_view reason = log.reason(transition);
    const auto because = [&](std::string_view what) {
        return reason.empty() ? fmt::format("{} {}", who, what) : fmt::format("{} {}: {}", who, what, reason);
    };
    switch (to) {
        case StateRole::running:
            return fmt::format("{} runs now", who);
        case StateRole::sleeping:
            return because("goes to sleep");
        case StateRole::runnable:
            return because(from == StateRole::running ? "stops running" : "becomes runnable");
        case StateRole::zombie:
            return because("ends");
        case StateRole::embryo:
            return fmt::format("{} is being made", who);
        case StateRole::unused:
            return fmt::format("{} is gone", who);
        case StateRole::other:
            break;
    }
    return because(fmt::format("becomes {}", state_name(session, transition.to)));
}

}  // namespace

std::string process_text(const Session& session, uint32_t process, uint64_t cycle) {
    if (process == kNoProcess) return "nobody";
    const ProcessHistory& history = session.events().processes()[process];
    const std::string_view name = history.name_at(cycle);
    return name.empty() ? fmt::format("{}", history.pid) : fmt::format("{} {}", history.pid, name);
}

std::string describe_cause(const Session& session, uint32_t cause, std::optional<uint32_t> detail) {
    std::string name = words(isa::cause_name(cause));
    if ((cause & isa::kInterruptFlag) != 0) return name + " interrupt";
    if (!detail) return name;
    switch (static_cast<isa::TrapCause>(cause)) {
        case isa::TrapCause::system_call:
            return fmt::format("{} {}", name, system_call_name(session, *detail));
        case isa::TrapCause::breakpoint:
            return name;
        case isa::TrapCause::illegal_instruction:
        case isa::TrapCause::privileged_instruction:
            return fmt::format("{} 0x{:08X}", name, *detail);
        default:
            return fmt::format("{} at 0x{:08X}", name, *detail);
    }
}

std::string cause_text(const Session& session, const Transition& transition) {
    if (transition.waker != kNoProcess)
        return "woken by " + process_text(session, transition.waker, transition.cycle);
    return transition.cause == 0 ? std::string{} : describe_cause(session, transition.cause);
}

std::string describe(const Session& session, const Transition& transition) {
    const EventLog& log = session.events();
    std::string text =
        fmt::format("{}: {} to {}", process_text(session, transition.process, transition.cycle),
                    state_name(session, transition.from), state_name(session, transition.to));
    if (const auto reason = log.reason(transition); !reason.empty()) text += fmt::format(", {}", reason);
    if (const std::string cause = cause_text(session, transition); !cause.empty()) text += " (" + cause + ")";
    return text;
}

// The transitions of the last stay in the kernel that had any, after its cause.
std::string what_happened(const Session& session) {
    const EventLog& log = session.events();
    const size_t count = log.transitions_until(session.timeline().cursor());
    if (count == 0) {
        const bool begins = session.timeline().cursor() == session.timeline().first_cycle();
        return begins ? "the machine has been switched on" : std::string{};
    }
    const Transition& last = log.transitions()[count - 1];
    const KernelInterval* stay = log.kernel_at(last.cpu, last.cycle);
    size_t first = count - 1;
    while (first > 0 && count - first < kMostClauses) {
        const Transition& before = log.transitions()[first - 1];
        const bool same_event = before.cpu == last.cpu && before.cause == last.cause &&
                                log.kernel_at(before.cpu, before.cycle) == stay;
        if (!same_event) break;
        --first;
    }
    std::string text;
    if (last.cause != 0) {
        const bool known = stay != nullptr && stay->cause == last.cause;
        text = describe_cause(session, last.cause, known ? std::optional(stay->detail) : std::nullopt) + ": ";
    }
    for (size_t i = first; i < count; ++i) {
        if (i != first) text += "; ";
        text += clause(session, log.transitions()[i]);
    }
    return text;
}

std::string where_it_stands(const Session& session, unsigned cpu) {
    const Machine& machine = session.machine();
    if (machine.powered_off()) return fmt::format("switched off, with status {}", machine.exit_status());
    const Cpu& state = machine.cpu(cpu);
    const auto process = session.current_process(cpu);
    const std::string who = process ? fmt::format("{} {}", process->pid, process->name) : std::string{};
    if (state.user_mode()) return (who.empty() ? "a program" : who) + ", user mode";
    if (state.waiting) return "waiting for an interrupt";
    const KernelInterval* stay = session.events().kernel_at(cpu, machine.cycle());
    if (session.options().bare) return "kernel mode";
    std::string text = who.empty() ? "kernel" : fmt::format("kernel, for {}", who);
    if (stay != nullptr && stay->cause != 0 && process) {
        text += ": " + describe_cause(session, stay->cause, stay->detail);
    }
    return text;
}

Table events_table(const Session& session) {
    const EventLog& log = session.events();
    Table table{.title = "Events",
                .columns = {{"cycle", Alignment::right}, {"CPU", Alignment::right}, {"what happened"}},
                .rows = {},
                .note = log.states().empty() ? session.lens_message() : std::string{}};
    const size_t count = log.transitions_until(session.timeline().cursor());
    for (size_t i = count - std::min(count, kEventRows); i < count; ++i) {
        const Transition& transition = log.transitions()[i];
        table.rows.push_back({.cells = {{.text = fmt::format("{}", transition.cycle),
                                         .value = static_cast<int64_t>(transition.cycle)},
                                        {.text = fmt::format("{}", transition.cpu), .value = transition.cpu},
                                        {.text = describe(session, transition)}},
                              .current = i + 1 == count});
    }
    return table;
}

}  // namespace peach::debugger
