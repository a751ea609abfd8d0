#pragma once
// The text of source files. A recorded path is tried as it stands; then its tails under each root, longest
// first, so that an image built elsewhere still finds its sources.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peach::debugger {

class SourceTree {
  public:
    explicit SourceTree(std::vector<std::filesystem::path> roots = {}) : roots_(std::move(roots)) {}

    // The lines (without line ends) of a recorded path, read once; null if no such file can be read.
    const std::vector<std::string>* lines(std::string_view recorded_path);
    // One line, from 1; empty view if there is none.
    std::string_view line(std::string_view recorded_path, uint32_t number);
    // Where the file was found.
    std::optional<std::filesystem::path> find(std::string_view recorded_path) const;

  private:
    std::vector<std::filesystem::path> roots_;
    std::map<std::string, std::optional<std::vector<std::string>>, std::less<>> files_;
};

}  // namespace peach::debugger
