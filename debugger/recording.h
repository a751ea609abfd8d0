#pragma once
// A whole run in a file: what the machine was, every input with its cycle, and where it ended. Played again
// it is the same run, bit for bit; nothing else of this computer is needed.
// The file is sealed (emulator/base/sealed_file.h); inside: configuration, image, disk, inputs, end.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/input_event.h"
#include "emulator/machine.h"

namespace peach::debugger {

struct Recording {
    MachineConfig machine;
    std::vector<std::byte> image;  // the boot image, an ELF file
    std::vector<std::byte> disk;
    bool bare = false;
    std::vector<InputEvent> events;
    uint64_t final_cycle = 0;
    uint64_t final_hash = 0;
};

std::vector<std::byte> encode(const Recording& recording);
// `name` only stands in messages: "FILE is not a Peach recording: ...".
std::expected<Recording, Error> decode(std::span<const std::byte> bytes, std::string_view name);

}  // namespace peach::debugger
