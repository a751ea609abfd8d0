#include "cli/host_files.h"

#include <fmt/format.h>
#include <unistd.h>
#include <filesystem>
#include <span>

#include "assembler/toolchain_files.h"

namespace peach::cli {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> error(std::string message) {
    return std::unexpected(Error{std::move(message)});
}

}  // namespace

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path) {
    auto text = toolchain::read_file(path);
    if (!text) return std::unexpected(text.error());
    const auto bytes = std::as_bytes(std::span(*text));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
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
