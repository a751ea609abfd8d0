#pragma once
// The outside of Peach's files: what they are, of which version, whether they are whole.
//
//   file   magic (8 bytes)   version (4)   XXH3 (64 bits) of the rest (8)   zstd( payload )

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/base/error.h"

namespace peach {

struct FileKind {
    std::string_view magic;  // eight characters
    uint32_t version;
    std::string_view noun;      // "recording"
    std::string_view how_made;  // "make one with `peach run --record FILE`"
};

std::vector<std::byte> seal(const FileKind& kind, std::span<const std::byte> payload);
// The payload. `name` only stands in messages: "FILE is not a Peach recording: ...".
std::expected<std::vector<std::byte>, Error> unseal(const FileKind& kind, std::span<const std::byte> file,
                                                    std::string_view name);
// For a payload that is whole and still impossible.
Error nonsense(const FileKind& kind, std::string_view name);

}  // namespace peach
