#pragma once
// A machine full of random things, by a seed: programs that run into each other and into their own page
// tables, handlers that change mode and address space, devices that answer, words that are no instructions.

#include <cstdint>
#include <random>

#include "emulator/machine.h"

namespace peach::reference {

class RandomWorld {
  public:
    explicit RandomWorld(uint32_t seed);

    Machine machine();   // to begin with
    InputEvent input();  // something from outside
    uint32_t below(uint32_t bound) { return static_cast<uint32_t>(random_() % bound); }
    bool one_in(uint32_t n) { return below(n) == 0; }

  private:
    MachineConfig config();
    uint32_t instruction();
    uint32_t special_instruction();
    uint8_t any_register() { return static_cast<uint8_t>(below(16)); }
    uint8_t writable_register();
    int32_t immediate(uint32_t op);
    uint32_t page_flags();
    void put_tables(Machine& machine);
    void put_handler(Machine& machine);

    std::mt19937 random_;
    uint32_t wildness_ = 0;  // one word in so many is anything at all
    unsigned cpu_count_ = 1;
};

}  // namespace peach::reference
