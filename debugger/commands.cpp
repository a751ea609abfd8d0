#include "debugger/commands.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "debugger/lens.h"
#include "debugger/session.h"
#include "debugger/views/policies.h"
#include "debugger/views/variables.h"
#include "emulator/base/assert.h"

namespace peach::debugger {
namespace {

using Outcome = std::expected<void, Error>;

bool always(const Session&) {
    return true;
}
bool is_moving(const Session& session) {
    return session.motion() != Motion::none;
}
// The machine can go on: it is not off, or there is a known future.
bool can_go_on(const Session& session) {
    return !session.machine().powered_off();
}
bool has_past(const Session& session) {
    return session.timeline().cursor() > session.timeline().first_cycle();
}
bool is_in_the_past(const Session& session) {
    return !session.timeline().is_live();
}
bool knows_switches(const Session& session) {
    return can_go_on(session) && !session.events().states().empty();
}
bool has_past_switch(const Session& session) {
    return session.events().previous_switch(session.focus_cpu(), session.timeline().cursor()).has_value();
}
bool trail_leads_back(const Session& session) {
    return session.trail().leads_back();
}
bool trail_leads_forth(const Session& session) {
    return session.trail().leads_forth();
}
bool has_next_bookmark(const Session& session) {
    return session.next_bookmark() != nullptr;
}
bool has_previous_bookmark(const Session& session) {
    return session.previous_bookmark() != nullptr;
}
bool has_other_cpus(const Session& session) {
    return session.machine().cpu_count() > 1;
}

bool has_other_futures(const Session& session) {
    return !session.timeline().branches().empty();
}
bool has_breakpoints(const Session& session) {
    return !session.breakpoints().empty();
}
bool knows_policies(const Session& session) {
    return session.lens() != nullptr && session.lens()->find_view("policies") != nullptr;
}

template <Motion kMotion>
Outcome move(Session& session, std::string_view /*argument*/) {
    session.start(kMotion);
    return {};
}

Outcome pause(Session& session, std::string_view /*argument*/) {
    session.pause();
    return {};
}

std::expected<uint64_t, Error> cycle_number(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char c) { return c != ',' && c != '\'' && c != '_'; });
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
        return std::unexpected(Error{fmt::format("'{}' is no cycle: give a number such as 1,234,567", text)});
    }
    return value;
}

// Known history is gone to at once; beyond it the machine has to run.
Outcome seek(Session& session, std::string_view argument) {
    const auto cycle = cycle_number(argument);
    if (!cycle) return std::unexpected(cycle.error());
    if (*cycle <= session.timeline().frontier()) {
        session.seek(*cycle);
    } else {
        session.go_live();
        session.start_run_to_cycle(*cycle);
    }
    return {};
}

Outcome go_live(Session& session, std::string_view /*argument*/) {
    session.go_live();
    return {};
}

Outcome go_to_beginning(Session& session, std::string_view /*argument*/) {
    session.seek(session.timeline().first_cycle());
    return {};
}

template <bool kForwards>
Outcome walk_trail(Session& session, std::string_view /*argument*/) {
    session.walk_trail(kForwards);
    return {};
}

Outcome toggle_bookmark(Session& session, std::string_view argument) {
    session.toggle_bookmark(argument);
    return {};
}

template <const Bookmark* (Session::*kBookmark)() const>
Outcome go_to_bookmark(Session& session, std::string_view /*argument*/) {
    const Bookmark* bookmark = (session.*kBookmark)();
    if (bookmark == nullptr) return std::unexpected(Error{"there is no bookmark in that direction"});
    session.seek(bookmark->cycle);
    return {};
}

Outcome who_wrote(Session& session, std::string_view argument) {
    return session.seek_to_writer(argument);
}

