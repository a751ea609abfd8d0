#pragma once
// A guest that stops to be looked at: its program reads a byte of the console whenever the host shall look
// into the kernel, which is at rest then; an answer lets it go on.

#include <optional>
#include <string>

#include "emulator/engine.h"
#include "tests/guest/guest_machine.h"

namespace peach::tests {

class Dialogue {
  public:
    explicit Dialogue(Machine machine) : engine_(std::move(machine)) {}

    // Runs until the guest waits, and returns what it has said since; nothing if it has switched itself off,
    // or has not come to rest within so many cycles.
    std::optional<std::string> listen(uint64_t most_cycles);
    void answer();
    void move_switch(uint8_t index, uint32_t value);  // of the front panel
    // What the machine said after the last rest.
    const std::string& rest() const { return rest_; }
    const Machine& machine() const { return engine_.machine(); }

  private:
    Engine engine_;
    std::string rest_;
};

}  // namespace peach::tests
