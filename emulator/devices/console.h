#pragma once
// Console: characters in and out. Datasheet: datasheets.inc.
//
// What was sent is no part of the machine's state: the engine hands it to whoever runs it.

#include <cstdint>
#include <string>

#include "emulator/base/byte_stream.h"
#include "emulator/base/hasher.h"

namespace peach {

struct Console {
    std::string typed;  // from `taken` on: what waits
    uint64_t taken = 0;
    bool ended = false;

    bool has_character() const { return taken < typed.size(); }
    uint32_t status() const;
    bool line() const { return status() != 0; }
    uint8_t take();  // 0 if none waits
    void type(const std::string& bytes);

    bool operator==(const Console& other) const;  // by what waits
    void hash_into(Hasher& hasher) const;
    void save_into(ByteWriter& out) const;
    void load_from(ByteReader& in);
};

}  // namespace peach
