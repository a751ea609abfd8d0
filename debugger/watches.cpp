#include "debugger/watches.h"

#include <algorithm>
#include <utility>

namespace peach::debugger {

int WatchList::add(Watch watch) {
    watch.id = next_id_;
    watches_.push_back(std::move(watch));
    return next_id_++;
}

void WatchList::remove(int id) {
    std::erase_if(watches_, [id](const Watch& watch) { return watch.id == id; });
}

std::vector<WatchRange> WatchList::ranges() const {
    std::vector<WatchRange> ranges;
    ranges.reserve(watches_.size());
    for (const Watch& watch : watches_) {
        ranges.push_back({.first = watch.address, .last = watch.address + (watch.size - 1)});
    }
    return ranges;
}

Watch* WatchList::changed_by(const WatchHit& access, uint32_t space,
                             const std::function<bool(std::string_view)>& runs) {
    const auto is_changed = [&](const Watch& watch) {
        for (uint32_t byte = 0; byte < access.size; ++byte) {
            const bool inside = access.address + byte - watch.address < watch.size;
            if (inside && ((access.before ^ access.after) >> (8 * byte) & 0xFF) != 0) return true;
        }
        return false;
    };
    const auto is_meant = [&](const Watch& watch) {
        if (!watch.program.empty()) return runs(watch.program);
        return !watch.space || *watch.space == space;
    };
    const auto found =
        std::ranges::find_if(watches_, [&](const Watch& w) { return is_changed(w) && is_meant(w); });
    return found == watches_.end() ? nullptr : &*found;
}

}  // namespace peach::debugger
