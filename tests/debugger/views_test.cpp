// The views: what they say about a moment, and that looking changes nothing.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "debugger/commands.h"
#include "debugger/views/backtrace.h"
#include "debugger/views/catalogue.h"
#include "debugger/views/code.h"
#include "debugger/views/memory.h"
#include "debugger/views/metrics.h"
#include "debugger/views/page_map.h"
#include "debugger/views/places.h"
#include "debugger/views/processes.h"
#include "debugger/views/registers.h"
#include "debugger/views/sentence.h"
#include "debugger/views/state_diagram.h"
#include "debugger/views/terminal.h"
#include "debugger/views/timeline_chart.h"
#include "debugger/views/variables.h"
#include "machines.h"

namespace peach::debugger {
namespace {

using testing::bare;
using testing::kCountingProgram;
using testing::peachos_at_prompt;

// Two spinning processes that the timer switches between.
std::unique_ptr<Session> two_spinners() {
    auto session = peachos_at_prompt();
    session->type("spin & spin &\n");
    const uint64_t begin = session->timeline().cursor();
    session->start_run_to_cycle(begin + 2'000'000);
    session->finish();
    return session;
}

Session& spinners() {
    static const auto session = two_spinners();
    session->go_live();
    return *session;
}

TEST(Views, LookingNeverTouches) {
    Session& session = spinners();
    const uint64_t hash = session.machine().hash();
    // No time has passed since the last motion, and nothing was asked for.
    constexpr std::string_view kMayBeEmpty[] = {"breakpoints", "watches",   "changes", "heat",
                                                "coverage",    "bookmarks", "branches"};
    for (const ViewEntry& view : views()) {
        const Table table = view.make(session);
        EXPECT_FALSE(to_text(table).empty()) << view.name;
        EXPECT_TRUE(to_json(table).starts_with("{")) << view.name;
        const bool may_be_empty = std::ranges::find(kMayBeEmpty, view.name) != std::end(kMayBeEmpty);
        EXPECT_FALSE(table.rows.empty() && !may_be_empty) << view.name;
    }
    EXPECT_EQ(session.machine().hash(), hash);
}

TEST(Views, AreFoundByTheBeginningOfTheirNameAndThoseOfTheLensToo) {
    Session& session = spinners();
    EXPECT_EQ(make_view(session, "process")->title, "Processes");
    const auto pages = make_view(session, "pages");
    ASSERT_TRUE(pages) << pages.error().message;
    EXPECT_EQ(pages->title, session.lens()->find_view("pages")->title);
    EXPECT_GT(pages->rows.size(), 100u) << "the kernel alone has more pages than that";
    const auto nothing = make_view(session, "nothing");
    ASSERT_FALSE(nothing);
    for (const std::string_view part : {"no view 'nothing'", "registers", "pages"})
        EXPECT_NE(nothing.error().message.find(part), std::string::npos) << part;
    EXPECT_FALSE(make_view(session, "p")) << "several begin so";
    EXPECT_FALSE(make_view(session, ""));
}

// The queue as the kernel keeps it: who comes first in the view is who runs next.
TEST(Views, TheReadyQueueNamesWhoRunsNext) {
    auto session = peachos_at_prompt();
    session->type("spin & spin & spin &\n");
    session->start_run_to_cycle(session->timeline().cursor() + 3'000'000);
    session->finish();
    for (int i = 0; i < 6; ++i) {
        while (!session->in_user_mode(0)) {  // the kernel may be in the middle of changing it
            session->start(Motion::step_instruction);
            session->finish();
        }
        const auto queue = make_view(*session, "queue");
        ASSERT_TRUE(queue) << queue.error().message;
        ASSERT_EQ(queue->rows.size(), 2u);
        session->start(Motion::next_switch);
        session->finish();
        EXPECT_EQ(std::to_string(session->current_process(0)->pid), queue->rows[0].cells[0].text) << i;
        session->start_run_to_cycle(session->timeline().cursor() + 2'000);
        session->finish();
    }
}

TEST(Views, MetricsAddUpToTheTimeThatHasPassed) {
    Session& session = spinners();
    const Metrics found = metrics(session);
    uint64_t running = 0;
    for (const ProcessMetrics& process : found.processes) {
        running += process.running;
        const uint64_t lived = process.running + process.waiting + process.sleeping;
        EXPECT_EQ(lived, session.machine().clock() - process.arrival) << process.pid << " has not ended";
        EXPECT_FALSE(process.turnaround) << process.pid;
    }
    EXPECT_LE(running, session.machine().clock());
    EXPECT_NEAR(found.utilisation,
                static_cast<double>(running) / static_cast<double>(session.machine().clock()), 1e-9);
    EXPECT_GT(found.fairness, 0.1);
    EXPECT_LE(found.fairness, 1.0);
    // The two that compete under round robin get about the same.
    const auto& all = found.processes;
    const double a = static_cast<double>(all[all.size() - 1].running);
    const double b = static_cast<double>(all[all.size() - 2].running);
    EXPECT_NEAR(a / b, 1, 0.2);
}

// The shell and init, which never end, have no part in the averages.
TEST(Views, MetricsAverageOverWhatHasEnded) {
    auto session = peachos_at_prompt();
    EXPECT_TRUE(metrics_table(*session).note.starts_with("Averages follow")) << metrics_table(*session).note;
    session->type("burn 20 & burn 10\n");
    session->start(Motion::run);
    session->finish(50'000'000);
    double turnaround = 0;
    double response = 0;
    for (const ProcessMetrics& process : metrics(*session).processes) {
        if (process.name != "burn") continue;
        turnaround += static_cast<double>(*process.turnaround) / 2;
        response += static_cast<double>(*process.response) / 2;
    }
    const std::string note = metrics_table(*session).note;
    EXPECT_TRUE(note.starts_with(fmt::format(
        "Average of the 2 that have ended: response {:.0f}, turnaround {:.0f}, wait ", response, turnaround)))
        << note;
}

TEST(Views, MetricsOfAnEarlierMomentKnowNothingOfWhatCameLater) {
    Session& session = spinners();
    const size_t now = metrics(session).processes.size();
    session.seek(session.timeline().frontier() / 4);
    const Metrics early = metrics(session);
    EXPECT_LT(early.processes.size(), now);
    for (const ProcessMetrics& process : early.processes)
        EXPECT_LE(process.arrival, session.machine().clock());
    session.go_live();
}

TEST(Views, TheKernelsVariablesCanBeAskedForWhileAProgramRuns) {
    Session& session = spinners();
    while (!session.in_user_mode(0)) {
        session.start(Motion::step_instruction);
        session.finish();
    }
    EXPECT_TRUE(session.evaluate("process_table[0].pid", 0));
    EXPECT_TRUE(session.evaluate("counter", 0)) << "the program's own come first";
    EXPECT_FALSE(session.evaluate("nobodys_variable", 0));
}

TEST(Views, GoToFindsMomentsProcessesFunctionsVariablesAndLines) {
    Session& session = spinners();
    const auto first = [&](std::string_view text) {
        const auto places = find_places(session, text, 20);
        return places.empty() ? Place{} : places.front();
    };
    EXPECT_EQ(first("1,234").cycle, 1234u);
    EXPECT_EQ(first("t = 99").cycle, 99u);
    EXPECT_EQ(first("0x80000010").address, 0x80000010u);
    EXPECT_EQ(first("swtch").kind, PlaceKind::code);
    EXPECT_EQ(first("swtch").address, session.kernel()->find_symbol("swtch")->address);
    EXPECT_EQ(first("process_table").kind, PlaceKind::memory);
    EXPECT_EQ(first("trap.c:100").kind, PlaceKind::code);
    const Place spin = first("spin");
    EXPECT_EQ(spin.kind, PlaceKind::moment);
    EXPECT_LE(spin.cycle, session.timeline().cursor());
    EXPECT_TRUE(find_places(session, "no such thing at all", 20).empty());
    EXPECT_TRUE(find_places(session, "", 20).empty());
    EXPECT_EQ(find_places(session, "e", 7).size(), 7u);
}

TEST(Views, EveryViewWorksAtTheFirstCycleAndOnABareMachine) {
    auto session = bare(kCountingProgram);
    for (const ViewEntry& view : views()) (void)to_text(view.make(*session));
    session->start_run_to_cycle(5'000);
    session->finish();
    for (const ViewEntry& view : views()) (void)to_text(view.make(*session));
    EXPECT_EQ(what_happened(*bare(kCountingProgram)), "the machine has been switched on");
}

TEST(Views, RegistersBeginWithPcSpFpAndMarkWhatChanged) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(100);
    session->finish();
    session->start(Motion::step_instruction);
    session->finish();
    const auto rows = register_rows(*session, 0);
    EXPECT_EQ(rows[0].name, "pc");
    EXPECT_EQ(rows[1].name, "sp");
    EXPECT_EQ(rows[2].name, "fp");
    EXPECT_TRUE(rows[0].changed);
    EXPECT_FALSE(rows[1].changed);
    EXPECT_NE(rows[0].hint.find("loop"), std::string::npos) << rows[0].hint;
    const auto status = std::ranges::find(rows, "status", &RegisterRow::name);
    EXPECT_NE(status->hint.find("kernel, interrupts on"), std::string::npos);
}

TEST(Views, CodeShowsSourceLinesBetweenInstructions) {
    auto session = testing::peachos();
    session->start_run_to_place(*session->resolve("scheduler"));
    session->finish(50'000'000);
    const CodeView view = code_view(*session, {.cpu = 0, .address = {}});
    ASSERT_GE(view.current_row, 0);
    const CodeRow& row = view.rows[static_cast<size_t>(view.current_row)];
    EXPECT_EQ(row.address, session->machine().cpu(0).pc);
    EXPECT_EQ(view.title, "kernel: scheduler");
    const auto is_source = [](const CodeRow& r) { return r.kind == CodeRowKind::source && r.current; };
    const auto source = std::ranges::find_if(view.rows, is_source);
    ASSERT_NE(source, view.rows.end());
    EXPECT_FALSE(source->text.empty()) << "the text of the source file";
    EXPECT_EQ(source->place.file, row.place.file);
    EXPECT_FALSE(code_view(*session, {.cpu = 0, .address = 0x100}).message.empty());
}

TEST(Views, ProcessesAreTheKernelsOwn) {
    const ProcessView view = process_view(spinners());
    EXPECT_EQ(std::ranges::count(view.rows, "spin", &ProcessRow::name), 2);
    const auto running = std::ranges::count_if(
        view.rows, [](const ProcessRow& row) { return row.state.role == StateRole::running; });
    EXPECT_LE(running, 1);
    ASSERT_FALSE(view.columns.empty());
    EXPECT_EQ(view.columns[0].title, "PID");
    EXPECT_EQ(view.rows[0].pid, 1u);
    EXPECT_TRUE(view.rows[0].cells[0].address) << "where in the guest it stands";
}

TEST(Views, TheDiagramHasEveryProcessOnceAndItsLastSteps) {
    const StateDiagram diagram = state_diagram(spinners());
    ASSERT_EQ(diagram.states.size(), 6u);
    size_t processes = 0;
    for (const DiagramState& state : diagram.states) processes += state.processes.size();
    EXPECT_EQ(processes, process_view(spinners()).rows.size());
    ASSERT_FALSE(diagram.steps.empty());
    EXPECT_NE(diagram.steps.back().from, diagram.steps.back().to);
    EXPECT_TRUE(std::ranges::is_sorted(diagram.steps, {}, &DiagramStep::cycle));
}

TEST(Views, TheSentenceNamesCauseAndEffect) {
    Session& session = spinners();
    const auto switched = session.events().previous_switch(0, session.timeline().frontier());
    ASSERT_TRUE(switched);
    session.seek(*switched);
    const std::string sentence = what_happened(session);
    EXPECT_TRUE(sentence.starts_with("timer interrupt: ")) << sentence;
    EXPECT_NE(sentence.find("time slice used up"), std::string::npos) << sentence;
    EXPECT_TRUE(sentence.ends_with("spin runs now")) << sentence;
}

TEST(Views, ACpuThatHasNothingToDoIsNotInTheKernelsColour) {
    SessionOptions options = testing::peachos_options();
    options.machine.cpu_count = 4;
    auto session = *Session::create(std::move(options));
    session->start(Motion::run);
    session->finish(100'000'000);
    session->start_run_to_cycle(session->timeline().frontier() + 1'000'000);
    session->finish();
    const uint64_t end = session->timeline().frontier();
    const Chart chart =
        timeline_chart(*session, {.begin = end - 1'000'000, .end = end, .pixels = 1'000, .now = end});
    for (const ChartRow& row : chart.rows) {
        if (row.kind != ChartRowKind::cpu) continue;
        uint64_t kernel_cycles = 0;
        for (const ChartBar& bar : row.bars)
            kernel_cycles += bar.kernel && bar.folded == 0 ? bar.end - bar.begin : 0;
        EXPECT_LT(kernel_cycles, 500'000u) << row.label;
    }
}

TEST(Views, SystemCallsHaveNames) {
    auto session = peachos_at_prompt();
    const auto calls = session->events().kernel_intervals(0);
    const auto is_read = [&](const KernelInterval& stay) {
        return describe_cause(*session, stay.cause, stay.detail) == "system call read";
    };
    EXPECT_TRUE(std::ranges::any_of(calls, is_read));
}

TEST(Views, AChartOfAllTimeFoldsAndAChartOfAMomentDoesNot) {
    Session& session = spinners();
    const uint64_t end = session.timeline().frontier();
    const Chart all = timeline_chart(session, {.begin = 0, .end = end, .pixels = 100, .now = end});
    EXPECT_FALSE(all.exact);
    for (const ChartRow& row : all.rows) EXPECT_LT(row.bars.size(), 150u) << row.label;
    EXPECT_EQ(all.rows.back().kind, ChartRowKind::cpu);
    const Chart moment =
        timeline_chart(session, {.begin = end - 30'000, .end = end, .pixels = 3'000, .now = end});
    EXPECT_TRUE(moment.exact);
    bool has_kernel_time = false;
    for (const ChartRow& row : moment.rows) {
        for (const ChartBar& bar : row.bars) {
            EXPECT_FALSE(describe_bar(session, row, bar).empty());
            EXPECT_LE(bar.begin, bar.end);
            has_kernel_time = has_kernel_time || bar.kernel;
        }
    }
    EXPECT_TRUE(has_kernel_time);
}

// Whatever the zoom, bars of a row do not overlap, and together they count every interval once.
TEST(Views, FoldingLosesNothing) {
    Session& session = spinners();
    const uint64_t end = session.timeline().frontier();
    for (const double pixels : {10.0, 100.0, 1'000.0, 10'000.0}) {
        const Chart chart =
            timeline_chart(session, {.begin = 0, .end = end + 1, .pixels = pixels, .now = end});
        for (const ChartRow& row : chart.rows) {
            if (row.kind != ChartRowKind::process) continue;
            size_t counted = 0;
            uint64_t last_end = 0;
            for (const ChartBar& bar : row.bars) {
                if (bar.kernel) continue;
                EXPECT_GE(bar.begin, last_end);
                last_end = bar.end;
                counted += std::max<size_t>(bar.folded, 1);
            }
            EXPECT_EQ(counted, session.events().processes()[row.index].intervals.size()) << row.label;
        }
    }
}

TEST(Views, TerminalUnderstandsWhatShellsSend) {
    const auto lines = [](std::string_view bytes) {
        const std::vector<uint64_t> cycles(bytes.size(), 7);
        std::vector<std::string> texts;
        for (const TerminalLine& line : terminal_lines(bytes, cycles.data(), 100).lines)
            texts.push_back(line.text);
        return texts;
    };
    using Lines = std::vector<std::string>;
    EXPECT_EQ(lines("one\ntwo"), (Lines{"one", "two"}));
    EXPECT_EQ(lines("abc\rX\n"), (Lines{"Xbc", ""}));
    EXPECT_EQ(lines("abd\b \bc"), (Lines{"abc"}));
    EXPECT_EQ(lines("a\tb"), (Lines{"a       b"}));
    EXPECT_EQ(lines("old\nstuff\x1b[2J\x1b[Hnew"), (Lines{"new"}));
    EXPECT_EQ(lines("\x1b[31mred\x1b[0m"), (Lines{"red"}));
    EXPECT_EQ(lines("abc\r\x1b[K"), (Lines{""}));
    EXPECT_EQ(lines("\x1b"), (Lines{""}));
    EXPECT_EQ(lines("\x1b[999999999999;1"), (Lines{""}));
}

using Standing = std::tuple<uint32_t, std::string, std::string>;  // pid, name, state

std::multiset<Standing> in_the_table(const Session& session) {
    std::multiset<Standing> standings;
    for (const ProcessRow& row : process_view(session).rows)
        standings.emplace(row.pid, row.name, row.state.name);
    return standings;
}

std::multiset<Standing> in_the_diagram(const Session& session) {
    std::multiset<Standing> standings;
    for (const DiagramState& state : state_diagram(session).states) {
        for (const DiagramProcess& process : state.processes)
            standings.emplace(process.pid, process.name, state.info.name);
    }
    return standings;
}

// The one is read from the guest's memory, the other from the log: at the moment of a change that motions
// lead to, and some instructions before it, they must tell the same, names included.
TEST(Views, TheDiagramAndTheProcessTableAgreeAtEveryChange) {
    auto session = peachos_at_prompt();
    session->type("echo hi | wc; spin 20 & primes 30 | head -n 2; wait\n");
    session->finish(50'000'000);
    const auto& transitions = session->events().transitions();
    ASSERT_GT(transitions.size(), 60u);
    const size_t step = transitions.size() / 60;
    for (size_t i = 0; i < transitions.size(); i += step) {
        for (const uint64_t cycle :
             {transitions[i].cycle, transitions[i].cycle + 1, transitions[i].cycle - 10}) {
            session->seek(cycle);
            EXPECT_EQ(in_the_diagram(*session), in_the_table(*session)) << "at cycle " << cycle;
        }
    }
}

// A program that has just been started is not yet what it will be: the child of fork is another shell.
TEST(Views, ANameIsThatOfTheMoment) {
    auto session = peachos_at_prompt();
    session->type("primes 30\n");
    session->finish(50'000'000);
    const auto& processes = session->events().processes();
    const auto primes = std::ranges::find_if(
        processes, [](const ProcessHistory& process) { return process.name_at(kOpen) == "primes"; });
    ASSERT_NE(primes, processes.end());
    ASSERT_EQ(primes->names.size(), 2u);
    EXPECT_EQ(primes->names[0].name, "sh");
    const uint64_t renamed = primes->names[1].begin;
    session->seek(renamed - 500);
    EXPECT_NE(session->current_process(0)->name, "primes");
    session->seek(renamed);
    EXPECT_EQ(session->current_process(0)->name, "primes") << "in the guest's memory, too";
}

TEST(Views, TheTerminalShowsTheMomentOfTheCursor) {
    auto session = peachos_at_prompt();
    session->type("echo peach\n");
    session->finish(50'000'000);
    const auto has_peach = [&] {
        const TerminalView view = terminal_view(*session);
        return std::ranges::find(view.lines, "peach", &TerminalLine::text) != view.lines.end();
    };
    EXPECT_TRUE(has_peach());
    session->seek(1'000);
    EXPECT_FALSE(has_peach());
    EXPECT_EQ(terminal_view(*session).bytes, 0u);
}

TEST(Views, FramesReachFromTheKernelIntoTheProgram) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_breakpoint("process_set_state if p->pid == 2 && new_state == 2"));
    session->start(Motion::run_backwards);
    session->finish();
    ASSERT_EQ(session->last_stop().cause, StopCause::breakpoint);
    auto frames = backtrace(*session, 0);
    std::erase_if(frames, [](const Frame& frame) { return frame.inlined; });
    ASSERT_GE(frames.size(), 5u);
    EXPECT_EQ(frames[0].function.substr(0, 17), "process_set_state");
    EXPECT_FALSE(frames[0].user);
    const auto user = std::ranges::find(frames, true, &Frame::user);
    ASSERT_NE(user, frames.end());
    EXPECT_EQ(user->program, "sh");
    EXPECT_EQ(user->note, "trap: system call read");
    const auto main =
        std::ranges::find_if(frames, [](const Frame& f) { return f.function.starts_with("main"); });
    EXPECT_NE(main, frames.end()) << "up to the program's main";
}

// A function that the compiler has put into its caller is one that a person can stop in and see.
TEST(Views, FramesNameInlinedFunctions) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_breakpoint("slice_end_if_due"));
    session->start(Motion::run_backwards);
    session->finish();
    ASSERT_EQ(session->last_stop().cause, StopCause::breakpoint);
    const auto frames = backtrace(*session, 0);
    const auto frame = std::ranges::find(frames, "slice_end_if_due", &Frame::function);
    ASSERT_NE(frame, frames.end());
    EXPECT_TRUE(frame->inlined);
    EXPECT_EQ(frame->note, "inlined");
    const Frame& caller = *std::next(frame);
    EXPECT_FALSE(caller.inlined);
    EXPECT_EQ(caller.pc, frame->pc);
    const std::string_view call = session->source_line(caller.place.file, caller.place.line);
    EXPECT_NE(call.find("slice_end_if_due("), std::string_view::npos) << call;
}

const Row* row_named(const Table& table, std::string_view name) {
    const auto found =
        std::ranges::find_if(table.rows, [&](const Row& row) { return row.cells[0].text == name; });
    return found == table.rows.end() ? nullptr : &*found;
}

TEST(Views, VariablesAreThoseOfTheFunctionAndItsFile) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_breakpoint("process_set_state if p->pid == 2 && new_state == 2"));
    session->start(Motion::run_backwards);
    session->finish();
    ASSERT_EQ(session->last_stop().cause, StopCause::breakpoint);
    const Table table = variables_table(*session);
    const Row* state = row_named(table, "new_state");
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->cells[1].text, "SLEEPING");
    EXPECT_EQ(state->cells[3].text, "parameter");
    const Row* own = row_named(table, "process_table");
    ASSERT_NE(own, nullptr) << "process.c has it";
    EXPECT_EQ(own->cells[3].text, "of the file");
    EXPECT_EQ(row_named(table, "spaces"), nullptr) << "another file has it";
    EXPECT_EQ(row_named(table, "terminal"), nullptr) << "another file has it";
}

