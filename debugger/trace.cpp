#include "debugger/trace.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "debugger/views/sentence.h"

namespace peach::debugger {
namespace {

using nlohmann::json;

// The viewer's "processes": groups of rows.
constexpr unsigned kCpuGroup = 1;
constexpr unsigned kProcessGroup = 2;

struct Place {
    unsigned group;
    uint64_t row;
};

Place cpu_row(unsigned cpu) {
    return {kCpuGroup, uint64_t{2} * cpu};
}
Place kernel_row(unsigned cpu) {
    return {kCpuGroup, uint64_t{2} * cpu + 1};
}
Place process_row(uint32_t process) {
    return {kProcessGroup, process};
}

// Writes events one by one: a long run has millions.
class TraceWriter {
  public:
    TraceWriter(const Session& session, std::ostream& out)
        : session_(session), log_(session.events()), end_(session.timeline().frontier()), out_(out) {}

    void write() {
        out_ << "{\"traceEvents\": [\n";
        name_groups();
        for (unsigned cpu = 0; cpu < log_.cpu_count(); ++cpu) write_cpu(cpu);
        for (uint32_t i = 0; i < log_.processes().size(); ++i) write_process(i);
        for (const Transition& transition : log_.transitions()) write_transition(transition);
        const json about{{"cycles", end_}, {"complete since cycle", log_.complete_since()}};
        out_ << "\n], \"displayTimeUnit\": \"ns\", \"otherData\": " << text_of(about) << "}\n";
    }

  private:
    // A guest may give a process any bytes for a name.
    static std::string text_of(const json& value) {
        return value.dump(-1, ' ', false, json::error_handler_t::replace);
    }

    void put(Place place, std::string_view phase, uint64_t cycle, json event) {
        event["pid"] = place.group;
        event["tid"] = place.row;
        event["ph"] = phase;
        event["ts"] = cycle;
        if (!std::exchange(first_, false)) out_ << ",\n";
        out_ << text_of(event);
    }

    void slice(Place place, uint64_t begin, uint64_t end, const std::string& name, json details) {
        const uint64_t length = std::min(end, end_) - begin;
        put(place, "X", begin, {{"name", name}, {"dur", length}, {"args", std::move(details)}});
    }

    void describe_row(Place place, std::string_view what, json details) {
        put(place, "M", 0, {{"name", what}, {"args", std::move(details)}});
    }

    void name_groups() {
        describe_row({kCpuGroup, 0}, "process_name", {{"name", "CPUs"}});
        describe_row({kProcessGroup, 0}, "process_name", {{"name", "Processes"}});
    }

    void name_row(Place place, const std::string& name) {
        describe_row(place, "thread_name", {{"name", name}});
        describe_row(place, "thread_sort_index", {{"sort_index", place.row}});
    }

    void write_cpu(unsigned cpu) {
        name_row(cpu_row(cpu), fmt::format("CPU {}", cpu));
        const auto stays = log_.running_stays(cpu);
        for (size_t i = 0; i < stays.size(); ++i) {
            if (stays[i].process == kNoProcess) continue;
            const uint64_t end = i + 1 < stays.size() ? stays[i + 1].begin : end_;
            slice(cpu_row(cpu), stays[i].begin, end, process_text(session_, stays[i].process, stays[i].begin),
                  {{"pid", log_.processes()[stays[i].process].pid}});
        }
        name_row(kernel_row(cpu), fmt::format("CPU {}, kernel", cpu));
        for (const KernelInterval& stay : log_.working_intervals(cpu)) {
            json details{{"cause", stay.cause}, {"detail", stay.detail}};
            if (stay.cause != 0) details["from"] = fmt::format("0x{:08X}", stay.pc);
            slice(kernel_row(cpu), stay.begin, stay.end, cause_text(stay), std::move(details));
        }
    }

    // Asking the lens for a system call's name takes a while, and there are few.
    const std::string& cause_text(const KernelInterval& stay) {
        std::string& text = causes_[{stay.cause, stay.detail}];
        if (text.empty())
            text = stay.cause == 0 ? "since the reset" : describe_cause(session_, stay.cause, stay.detail);
        return text;
    }

    void write_process(uint32_t process) {
        name_row(process_row(process), process_text(session_, process, kOpen));
        for (const StateInterval& stay : log_.processes()[process].intervals) {
            json details = json::object();
            if (log_.states()[stay.state].role == StateRole::running) details["cpu"] = stay.cpu;
            if (stay.transition != kNoTransition)
                details["reason"] = log_.reason(log_.transitions()[stay.transition]);
            slice(process_row(process), stay.begin, stay.end, log_.states()[stay.state].name,
                  std::move(details));
        }
    }

    void write_transition(const Transition& transition) {
        json details{{"from", log_.states()[transition.from].name},
                     {"to", log_.states()[transition.to].name},
                     {"reason", log_.reason(transition)},
                     {"cpu", transition.cpu},
                     {"clock", transition.clock}};
        if (transition.cause != 0) details["cause"] = describe_cause(session_, transition.cause);
        if (transition.waker != kNoProcess)
            details["waker"] = process_text(session_, transition.waker, transition.cycle);
        put(process_row(transition.process), "i", transition.cycle,
            {{"name", describe(session_, transition)}, {"s", "t"}, {"args", std::move(details)}});
        if (transition.waker == kNoProcess) return;
        const json flow{{"name", "wakes"}, {"cat", "wake"}, {"id", flows_++}};
        put(process_row(transition.waker), "s", transition.cycle, flow);
        json arrival = flow;
        arrival["bp"] = "e";
        put(process_row(transition.process), "f", transition.cycle, std::move(arrival));
    }

    const Session& session_;
    const EventLog& log_;
    uint64_t end_;
    std::ostream& out_;
    bool first_ = true;
    uint64_t flows_ = 0;
    std::map<std::pair<uint32_t, uint32_t>, std::string> causes_;
};

}  // namespace

void write_trace(const Session& session, std::ostream& out) {
    TraceWriter(session, out).write();
}

}  // namespace peach::debugger
