#pragma once
// A machine being watched: its history, the symbols of what runs on it, and the person's intentions
// (breakpoints, a motion under way). Everything that can be seen is seen through `const Session&`; everything
// that can be done is a member function here or a row of commands.h.
//
// Motions ("step over", "run backwards to a breakpoint") may take long, so they come in two halves: start()
// says what is wanted, and advance() does a portion of it; finish() does all of it. A Runner (runner.h) calls
// advance() from a thread of its own.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/bookmarks.h"
#include "debugger/breakpoints.h"
#include "debugger/debug_info.h"
#include "debugger/event_log.h"
#include "debugger/lens.h"
#include "debugger/recording.h"
#include "debugger/timeline.h"
#include "debugger/trail.h"
#include "debugger/value.h"
#include "debugger/watches.h"
#include "emulator/base/error.h"

namespace peach::debugger {

class LensProbe;
class MotionEngine;
class ProgramShelf;
class SourceTree;

struct SessionOptions {
    std::filesystem::path kernel_path;  // an ELF image; or give its bytes
    std::vector<std::byte> kernel_bytes;
    std::vector<std::byte> disk;  // empty: no disk
    MachineConfig machine;
    std::vector<SwitchMove> switches;       // moved before the first cycle
    std::filesystem::path share_directory;  // with bin/ and lenses/; empty: no programs' symbols, no lens
    ProgramFiles programs;                  // whose symbols are wanted beside those in bin/
    bool bare = false;                      // the image is no PeachOS: no lens
    TimelineOptions timeline;
    // Begins with this machine, or replays that run: then image, disk, machine and programs are theirs.
    std::optional<SavedSession> start;
    std::optional<Recording> replay;
};

// What a person asked for last.
enum class Motion : uint8_t {
    none,
    run,
    run_to_cycle,
    run_to_place,
    step_instruction,
    step_line,
    step_over,
    step_out,
    next_switch,
    back_instruction,
    back_line,
    back_over,
    back_out,
    run_backwards,
    previous_switch,
};

enum class StopCause : uint8_t {
    start,  // nothing has happened yet
    done,   // the motion reached its goal
    breakpoint,
    watch,
    paused,
    idle,  // every CPU waits, and nothing but input can wake one
    powered_off,
    stuck,        // no CPU can execute anything any more, not even its trap handler
    history_end,  // going back: the beginning; nothing was found
    limit,        // finish()'s cycles are used up
};

struct Stop {
    StopCause cause = StopCause::start;
    uint64_t cycle = 0;
    unsigned cpu = 0;
    int breakpoint = 0;    // id, for StopCause::breakpoint
    std::string sentence;  // "stopped at breakpoint 2, swtch"
};

struct Progress {
    bool finished = true;  // nothing is under way (any more)
    uint64_t cycles = 0;   // by how much the cursor moved forward in this portion
};

// A process as a CPU's lens sees it.
struct CurrentProcess {
    uint32_t pid = 0;
    std::string name;
};

// A source line of the kernel or of a program.
struct SourcePlace {
    std::string file;
    uint32_t line = 0;
    bool operator==(const SourcePlace&) const = default;
};

class Session {
  public:
    static std::expected<std::unique_ptr<Session>, Error> create(SessionOptions options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // ---- looking ----
    const Timeline& timeline() const { return timeline_; }
    const Machine& machine() const { return timeline_.machine(); }
    const EventLog& events() const { return events_; }
    const SessionOptions& options() const { return options_; }
    unsigned focus_cpu() const { return focus_cpu_; }
    Motion motion() const { return motion_; }
    const Stop& last_stop() const { return stop_; }
    // Something to read in place of why the last motion ended.
    void say(std::string sentence) { stop_.sentence = std::move(sentence); }
    // A CPU's registers when the last motion began: what "changed" is measured against.
    const Cpu& cpu_before(unsigned cpu) const { return before_[cpu]; }
    uint64_t cycle_before() const { return cycle_before_; }

    const std::shared_ptr<const DebugInfo>& kernel() const {
        return kernel_;
    }  // of the boot image; never null
    const Lens* lens() const { return lens_.get(); }  // nullptr: none fits this image
    // Why there is no lens, or what it could not find in this kernel; empty: all is well.
    const std::string& lens_message() const { return lens_message_; }
    // Symbols of a user program by its executable's name; nullptr if there are none.
    std::shared_ptr<const DebugInfo> program(std::string_view name) const;
    // Symbols for an address as a CPU sees it: the kernel's, or those of the program it runs.
    std::shared_ptr<const DebugInfo> debug_info_at(unsigned cpu, uint32_t address) const;
    std::optional<CurrentProcess> current_process(unsigned cpu) const;
    // The same in a machine of another moment.
    std::shared_ptr<const DebugInfo> debug_info_at(const Machine& machine, unsigned cpu,
                                                   uint32_t address) const;
    std::optional<CurrentProcess> current_process(const Machine& machine, unsigned cpu) const;
    std::optional<SourcePlace> place_of(unsigned cpu, uint32_t address) const;
    // "swtch+0x10", or hexadecimal without symbols.
    std::string symbolize(unsigned cpu, uint32_t address) const;
    // Text of a source line; empty if the file cannot be read here.
    std::string_view source_line(std::string_view file, uint32_t line) const;
    bool in_user_mode(unsigned cpu) const { return machine().cpu(cpu).user_mode(); }
    // A C expression in the scope of the pc of a CPU; what is not found there is looked for in the kernel, or
    // in the program that it works for. PROGRAM!EXPRESSION: in that program, while the CPU runs it.
    std::expected<Value, Error> evaluate(std::string_view expression, unsigned cpu) const;

    std::span<const Breakpoint> breakpoints() const { return breakpoints_.all(); }
    const Breakpoint* breakpoint_at(uint32_t address) const { return breakpoints_.at(address); }

    std::span<const Watch> watches() const { return watches_.all(); }

    // The moment before the last instruction that wrote a register (16: pc, any instruction) before the
    // cursor, searching at most `search_cycles` back.
    std::optional<uint64_t> last_register_write(unsigned cpu, unsigned reg, uint64_t search_cycles) const;

    // ---- moving in time ----
    void start(Motion motion);  // from the cursor; replaces a motion under way
    void start_run_to_cycle(uint64_t cycle);
    void start_run_to_place(ResolvedPlace place);  // any of its addresses, in its program
    Progress advance(uint64_t max_cycles);
    const Stop& finish(uint64_t max_cycles = kEndOfTime);  // advance() until finished
    void pause();
    void seek(uint64_t cycle);
    void go_live();
    // Goes to the moment before the instruction that last wrote a register, a variable, or the word at an
    // address, with the CPU that executed it in focus.
    std::expected<void, Error> seek_to_writer(std::string_view what);
    // Back to where the cursor was before it was moved, and forth again.
    void walk_trail(bool forwards);
    const Trail& trail() const { return trail_; }

    // ---- bookmarks: moments with names, ascending ----
    std::span<const Bookmark> bookmarks() const { return bookmarks_.all(); }
    // Sets one at the cursor, or takes it away. Without a name it gets a number.
    void toggle_bookmark(std::string_view name);
    const Bookmark* next_bookmark() const;      // nullptr: there is none behind the cursor
    const Bookmark* previous_bookmark() const;  // nor before it

    // ---- acting: logged inputs; in the past they start a branch ----
    // A run that ended because the machine had nothing to do goes on by itself.
    void type(std::string bytes);
    // The same from a keyboard: Enter, a line feed in `keys`, comes as the carriage return that terminals
    // send. A kernel makes of it what its settings say; a bare program gets the line feed.
    void type_keys(std::string keys);
    void end_input();
    void move_switch(uint8_t index, uint32_t value);
    // "a0 = 5", "process_table[2].schedule.tickets = 100", "0x80001000 = 1": a register, a variable or a word
    // of memory.
    std::expected<void, Error> assign(std::string_view text);
    void edit_register(unsigned cpu, unsigned reg /*16 = pc*/, uint32_t value);
    // Through the page table of the focused CPU; fails if the address is not mapped to RAM.
    std::expected<void, Error> edit_memory(uint32_t virtual_address, std::span<const std::byte> bytes);
    void switch_branch(size_t index);

    // ---- intentions ----
    void set_focus_cpu(unsigned cpu);
    // PLACE [if EXPRESSION]: a function, FILE:LINE, an address, or PROGRAM!PLACE. Returns the breakpoint's
    // id.
    std::expected<int, Error> add_breakpoint(std::string_view place, std::string_view condition = {});
    void remove_breakpoint(int id);
    void enable_breakpoint(int id, bool enabled);
    void toggle_breakpoint(uint32_t address);
    // A C expression that stands in memory, or an address for the word there. It may be PROGRAM!EXPRESSION,
    // or of a program that was given and has not begun. Returns the watch's id.
    std::expected<int, Error> add_watch(std::string_view expression);
    void remove_watch(int id);
    // Addresses a place stands for.
    std::expected<ResolvedPlace, Error> resolve(std::string_view place) const;

    // ---- records ----
    Recording recording() const;  // the present history from the first cycle to the frontier
    SavedSession saved() const;   // the machine as it is at the cursor
    // Of a session that replays a recording: where that ends.
    std::optional<uint64_t> replay_end() const;
    // After a replay: an error if the frontier has passed the recording's end in another state.
    std::expected<void, Error> check_replay() const;

  private:
    friend class MotionEngine;
    Session(SessionOptions options, std::vector<std::byte> image, std::shared_ptr<const DebugInfo> kernel,
            Machine machine);

    void load_lens();
    void begin_watching();
    void act(InputAction what);
    void note_before();
    void settle(StopCause cause, std::string sentence, int breakpoint = 0);
    std::expected<ResolvedPlace, Error> resolve_in(std::string_view place, std::string_view program,
                                                   std::shared_ptr<const DebugInfo> info) const;
    std::expected<void, Error> seek_to_register_writer(unsigned reg, std::string_view name);
    void arrive_at_writer(uint64_t cycle, unsigned cpu, std::string_view what);
    ResolvedPlace place_at(uint32_t address) const;
    std::expected<Watch, Error> watch_here(std::string_view expression) const;
    std::expected<Watch, Error> watch_to_come(std::string_view expression, Error error) const;
    SavedSession with_symbols(const Machine& machine) const;

    SessionOptions options_;
    std::vector<std::byte> image_;
    std::shared_ptr<const DebugInfo> kernel_;
    Timeline timeline_;
    EventLog events_;
    std::shared_ptr<const Lens> lens_;
    std::string lens_message_;
    std::unique_ptr<LensProbe> probe_;
    std::unique_ptr<ProgramShelf> programs_;
    std::unique_ptr<SourceTree> sources_;
    BreakpointList breakpoints_;
    WatchList watches_;
    BookmarkList bookmarks_;
    Trail trail_;
    unsigned focus_cpu_ = 0;
    Motion motion_ = Motion::none;
    std::unique_ptr<MotionEngine> motions_;
    Motion resume_ = Motion::none;  // what input starts again after idleness
    Stop stop_;
    std::vector<Cpu> before_;
    uint64_t cycle_before_ = 0;
};

}  // namespace peach::debugger
