#pragma once
// What a scheduler is judged by, from the event log up to the cursor: response, turnaround and waiting of
// each process, and over all the use of the CPUs and how fairly they were shared. Times are in the machine's
// clock: under the book clock, instructions of programs.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct ProcessMetrics {
    uint32_t pid = 0;
    std::string name;
    uint64_t arrival = 0;                // when it could first run
    std::optional<uint64_t> response;    // from there to its first run
    std::optional<uint64_t> turnaround;  // and to its end
    uint64_t running = 0;
    uint64_t waiting = 0;   // it could have run, but others did
    uint64_t sleeping = 0;  // it waited for something else than a CPU
    uint64_t switches = 0;  // how often it was given a CPU
};

struct Metrics {
    std::vector<ProcessMetrics> processes;  // that have arrived, in the order of their birth
    double utilisation = 0;                 // share of all CPUs' time that processes had, 0 to 1
    double fairness = 1;                    // Jain's index of the shares that they got: 1 is equal
};

Metrics metrics(const Session& session);
Table metrics_table(const Session& session);

}  // namespace peach::debugger
