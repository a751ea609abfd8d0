#include "debugger/source_tree.h"

#include <fstream>

namespace peach::debugger {
namespace {

namespace fs = std::filesystem;

std::optional<std::vector<std::string>> read_lines(const fs::path& path) {
    std::ifstream file(path);
    if (!file) return std::nullopt;
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace

std::optional<fs::path> SourceTree::find(std::string_view recorded_path) const {
    std::error_code ignored;
    fs::path recorded(recorded_path);
    if (recorded.is_absolute() && fs::is_regular_file(recorded, ignored)) return recorded;
    for (const fs::path& root : roots_) {
        fs::path tail = recorded.relative_path();
        while (!tail.empty()) {
            if (fs::is_regular_file(root / tail, ignored)) return root / tail;
            tail = tail.lexically_relative(*tail.begin());
            if (tail == ".") break;
        }
    }
    return std::nullopt;
}

const std::vector<std::string>* SourceTree::lines(std::string_view recorded_path) {
    auto known = files_.find(recorded_path);
    if (known == files_.end()) {
        const auto path = find(recorded_path);
        known = files_.emplace(recorded_path, path ? read_lines(*path) : std::nullopt).first;
    }
    const std::optional<std::vector<std::string>>& found = known->second;
    return found ? &*found : nullptr;
}

std::string_view SourceTree::line(std::string_view recorded_path, uint32_t number) {
    const std::vector<std::string>* all = lines(recorded_path);
    if (all == nullptr || number == 0 || number > all->size()) return {};
    return (*all)[number - 1];
}

}  // namespace peach::debugger
