#pragma once
// The states of the guest's processes as a diagram: who stands where at the cursor, which ways were taken,
// and the last steps, with which a front end can let the processes walk.

#include <cstdint>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct DiagramProcess {
    uint32_t pid = 0;
    uint64_t birth_cycle = 0;
    std::string name;
    uint64_t since = 0;  // the cycle at which it entered this state
};

struct DiagramState {
    StateInfo info;
    std::vector<DiagramProcess> processes;
};

struct DiagramEdge {
    uint8_t from = 0;  // indices into states
    uint8_t to = 0;
    uint64_t count = 0;  // how often it was taken, up to the cursor
    uint64_t last_cycle = 0;
};

struct DiagramStep {
    uint64_t cycle = 0;
    uint32_t pid = 0;
    uint64_t birth_cycle = 0;
    std::string name;
    uint8_t from = 0;
    uint8_t to = 0;
    std::string reason;    // the guest's own word
    std::string sentence;  // "timer interrupt: 3 primes goes from RUNNING to RUNNABLE (time slice used up)"
};

struct StateDiagram {
    std::vector<DiagramState> states;
    std::vector<DiagramEdge> edges;
    std::vector<DiagramStep> steps;  // the last `step_count` up to the cursor, oldest first
    std::string message;             // why it is empty
};

StateDiagram state_diagram(const Session& session, size_t step_count = 16);
Table states_table(const Session& session);

}  // namespace peach::debugger
