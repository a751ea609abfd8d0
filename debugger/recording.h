#pragma once
// Machines and runs in files that need nothing else of this computer: each carries the machine, and the
// executables whose symbols explain it to a person.
// The files are sealed (emulator/base/sealed_file.h). Inside:
//
//   saved session   the machine (emulator/save_file.h), boot image, whether it is bare, programs
//   recording       the same as the machine was in the beginning; then every input with its cycle, and the
//   end

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/error.h"
#include "emulator/input_event.h"
#include "emulator/machine.h"

namespace peach::debugger {

// Executables with symbols, by the name that their processes have.
using ProgramFiles = std::map<std::string, std::vector<std::byte>>;

struct SavedSession {
    Machine machine;
    std::vector<std::byte> image = {};  // what it has booted, an ELF file
    bool bare = false;                  // that is no PeachOS
    ProgramFiles programs = {};         // those that PeachOS does not come with
};

// A whole run. Played again it is the same run, bit for bit.
struct Recording {
    SavedSession start;
    std::vector<InputEvent> events = {};
    uint64_t final_cycle = 0;
    uint64_t final_hash = 0;
};

std::vector<std::byte> encode(const SavedSession& saved);
std::vector<std::byte> encode(const Recording& recording);

// `name` only stands in messages: "FILE is not a Peach recording: ...".
std::expected<SavedSession, Error> decode_saved_session(std::span<const std::byte> bytes,
                                                        std::string_view name);
std::expected<Recording, Error> decode_recording(std::span<const std::byte> bytes, std::string_view name);

}  // namespace peach::debugger
