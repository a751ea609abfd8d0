#include "debugger/views/state_diagram.h"

#include <fmt/format.h>
#include <algorithm>

#include "debugger/views/sentence.h"

namespace peach::debugger {
namespace {

void place_processes(const Session& session, StateDiagram& diagram) {
    const EventLog& log = session.events();
    const uint64_t now = session.timeline().cursor();
    for (const ProcessHistory& process : log.processes()) {
        if (process.birth_cycle > now || process.end_cycle <= now) continue;
        const StateInterval* interval = process.at(now);
        if (interval == nullptr) continue;
        diagram.states[interval->state].processes.push_back({.pid = process.pid,
                                                             .birth_cycle = process.birth_cycle,
                                                             .name = std::string(process.name_at(now)),
                                                             .since = interval->begin});
    }
}

// Counting starts where it ended the last time would need a memory; instead the log is counted in portions
// that a picture can afford: the ways taken among the last so many transitions.
constexpr size_t kCountedTransitions = 20'000;

void count_edges(const EventLog& log, size_t until, StateDiagram& diagram) {
    for (size_t i = until - std::min(until, kCountedTransitions); i < until; ++i) {
        const Transition& transition = log.transitions()[i];
        auto edge = std::ranges::find_if(diagram.edges, [&](const DiagramEdge& known) {
            return known.from == transition.from && known.to == transition.to;
        });
        if (edge == diagram.edges.end()) {
            diagram.edges.push_back(
                {.from = transition.from, .to = transition.to, .count = 0, .last_cycle = 0});
            edge = std::prev(diagram.edges.end());
        }
        ++edge->count;
        edge->last_cycle = transition.cycle;
    }
}

DiagramStep step_of(const Session& session, const Transition& transition) {
    const ProcessHistory& process = session.events().processes()[transition.process];
    return {.cycle = transition.cycle,
            .pid = process.pid,
            .birth_cycle = process.birth_cycle,
            .name = std::string(process.name_at(transition.cycle)),
            .from = transition.from,
            .to = transition.to,
            .reason = std::string(session.events().reason(transition)),
            .sentence = describe(session, transition)};
}

}  // namespace

StateDiagram state_diagram(const Session& session, size_t step_count) {
    const EventLog& log = session.events();
    StateDiagram diagram;
    if (log.states().empty()) {
        diagram.message = session.lens_message();
        return diagram;
    }
    for (const StateInfo& info : log.states()) diagram.states.push_back({.info = info, .processes = {}});
    place_processes(session, diagram);
    const size_t until = log.transitions_until(session.timeline().cursor());
    count_edges(log, until, diagram);
    for (size_t i = until - std::min(until, step_count); i < until; ++i) {
        diagram.steps.push_back(step_of(session, log.transitions()[i]));
    }
    // The place for values that are no state is shown only when somebody stands there.
    if (diagram.states.back().info.name == "?" && diagram.states.back().processes.empty())
        diagram.states.pop_back();
    return diagram;
}

Table states_table(const Session& session) {
    const StateDiagram diagram = state_diagram(session);
    Table table{.title = "Process states",
                .columns = {{"state"}, {"processes"}},
                .rows = {},
                .note = diagram.message};
    for (const DiagramState& state : diagram.states) {
        std::string who;
        for (const DiagramProcess& process : state.processes) {
            if (!who.empty()) who += ", ";
            who += fmt::format("{} {} (since {})", process.pid, process.name, process.since);
        }
        table.rows.push_back(
            {.cells = {{.text = state.info.name, .value = state.info.value}, {.text = std::move(who)}},
             .current = state.info.role == StateRole::running});
    }
    return table;
}

}  // namespace peach::debugger
