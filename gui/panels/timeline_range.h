#pragma once
// The stretch of time that the timeline shows, and how zoom and pan change it.

#include <cstddef>
#include <cstdint>

namespace peach::gui {

inline constexpr uint64_t kDefaultChartCycles = 250'000;

class TimelineRange {
  public:
    TimelineRange(uint64_t begin, uint64_t end)
        : begin_(static_cast<double>(begin)), end_(static_cast<double>(end > begin ? end : begin + 1)) {}

    uint64_t begin() const;
    uint64_t end() const;
    uint64_t length() const { return end() - begin(); }
    bool contains(uint64_t cycle) const { return cycle >= begin() && cycle < end(); }

    float x_of(uint64_t cycle, float left, float width) const;
    uint64_t cycle_at(float share) const;  // 0 the left edge, 1 the right

    void pan(float share);                   // by that share of the length
    void zoom(float anchor, double factor);  // the moment at `anchor` stays where it is
    void end_at(uint64_t cycle);
    void centre(uint64_t cycle);
    // Not before the beginning, not wholly after the newest moment, no longer than all of it several times
    // over.
    void keep_inside(uint64_t first, uint64_t newest);
    // A round number of cycles (1, 2 or 5 times a power of ten) such that marks stand at least so far apart.
    uint64_t tick_step(double width_pixels, double least_pixels) const;

  private:
    double begin_;
    double end_;
};

// What the timeline shows. While it follows, its right edge keeps to the newest moment.
struct TimelineView {
    uint64_t begin = 0;
    uint64_t end = 0;  // 0: nothing chosen yet
    bool follow = true;
    bool fit = false;                // show all of history, once
    bool dragged = false;            // so that letting go is no click
    float pointer = 0.5f;            // where the pointer last was, 0 the left edge, 1 the right
    size_t first_process = 0;        // scrolled to
    uint64_t cursor = ~uint64_t{0};  // where the cursor was last seen
};

struct TimelineMoment {
    uint64_t first = 0;
    uint64_t cursor = 0;
    uint64_t frontier = 0;
    bool live = true;
};

// Keeps the newest moment in view while it follows, and brings the cursor back into view when it was moved
// out of it.
void follow_time(TimelineView& view, const TimelineMoment& moment);

}  // namespace peach::gui
