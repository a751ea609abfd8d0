#include "assembler/suggest.h"

#include <algorithm>
#include <vector>

namespace peach::assembler {

size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<size_t> before_last(b.size() + 1);
    std::vector<size_t> last(b.size() + 1);
    std::vector<size_t> current(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(current);
    }
    return last[b.size()];
}

Suggestion::Suggestion(std::string_view misspelt)
    : misspelt_(misspelt),
      best_distance_(misspelt.size() <= 2   ? 2
                     : misspelt.size() <= 6 ? 3
                                            : 4) {}

void Suggestion::consider(std::string_view candidate) {
    const size_t longer = std::max(candidate.size(), misspelt_.size());
    const size_t shorter = std::min(candidate.size(), misspelt_.size());
    if (longer - shorter >= best_distance_ || candidate == misspelt_) return;
    const size_t distance = edit_distance(misspelt_, candidate);
    // At least half of the word must have been right.
    if (distance >= best_distance_ || distance * 2 > longer) return;
    best_ = candidate;
    best_distance_ = distance;
}

std::string Suggestion::text() const {
    if (best_.empty()) return "";
    std::string text = "; did you mean `";
    text += best_;
    text += "`?";
    return text;
}

}  // namespace peach::assembler
