// Lenses: a kernel's structures as rows, events, states, values and invariants, and how mistakes are
// reported.

#include "debugger/lens.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "emulator/engine.h"

#include "guest_program.h"

namespace peach::debugger {
namespace {

using testing::GuestProgram;

const char* const kKernel = R"(
enum process_state { UNUSED, EMBRYO, RUNNABLE, RUNNING };
struct process { int pid; enum process_state state; char name[8]; struct process *parent; struct process *next; };
struct process process_table[4] = {
    { 1, RUNNING, "init" },
    { 2, RUNNABLE, "sh", &process_table[0], &process_table[3] },
    { 0, UNUSED, "gone" },
    { 7, RUNNABLE, "cat", (struct process *)0x90000000 },
};
struct process *ready = &process_table[1];
struct { struct process *process; int depth; } cpus[2] = { { &process_table[0], 0 }, { 0, 1 } };
__attribute__((noinline)) void process_set_state(struct process *p, enum process_state new_state, const char *reason) {
    p->state = new_state;
    if (reason) p->pid++;
}
const char why[] = "a reason";
void _start(void) { process_set_state(ready, RUNNING, why); for (;;) ; }
)";

const char* const kLens = R"(# a comment
states process_state
    UNUSED    unused    U
    EMBRYO    embryo    E
    RUNNABLE  runnable  Q
    RUNNING   running   >

view process "Processes"
    for p in process_table
    where p.state != UNUSED   # not the free slots
    key p.pid
    column pid "PID" = p.pid
    column name      = p.name
    column state     = p.state
    column parent    = p.parent->pid

view ready
    for p from ready via next
    column pid = p.pid

event transition at process_set_state
    field pid    = p->pid
    field name   = (string) p->name
    field from   = p->state
    field to     = new_state
    field reason = (string) reason
    field who    = p

event rare at process_set_state
    where new_state == EMBRYO
    field pid = p->pid

value current_process = cpus[cpu].process ? \
                        cpus[cpu].process->pid : 0

invariant one_runs "At most one process runs." = count(p in process_table : p.state == RUNNING) <= 1
invariant nobody_waits = all(p in process_table : p.state != RUNNABLE)
)";

GuestProgram& kernel() {
    static GuestProgram the_kernel(kKernel, "-Og");
    return the_kernel;
}

std::shared_ptr<const Lens> lens() {
    static const auto compiled = Lens::compile(kLens, "test.lens", kernel().info);
    if (!compiled) throw std::runtime_error(compiled.error().message);
    return *compiled;
}

EvaluationContext context(uint32_t cpu = 0, const RegisterValues* registers = nullptr) {
    return {.memory = kernel().memory, .registers = registers, .cpu = cpu};
}

std::string rows_text(const LensRows& rows) {
    std::string text;
    for (const LensRow& row : rows.rows) {
        for (const LensCell& cell : row.cells) text += cell.text + "|";
        text += " ";
    }
    return text;
}

RegisterValues call(uint32_t p, uint32_t new_state, uint32_t reason) {
    RegisterValues registers;
    registers.pc = kernel().info->find_function("process_set_state")->low_pc;
    registers.x[10] = p;
    registers.x[11] = new_state;
    registers.x[12] = reason;
    return registers;
}

TEST(Lens, ShowsTheRowsOfAView) {
    const Lens::View* view = lens()->find_view("process");
    ASSERT_NE(view, nullptr);
    EXPECT_EQ(view->title, "Processes");
    EXPECT_EQ(view->columns[0].title, "PID");
    EXPECT_EQ(view->columns[1].title, "name");
    EXPECT_EQ(view->column("state"), 2U);
    EXPECT_EQ(view->column("none"), std::nullopt);
    const LensRows rows = lens()->evaluate(*view, context());
    EXPECT_EQ(rows_text(rows),
              "1|init|RUNNING|null pointer (0x00000000)| 2|sh|RUNNABLE|1| 7|cat|RUNNABLE|no memory at "
              "0x90000000| ");
    EXPECT_EQ(rows.error, "");
}

