#pragma once
// Where in time a person has been: undo and redo of moving.
//
//     left:   100   5,000   900   | 2,000   8,000
//                               here         what walking forth leads to

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace peach::debugger {

class Trail {
  public:
    // The cursor is about to be moved away from here by something else than a walk.
    void leave(uint64_t cycle) {
        left_.resize(here_);
        if (left_.empty() || left_.back() != cycle) left_.push_back(cycle);
        if (left_.size() > kLongest) left_.erase(left_.begin());
        here_ = left_.size();
    }
    bool leads_back() const { return here_ > 0; }
    bool leads_forth() const { return here_ < left_.size(); }
    // Where one step along the trail leads from `cycle`.
    std::optional<uint64_t> walk(uint64_t cycle, bool forwards) {
        if (forwards ? !leads_forth() : !leads_back()) return std::nullopt;
        uint64_t& place = left_[forwards ? here_ : here_ - 1];
        here_ = forwards ? here_ + 1 : here_ - 1;
        const uint64_t there = place;
        place = cycle;  // where the opposite step leads
        return there;
    }

  private:
    static constexpr size_t kLongest = 1000;
    std::vector<uint64_t> left_;
    size_t here_ = 0;
};

}  // namespace peach::debugger
