#include "debugger/views/timeline_chart.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <functional>

#include "debugger/views/sentence.h"

namespace peach::debugger {
namespace {

// Of a bin of many intervals, so many are looked at to find its main state.
constexpr size_t kSamples = 32;
// With more transitions in view than this, wake-ups would be a solid colour anyway.
constexpr size_t kMostTransitionsForLinks = 20'000;

struct Span {
    uint64_t begin;
    uint64_t end;
};

// A list of intervals that do not overlap, in the part that is in view.
struct Intervals {
    size_t count = 0;
    std::function<Span(size_t)> at;

    size_t first_after(uint64_t cycle) const {  // index of the first that begins after `cycle`
        size_t low = 0;
        size_t high = count;
        while (low < high) {
            const size_t middle = (low + high) / 2;
            if (at(middle).begin <= cycle)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
};

class ChartBuilder {
  public:
    ChartBuilder(const Session& session, const ChartQuery& query)
        : session_(session),
          log_(session.events()),
          query_(query),
          frontier_(session.timeline().frontier()),
          narrow_(static_cast<double>(query.end - query.begin) / std::max(query.pixels, 1.0) *
                  kNarrowestBarPixels) {}

    Chart build() {
        chart_.complete_since = log_.complete_since();
        if (query_.end <= query_.begin) return std::move(chart_);
        for (uint32_t i = 0; i < log_.processes().size(); ++i) {
            const ProcessHistory& process = log_.processes()[i];
            if (process.birth_cycle >= query_.end || process.end_cycle <= query_.begin) continue;
            const size_t number = chart_.process_count++;
            const bool in_view = number >= query_.first_row && number - query_.first_row < query_.row_count;
            if (in_view) add_process_row(i, process);
        }
        for (unsigned cpu = 0; cpu < log_.cpu_count(); ++cpu) add_cpu_row(cpu);
        add_links();
        return std::move(chart_);
    }

  private:
    uint64_t closed(uint64_t end) const { return end == kOpen ? frontier_ : end; }

    // Calls `bar(first, last)` for each bar: one interval, or several that fold into one bin.
    template <class Bar>
    void fold(const Intervals& list, Span view, Bar bar) const {
        size_t i = list.first_after(view.begin);
        if (i > 0 && list.at(i - 1).end > view.begin) --i;
        while (i < list.count && list.at(i).begin < view.end) {
            const Span first = list.at(i);
            if (is_wide(first)) {
                bar(i, i);
                ++i;
                continue;
            }
            const auto bin_end = first.begin + static_cast<uint64_t>(narrow_);
            size_t next = std::max(list.first_after(bin_end), i + 1);
            if (next - 1 > i && is_wide(list.at(next - 1))) --next;  // that one has a bar of its own
            while (next - 1 > i && list.at(next - 1).begin >= view.end) --next;
            bar(i, next - 1);
            i = next;
        }
    }

    bool is_wide(const Span& span) const { return static_cast<double>(span.end - span.begin) >= narrow_; }

    void add_process_row(uint32_t index, const ProcessHistory& process) {
        ChartRow row{.kind = ChartRowKind::process,
                     .index = index,
                     .label = process_text(session_, index, query_.now),
                     .bars = {}};
        const Intervals list{process.intervals.size(), [&](size_t i) {
                                 return Span{process.intervals[i].begin, closed(process.intervals[i].end)};
                             }};
        std::vector<ChartBar> kernel_bars;
        fold(list, {query_.begin, query_.end}, [&](size_t first, size_t last) {
            row.bars.push_back(state_bar(process, index, first, last));
            const StateInterval& interval = process.intervals[first];
            if (first != last || log_.states()[interval.state].role != StateRole::running) return;
            add_kernel_bars(interval.cpu, {interval.begin, closed(interval.end)}, index, kernel_bars);
        });
        row.bars.insert(row.bars.end(), kernel_bars.begin(), kernel_bars.end());
        chart_.rows.push_back(std::move(row));
    }

    ChartBar state_bar(const ProcessHistory& process, uint32_t index, size_t first, size_t last) {
        const StateInterval& begin = process.intervals[first];
        const StateInterval& end = process.intervals[last];
        ChartBar bar{.begin = begin.begin,
                     .end = closed(end.end),
                     .open = end.end == kOpen,
                     .kernel = false,
                     .state = begin.state,
                     .process = index,
                     .folded = 0,
                     .kernel_share = 0,
                     .running_share = 0,
                     .index = static_cast<uint32_t>(first)};
        if (first != last) describe_bin(process, first, last, bar);
        return bar;
    }

    void describe_bin(const ProcessHistory& process, size_t first, size_t last, ChartBar& bar) {
        chart_.exact = false;
        const size_t count = last - first + 1;
        bar.folded = static_cast<uint32_t>(count);
        const size_t stride = (count + kSamples - 1) / kSamples;
        std::array<uint64_t, 256> cycles{};
        uint64_t all = 0;
        uint64_t running = 0;
        uint64_t kernel = 0;
        for (size_t i = first; i <= last; i += stride) {
            const StateInterval& interval = process.intervals[i];
            const uint64_t length = closed(interval.end) - interval.begin;
            all += length;
            cycles[interval.state] += length;
            if (log_.states()[interval.state].role != StateRole::running) continue;
            running += length;
            if (log_.kernel_at(interval.cpu, interval.begin + length / 2) != nullptr) kernel += length;
        }
        bar.state = static_cast<uint8_t>(std::ranges::max_element(cycles) - cycles.begin());
        if (all == 0) return;
        bar.running_share = static_cast<float>(running) / static_cast<float>(all);
        bar.kernel_share = static_cast<float>(kernel) / static_cast<float>(all);
    }

    // Time in the kernel within `view`, clipped to it.
    void add_kernel_bars(unsigned cpu, Span view, uint32_t process, std::vector<ChartBar>& bars) {
        view = {std::max(view.begin, query_.begin), std::min(view.end, query_.end)};
        const auto stays = log_.working_intervals(cpu);
        const Intervals list{stays.size(),
                             [&](size_t i) { return Span{stays[i].begin, closed(stays[i].end)}; }};
        fold(list, view, [&](size_t first, size_t last) {
            const bool folded = first != last;
            if (folded) chart_.exact = false;
            const uint64_t begin = std::max(stays[first].begin, view.begin);
            const uint64_t end = std::min(closed(stays[last].end), view.end);
            if (begin >= end) return;
            bars.push_back({.begin = begin,
                            .end = end,
                            .open = stays[last].end == kOpen,
                            .kernel = true,
                            .state = 0,
                            .process = process,
                            .folded = folded ? static_cast<uint32_t>(last - first + 1) : 0,
                            .kernel_share = folded ? share(stays, first, last) : 1,
                            .running_share = 0,
                            .index = static_cast<uint32_t>(first)});
        });
    }

    float share(std::span<const KernelInterval> stays, size_t first, size_t last) const {
        const size_t stride = (last - first + kSamples) / kSamples;
        uint64_t inside = 0;
        uint64_t all = 0;
        for (size_t i = first; i < last; i += stride) {
            inside += stays[i].end - stays[i].begin;
            all += stays[i + 1].begin - stays[i].begin;
        }
        return all == 0 ? 1 : static_cast<float>(inside) / static_cast<float>(all);
    }

    void add_cpu_row(unsigned cpu) {
        ChartRow row{
            .kind = ChartRowKind::cpu, .index = cpu, .label = fmt::format("CPU {}", cpu), .bars = {}};
        const auto stays = log_.running_stays(cpu);
        const auto end_of = [&](size_t i) { return i + 1 < stays.size() ? stays[i + 1].begin : frontier_; };
        const Intervals list{stays.size(), [&](size_t i) { return Span{stays[i].begin, end_of(i)}; }};
        fold(list, {query_.begin, query_.end}, [&](size_t first, size_t last) {
            const bool folded = first != last;
            if (folded) chart_.exact = false;
            if (!folded && stays[first].process == kNoProcess) return;
            row.bars.push_back({.begin = stays[first].begin,
                                .end = end_of(last),
                                .open = last + 1 == stays.size(),
                                .kernel = false,
                                .state = 0,
                                .process = stays[first].process,
                                .folded = folded ? static_cast<uint32_t>(last - first + 1) : 0,
                                .kernel_share = 0,
                                .running_share = 1,
                                .index = static_cast<uint32_t>(first)});
        });
        std::vector<ChartBar> kernel_bars;
        add_kernel_bars(cpu, {query_.begin, query_.end}, kNoProcess, kernel_bars);
        row.bars.insert(row.bars.end(), kernel_bars.begin(), kernel_bars.end());
        chart_.rows.push_back(std::move(row));
    }

    void add_links() {
        const size_t first = query_.begin == 0 ? 0 : log_.transitions_until(query_.begin - 1);
        const size_t last = log_.transitions_until(query_.end);
        if (last - first > kMostTransitionsForLinks) return;
        for (size_t i = first; i < last; ++i) {
            const Transition& transition = log_.transitions()[i];
            if (log_.states()[transition.from].role != StateRole::sleeping) continue;
            if (log_.states()[transition.to].role != StateRole::runnable) continue;
            chart_.links.push_back(
                {.cycle = transition.cycle, .from = transition.waker, .to = transition.process});
        }
        if (chart_.links.size() > query_.link_limit) chart_.links.clear();
    }

    const Session& session_;
    const EventLog& log_;
    const ChartQuery& query_;
    uint64_t frontier_;
    double narrow_;  // cycles
    Chart chart_;
};

std::string describe_kernel_bar(const Session& session, const ChartRow& row, const ChartBar& bar) {
    const uint64_t length = bar.end - bar.begin;
    const auto cpu = row.kind == ChartRowKind::cpu
                         ? row.index
                         : session.events().processes()[row.index].at(bar.begin)->cpu;
    const KernelInterval& stay = session.events().working_intervals(cpu)[bar.index];
    if (stay.cause == 0) return fmt::format("in the kernel since the reset, {} cycles", length);
    return fmt::format("in the kernel for {} cycles: {}, at {}", length,
                       describe_cause(session, stay.cause, stay.detail), fmt::format("0x{:08X}", stay.pc));
}

}  // namespace

Chart timeline_chart(const Session& session, const ChartQuery& query) {
    return ChartBuilder(session, query).build();
}

std::string describe_bar(const Session& session, const ChartRow& row, const ChartBar& bar) {
    const EventLog& log = session.events();
    const uint64_t length = bar.end - bar.begin;
    if (bar.folded != 0) {
        return fmt::format("{} {} in {} cycles: zoom in to see them", bar.folded,
                           bar.kernel ? "stays in the kernel" : "changes", length);
    }
    if (bar.kernel) return describe_kernel_bar(session, row, bar);
    if (row.kind == ChartRowKind::cpu) {
        return fmt::format("{} runs on CPU {}, {} cycles", process_text(session, bar.process, bar.begin),
                           row.index, length);
    }
    const StateInterval& interval = log.processes()[row.index].intervals[bar.index];
    std::string text = fmt::format("{}: {} for {} cycles{}", row.label, log.states()[bar.state].name, length,
                                   bar.open ? " so far" : "");
    if (interval.transition != kNoTransition) {
        text += ". " + describe(session, log.transitions()[interval.transition]);
    }
    return text;
}

Table timeline_table(const Session& session) {
    const EventLog& log = session.events();
    Table table{.title = "Timeline",
                .columns = {{"row"},
                            {"what"},
                            {"begin", Alignment::right},
                            {"end", Alignment::right},
                            {"cycles", Alignment::right}},
                .rows = {},
                .note = log.states().empty() ? session.lens_message() : std::string{}};
    const uint64_t end = std::max<uint64_t>(session.timeline().frontier(), 1);
    constexpr double kPixels = 120;
    const Chart chart = timeline_chart(session, {.begin = session.timeline().first_cycle(),
                                                 .end = end,
                                                 .pixels = kPixels,
                                                 .now = session.timeline().cursor()});
    for (const ChartRow& row : chart.rows) {
        for (const ChartBar& bar : row.bars) {
            std::string what = bar.kernel ? "kernel" : "";
            if (!bar.kernel && row.kind == ChartRowKind::process) what = log.states()[bar.state].name;
            if (!bar.kernel && row.kind == ChartRowKind::cpu)
                what = process_text(session, bar.process, bar.begin);
            if (bar.folded != 0) what = fmt::format("{} (mostly {})", bar.folded, what);
            table.rows.push_back(
                {.cells = {{.text = row.label},
                           {.text = std::move(what)},
                           {.text = fmt::format("{}", bar.begin), .value = static_cast<int64_t>(bar.begin)},
                           {.text = bar.open ? "..." : fmt::format("{}", bar.end),
                            .value = static_cast<int64_t>(bar.end)},
                           {.text = fmt::format("{}", bar.end - bar.begin)}},
                 .current = false});
        }
    }
    return table;
}

}  // namespace peach::debugger