TEST(Lens, OrdersRowsByANumberAndLeavesEqualOnesAsTheyStand) {
    const auto pids = [&](const std::string& order) {
        const std::string text =
            "view v\n for p in process_table\n where p.state != UNUSED\n" + order + " column pid = p.pid\n";
        const auto sorted = Lens::compile(text, "my.lens", kernel().info);
        EXPECT_TRUE(sorted) << sorted.error().message;
        std::string all;
        for (const LensRow& row : (*sorted)->evaluate(*(*sorted)->find_view("v"), context()).rows)
            all += row.cells[0].text + " ";
        return all;
    };
    EXPECT_EQ(pids(""), "1 2 7 ");
    EXPECT_EQ(pids(" order -p.pid\n"), "7 2 1 ");
    EXPECT_EQ(pids(" order p.pid == 1\n"), "2 7 1 ");
}

TEST(Lens, CellsKnowNumberPlaceAndState) {
    const LensRows rows = lens()->evaluate(*lens()->find_view("process"), context());
    const uint32_t table = kernel().info->find_symbol("process_table")->address;
    const LensRow& shell = rows.rows[1];
    EXPECT_EQ(shell.key, 2);
    EXPECT_EQ(shell.address, table + 24);
    EXPECT_EQ(shell.cells[0].number, 2);
    EXPECT_EQ(shell.cells[0].address, table + 24);
    EXPECT_EQ(shell.cells[0].size, 4U);
    EXPECT_EQ(shell.cells[1].address, table + 24 + 8);
    EXPECT_EQ(shell.cells[1].size, 8U);
    ASSERT_NE(shell.cells[2].state, nullptr);
    EXPECT_EQ(shell.cells[2].state->role, "runnable");
    EXPECT_EQ(shell.cells[2].state->letter, "Q");
    EXPECT_TRUE(rows.rows[0].cells[3].is_error);
}

TEST(Lens, FollowsLinkedLists) {
    EXPECT_EQ(rows_text(lens()->evaluate(*lens()->find_view("ready"), context())), "2| 7| ");
}

TEST(Lens, EvaluatesAnEventAtAFunctionsEntry) {
    const Lens::Event* event = lens()->find_event("transition");
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->address, kernel().info->find_symbol("process_set_state")->address);
    const auto process = kernel().info->find_symbol("process_table")->address + 24;
    const RegisterValues registers = call(process, 3, kernel().info->find_symbol("why")->address);
    std::vector<FieldValue> fields;
    ASSERT_TRUE(lens()->evaluate(*event, context(0, &registers), fields));
    ASSERT_EQ(fields.size(), 6U);
    std::string text;
    for (size_t i = 0; i < fields.size(); ++i) {
        EXPECT_FALSE(fields[i].is_error);
        text += event->fields[i].name + "=" + lens()->field_text(*event, i, fields[i]) + " ";
    }
    EXPECT_EQ(text, fmt::format("pid=2 name=sh from=RUNNABLE to=RUNNING reason=a reason who={:#010x} "
                                "<process_table+24> ",
                                process));
    EXPECT_EQ(fields[2].number, 2);
    EXPECT_EQ(lens()->field_state(*event, 3, 3)->role, "running");
}

TEST(Lens, AFieldThatCannotBeReadSaysSoAndTheOthersStand) {
    const RegisterValues registers = call(0, 3, 0);
    const Lens::Event* event = lens()->find_event("transition");
    std::vector<FieldValue> fields;
    ASSERT_TRUE(lens()->evaluate(*event, context(0, &registers), fields));
    EXPECT_TRUE(fields[0].is_error);
    EXPECT_EQ(lens()->field_text(*event, 0, fields[0]), "null pointer (0x00000000)");
    EXPECT_FALSE(fields[3].is_error);
    EXPECT_EQ(fields[3].number, 3);
    EXPECT_EQ(fields[4].text, "");
}

TEST(Lens, AnEventsConditionMayLeaveItOut) {
    const auto process = kernel().info->find_symbol("process_table")->address;
    const RegisterValues running = call(process, 3, 0);
    const RegisterValues embryo = call(process, 1, 0);
    std::vector<FieldValue> fields;
    EXPECT_FALSE(lens()->evaluate(*lens()->find_event("rare"), context(0, &running), fields));
    EXPECT_TRUE(lens()->evaluate(*lens()->find_event("rare"), context(0, &embryo), fields));
}

TEST(Lens, AnswersForEachCpu) {
    EXPECT_TRUE(lens()->has_value("current_process"));
    EXPECT_FALSE(lens()->has_value("policy"));
    EXPECT_EQ((*lens()->value("current_process", context(0)))->scalar, 1U);
    EXPECT_EQ((*lens()->value("current_process", context(1)))->scalar, 0U);
    EXPECT_FALSE(lens()->value("policy", context()).has_value());
}

