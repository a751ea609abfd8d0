#pragma once
// Files of the host, read and written whole.

#include "emulator/base/error.h"

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <vector>

namespace peach::cli {

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path);

// Whether a file can be written there, to be asked before a long run that ends with it. An empty path is
// fine.
std::expected<void, Error> check_writable(const std::string& path);
// All of it or nothing: what the file held before is there until its successor is complete.
std::expected<void, Error> write_host_file(const std::string& path, std::span<const std::byte> bytes);

}  // namespace peach::cli
