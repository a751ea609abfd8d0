#pragma once
// The timeline chart: a row for each process, then a row for each CPU; bars of time in each state, time in
// the kernel as bars of its own. Only what the pixels can show is computed: bars narrower than three pixels
// fold into bins that count them.

#include <cstdint>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

inline constexpr double kNarrowestBarPixels = 3.0;

struct ChartBar {
    uint64_t begin = 0;
    uint64_t end = 0;               // exclusive; an open bar ends at the query's `now`
    bool open = false;              // it has not ended
    bool kernel = false;            // time in the kernel (drawn over the state's bar)
    uint8_t state = 0;              // index into EventLog::states(); CPU rows: unused
    uint32_t process = kNoProcess;  // CPU rows: who runs
    uint32_t folded = 0;     // 0: one interval; N: N intervals, and `state` is the one with the largest share
    float kernel_share = 0;  // of a folded bin: 0 to 1
    float running_share = 0;
    uint32_t index = 0;  // of the interval in its list (unfolded bars), for describe()
};

enum class ChartRowKind : uint8_t { process, cpu };

struct ChartRow {
    ChartRowKind kind = ChartRowKind::process;
    uint32_t index = 0;          // into EventLog::processes(), or the CPU
    std::string label;           // "3 primes", "CPU 0"
    std::vector<ChartBar> bars;  // states first, kernel bars after them; each group ascending
};

// From the moment one process woke another to the other's row.
struct ChartLink {
    uint64_t cycle = 0;
    uint32_t from = kNoProcess;  // kNoProcess: an interrupt
    uint32_t to = kNoProcess;
};

struct ChartQuery {
    uint64_t begin = 0;
    uint64_t end = 0;
    double pixels = 1000;
    uint64_t now = 0;      // history after this moment is shown too, but open bars end at the frontier
    size_t first_row = 0;  // processes in view; the CPUs always are
    size_t row_count = 64;
    size_t link_limit = 200;  // no links at all if there would be more
};

struct Chart {
    std::vector<ChartRow> rows;
    std::vector<ChartLink> links;
    size_t process_count = 0;     // that overlap [begin, end), in view or not
    bool exact = true;            // nothing is folded in this picture
    uint64_t complete_since = 0;  // older details are gone
};

Chart timeline_chart(const Session& session, const ChartQuery& query);
// A sentence for the bar under the pointer: state, length, cause, who woke it.
std::string describe_bar(const Session& session, const ChartRow& row, const ChartBar& bar);
Table timeline_table(const Session& session);

}  // namespace peach::debugger
