#pragma once
// Memory that a person watches: a variable, or a word by its address. A motion stops after the instruction
// that has changed it.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine.h"

namespace peach::debugger {

struct Watch {
    int id = 0;
    std::string expression;  // as it was typed
    uint32_t address = 0;    // virtual
    uint32_t size = 0;
    // The page table under which the address means this memory; nothing: in all of them, as the kernel's own.
    std::optional<uint32_t> space = {};
    // Not empty: it means this memory in every process that runs this program.
    std::string program = {};
    uint64_t hits = 0;  // how often it has stopped a motion
};

class WatchList {
  public:
    int add(Watch watch);  // its id is chosen here
    void remove(int id);

    std::span<const Watch> all() const { return watches_; }
    std::vector<WatchRange> ranges() const;
    // The watch of which this access, under that page table, has changed something; nullptr: none.
    // `runs` tells whether the CPU runs a program.
    Watch* changed_by(const WatchHit& access, uint32_t space,
                      const std::function<bool(std::string_view program)>& runs);

  private:
    std::vector<Watch> watches_;
    int next_id_ = 1;
};

}  // namespace peach::debugger
