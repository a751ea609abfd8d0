#include "debugger/lens_probe.h"

#include <fmt/format.h>

#include <algorithm>

namespace peach::debugger {

LensProbe::LensProbe(std::shared_ptr<const Lens> lens, EventLog& log) : lens_(std::move(lens)), log_(log) {
    if (lens_ == nullptr) return;
    find_transition();
    find_rename();
    find_idle();
}

// The lane's event is called "transition" and has at least pid, from and to; name and reason are welcome.
void LensProbe::find_transition() {
    const Lens::Event* event = lens_->find_event("transition");
    if (event == nullptr) {
        message_ = "the lens has no event 'transition': no state changes are logged";
        return;
    }
    const auto pid = event->field("pid");
    const auto from = event->field("from");
    const auto to = event->field("to");
    if (!pid || !from || !to) {
        message_ =
            "the lens's event 'transition' needs the fields pid, from and to: no state changes are logged";
        return;
    }
    transition_ = event;
    pid_ = *pid;
    from_ = *from;
    to_ = *to;
    name_ = event->field("name");
    reason_ = event->field("reason");
    addresses_.push_back(event->address);
    fields_.resize(event->fields.size());
}

// Without it, a new name is known from the next change of state on.
void LensProbe::find_rename() {
    const Lens::Event* event = lens_->find_event("rename");
    if (event == nullptr || transition_ == nullptr) return;
    const auto pid = event->field("pid");
    const auto name = event->field("name");
    if (!pid || !name) {
        message_ = "the lens's event 'rename' needs the fields pid and name: names are known late";
        return;
    }
    rename_ = event;
    rename_pid_ = *pid;
    rename_name_ = *name;
    addresses_.push_back(event->address);
    fields_.resize(std::max(fields_.size(), event->fields.size()));
}

// Without it, a CPU that has nothing to do seems to be at work in the kernel.
void LensProbe::find_idle() {
    idle_ = transition_ == nullptr ? nullptr : lens_->find_event("idle");
    if (idle_ != nullptr) addresses_.push_back(idle_->address);
}

const FieldValue& LensProbe::ask(const Lens::Event& event, size_t field, const EvaluationContext& context) {
    lens_->evaluate(event, field, context, fields_[field]);
    return fields_[field];
}

void LensProbe::on_probe(const Machine& machine, unsigned cpu) {
    const Cpu& state = machine.cpu(cpu);
    if (state.user_mode()) return;  // the same address in some program
    const PhysicalMemory memory(machine);
    const RegisterValues registers{.x = state.x, .pc = state.pc};
    const EvaluationContext context{
        .memory = memory, .registers = &registers, .cpu = cpu, .clock = machine.clock()};
    if (state.pc == transition_->address && lens_->happens(*transition_, context))
        on_transition(machine, context);
    if (rename_ != nullptr && state.pc == rename_->address && lens_->happens(*rename_, context))
        on_rename(machine, context);
    if (idle_ != nullptr && state.pc == idle_->address && lens_->happens(*idle_, context))
        log_.add_idle(machine.cycle(), cpu);
}

void LensProbe::on_transition(const Machine& machine, const EvaluationContext& context) {
    const FieldValue& pid = ask(*transition_, pid_, context);
    const FieldValue& from = ask(*transition_, from_, context);
    const FieldValue& to = ask(*transition_, to_, context);
    if (pid.is_error || from.is_error || to.is_error) return;
    const auto text = [&](const std::optional<size_t>& field) -> std::string_view {
        return field && !ask(*transition_, *field, context).is_error ? fields_[*field].text
                                                                     : std::string_view{};
    };
    // A process gets its name when it is made and when it runs another program, which it does while it runs.
    const bool may_have_new_name = log_.role_of(from.number) != StateRole::runnable;
    log_.add_transition({.cycle = machine.cycle(),
                         .clock = machine.clock(),
                         .cpu = context.cpu,
                         .pid = static_cast<uint32_t>(pid.number),
                         .name = may_have_new_name ? text(name_) : std::string_view{},
                         .from_value = from.number,
                         .to_value = to.number,
                         .reason = text(reason_)});
}

void LensProbe::on_rename(const Machine& machine, const EvaluationContext& context) {
    const FieldValue& pid = ask(*rename_, rename_pid_, context);
    const FieldValue& name = ask(*rename_, rename_name_, context);
    if (pid.is_error || name.is_error) return;
    log_.add_name(machine.cycle(), static_cast<uint32_t>(pid.number), name.text);
}

void LensProbe::on_traps(std::span<const TrapRecord> traps) {
    for (const TrapRecord& trap : traps) log_.add_trap(trap);
}

StateRole role_named(std::string_view name) {
    constexpr std::pair<std::string_view, StateRole> kRoles[] = {
        {"unused", StateRole::unused},     {"embryo", StateRole::embryo},   {"sleeping", StateRole::sleeping},
        {"runnable", StateRole::runnable}, {"running", StateRole::running}, {"zombie", StateRole::zombie},
    };
    for (const auto& [word, role] : kRoles) {
        if (word == name) return role;
    }
    return StateRole::other;
}

std::vector<StateInfo> lens_states(const Lens& lens) {
    std::vector<StateInfo> states;
    if (lens.state_tables().empty()) return states;
    for (const LensState& state : lens.state_tables().front().states) {
        states.push_back({.value = state.value,
                          .name = state.name,
                          .role = role_named(state.role),
                          .letter = state.letter});
    }
    return states;
}

}  // namespace peach::debugger
