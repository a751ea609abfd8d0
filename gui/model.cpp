#include "gui/model.h"

#include <algorithm>

#include "debugger/lens.h"
#include "debugger/memory_reader.h"
#include "debugger/views/sentence.h"

namespace peach::gui {

namespace {

using debugger::Session;

void read_time(const Session& session, Model& model) {
    const debugger::Timeline& timeline = session.timeline();
    model.cursor = timeline.cursor();
    model.first = timeline.first_cycle();
    model.frontier = timeline.frontier();
    model.live = timeline.is_live();
    model.powered_off = session.machine().powered_off();
    model.motion = session.motion();
    model.stop = session.last_stop();
    model.cpu = session.focus_cpu();
    model.cpu_count = session.machine().cpu_count();
    model.branches = timeline.branches().size();
    model.enabled.resize(debugger::commands().size());
    for (const debugger::Command& command : debugger::commands()) {
        model.enabled[static_cast<size_t>(command.id)] = command.enabled(session);
    }
}

// The newest `limit` transitions up to the cursor; those that are in the list already are kept.
void read_events(const Session& session, size_t limit, bool keep, Model& model) {
    const auto transitions = session.events().transitions();
    const size_t end = session.events().transitions_until(model.cursor);
    const size_t begin = end > limit ? end - limit : 0;
    size_t from = begin;
    if (keep && !model.events.empty()) {
        const size_t known = model.events_end;
        if (known <= end && known > begin) {
            from = known;
            const size_t first_known = known - model.events.size();
            if (first_known < begin) {
                model.events.erase(model.events.begin(),
                                   model.events.begin() + static_cast<ptrdiff_t>(begin - first_known));
            }
        } else {
            model.events.clear();
        }
    } else {
        model.events.clear();
    }
    for (size_t i = from; i < end; i++) {
        const debugger::Transition& transition = transitions[i];
        model.events.push_back({transition.cycle, session.events().states()[transition.to].role,
                                debugger::describe(session, transition)});
    }
    model.events_end = end;
}

// The scheduling policies that the kernel's lens lists, by the position of the front panel's switch.
std::vector<Policy> read_policies(const Session& session) {
    std::vector<Policy> policies;
    const debugger::Lens* lens = session.lens();
    const debugger::Lens::View* view = lens == nullptr ? nullptr : lens->find_view("policies");
    const auto name = view == nullptr ? std::nullopt : view->column("name");
    if (!name) return policies;
    const debugger::PhysicalMemory memory(session.machine());
    for (const debugger::LensRow& row : lens->evaluate(*view, {.memory = memory}).rows) {
        policies.push_back({static_cast<uint32_t>(row.key), row.cells[*name].text});
    }
    return policies;
}

}  // namespace

void ModelReader::read(const Session& session, const Wishes& wishes, bool touched, Model& model) {
    if (touched) changes_++;
    const Mark mark = {session.timeline().cursor(), session.timeline().frontier(), changes_};
    const bool moved = mark != last_;
    const bool kept_history = mark.changes == last_.changes;
    last_ = mark;
    read_time(session, model);
    const unsigned cpu = model.cpu;
    const bool code_wish_changed = wishes.code_address != last_wishes_.code_address;
    if (wishes.code && (moved || !last_wishes_.code || code_wish_changed)) {
        model.code = debugger::code_view(session, {.cpu = cpu, .address = wishes.code_address});
    }
    if (moved) {
        model.breakpoints.assign(session.breakpoints().begin(), session.breakpoints().end());
        model.states.assign(session.events().states().begin(), session.events().states().end());
        model.happened = debugger::what_happened(session);
        model.where = debugger::where_it_stands(session, cpu);
        model.lens_message = session.lens_message();
        if (model.policies.empty()) model.policies = read_policies(session);
        model.policy = session.machine().devices().front_panel.lamps[0];
    }
    if (wishes.registers && (moved || !last_wishes_.registers))
        model.registers = debugger::register_rows(session, cpu);
    if (wishes.processes && (moved || !last_wishes_.processes))
        model.processes = debugger::process_view(session);
    if (wishes.diagram && (moved || !last_wishes_.diagram)) model.diagram = debugger::state_diagram(session);
    if (wishes.terminal && (moved || !last_wishes_.terminal)) {
        const size_t bytes = session.timeline().console_length_at(model.cursor);
        if (bytes != model.terminal.bytes || !kept_history)
            model.terminal = debugger::terminal_view(session, 1000);
    }
    if (wishes.chart && wishes.chart_query.end > wishes.chart_query.begin) {
        model.chart = debugger::timeline_chart(session, wishes.chart_query);
    }
    model.chart_sentence.clear();
    if (wishes.chart_bar) {
        model.chart_sentence =
            debugger::describe_bar(session, wishes.chart_bar->first, wishes.chart_bar->second);
    }
    if (wishes.events && (moved || !last_wishes_.events)) {
        read_events(session, wishes.events_limit, kept_history, model);
    }
    if (wishes.memory) {
        const uint32_t sp = session.machine().cpu(cpu).x[2];
        const uint32_t address = wishes.memory_address.value_or(sp & ~15u);
        model.memory = debugger::memory_rows(session, cpu, address, wishes.memory_rows);
    }
    if (wishes.walk) {
        const Cpu& state = session.machine().cpu(cpu);
        model.walk = debugger::page_walk(session, cpu, wishes.memory_address.value_or(state.pc));
    }
    last_wishes_ = wishes;
}

}  // namespace peach::gui
