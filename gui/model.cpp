#include "gui/model.h"

#include <algorithm>

#include "debugger/views/catalogue.h"
#include "debugger/views/sentence.h"
#include "gui/draw.h"

namespace peach::gui {

namespace {

using debugger::Session;

constexpr size_t kTerminalLines = 1000;
constexpr size_t kMostPlaces = 40;
constexpr size_t kStackPointer = 2;

void read_time(const Session& session, Model& model) {
    const debugger::Timeline& timeline = session.timeline();
    model.cursor = timeline.cursor();
    model.first = timeline.first_cycle();
    model.frontier = timeline.frontier();
    model.live = timeline.is_live();
    model.powered_off = session.machine().powered_off();
    model.motion = session.motion();
    model.stop = session.last_stop();
    model.stop.sentence = with_commas_in(model.stop.sentence);
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
                                debugger::process_text(session, transition.process, transition.cycle),
                                std::string(session.events().reason(transition)),
                                with_commas_in(debugger::cause_text(session, transition)),
                                with_commas_in(debugger::describe(session, transition))});
    }
    model.events_end = end;
}

void read_general(const Session& session, Model& model) {
    model.breakpoints.assign(session.breakpoints().begin(), session.breakpoints().end());
    model.bookmarks.assign(session.bookmarks().begin(), session.bookmarks().end());
    model.states.assign(session.events().states().begin(), session.events().states().end());
    model.happened = with_commas_in(debugger::what_happened(session));
    model.where = with_commas_in(debugger::where_it_stands(session, model.cpu));
    model.clock = session.machine().config().clock;
    model.lens_message = session.lens_message();
    if (model.policies.empty()) model.policies = debugger::policies(session);
    model.policy = session.machine().devices().front_panel.lamps[0];
}

// Whether a bar of the last frame's chart is still one of the log: acting in the past takes a future away,
// and a long history loses its oldest details.
bool still_stands(const debugger::EventLog& log, const debugger::ChartRow& row,
                  const debugger::ChartBar& bar) {
    if (bar.folded != 0) return true;  // tells of itself alone
    const auto begins_there = [&](auto intervals) {
        if (bar.index >= intervals.size()) return false;
        const uint64_t begin = intervals[bar.index].begin;
        return bar.kernel ? begin <= bar.begin
                          : begin == bar.begin;  // the chart's edge cuts time in the kernel
    };
    const bool of_process = row.kind == debugger::ChartRowKind::process;
    if (of_process && row.index >= log.processes().size()) return false;
    if (!of_process && (row.index >= log.cpu_count() ||
                        (bar.process != debugger::kNoProcess && bar.process >= log.processes().size()))) {
        return false;
    }
    if (!of_process) {
        return bar.kernel ? begins_there(log.working_intervals(row.index))
                          : begins_there(log.running_stays(row.index));
    }
    const debugger::ProcessHistory& process = log.processes()[row.index];
    if (!bar.kernel) return begins_there(std::span(process.intervals));
    const debugger::StateInterval* running = process.at(bar.begin);
    return running != nullptr && begins_there(log.working_intervals(running->cpu));
}

// A view that is not there is an empty table that says so.
debugger::Table view_or_reason(const Session& session, std::string_view name) {
    if (auto table = debugger::make_view(session, name)) return *std::move(table);
    return {.title = std::string(name),
            .columns = {},
            .rows = {},
            .note = "This kernel's lens has no view of that: " + std::string(name)};
}

// The console's output up to the cursor is the same as long as this is: on another branch it may be as long,
// but then the number of branches has grown.
TerminalMark terminal_mark(const Session& session) {
    const debugger::Timeline& timeline = session.timeline();
    return {timeline.console_length_at(timeline.cursor()), timeline.branches().size()};
}

}  // namespace

void ModelReader::read(const Session& session, const Wishes& wishes, bool touched, bool fresh, Model& model) {
    read_time(session, model);
    if (touched) changes_++;
    if (wishes.terminal && model.terminal_mark != terminal_mark(session)) {
        model.terminal = debugger::terminal_view(session, kTerminalLines);
        model.terminal_mark = terminal_mark(session);
    }
    if (!fresh) return;
    const Mark mark = {session.timeline().cursor(), session.timeline().frontier(), changes_};
    const bool moved = mark != last_;
    const bool kept_history = mark.changes == last_.changes;
    last_ = mark;
    model.seen_cursor = model.cursor;
    model.seen_frontier = model.frontier;
    model.seen_live = model.live;
    if (moved) read_general(session, model);
    read_panels(session, wishes, moved, model);
    if (wishes.events && (moved || !last_wishes_.events)) {
        read_events(session, wishes.events_limit, kept_history, model);
    }
    last_wishes_ = wishes;
}

// What has not changed since the last reading, and was wanted then too, still stands in the model.
void ModelReader::read_panels(const Session& session, const Wishes& wishes, bool moved, Model& model) const {
    const unsigned cpu = model.cpu;
    const bool elsewhere = wishes.code_address != last_wishes_.code_address;
    if (wishes.code && (moved || !last_wishes_.code || elsewhere)) {
        model.code = debugger::code_view(session, {.cpu = cpu, .address = wishes.code_address});
    }
    if (wishes.registers && (moved || !last_wishes_.registers))
        model.registers = debugger::register_rows(session, cpu);
    if (wishes.processes && (moved || !last_wishes_.processes))
        model.processes = debugger::process_view(session);
    if (wishes.diagram && (moved || !last_wishes_.diagram)) model.diagram = debugger::state_diagram(session);
    if (wishes.chart && wishes.chart_query.end > wishes.chart_query.begin) {
        model.chart = debugger::timeline_chart(session, wishes.chart_query);
    }
    model.chart_sentence.clear();
    if (wishes.chart_bar &&
        still_stands(session.events(), wishes.chart_bar->first, wishes.chart_bar->second)) {
        const auto& [row, bar] = *wishes.chart_bar;
        model.chart_sentence = with_commas_in(debugger::describe_bar(session, row, bar));
    }
    const Cpu& state = session.machine().cpu(cpu);
    if (wishes.memory) {
        const uint32_t address = wishes.memory_address.value_or(state.x[kStackPointer] & ~15u);
        model.memory = debugger::memory_rows(session, cpu, address, wishes.memory_rows);
    }
    if (wishes.address_map && (moved || !last_wishes_.address_map))
        model.address_map = debugger::address_map(session, cpu);
    if (wishes.page_map && (moved || !last_wishes_.page_map)) model.page_map = debugger::page_map(session);
    if (moved || wishes.views != last_wishes_.views) {
        model.views.clear();
        for (const std::string& name : wishes.views) model.views.emplace(name, view_or_reason(session, name));
    }
    if (wishes.places && (moved || wishes.places != last_wishes_.places)) {
        model.places = debugger::find_places(session, *wishes.places, kMostPlaces);
    }
    if (wishes.walk) {
        model.walk = debugger::page_walk(session, cpu, wishes.memory_address.value_or(state.pc));
    }
}

}  // namespace peach::gui
