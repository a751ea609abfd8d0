#pragma once
// Where execution is to stop, and on which conditions; the session's list.

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/expression.h"
#include "emulator/base/error.h"

namespace peach::debugger {

struct Breakpoint {
    int id = 0;
    std::string place;                // as it was typed: "swtch", "proc.c:120", "0x80001000", "primes!main"
    std::vector<uint32_t> addresses;  // where it stands; a source line may be in several places
    std::string program;              // the user program it belongs to; empty: whatever stands at the address
    std::string condition;            // a C expression; empty: always
    bool enabled = true;
    uint64_t hits = 0;  // how often it has stopped a motion

    std::string text() const;  // "swtch", or "swtch if p->pid == 2"
};

// What a place such as "primes!main" or "proc.c:120" stands for.
struct ResolvedPlace {
    std::vector<uint32_t> addresses;
    std::string program;  // empty: the kernel, or a plain address
    std::shared_ptr<const DebugInfo> info;
};

class BreakpointList {
  public:
    // The condition is compiled for each address, as names may mean different things there.
    std::expected<int, Error> add(std::string_view place, const ResolvedPlace& where,
                                  std::string_view condition);
    void remove(int id);
    void enable(int id, bool enabled);

    std::span<const Breakpoint> all() const { return breakpoints_; }
    const Breakpoint* at(uint32_t address) const;
    Breakpoint* find(int id);

    // Of all that are enabled: ascending, each once.
    std::span<const uint32_t> addresses() const { return addresses_; }

    // Who runs on the CPU, for breakpoints that ask; evaluated only if one does.
    struct Moment {
        const Machine& machine;
        unsigned cpu;
        std::string program;  // of the current process
    };
    // The breakpoint that stops here; nullptr: none does. A condition that cannot be evaluated stops, so that
    // it is not overlooked.
    const Breakpoint* hit(const Moment& moment) const;
    bool asks_for_program() const;

  private:
    void refresh();
    bool condition_holds(const Breakpoint& breakpoint, const Moment& moment) const;

    std::vector<Breakpoint> breakpoints_;
    std::map<std::pair<int, uint32_t>, Expression> conditions_;  // by breakpoint and address
    std::vector<uint32_t> addresses_;
    int next_id_ = 1;
};

}  // namespace peach::debugger
