#pragma once
// What the panels of one frame show: copies of view-models, read during one short visit to the session, so
// that drawing needs no lock. A part that no visible panel wants, or that cannot have changed, is not read
// again.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/commands.h"
#include "debugger/runner.h"
#include "debugger/session.h"
#include "debugger/views/address_map.h"
#include "debugger/views/code.h"
#include "debugger/views/memory.h"
#include "debugger/views/page_map.h"
#include "debugger/views/places.h"
#include "debugger/views/policies.h"
#include "debugger/views/processes.h"
#include "debugger/views/registers.h"
#include "debugger/views/state_diagram.h"
#include "debugger/views/terminal.h"
#include "debugger/views/timeline_chart.h"

namespace peach::gui {

// What the panels want to see; they write it while they draw, the next frame's model answers.
struct Wishes {
    bool code = true;
    std::optional<uint32_t> code_address;  // nothing: the pc
    bool registers = true;
    bool processes = true;
    bool diagram = true;
    bool terminal = true;
    bool chart = true;
    debugger::ChartQuery chart_query;
    // The bar under the pointer, to be described.
    std::optional<std::pair<debugger::ChartRow, debugger::ChartBar>> chart_bar;
    bool events = false;
    size_t events_limit = 400;
    bool memory = false;
    std::optional<uint32_t> memory_address;  // nothing: around sp
    size_t memory_rows = 32;
    bool walk = false;
    bool page_map = false;
    bool address_map = false;
    std::vector<std::string> views;     // of the catalogue or the lens, by name
    std::optional<std::string> places;  // what "go to" is to find
};

struct EventLine {
    uint64_t cycle = 0;
    debugger::StateRole to = debugger::StateRole::other;
    std::string who;
    std::string why;    // "time slice used up"
    std::string cause;  // "timer interrupt", "woken by 4 cat"; empty: none is known
    std::string sentence;
};

struct TerminalMark {
    size_t bytes = ~size_t{0};
    size_t branches = 0;
    bool operator==(const TerminalMark&) const = default;
};

struct Model {
    // Where time stands.
    uint64_t cursor = 0;
    uint64_t first = 0;
    uint64_t frontier = 0;
    bool live = true;
    bool powered_off = false;
    debugger::Motion motion = debugger::Motion::none;
    debugger::Stop stop;
    debugger::RunnerStatus status;
    debugger::Pace pace;
    unsigned cpu = 0;
    unsigned cpu_count = 1;
    size_t branches = 0;
    Clock clock = Clock::real;

    // The moment that the panels show: the cursor, except while the guest runs too fast for that to be seen.
    uint64_t seen_cursor = 0;
    uint64_t seen_frontier = 0;
    bool seen_live = true;

    debugger::CodeView code;
    std::vector<debugger::RegisterRow> registers;
    debugger::ProcessView processes;
    std::vector<debugger::StateInfo> states;
    debugger::StateDiagram diagram;
    debugger::Chart chart;
    std::string chart_sentence;
    debugger::TerminalView terminal;
    TerminalMark terminal_mark;
    std::vector<EventLine> events;  // newest last
    size_t events_end = 0;          // of the log: how many transitions lie up to the cursor
    std::vector<debugger::MemoryRow> memory;
    std::vector<std::string> walk;
    debugger::PageMap page_map;
    debugger::AddressMap address_map;
    std::map<std::string, debugger::Table, std::less<>> views;
    std::vector<debugger::Place> places;
    std::vector<debugger::Bookmark> bookmarks;
    std::vector<debugger::Breakpoint> breakpoints;
    std::vector<debugger::Policy> policies;
    uint32_t policy = 0;
    std::string happened;
    std::string where;
    std::vector<bool> enabled;  // by CommandId
    std::string lens_message;

    bool running() const { return motion != debugger::Motion::none; }
    // Every CPU waits, and input will set the guest going again by itself.
    bool waits_for_input() const {
        return !running() && live && stop.cause == debugger::StopCause::idle && stop.cycle == cursor;
    }
    bool command_enabled(debugger::CommandId id) const {
        const auto index = static_cast<size_t>(id);
        return index < enabled.size() && enabled[index];
    }
};

class ModelReader {
  public:
    // Brings `model` up to date. `touched`: something was done to the session since the last call. Not
    // `fresh`: only the moment and the terminal are read; the panels keep showing the moment that they
    // showed.
    void read(const debugger::Session& session, const Wishes& wishes, bool touched, bool fresh, Model& model);

  private:
    void read_panels(const debugger::Session& session, const Wishes& wishes, bool moved, Model& model) const;

    // What a part was read for; equal marks mean equal contents.
    struct Mark {
        uint64_t cursor = ~uint64_t{0};
        uint64_t frontier = 0;
        uint64_t changes = 0;
        bool operator==(const Mark&) const = default;
    };
    uint64_t changes_ = 0;
    Mark last_;
    Wishes last_wishes_;
};

}  // namespace peach::gui