TEST(Lens, ChecksInvariants) {
    const auto invariants = lens()->invariants();
    ASSERT_EQ(invariants.size(), 2U);
    EXPECT_EQ(invariants[0].sentence, "At most one process runs.");
    EXPECT_TRUE(lens()->evaluate(invariants[0], context()).holds);
    EXPECT_FALSE(lens()->evaluate(invariants[1], context()).holds);
}

std::string complaint(std::string_view text) {
    const auto result = Lens::compile(text, "my.lens", kernel().info);
    return result ? "none" : result.error().message;
}

TEST(Lens, NamesThePlaceOfEveryMistakeAtOnce) {
    EXPECT_EQ(
        complaint("view process\n"
                  "    for p in process_table\n"
                  "    column pid = p.pidd   # misspelt\n"
                  "    colum name = p.name\n"
                  "event transition at process_set_stat\n"
                  "    field x = y\n"),
        "my.lens:3:20: struct process has no member 'pidd'; did you mean `pid`?\n"
        "      column pid = p.pidd   # misspelt\n"
        "                     ^\n"
        "my.lens:4:5: a statement begins with states, view, event, value or invariant; did you mean "
        "`column`?\n"
        "      colum name = p.name\n"
        "      ^\n"
        "my.lens:5:21: this kernel has no function 'process_set_stat'; did you mean `process_set_state`?\n"
        "  event transition at process_set_stat\n"
        "                      ^");
}

TEST(Lens, RefusesWhatItDoesNotUnderstand) {
    const auto first_line = [](std::string_view text) {
        const std::string message = complaint(text);
        return message.substr(0, message.find('\n'));
    };
    EXPECT_EQ(first_line("states process_stat"),
              "my.lens:1:8: this kernel has no enum process_stat; did you mean `process_state`?");
    EXPECT_EQ(first_line("states process_state\n RUNING running R"),
              "my.lens:2:2: enum process_state has no 'RUNING'; did you mean `RUNNING`?");
    EXPECT_EQ(first_line("states process_state\n RUNNING running"),
              "my.lens:2:2: a state is written ENUMERATOR role LETTER, for example: RUNNING running >");
    EXPECT_EQ(first_line("view v\n column a = 1"),
              "my.lens:1:6: the view has no 'for NAME in ARRAY' and so no rows");
    EXPECT_EQ(first_line("view v\n for p process_table"),
              "my.lens:2:8: 'in ARRAY' or 'from POINTER via MEMBER' should follow 'p'");
    EXPECT_EQ(first_line("view v\n for p in process_table\n column a 1"),
              "my.lens:3:11: '= EXPRESSION' should follow");
    EXPECT_EQ(
        first_line("view v\n for p in process_table\n field a = 1"),
        "my.lens:3:2: 'field' does not belong here: 'for', 'key', 'order' and 'column' belong to a view, "
        "'field' to an "
        "event, 'where' to either");
    EXPECT_EQ(first_line("view v\n for p in process_table\n order \"late\""),
              "my.lens:3:8: an order is a number, not a text");
    EXPECT_EQ(first_line("value x = 1\nvalue x = 2"), "my.lens:2:7: there are two values 'x'");
    EXPECT_EQ(first_line("event e on f"), "my.lens:1:7: an event is written: event NAME at FUNCTION");
    EXPECT_EQ(first_line("value x = 1 +\\\n  * 2"), "my.lens:2:3: int is not a pointer");
    EXPECT_EQ(first_line(""), "none");
}

TEST(Lens, SaysThatAFileIsMissing) {
    const auto missing = Lens::load("/no/such.lens", kernel().info);
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().message, "/no/such.lens: cannot be read: check the path");
}

TEST(Lens, SurvivesRubbish) {
    const std::string_view words[] = {
        "view ", "event ", "states ", "for ",   "p ",  "in ",    "process_table",
        "\n",    "= ",     "column ", "key ",   "at ", "field ", "process_set_state ",
        "(",     ") ",     "\"",      "value ", "# ",  "\\",     "where ",
        "->",    "pid ",   "&",       "* ",     "1 ",  "? ",     ": "};
    uint32_t seed = 1;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 25; ++i) {
            seed = seed * 1664525 + 1013904223;
            text += words[(seed >> 16) % std::size(words)];
        }
        static_cast<void>(Lens::compile(text, "rubbish", kernel().info));
    }
}

