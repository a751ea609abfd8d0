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
    for (const Watch& watch : watches_) {
        ranges.push_back({.first = watch.address, .last = watch.address + (watch.size - 1)});
    }
    return ranges;
}

Watch* WatchList::changed_by(const WatchHit& access, uint32_t space) {
    const auto is_changed = [&](const Watch& watch) {
        if (watch.space && *watch.space != space) return false;
        for (uint32_t byte = 0; byte < access.size; ++byte) {
            const bool inside = access.address + byte - watch.address < watch.size;
            if (inside && ((access.before ^ access.after) >> (8 * byte) & 0xFF) != 0) return true;
        }
        return false;
    };
    const auto found = std::ranges::find_if(watches_, is_changed);
    return found == watches_.end() ? nullptr : &*found;
}

}  // namespace peach::debugger
