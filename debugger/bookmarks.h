#pragma once
// Moments that a person wants to come back to.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peach::debugger {

struct Bookmark {
    uint64_t cycle = 0;
    std::string name;
};

class BookmarkList {
  public:
    // At that moment there is one afterwards, or no longer.
    void toggle(uint64_t cycle, std::string_view name);

    std::span<const Bookmark> all() const { return bookmarks_; }
    const Bookmark* after(uint64_t cycle) const;  // nullptr: none
    const Bookmark* before(uint64_t cycle) const;

  private:
    std::vector<Bookmark> bookmarks_;  // ascending
    int next_number_ = 1;
};

}  // namespace peach::debugger
