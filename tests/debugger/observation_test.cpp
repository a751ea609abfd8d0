// What is known from executing a stretch of history again and watching every instruction: trace, heat,
// coverage.

#include <gtest/gtest.h>

#include <algorithm>

#include "debugger/execution_counts.h"
#include "debugger/views/heat.h"
#include "debugger/views/trace.h"
#include "machines.h"

namespace peach::debugger {
namespace {

using testing::bare;
using testing::kCountingProgram;
using testing::peachos_at_prompt;

std::unique_ptr<Session> counting(uint64_t cycles) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(cycles);
    session->finish();
    return session;
}

const std::string& text(const Table& table, size_t row, size_t column) {
    return table.rows.at(row).cells.at(column).text;
}

TEST(Trace, ShowsInstructionsWithWhatTheyChanged) {
    const auto session = counting(100);
    const uint64_t hash = session->machine().hash();
    const Table table = trace_table(*session, {.first = 3, .end = 16, .cpu = {}});
    ASSERT_EQ(table.rows.size(), 13u);
    EXPECT_EQ(text(table, 0, 0), "3");
    EXPECT_EQ(text(table, 0, 1), "0k");
    EXPECT_EQ(text(table, 0, 4), "lui t0, 0xf0001");
    EXPECT_EQ(text(table, 0, 5), "t0 = 0xF0001000");
    EXPECT_EQ(text(table, 1, 5), "t1 = 0x1F4");
    EXPECT_EQ(text(table, 2, 5), "[0xF0001000] = 0x1F4");
    EXPECT_EQ(text(table, 10, 3), "loop");
    EXPECT_EQ(text(table, 10, 5), "a0 = 0x1");
    EXPECT_EQ(session->machine().hash(), hash);
}

TEST(Trace, TellsOfTraps) {
    const auto session = counting(2000);
    const Table table = trace_table(*session, {.first = 500, .end = 520, .cpu = {}});
    const auto trap = std::ranges::find_if(
        table.rows, [](const Row& row) { return row.cells[4].text == "-- timer interrupt"; });
    ASSERT_NE(trap, table.rows.end());
    ASSERT_NE(trap + 1, table.rows.end());
    EXPECT_EQ((trap + 1)->cells[3].text, "trap");
    EXPECT_EQ((trap + 1)->cells[5].text, "s1 = 0x1");
    EXPECT_EQ(table.rows.size(), 21u);
}

TEST(Trace, SaysHowManyItLeavesOut) {
    const auto session = counting(100);
    const Table table = trace_table(*session, {.first = 0, .end = 50, .cpu = {}, .most_rows = 10});
    EXPECT_EQ(table.rows.size(), 10u);
    EXPECT_EQ(table.note, "40 more instructions are left out.");
}

TEST(Heat, CountsEveryInstructionOnce) {
    const auto session = counting(100'000);
    const auto programs = count_executions(*session, 0, 100'000);
    ASSERT_EQ(programs.size(), 1u);
    EXPECT_EQ(programs[0].name, "kernel");
    EXPECT_EQ(programs[0].total(), 100'000u);
    const uint32_t loop = session->kernel()->find_symbol("loop")->address;
    const uint64_t rounds = session->machine().cpu(0).x[10];
    const uint64_t begun = programs[0].executions.at(loop);
    EXPECT_EQ(begun, rounds);
}

TEST(Heat, TheHottestFunctionComesFirstWithItsProgram) {
    auto session = peachos_at_prompt();
    session->type("spin &\n");
    session->start_run_to_cycle(session->timeline().cursor() + 2'000'000);
    session->finish();
    const uint64_t hash = session->machine().hash();
    const Table table = heat_table(*session);
    EXPECT_EQ(text(table, 0, 3), "spin");
    EXPECT_EQ(text(table, 0, 4), "main");
    EXPECT_TRUE(
        std::ranges::any_of(table.rows, [](const Row& row) { return row.cells[3].text == "kernel"; }));
    EXPECT_EQ(session->machine().hash(), hash);
}

TEST(Coverage, ALineIsExecutedOrListed) {
    auto session = peachos_at_prompt();
    const auto programs = count_executions(*session, 0, session->timeline().cursor());
    ASSERT_EQ(programs[0].name, "kernel");
    const Table table = coverage_table(*session);
    ASSERT_FALSE(table.rows.empty());
    int64_t executed = 0;
    for (const Row& row : table.rows) {
        const int64_t lines = *row.cells[1].value;
        executed += *row.cells[2].value;
        EXPECT_LE(*row.cells[2].value, lines);
        EXPECT_EQ(row.cells[4].text.empty(), *row.cells[2].value == lines) << row.cells[0].text;
    }
    EXPECT_GT(executed, 500);
    // Booting switches processes, and does not panic.
    const Function* executed_function = session->kernel()->find_function("scheduler");
    const Function* not_executed = session->kernel()->find_function("panic");
    ASSERT_TRUE(executed_function != nullptr && not_executed != nullptr);
    EXPECT_TRUE(programs[0].executions.contains(executed_function->low_pc));
    EXPECT_FALSE(programs[0].executions.contains(not_executed->low_pc));
}

}  // namespace
}  // namespace peach::debugger
