#pragma once
// Every command of the debugger, once: menus, key bindings, the palette, headless verbs and lessons read
// these rows.

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "emulator/base/error.h"

namespace peach::debugger {

class Session;

enum class CommandId : uint8_t {
    run,
    pause,
    step_instruction,
    step_line,
    step_over,
    step_out,
    back_instruction,
    back_line,
    back_over,
    back_out,
    run_backwards,
    next_switch,
    previous_switch,
    seek,
    live,
    beginning,
    trail_back,
    trail_forth,
    toggle_bookmark,
    next_bookmark,
    previous_bookmark,
    who_wrote,
    toggle_breakpoint,
    enable_breakpoint,
    toggle_watch,
    print,
    run_to,
    next_cpu,
    assign,
    other_future,
    policy,
};

struct Command {
    CommandId id;
    std::string_view name;   // the headless verb: "step-over"
    std::string_view title;  // the menu's words: "Step over"
    std::string_view key;    // default binding: "F10", "Shift+F10", "Alt+["; empty: none
    std::string_view
        argument;  // what the action wants: "CYCLE", "[PLACE]" if it can do without; empty: nothing
    std::string_view sentence;  // help
    bool (*enabled)(const Session& session);
    // Starts what the command does; motions then go on in Session::advance().
    std::expected<void, Error> (*action)(Session& session, std::string_view argument);
};

std::span<const Command> commands();
inline bool needs_argument(const Command& command) {
    return !command.argument.empty() && !command.argument.starts_with('[');
}
const Command& command(CommandId id);
const Command* find_command(std::string_view name);  // nullptr: no such verb

}  // namespace peach::debugger
