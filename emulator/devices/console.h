#pragma once
// Console: characters in and out. Registers: device_registers.inc.
//
// What was typed waits in a queue without limit, as if the person typed at the speed the guest reads. The
// line is raised while a character waits, or the input has ended and none waits; the kernel stops the latter
// by disabling the line. A character is sent at once.
//
// Not modelled: baud rate, modem lines, a full transmitter, a screen (that is the window's business).

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
