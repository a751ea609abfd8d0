#include "debugger/bookmarks.h"

#include <algorithm>

namespace peach::debugger {

void BookmarkList::toggle(uint64_t cycle, std::string_view name) {
    const auto place = std::ranges::lower_bound(bookmarks_, cycle, {}, &Bookmark::cycle);
    if (place != bookmarks_.end() && place->cycle == cycle) {
        bookmarks_.erase(place);
        return;
    }
    const std::string number = std::to_string(next_number_);
    if (name.empty()) ++next_number_;
    bookmarks_.insert(place, {cycle, name.empty() ? number : std::string(name)});
}

const Bookmark* BookmarkList::after(uint64_t cycle) const {
    const auto found = std::ranges::upper_bound(bookmarks_, cycle, {}, &Bookmark::cycle);
    return found == bookmarks_.end() ? nullptr : &*found;
}

const Bookmark* BookmarkList::before(uint64_t cycle) const {
    const auto found = std::ranges::lower_bound(bookmarks_, cycle, {}, &Bookmark::cycle);
    return found == bookmarks_.begin() ? nullptr : &*std::prev(found);
}

}  // namespace peach::debugger
