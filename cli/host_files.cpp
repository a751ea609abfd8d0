#include "cli/host_files.h"

#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace peach::cli {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> error(std::string message) {
    return std::unexpected(Error{std::move(message)});
}

}  // namespace

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path) {
    if (fs::is_directory(path)) return error(fmt::format("{} is a directory: give a file", path));
    std::ifstream file(path, std::ios::binary);
    if (!file) return error(fmt::format("{} cannot be read: check the name and its permissions", path));
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::vector<std::byte> bytes(text.size());
    std::ranges::transform(text, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
    return bytes;
}

std::expected<void, Error> check_writable(const std::string& path) {
    if (path.empty()) return {};
    if (fs::is_directory(path)) return error(fmt::format("{} is a directory: give a file", path));
    const fs::path folder = fs::path(path).parent_path();
    const std::string where = fs::exists(path) ? path : folder.empty() ? "." : folder.string();
    if (access(where.c_str(), W_OK) != 0) {
        return error(
            fmt::format("{} cannot be written: check the folder, its permissions and its free space", path));
    }
    return {};
}

}  // namespace peach::cli