TEST(Views, PrintSaysWhatAnExpressionIsWorth) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_breakpoint("process_set_state if p->pid == 2 && new_state == 2"));
    session->start(Motion::run_backwards);
    session->finish();
    const Command* print = find_command("print");
    ASSERT_NE(print, nullptr);
    ASSERT_TRUE(print->action(*session, "p->pid + 1"));
    EXPECT_EQ(session->last_stop().sentence, "p->pid + 1 = 3");
    EXPECT_EQ(session->last_stop().cause, StopCause::breakpoint) << "it still stands where it stood";
    const auto refused = print->action(*session, "p->nothing");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("nothing"), std::string::npos);
}

TEST(Views, AWatchShowsItsValueWhateverRunsNow) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_watch("process_table[0].pid"));
    const auto table = make_view(*session, "watches");
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 1u);
    EXPECT_EQ(table->rows[0].cells[2].text, "1 (0x1)");
}

TEST(Views, MemoryAndWalkMayBeOfAnExpression) {
    auto session = peachos_at_prompt();
    const auto memory = make_view(*session, "memory", "process_table");
    ASSERT_TRUE(memory) << memory.error().message;
    const auto first = session->evaluate("&process_table", 0);
    ASSERT_TRUE(first);
    EXPECT_LE(static_cast<uint64_t>(*memory->rows[0].cells[0].value), first->scalar);
    const auto walk = make_view(*session, "walk", "0x10000");
    ASSERT_TRUE(walk);
    EXPECT_NE(walk->title.find("0x00010000"), std::string::npos);
    EXPECT_FALSE(make_view(*session, "walk", "no_such_name"));
    EXPECT_FALSE(make_view(*session, "registers", "0x10000")) << "it is of no address";
    EXPECT_FALSE(make_view(*session, "pages", "0x10000")) << "nor is one of the lens";
}

