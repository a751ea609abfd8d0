// The timeline chart: a row a process, then a row a CPU; states by colour, height and hatch, kernel time on
// top of them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"
#include "gui/panels/timeline_range.h"

namespace peach::gui {

namespace {

using debugger::ChartBar;
using debugger::ChartRow;
using debugger::ChartRowKind;

class TimelinePanel {
  public:
    TimelinePanel(Frame& frame, const Area& area)
        : frame_(frame),
          pen_(frame),
          theme_(frame.theme),
          area_(area),
          axis_height_(std::round(frame.em() * 1.6f)),
          label_width_(std::round(std::min(frame.em() * 8.5f, area.width * 0.25f))),
          plot_{area.left + label_width_, area.top, area.width - label_width_ - 4,
                area.height - axis_height_} {}

    void draw() {
        place_rows();
        steer();
        draw_grid();
        frame_.wishes.chart_bar.reset();
        ImGui::PushClipRect({area_.left, area_.top}, {area_.right(), plot_.bottom()}, true);
        const debugger::Chart& chart = frame_.model.chart;
        for (size_t i = 0; i < chart.rows.size(); i++) draw_row(chart.rows[i], row_area(i));
        draw_links(chart);
        ImGui::PopClipRect();
        draw_scroll_bar();
        draw_cursor();
        wish();
    }

  private:
    // ---- rows: processes, scrolled if they are too many, and below them the CPUs, which are always in view
    // ----

    void place_rows() {
        const debugger::Chart& chart = frame_.model.chart;
        const auto cpus =
            static_cast<size_t>(std::ranges::count(chart.rows, ChartRowKind::cpu, &ChartRow::kind));
        const size_t all = std::max<size_t>(chart.process_count + cpus, 1);
        const float most = std::round(frame_.em() * 2.5f);
        const float least = std::round(frame_.em() * 1.25f);
        row_height_ = std::clamp(std::floor(plot_.height / static_cast<float>(all)), least, most);
        // Many CPUs share half of the height, as far as their names can still be read.
        const float share = std::floor(plot_.height / 2 / static_cast<float>(std::max<size_t>(cpus, 1)));
        cpu_height_ = std::min(row_height_, std::max(share, std::round(frame_.em() * 0.95f)));
        const float room = plot_.height - static_cast<float>(cpus) * cpu_height_;
        visible_processes_ = static_cast<size_t>(std::max(room / row_height_, 1.0f));
        process_rows_ = chart.rows.size() - cpus;
        size_t& first = frame_.view.chart.first_process;
        const size_t hidden = chart.process_count - std::min(chart.process_count, visible_processes_);
        const bool over_names = ImGui::GetIO().MousePos.x < plot_.left || ImGui::GetIO().KeyShift;
        if (pointer_in(area_) && over_names) {
            const auto lines = static_cast<int64_t>(
                std::round(-2 * (ImGui::GetIO().MouseWheel + ImGui::GetIO().MouseWheelH)));
            first = static_cast<size_t>(std::max<int64_t>(static_cast<int64_t>(first) + lines, 0));
        }
        first = std::min(first, hidden);
    }

    Area row_area(size_t index) const {
        const auto above = static_cast<float>(std::min(index, process_rows_));
        const auto cpus_above = static_cast<float>(index - std::min(index, process_rows_));
        return {area_.left, plot_.top + above * row_height_ + cpus_above * cpu_height_, area_.width,
                index < process_rows_ ? row_height_ : cpu_height_};
    }

    void draw_scroll_bar() {
        const size_t all = frame_.model.chart.process_count;
        if (all <= visible_processes_) return;
        const float track = static_cast<float>(visible_processes_) * row_height_;
        const auto share = [&](size_t rows) {
            return std::round(track * static_cast<float>(rows) / static_cast<float>(all));
        };
        const Area bar = {area_.right() - 4, plot_.top + share(frame_.view.chart.first_process), 4,
                          share(visible_processes_)};
        pen_.fill(bar, theme_.faint);
        frame_.widgets.add("timeline.scroll", bar.left, bar.top, bar.right(), bar.bottom(),
                           fmt::format("{} of {}", frame_.view.chart.first_process, all));
    }

    float x_of(uint64_t cycle) const { return range_.x_of(cycle, plot_.left, plot_.width); }

    // ---- zoom and pan ----