// ---- PeachOS's own lens, on the real kernel
// ------------------------------------------------------------------

const std::filesystem::path kShare = std::filesystem::path(PEACH_BUILD_DIR) / "share/peach";

struct PeachOs {
    PeachOs() : image(*ElfImage::load(kShare / "kernel.elf")), info(*DebugInfo::load(image)) {
        const auto compiled = Lens::load(kShare / "lenses/peachos.lens", info);
        EXPECT_TRUE(compiled.has_value()) << compiled.error().message;
        if (compiled) its_lens = *compiled;
        Machine machine;
        for (const ElfSegment& segment : image.segments()) {
            EXPECT_TRUE(machine.write_physical(segment.address, segment.contents));
        }
        machine.set_entry(image.entry());
        machine.set_disk(testing::read_bytes(kShare / "disk.img"));
        engine.emplace(std::move(machine));
    }

    ElfImage image;
    std::shared_ptr<const DebugInfo> info;
    std::shared_ptr<const Lens> its_lens;
    std::optional<Engine> engine;
};

TEST(PeachOsLens, ShowsTheProcessesThatTheKernelHas) {
    PeachOs os;
    ASSERT_NE(os.its_lens, nullptr);
    RunOutput output;
    os.engine->run(20'000'000, output);
    const PhysicalMemory memory(os.engine->machine());
    RegisterValues registers;
    registers.x[15] = 6;  // the number of a system call: some values ask for it
    const EvaluationContext now{.memory = memory, .registers = &registers, .cpu = 0};
    const Lens::View& view = *os.its_lens->find_view("process");
    std::string text;
    for (const LensRow& row : os.its_lens->evaluate(view, now).rows) {
        const LensCell& state = row.cells[*view.column("state")];
        text += fmt::format("{} {} {} ", row.key, row.cells[*view.column("name")].text, state.text);
        EXPECT_NE(state.state, nullptr);
        for (const LensCell& cell : row.cells) EXPECT_FALSE(cell.is_error) << cell.text;
    }
    EXPECT_EQ(text, "1 init SLEEPING 2 sh SLEEPING ") << output.console;
    for (const Lens::Invariant& invariant : os.its_lens->invariants()) {
        const auto result = os.its_lens->evaluate(invariant, now);
        EXPECT_TRUE(result.holds) << invariant.sentence << result.error;
    }
    for (const std::string& name : os.its_lens->value_names()) {
        const auto value = os.its_lens->value(name, now);
        EXPECT_TRUE(value->has_value()) << name << ": " << value->error();
    }
    const Lens::View& cpus = *os.its_lens->find_view("cpu");
    const LensRows cpu_rows = os.its_lens->evaluate(cpus, now);
    ASSERT_EQ(cpu_rows.rows.size(), 1U);
    EXPECT_EQ(cpu_rows.rows[0].cells[*cpus.column("name")].text, "(idle)");
}

TEST(PeachOsLens, TellsEveryChangeOfState) {
    PeachOs os;
    ASSERT_NE(os.its_lens, nullptr);
    const Lens::Event& event = *os.its_lens->find_event("transition");
    os.engine->set_stop_addresses(std::span(&event.address, 1));
    std::map<int64_t, std::string> states;
    std::vector<FieldValue> fields;
    RunOutput output;
    int transitions = 0;
    while (os.engine->run(20'000'000, output).reason == StopReason::stop_address) {
        const Cpu& cpu = os.engine->machine().cpu(0);
        const PhysicalMemory memory(os.engine->machine());
        const RegisterValues registers{.x = cpu.x, .pc = cpu.pc};
        ASSERT_TRUE(
            os.its_lens->evaluate(event, {.memory = memory, .registers = &registers, .cpu = 0}, fields));
        const auto text = [&](std::string_view name) {
            const size_t index = *event.field(name);
            return os.its_lens->field_text(event, index, fields[index]);
        };
        const int64_t pid = fields[*event.field("pid")].number;
        const auto known = states.find(pid);
        if (known != states.end()) {
            EXPECT_EQ(text("from"), known->second) << "of " << pid;
        }
        EXPECT_FALSE(text("reason").empty());
        states[pid] = text("to");
        ++transitions;
    }
    EXPECT_GT(transitions, 5);
    EXPECT_EQ(states[1], "SLEEPING");
    EXPECT_EQ(states[2], "SLEEPING");
}

}  // namespace
}  // namespace peach::debugger