// The kernel's table of pages against the page tables that the MMU uses.
TEST(Views, OwnersOfPagesAreThoseWhoHaveThemMapped) {
    Session& session = spinners();
    const PageMap map = page_map(session);
    ASSERT_TRUE(map.message.empty()) << map.message;
    EXPECT_EQ(map.pages.size(), session.machine().config().ram_bytes / 4096);
    EXPECT_EQ(map.owners[0].name, "free");
    std::map<uint32_t, uint32_t> page_tables;
    const Lens::View& processes = *session.lens()->find_view("process");
    const PhysicalMemory memory(session.machine());
    for (const LensRow& row : session.lens()->evaluate(processes, {.memory = memory}).rows) {
        page_tables[static_cast<uint32_t>(row.cells[*processes.column("pid")].number)] =
            static_cast<uint32_t>(row.cells[*processes.column("page_table")].number);
    }
    size_t of_processes = 0;
    for (size_t page = 0; page < map.pages.size(); ++page) {
        const MappedPage& mapped = map.pages[page];
        const uint32_t pid = map.owners[mapped.owner].pid;
        if (pid == 0) continue;
        ++of_processes;
        const auto physical =
            session.machine().physical_address(page_tables[pid] | ptbr::kPagingOn, mapped.address);
        EXPECT_EQ(physical, map.first + page * 4096) << describe_page(map, page);
    }
    EXPECT_GT(of_processes, 30u);
    const auto kernel = std::ranges::find(map.owners, "kernel", &PageOwner::name);
    ASSERT_NE(kernel, map.owners.end());
    EXPECT_EQ(map.pages[0].owner, kernel - map.owners.begin()) << "its code stands in the first page";
}

TEST(Views, MemoryTellsWhatIsNotMapped) {
    Session& session = spinners();
    const auto rows = memory_rows(session, 0, 0x80000004, 2);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].address, 0x80000000u);
    EXPECT_TRUE(rows[0].physical);
    EXPECT_FALSE(memory_rows(session, 0, 0, 1)[0].physical) << "page 0 is never mapped";
    EXPECT_EQ(memory_rows(session, 0, 0xFFFFFFF0, 5).size(), 1u);
    EXPECT_GE(page_walk(session, 0, 0).size(), 2u);
}

}  // namespace
}  // namespace peach::debugger