    void steer() {
        range_ = TimelineRange(frame_.view.chart.begin, frame_.view.chart.end);
        ImGui::SetCursorScreenPos({plot_.left, plot_.top});
        ImGui::InvisibleButton("timeline", {std::max(plot_.width, 1.0f), std::max(area_.height, 1.0f)});
        const ImGuiIO& io = ImGui::GetIO();
        const float pointer = io.MousePos.x - plot_.left;
        if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, 3)) {
            range_.pan(-io.MouseDelta.x / plot_.width);
            frame_.view.chart.follow = false;
            frame_.view.chart.dragged = true;
        }
        if (ImGui::IsItemActivated()) frame_.view.chart.dragged = false;
        frame_.view.chart.pointer = std::clamp(pointer / plot_.width, 0.0f, 1.0f);
        if (ImGui::IsItemHovered() && io.MouseWheel != 0 && !io.KeyShift) {
            range_.zoom(pointer / plot_.width, std::pow(0.8, static_cast<double>(io.MouseWheel)));
            const bool newest_in_view = range_.contains(frame_.model.seen_frontier);
            frame_.view.chart.follow = frame_.view.chart.follow && newest_in_view;
        }
        if (ImGui::IsItemDeactivated() && !frame_.view.chart.dragged && ImGui::IsItemHovered()) {
            const uint64_t cycle = std::clamp(range_.cycle_at(pointer / plot_.width), frame_.model.first,
                                              frame_.model.seen_frontier);
            frame_.actions.emplace_back([cycle](debugger::Session& session) {
                session.pause();
                session.seek(cycle);
            });
        }
        hovered_ = ImGui::IsItemHovered() && !ImGui::IsMouseDragging(0, 3);
        range_.keep_inside(frame_.model.first, frame_.model.seen_frontier);
        frame_.view.chart.begin = range_.begin();
        frame_.view.chart.end = range_.end();
    }

    void wish() {
        debugger::ChartQuery& query = frame_.wishes.chart_query;
        query.pixels = static_cast<double>(plot_.width);
        query.first_row = frame_.view.chart.first_process;
        query.row_count = visible_processes_;
        frame_.wishes.chart = true;
    }

    // ---- axis ----

    void draw_grid() {
        const uint64_t step =
            range_.tick_step(static_cast<double>(plot_.width), static_cast<double>(frame_.em()) * 8);
        const uint64_t first = (range_.begin() + step - 1) / step * step;
        for (uint64_t tick = first; tick < range_.end(); tick += step) {
            const float x = std::round(x_of(tick));
            pen_.fill({x, plot_.top, 1, plot_.height}, theme_.line);
            pen_.fill({x, plot_.bottom(), 1, 4}, theme_.dim);
            const std::string words = with_commas(tick);
            const float width = Pen::width(frame_.fonts.small, words);
            if (x - width / 2 < plot_.left || x + width / 2 > area_.right()) continue;
            pen_.text_centred(x, Pen::middle(plot_.bottom() + 3, axis_height_ - 3, frame_.fonts.small),
                              frame_.fonts.small, theme_.dim, words);
        }
        pen_.fill({plot_.left, plot_.bottom(), plot_.width, 1}, theme_.faint);
        draw_promise();
    }

    void draw_promise() {
        const Area corner = {area_.left, plot_.bottom() + 3, plot_.left - area_.left, axis_height_ - 3};
        const std::string_view promise = promise_of(frame_.model.chart, range_.begin());
        ImFont* font = frame_.fonts.small;
        const float y = Pen::middle(corner.top, corner.height, font);
        const float left = corner.left + frame_.em() * 0.6f;
        const std::string both = fmt::format("cycles, {}", promise);
        const bool fits = left + Pen::width(font, both) <= corner.right() - 4;
        pen_.text(left, y, font, theme_.dim, fits ? both : "cycles");
        frame_.widgets.add("timeline.promise", corner.left, corner.top, corner.right(), corner.bottom(),
                           std::string(promise));
        if (pointer_in(corner)) {
            tooltip(
                frame_,
                "all shown: every change of state in this stretch has its bar.\n"
                "some folded: where bars would be too narrow, a hatched one stands for several; zoom in.\n"
                "some gone: of so long a history, the oldest details are not kept.");
        }
    }

    // ---- bars ----

    void draw_row(const ChartRow& row, const Area& line) {
        const bool cpu = row.kind == ChartRowKind::cpu;
        if (cpu) pen_.fill({line.left, line.top, line.width, line.height}, with_alpha(theme_.raised, 70));
        pen_.fill({line.left, line.bottom() - 1, line.width, 1}, with_alpha(theme_.line, 150));
        const bool low = line.height < frame_.em() * 1.2f;
        ImFont* font = low ? frame_.fonts.small : cpu ? frame_.fonts.strong : frame_.fonts.label;
        const bool focused = cpu && row.index == frame_.model.cpu && frame_.model.cpu_count > 1;
        pen_.text_cut(line.left + frame_.em() * 0.6f, plot_.left - 6,
                      Pen::middle(line.top, line.height, font), font, focused ? theme_.accent : theme_.text,
                      row.label);
        const Area name = {line.left, line.top, plot_.left - line.left, line.height};
        if (cpu && clicked(name)) {
            frame_.actions.emplace_back(
                [index = row.index](debugger::Session& session) { session.set_focus_cpu(index); });
        }
        const float margin = low ? 1 : std::max(2.0f, std::round(line.height * 0.14f));
        const Area inside = {plot_.left, line.top + margin, plot_.width, line.height - 2 * margin - 1};
        ImGui::PushClipRect({plot_.left, line.top}, {plot_.left + plot_.width, line.bottom()}, true);
        for (const ChartBar& bar : row.bars) draw_bar(row, bar, inside);
        if (cpu) draw_cpu_names(row, inside);
        ImGui::PopClipRect();
        frame_.widgets.add("timeline." + row.label, plot_.left, line.top, line.right(), line.bottom(),
                           std::to_string(row.bars.size()));
    }

