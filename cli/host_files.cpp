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

std::unexpected<Error> not_written(const std::string& path) {
    return error(
        fmt::format("{} cannot be written: check the folder, its permissions and its free space", path));
}

bool write_to(const fs::path& path, std::span<const std::byte> bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return file.good();
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
    if (access(where.c_str(), W_OK) != 0) return not_written(path);
    return {};
}

std::expected<void, Error> write_host_file(const std::string& path, std::span<const std::byte> bytes) {
    std::error_code failed;
    if (fs::exists(path) && !fs::is_regular_file(path)) {  // a pipe or a device: written as it is
        if (!write_to(path, bytes)) return not_written(path);
        return {};
    }
    const fs::path target = fs::weakly_canonical(path, failed);
    const fs::path unfinished = target.string() + ".unfinished";
    if (!failed && write_to(unfinished, bytes)) {
        fs::rename(unfinished, target, failed);
        if (!failed) return {};
    }
    fs::remove(unfinished, failed);
    return not_written(path);
}

}  // namespace peach::cli
