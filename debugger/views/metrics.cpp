#include "debugger/views/metrics.h"

#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <span>

namespace peach::debugger {
namespace {

// Sums up the states of one process until the cursor.
class Account {
  public:
    Account(const Session& session, const ProcessHistory& history)
        : log_(session.events()),
          now_cycle_(session.timeline().cursor()),
          now_(session.machine().clock()),
          history_(history) {}

    // Nothing: it has not been able to run yet.
    std::optional<ProcessMetrics> sum() {
        const auto& intervals = history_.intervals;
        for (size_t i = 0; i < intervals.size() && intervals[i].begin <= now_cycle_; ++i) {
            const uint64_t end = i + 1 < intervals.size() && intervals[i + 1].begin <= now_cycle_
                                     ? time_of(intervals[i + 1])
                                     : now_;
            add(log_.states()[intervals[i].state].role, time_of(intervals[i]), end);
        }
        if (!arrival_) return std::nullopt;
        result_.pid = history_.pid;
        result_.name = history_.name_at(now_cycle_);
        result_.arrival = *arrival_;
        return std::move(result_);
    }

  private:
    uint64_t time_of(const StateInterval& interval) const {
        return interval.transition == kNoTransition ? interval.begin
                                                    : log_.transitions()[interval.transition].clock;
    }

    void add(StateRole role, uint64_t begin, uint64_t end) {
        switch (role) {
            case StateRole::runnable:
                if (!arrival_) arrival_ = begin;
                result_.waiting += end - begin;
                break;
            case StateRole::running:
                if (!arrival_) arrival_ = begin;
                if (!result_.response) result_.response = begin - *arrival_;
                result_.running += end - begin;
                ++result_.switches;
                break;
            case StateRole::sleeping:
                result_.sleeping += end - begin;
                break;
            case StateRole::zombie:
                if (arrival_ && !result_.turnaround) result_.turnaround = begin - *arrival_;
                break;
            default:
                break;
        }
    }

    const EventLog& log_;
    uint64_t now_cycle_;
    uint64_t now_;
    const ProcessHistory& history_;
    std::optional<uint64_t> arrival_;
    ProcessMetrics result_;
};

// (sum of x)^2 / (n * sum of x^2), where x is the part of the time that it wanted a CPU in which it had one.
double fairness_of(std::span<const ProcessMetrics> processes) {
    double sum = 0;
    double squares = 0;
    size_t count = 0;
    for (const ProcessMetrics& process : processes) {
        const uint64_t wanted = process.running + process.waiting;
        if (wanted == 0) continue;
        const double share = static_cast<double>(process.running) / static_cast<double>(wanted);
        sum += share;
        squares += share * share;
        ++count;
    }
    return squares == 0 ? 1 : sum * sum / (static_cast<double>(count) * squares);
}

double average(std::span<const ProcessMetrics> processes, uint64_t (*time)(const ProcessMetrics&)) {
    double sum = 0;
    for (const ProcessMetrics& process : processes) sum += static_cast<double>(time(process));
    return sum / static_cast<double>(processes.size());
}

// Over those that have ended: the others, among them those that never will, have no turnaround yet.
std::string averages(std::vector<ProcessMetrics> processes) {
    std::erase_if(processes, [](const ProcessMetrics& process) { return !process.turnaround; });
    if (processes.empty()) return "Averages follow when a process has ended.";
    using Process = ProcessMetrics;
    return fmt::format("Average of the {} that have ended: response {:.0f}, turnaround {:.0f}, wait {:.0f}.",
                       processes.size(),
                       average(processes, [](const Process& p) { return p.response.value_or(0); }),
                       average(processes, [](const Process& p) { return *p.turnaround; }),
                       average(processes, [](const Process& p) { return p.waiting; }));
}

std::string summary(const Metrics& metrics) {
    return fmt::format("{} Processes had {:.1f} % of the CPUs' time; fairness {:.2f}.",
                       averages(metrics.processes), metrics.utilisation * 100, metrics.fairness);
}

Cell number_cell(uint64_t number) {
    return {.text = fmt::format("{}", number), .value = static_cast<int64_t>(number)};
}
Cell number_cell(const std::optional<uint64_t>& number) {
    return number ? number_cell(*number) : Cell{.text = "..."};
}

}  // namespace

Metrics metrics(const Session& session) {
    Metrics result;
    uint64_t running = 0;
    for (const ProcessHistory& history : session.events().processes()) {
        if (history.birth_cycle > session.timeline().cursor()) continue;
        auto sums = Account(session, history).sum();
        if (!sums) continue;
        running += sums->running;
        result.processes.push_back(*std::move(sums));
    }
    const uint64_t all = session.machine().clock() * session.machine().cpu_count();
    if (all > 0) result.utilisation = static_cast<double>(running) / static_cast<double>(all);
    result.fairness = fairness_of(result.processes);
    return result;
}

Table metrics_table(const Session& session) {
    Table table{.title = "Scheduling metrics",
                .columns = {{"PID", Alignment::right},
                            {"Name"},
                            {"Arrived", Alignment::right},
                            {"Response", Alignment::right},
                            {"Turnaround", Alignment::right},
                            {"Running", Alignment::right},
                            {"Waiting", Alignment::right},
                            {"Sleeping", Alignment::right},
                            {"Turns", Alignment::right}},
                .rows = {},
                .note = {}};
    const Metrics found = metrics(session);
    for (const ProcessMetrics& process : found.processes) {
        table.rows.push_back({.cells = {number_cell(process.pid),
                                        {.text = process.name},
                                        number_cell(process.arrival),
                                        number_cell(process.response),
                                        number_cell(process.turnaround),
                                        number_cell(process.running),
                                        number_cell(process.waiting),
                                        number_cell(process.sleeping),
                                        number_cell(process.switches)},
                              .current = false});
    }
    table.note = found.processes.empty() ? session.lens_message() : summary(found);
    return table;
}

}  // namespace peach::debugger