    void draw_bar(const ChartRow& row, const ChartBar& bar, const Area& inside) {
        const float left = std::max(std::round(x_of(bar.begin)), plot_.left - 2);
        const float right = std::min(std::round(x_of(bar.end)), plot_.left + plot_.width + 2);
        const Area area = {left, inside.top, std::max(right - left, 1.0f), inside.height};
        if (bar.folded > 0) {
            draw_folded(row, bar, area);
        } else if (bar.kernel) {
            pen_.fill(area, theme_.kernel);
        } else if (row.kind == ChartRowKind::cpu) {
            draw_cpu_bar(bar, area);
        } else {
            draw_state_bar(bar, area);
        }
        if (bar.open && right - left > 3 && !bar.kernel)
            pen_.fill({right - 2, area.top, 2, area.height}, theme_.panel);
        if (hovered_ && pointer_in(area)) {
            frame_.wishes.chart_bar = {row, bar};
            frame_.wishes.chart_bar->first.bars.clear();
            pen_.outline(area, theme_.text);
        }
    }

    void draw_state_bar(const ChartBar& bar, const Area& area) {
        if (bar.state >= frame_.model.states.size()) return;
        const debugger::StateRole role = frame_.model.states[bar.state].role;
        const StateStyle& style = state_style(role);
        if (style.bar_height <= 0) return;
        const float height = std::max(2.0f, std::round(area.height * style.bar_height));
        const Area part = {area.left, area.bottom() - height, area.width, height};
        pen_.fill(part, theme_.state(role));
        pen_.hatch(part, style.hatch, with_alpha(theme_.panel, 200));
    }

    void draw_cpu_bar(const ChartBar& bar, const Area& area) {
        if (bar.process == debugger::kNoProcess) {
            pen_.fill({area.left, area.bottom() - 2, area.width, 2}, theme_.idle);
            return;
        }
        const Colour green = theme_.state(debugger::StateRole::running);
        const Colour ground = bar.process % 2 == 0 ? green : between(green, theme_.panel, 0.28f);
        pen_.fill(area, ground);
    }

    // Who had the CPU, where the bar shows: kernel time may lie over its beginning.
    void draw_cpu_names(const ChartRow& row, const Area& inside) {
        ImFont* font = frame_.fonts.small;
        for (const ChartBar& bar : row.bars) {
            if (bar.kernel || bar.folded > 0 || bar.process == debugger::kNoProcess) continue;
            uint64_t begin = bar.begin;
            uint64_t end = bar.end;
            for (const ChartBar& stay : row.bars) {
                if (!stay.kernel || stay.end <= begin || stay.begin >= end) continue;
                if (stay.begin <= begin)
                    begin = stay.end;
                else
                    end = stay.begin;
            }
            const float left = std::max(std::round(x_of(begin)), plot_.left) + 4;
            const std::string& name = process_name(bar.process);
            if (begin < end && !name.empty() && left + Pen::width(font, name) + 2 < x_of(end)) {
                pen_.text(left, Pen::middle(inside.top, inside.height, font), font, rgb(0xFFFFFF), name);
            }
        }
    }

    // Many intervals in a few pixels: how much of it was running, and of that how much in the kernel.
    void draw_folded(const ChartRow& row, const ChartBar& bar, const Area& area) {
        if (row.kind == ChartRowKind::process && bar.running_share <= 0) {
            draw_state_bar(bar, area);
        } else {
            const float running = std::round(area.height * std::clamp(bar.running_share, 0.0f, 1.0f));
            const float kernel = std::round(area.height * std::clamp(bar.kernel_share, 0.0f, 1.0f));
            pen_.fill(area, with_alpha(theme_.state(debugger::StateRole::runnable), 60));
            pen_.fill({area.left, area.bottom() - running, area.width, running},
                      theme_.state(debugger::StateRole::running));
            pen_.fill({area.left, area.bottom() - running, area.width, std::min(kernel, running)},
                      theme_.kernel);
        }
        pen_.hatch(area, Hatch::diagonal, with_alpha(theme_.panel, 150));
    }

