#pragma once
// Files of the host, read whole; toolchain::write_file writes them.

#include "emulator/base/error.h"

#include <cstddef>
#include <expected>
#include <string>
#include <vector>

namespace peach::cli {

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path);

// Whether a file can be written there, to be asked before a long run that ends with it. An empty path is
// fine.
std::expected<void, Error> check_writable(const std::string& path);

}  // namespace peach::cli
