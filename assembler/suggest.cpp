#include "assembler/suggest.h"

#include <algorithm>
#include <vector>

namespace peach::assembler {

namespace {

std::string in_small_letters(std::string_view word) {
    std::string small(word);
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return small;
}

}  // namespace

size_t edit_distance(std::string_view a, std::string_view b) {
    constexpr size_t kSlip = 2;     // a letter left out, doubled or swapped with its neighbour
    constexpr size_t kReplace = 3;  // a wrong letter is the less likely mistake
    std::vector<size_t> before_last(b.size() + 1);
    std::vector<size_t> last(b.size() + 1);
    std::vector<size_t> current(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) last[j] = j * kSlip;
    for (size_t i = 1; i <= a.size(); ++i) {
        current[0] = i * kSlip;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : kReplace);
            current[j] = std::min({replaced, last[j] + kSlip, current[j - 1] + kSlip});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) current[j] = std::min(current[j], before_last[j - 2] + kSlip);
        }
        before_last.swap(last);
        last.swap(current);
    }
    return last[b.size()];
}

// One slip in a short word, two in a longer one, three in a long one.
Suggestion::Suggestion(std::string_view misspelt)
    : misspelt_(misspelt),
      small_(in_small_letters(misspelt)),
      best_distance_(misspelt.size() <= 4   ? 4
                     : misspelt.size() <= 6 ? 5
                                            : 7) {}

void Suggestion::consider(std::string_view candidate) {
    const size_t longer = std::max(candidate.size(), misspelt_.size());
    const size_t shorter = std::min(candidate.size(), misspelt_.size());
    if ((longer - shorter) * 2 >= best_distance_ || candidate == misspelt_) return;
    const size_t distance = edit_distance(small_, in_small_letters(candidate));
    // At least half of the word must have been right.
    if (distance >= best_distance_ || distance * 2 > longer * 3) return;
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
