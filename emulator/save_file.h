#pragma once
// A machine as a file and back. What is saved is what is hashed: the field lists.

#include <cstddef>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/machine.h"

namespace peach {

std::vector<std::byte> save_machine(const Machine& machine);

// A machine that equals the saved one. A foreign, damaged or impossible file is refused; `name` stands in the
// message.
std::expected<Machine, Error> load_machine(std::span<const std::byte> file, std::string_view name);

}  // namespace peach
