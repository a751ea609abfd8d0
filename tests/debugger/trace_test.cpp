// The trace file says what the event log says: every stay, every change, every wake-up, and nothing else.

#include "debugger/trace.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <tuple>

#include "debugger/views/sentence.h"
#include "machines.h"

namespace peach::debugger::testing {
namespace {

using nlohmann::json;

json trace_of(const Session& session) {
    std::ostringstream text;
    write_trace(session, text);
    return json::parse(text.str());
}

// The rows' names, by "process_name / thread_name".
std::map<std::pair<int, int>, std::string> row_names(const json& trace) {
    std::map<int, std::string> groups;
    std::map<std::pair<int, int>, std::string> rows;
    for (const json& event : trace["traceEvents"]) {
        if (event["name"] == "process_name") groups[event["pid"]] = event["args"]["name"];
        if (event["name"] == "thread_name")
            rows[{event["pid"], event["tid"]}] =
                groups[event["pid"]] + " / " + event["args"]["name"].get<std::string>();
    }
    return rows;
}

// A slice: row, beginning, length, name.
using Slice = std::tuple<std::string, uint64_t, uint64_t, std::string>;

std::multiset<Slice> slices_of(const json& trace) {
    const auto rows = row_names(trace);
    std::multiset<Slice> slices;
    for (const json& event : trace["traceEvents"]) {
        if (event["ph"] == "X")
            slices.emplace(rows.at({event["pid"], event["tid"]}), event["ts"], event["dur"], event["name"]);
    }
    return slices;
}

std::multiset<Slice> slices_of(const Session& session) {
    const EventLog& log = session.events();
    const uint64_t now = session.timeline().frontier();
    std::multiset<Slice> slices;
    const auto add = [&](const std::string& row, uint64_t begin, uint64_t end, const std::string& name) {
        slices.emplace(row, begin, (end == kOpen ? now : end) - begin, name);
    };
    for (uint32_t i = 0; i < log.processes().size(); ++i) {
        for (const StateInterval& stay : log.processes()[i].intervals)
            add("Processes / " + process_text(session, i, kOpen), stay.begin, stay.end,
                log.states()[stay.state].name);
    }
    for (unsigned cpu = 0; cpu < log.cpu_count(); ++cpu) {
        const std::string row = "CPUs / CPU " + std::to_string(cpu);
        for (const KernelInterval& stay : log.working_intervals(cpu)) {
            add(row + ", kernel", stay.begin, stay.end,
                stay.cause == 0 ? "since the reset" : describe_cause(session, stay.cause, stay.detail));
        }
        const auto stays = log.running_stays(cpu);
        for (size_t i = 0; i < stays.size(); ++i) {
            if (stays[i].process == kNoProcess) continue;
            add(row, stays[i].begin, i + 1 < stays.size() ? stays[i + 1].begin : kOpen,
                process_text(session, stays[i].process, stays[i].begin));
        }
    }
    return slices;
}

class TraceFile : public ::testing::Test {
  protected:
    void SetUp() override {
        SessionOptions options = peachos_options();
        options.machine.cpu_count = 2;
        session_ = create(std::move(options));
        session_->start(Motion::run);
        session_->finish(50'000'000);
        session_->type("spin 100 & sleep 0.01; echo hi | wc\n");
        session_->start(Motion::run);
        session_->finish(50'000'000);
    }
    std::unique_ptr<Session> session_;
};

TEST_F(TraceFile, HasEveryStayOfTheLogAndNoOther) {
    const auto expected = slices_of(*session_);
    EXPECT_GT(expected.size(), 100u);
    EXPECT_EQ(slices_of(trace_of(*session_)), expected);
}

TEST_F(TraceFile, HasEveryChangeOfStateAsASentenceAndEveryWakeUpAsAFlow) {
    const json trace = trace_of(*session_);
    const EventLog& log = session_->events();
    std::vector<std::pair<uint64_t, std::string>> found;
    std::map<int, std::vector<std::string>> flows;
    for (const json& event : trace["traceEvents"]) {
        if (event["ph"] == "i") found.emplace_back(event["ts"], event["name"]);
        if (event["ph"] == "s" || event["ph"] == "f") flows[event["id"]].push_back(event["ph"]);
    }
    std::vector<std::pair<uint64_t, std::string>> expected;
    size_t wake_ups = 0;
    for (const Transition& transition : log.transitions()) {
        expected.emplace_back(transition.cycle, describe(*session_, transition));
        wake_ups += transition.waker != kNoProcess;
    }
    EXPECT_EQ(found, expected);
    EXPECT_GT(wake_ups, 0u);
    EXPECT_EQ(flows.size(), wake_ups);
    for (const auto& [id, ends] : flows) EXPECT_EQ(ends, (std::vector<std::string>{"s", "f"})) << id;
}

TEST(TraceOfABareMachine, HasTheKernelsTimeOnly) {
    const auto session = bare(kCountingProgram);
    session->start_run_to_cycle(5000);
    session->finish();
    const json trace = trace_of(*session);
    EXPECT_EQ(slices_of(trace), slices_of(*session));
    EXPECT_EQ(trace["otherData"]["cycles"], 5000);
}

TEST(TraceOfStrangeNames, IsStillJson) {
    // A program's name is what the guest says; these bytes are no UTF-8.
    const auto session = peachos_at_prompt();
    session->type("cp /bin/echo '/tmp/\xFF\"\xC3' && '/tmp/\xFF\"\xC3' hi\n");
    session->start(Motion::run);
    session->finish(50'000'000);
    EXPECT_GT(trace_of(*session)["traceEvents"].size(), 50u);
}

}  // namespace
}  // namespace peach::debugger::testing