    const std::string& process_name(uint32_t process) const {
        static const std::string kNone;
        for (const ChartRow& row : frame_.model.chart.rows) {
            if (row.kind == ChartRowKind::process && row.index == process) return row.label;
        }
        return kNone;
    }

    void draw_links(const debugger::Chart& chart) {
        const auto row_of = [&](uint32_t process) -> int {
            for (size_t i = 0; i < chart.rows.size(); i++) {
                if (chart.rows[i].kind == ChartRowKind::process && chart.rows[i].index == process)
                    return static_cast<int>(i);
            }
            return -1;
        };
        for (const debugger::ChartLink& link : chart.links) {
            const int to = row_of(link.to);
            const int from = row_of(link.from);
            if (to < 0 || from < 0 || to == from) continue;
            const float x = std::round(x_of(link.cycle));
            if (x < plot_.left) continue;
            const float y1 = row_area(static_cast<size_t>(from)).top + row_height_ / 2;
            const float y2 = row_area(static_cast<size_t>(to)).top + row_height_ / 2;
            const float tip = y2 > y1 ? 1.0f : -1.0f;
            const float size = frame_.em() * 0.3f;
            pen_.fill({x, std::min(y1, y2), 1, std::abs(y2 - y1)}, theme_.text);
            pen_.triangle({x - size, y2 - tip * size * 1.5f}, {x + 0.5f, y2},
                          {x + size + 1, y2 - tip * size * 1.5f}, theme_.text);
        }
    }

    // ---- the cursor in time ----

    void draw_cursor() {
        const Model& model = frame_.model;
        const float frontier = x_of(model.seen_frontier);
        if (!model.seen_live && x_of(model.seen_cursor) < plot_.left + plot_.width) {
            // The future that has been seen already: there, but not now.
            const float from = std::max(x_of(model.seen_cursor), plot_.left);
            const float to = std::min(frontier, plot_.left + plot_.width);
            pen_.fill({from, plot_.top, std::max(to - from, 0.0f), plot_.height},
                      with_alpha(theme_.panel, 120));
        }
        for (const debugger::Bookmark& bookmark : model.bookmarks) draw_bookmark(bookmark);
        const float x = std::round(x_of(model.seen_cursor));
        if (x < plot_.left || x > plot_.left + plot_.width) return;
        const Colour colour = model.seen_live ? theme_.accent : theme_.past;
        pen_.fill({x - 1, plot_.top, 2, plot_.height}, colour);
        const float size = frame_.em() * 0.4f;
        pen_.triangle({x - size, plot_.bottom() + size * 1.4f}, {x, plot_.bottom()},
                      {x + size, plot_.bottom() + size * 1.4f}, colour);
        frame_.widgets.add("timeline.cursor", x - 1, plot_.top, x + 1, plot_.bottom(),
                           std::to_string(model.seen_cursor));
    }

    void draw_bookmark(const debugger::Bookmark& bookmark) {
        const float x = std::round(x_of(bookmark.cycle));
        if (x < plot_.left || x > plot_.left + plot_.width) return;
        pen_.fill({x, plot_.top, 1, plot_.height}, theme_.mnemonic);
        ImFont* font = frame_.fonts.small;
        const float width = Pen::width(font, bookmark.name) + 8;
        const Area flag = {x, plot_.top, width, font->FontSize + 4};
        pen_.fill(flag, theme_.mnemonic);
        pen_.text(x + 4, Pen::middle(flag.top, flag.height, font), font, theme_.panel, bookmark.name);
        frame_.widgets.add("timeline.bookmark." + bookmark.name, flag.left, flag.top, flag.right(),
                           flag.bottom(), std::to_string(bookmark.cycle));
    }

    Frame& frame_;
    Pen pen_;
    const Theme& theme_;
    Area area_;
    float axis_height_;
    float label_width_;
    Area plot_;
    float row_height_ = 20;  // of a process
    float cpu_height_ = 20;
    size_t process_rows_ = 0;  // that are in the chart
    size_t visible_processes_ = 1;
    bool hovered_ = false;
    TimelineRange range_{0, 1};
};

}  // namespace

std::string_view promise_of(const debugger::Chart& chart, uint64_t begin) {
    if (begin < chart.complete_since) return "some gone";
    return chart.exact ? "all shown" : "some folded";
}

void draw_timeline(Frame& frame, const Area& area) {
    TimelinePanel(frame, area).draw();
    if (frame.wishes.chart_bar) {
        tooltip(frame, frame.model.chart_sentence);
        if (frame.model.chart_sentence.empty()) frame.keep_moving();
    }
}

}  // namespace peach::gui
