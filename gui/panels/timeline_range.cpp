#include "gui/panels/timeline_range.h"

#include <algorithm>
#include <cmath>

namespace peach::gui {

namespace {

constexpr double kShortest = 20;  // cycles

}  // namespace

uint64_t TimelineRange::begin() const {
    return static_cast<uint64_t>(std::max(begin_, 0.0));
}
uint64_t TimelineRange::end() const {
    return static_cast<uint64_t>(std::max(end_, 1.0));
}

float TimelineRange::x_of(uint64_t cycle, float left, float width) const {
    const double share = (static_cast<double>(cycle) - begin_) / (end_ - begin_);
    return left + static_cast<float>(share * static_cast<double>(width));
}

uint64_t TimelineRange::cycle_at(float share) const {
    return static_cast<uint64_t>(std::max(begin_ + (end_ - begin_) * static_cast<double>(share), 0.0));
}

void TimelineRange::pan(float share) {
    const double shift = std::max((end_ - begin_) * static_cast<double>(share), -begin_);
    begin_ += shift;
    end_ += shift;
}

void TimelineRange::zoom(float anchor, double factor) {
    const double length = std::max((end_ - begin_) * factor, kShortest);
    const double held = begin_ + (end_ - begin_) * static_cast<double>(anchor);
    begin_ = held - length * static_cast<double>(anchor);
    end_ = begin_ + length;
}

void TimelineRange::end_at(uint64_t cycle) {
    const double length = end_ - begin_;
    end_ = static_cast<double>(cycle);
    begin_ = end_ - length;
}

void TimelineRange::centre(uint64_t cycle) {
    const double length = end_ - begin_;
    begin_ = static_cast<double>(cycle) - length / 2;
    end_ = begin_ + length;
}

void TimelineRange::keep_inside(uint64_t first, uint64_t newest) {
    const auto least = static_cast<double>(first);
    const auto most = static_cast<double>(newest);
    double length =
        std::min(end_ - begin_, std::max((most - least) * 2, static_cast<double>(kDefaultChartCycles)));
    length = std::max(length, kShortest);
    begin_ = std::max(std::min(begin_, most - length * 0.1), least);
    end_ = begin_ + length;
}

uint64_t TimelineRange::tick_step(double width_pixels, double least_pixels) const {
    const double wanted = (end_ - begin_) * least_pixels / std::max(width_pixels, 1.0);
    double step = std::pow(10.0, std::floor(std::log10(std::max(wanted, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (step * factor >= wanted) {
            step *= factor;
            break;
        }
    }
    return static_cast<uint64_t>(std::max(step, 1.0));
}

void follow_time(TimelineView& view, const TimelineMoment& moment) {
    TimelineRange range(view.begin, view.end);
    if (view.end == 0) range = TimelineRange(moment.first, moment.first + kDefaultChartCycles);
    const uint64_t margin = range.length() / 25;
    if (view.fit) {
        const uint64_t all = moment.frontier - moment.first;
        range = TimelineRange(moment.first, moment.frontier + std::max<uint64_t>(all / 50, 100));
        view.fit = view.follow = false;
    } else if (view.cursor != moment.cursor) {
        const bool visible = range.contains(moment.cursor);
        if (moment.live && (view.follow || !visible)) {
            view.follow = true;
            range.end_at(moment.frontier + margin);
        } else if (!visible) {
            range.centre(moment.cursor);
        }
    }
    range.keep_inside(moment.first, moment.frontier);
    view.cursor = moment.cursor;
    view.begin = range.begin();
    view.end = range.end();
}

}  // namespace peach::gui