std::optional<uint32_t> hexadecimal(std::string_view text) {
    if (!text.starts_with("0x")) return std::nullopt;
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Outcome toggle_breakpoint(Session& session, std::string_view argument) {
    if (argument.empty()) {
        session.toggle_breakpoint(session.machine().cpu(session.focus_cpu()).pc);
        return {};
    }
    if (const auto address = hexadecimal(argument)) return session.toggle_breakpoint(*address), Outcome{};
    const auto same = std::ranges::find(session.breakpoints(), argument, &Breakpoint::text);
    if (same != session.breakpoints().end()) {
        session.remove_breakpoint(same->id);
        return {};
    }
    const auto added = session.add_breakpoint(argument);
    return added ? Outcome{} : std::unexpected(added.error());
}

// By its number, by an address that it stands at, or the one that stands where the CPU does.
Outcome enable_breakpoint(Session& session, std::string_view argument) {
    const Breakpoint* found = nullptr;
    if (argument.empty()) {
        found = session.breakpoint_at(session.machine().cpu(session.focus_cpu()).pc);
    } else if (const auto address = hexadecimal(argument)) {
        found = session.breakpoint_at(*address);
    } else if (const auto number = cycle_number(argument)) {
        const auto same = std::ranges::find_if(session.breakpoints(), [&](const Breakpoint& breakpoint) {
            return static_cast<uint64_t>(breakpoint.id) == *number;
        });
        if (same != session.breakpoints().end()) found = &*same;
    }
    if (found == nullptr) {
        return std::unexpected(
            Error{fmt::format("there is no breakpoint {}: the view breakpoints has their numbers",
                              argument.empty() ? "here" : argument)});
    }
    session.enable_breakpoint(found->id, !found->enabled);
    return {};
}

Outcome toggle_watch(Session& session, std::string_view argument) {
    const auto same = std::ranges::find(session.watches(), argument, &Watch::expression);
    if (same != session.watches().end()) {
        session.remove_watch(same->id);
        return {};
    }
    const auto added = session.add_watch(argument);
    return added ? Outcome{} : std::unexpected(added.error());
}

Outcome print(Session& session, std::string_view argument) {
    auto sentence = value_sentence(session, argument);
    if (!sentence) return std::unexpected(sentence.error());
    session.say(*std::move(sentence));
    return {};
}

Outcome assign(Session& session, std::string_view argument) {
    return session.assign(argument);
}

Outcome run_to(Session& session, std::string_view argument) {
    auto place = session.resolve(argument);
    if (!place) return std::unexpected(place.error());
    session.start_run_to_place(*std::move(place));
    return {};
}

Outcome next_cpu(Session& session, std::string_view /*argument*/) {
    session.set_focus_cpu((session.focus_cpu() + 1) % session.machine().cpu_count());
    return {};
}

// The one that was left last, or by its number in the view `branches`.
Outcome other_future(Session& session, std::string_view argument) {
    const size_t count = session.timeline().branches().size();
    if (count == 0)
        return std::unexpected(
            Error{"there is no other future: one is left behind when you type or move a switch in the past"});
    uint64_t number = count;
    if (!argument.empty()) {
        const auto given = cycle_number(argument);
        if (!given || *given < 1 || *given > count)
            return std::unexpected(Error{
                fmt::format("there is no other future {}: give a number from 1 to {}", argument, count)});
        number = *given;
    }
    session.switch_branch(number - 1);
    return {};
}

// The front panel's switch that chooses the policy. It stands where it was put last, which the kernel may not
// have seen yet: the next policy is the one after that.
Outcome choose_policy(Session& session, std::string_view argument) {
    constexpr uint8_t kPolicySwitch = 0;
    const std::vector<Policy> all = policies(session);
    if (all.empty()) {
        const std::string& why = session.lens_message();
        return std::unexpected(Error{why.empty() ? "this kernel's lens lists no policies" : why});
    }
    const uint32_t standing = session.machine().devices().front_panel.switches[kPolicySwitch];
    const auto in_force = std::ranges::find(all, standing, &Policy::number);
    auto wanted = std::ranges::find(all, argument, &Policy::name);
    if (argument.empty()) {
        wanted = in_force == all.end() || in_force + 1 == all.end() ? all.begin() : in_force + 1;
    }
    if (wanted == all.end()) {
        std::string names;
        for (const Policy& policy : all) names += (names.empty() ? "" : ", ") + policy.name;
        return std::unexpected(
            Error{fmt::format("there is no policy '{}': this kernel has {}", argument, names)});
    }
    session.move_switch(kPolicySwitch, wanted->number);
    return {};
}

constexpr Command kCommands[] = {
    {CommandId::run, "run", "Run", "F5", "", "Runs until a breakpoint, or until you pause.", can_go_on,
     move<Motion::run>},
    {CommandId::pause, "pause", "Pause", "F6", "", "Stops where the machine is now.", is_moving, pause},
    {CommandId::step_instruction, "step-instruction", "One instruction", "Alt+]", "",
     "Executes one instruction, into calls and traps.", can_go_on, move<Motion::step_instruction>},
    {CommandId::step_line, "step", "Step into", "F11", "",
     "Runs to the next source line, into the functions that it calls.", can_go_on, move<Motion::step_line>},
    {CommandId::step_over, "step-over", "Step over", "F10", "",
     "Runs to the next source line of this function; calls, interrupts and other processes pass by.",
     can_go_on, move<Motion::step_over>},
    {CommandId::step_out, "step-out", "Step out", "Shift+F11", "", "Runs until this function has returned.",
     can_go_on, move<Motion::step_out>},
    {CommandId::back_instruction, "back-instruction", "One instruction back", "Alt+[", "",
     "Goes to the moment before the last instruction.", has_past, move<Motion::back_instruction>},
    {CommandId::back_line, "back", "Step back into", "Ctrl+Shift+F11", "",
     "Goes back to the source line before, into functions that have returned.", has_past,
     move<Motion::back_line>},
    {CommandId::back_over, "back-over", "Step back over", "Shift+F10", "",
     "Goes back to the source line before in this function, over the calls it made.", has_past,
     move<Motion::back_over>},
    {CommandId::back_out, "back-out", "Back to the call", "Ctrl+Shift+F10", "",
     "Goes back to the moment at which this function was called.", has_past, move<Motion::back_out>},
    {CommandId::run_backwards, "run-backwards", "Run backwards", "Shift+F6", "",
     "Goes back to the last breakpoint or change of watched memory, or to the beginning.", has_past,
     move<Motion::run_backwards>},
    {CommandId::next_switch, "next-switch", "Next context switch", ".", "",
     "Goes to the moment at which this CPU is given to a process next.", knows_switches,
     move<Motion::next_switch>},
    {CommandId::previous_switch, "previous-switch", "Previous context switch", ",", "",
     "Goes back to the moment at which this CPU was last given to a process.", has_past_switch,
     move<Motion::previous_switch>},
    {CommandId::seek, "seek", "Go to cycle", "Ctrl+G", "CYCLE",
     "Goes to a moment, in the past or by running to it.", always, seek},
    {CommandId::live, "live", "Back to the present", "End", "",
     "Goes to the end of history, where the machine lives.", is_in_the_past, go_live},
    {CommandId::beginning, "beginning", "To the beginning", "Home", "", "Goes to the first cycle.", has_past,
     go_to_beginning},
    {CommandId::trail_back, "undo", "Where I was before", "Alt+Left", "",
     "Goes back to the moment that was looked at before this one.", trail_leads_back, walk_trail<false>},
    {CommandId::trail_forth, "redo", "And forth again", "Alt+Right", "", "Undoes that.", trail_leads_forth,
     walk_trail<true>},
    {CommandId::toggle_bookmark, "bookmark", "Bookmark", "Ctrl+B", "[NAME]",
     "Marks this moment, or takes its mark away.", always, toggle_bookmark},
    {CommandId::next_bookmark, "next-bookmark", "Next bookmark", "Alt+.", "",
     "Goes forth to the next moment that is marked.", has_next_bookmark,
     go_to_bookmark<&Session::next_bookmark>},
    {CommandId::previous_bookmark, "previous-bookmark", "Previous bookmark", "Alt+,", "",
     "Goes back to the last moment before this one that is marked.", has_previous_bookmark,
     go_to_bookmark<&Session::previous_bookmark>},
    {CommandId::who_wrote, "who-wrote", "Who wrote this?", "w", "REGISTER, VARIABLE or ADDRESS",
     "Goes back to the instruction that wrote what is under the pointer: a register, or memory.", has_past,
     who_wrote},
    {CommandId::toggle_breakpoint, "break", "Breakpoint", "F9", "[PLACE]",
     "Sets or removes a breakpoint: at the line that was clicked, here, or at a function, FILE:LINE, address "
     "or PROGRAM!PLACE, with an optional 'if EXPRESSION'.",
     always, toggle_breakpoint},
    {CommandId::enable_breakpoint, "break-on-off", "Breakpoint on or off", "Shift+F9", "[NUMBER]",
     "Lets runs pass a breakpoint without forgetting it, or stop there again: the one of the line that was "
     "clicked, the one here, or by its number.",
     has_breakpoints, enable_breakpoint},
    {CommandId::toggle_watch, "watch", "Watch memory", "", "EXPRESSION",
     "Watches a variable, PROGRAM!VARIABLE, or the word at an address: runs stop when it changes. "
     "Again: no more.",
     always, toggle_watch},
    {CommandId::print, "print", "Show a value", "", "EXPRESSION",
     "Says what a C expression over the variables here is worth: counter, list->next, buffer[3] + 1.", always,
     print},
    {CommandId::run_to, "run-to", "Run to", "Ctrl+F10", "PLACE",
     "Runs until execution comes to the line that was clicked, or to a place.", can_go_on, run_to},
    {CommandId::next_cpu, "next-cpu", "Next CPU", "Ctrl+U", "", "Looks at the next CPU.", has_other_cpus,
     next_cpu},
    {CommandId::assign, "set", "Set", "", "PLACE = VALUE",
     "Changes a register, a variable or a word of memory. In the past this begins another future.", always,
     assign},
    {CommandId::other_future, "future", "The other future", "", "[NUMBER]",
     "Goes to the end of a future that was left when you acted in the past; this one is kept in its place.",
     has_other_futures, other_future},
    {CommandId::policy, "policy", "Scheduling policy", "", "[NAME]",
     "Moves the front panel's first switch: to the policy of that name, or to the next one.", knows_policies,
     choose_policy},
};

}  // namespace

std::span<const Command> commands() {
    return kCommands;
}

const Command& command(CommandId id) {
    const auto found = std::ranges::find(kCommands, id, &Command::id);
    PEACH_ASSERT(found != std::end(kCommands));
    return *found;
}

const Command* find_command(std::string_view name) {
    const auto found = std::ranges::find(kCommands, name, &Command::name);
    return found == std::end(kCommands) ? nullptr : &*found;
}

}  // namespace peach::debugger
