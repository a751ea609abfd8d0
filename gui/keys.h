#pragma once
// Which key does what. The debugger's commands bring their keys in their own table; the window adds its own.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/commands.h"
#include "gui/input.h"

namespace peach::gui {

struct KeyChord {
    uint16_t key = 0;
    Modifiers with;
    bool operator==(const KeyChord&) const = default;
};

// "Shift+F10", "Alt+[", "Ctrl+`", "Space", "Right"; nothing if it is no such thing.
std::optional<KeyChord> parse_chord(std::string_view text);
std::string chord_text(const KeyChord& chord);

// What the window can do by itself.
enum class WindowCommand : uint8_t {
    toggle_terminal,
    help,
    larger_font,
    smaller_font,
    usual_font,
    projector,
    fit_timeline,
    maximise,
    full_screen,
    follow_pc,
    palette,
    go_to,
    paste,
    copy_terminal,
    layout,  // which: the row's `number`
};

struct WindowCommandRow {
    WindowCommand id;
    std::string_view name;
    std::string_view title;
    std::string_view key;
    std::string_view sentence;
    size_t number = 0;
};
std::span<const WindowCommandRow> window_commands();

struct KeyBinding {
    KeyChord chord;
    std::optional<debugger::CommandId> command;
    const WindowCommandRow* window_command = nullptr;
    std::string_view title;
    std::string_view sentence;
};

class KeyMap {
  public:
    KeyMap();  // the default bindings
    const KeyBinding* find(const KeyChord& chord) const;
    std::span<const KeyBinding> all() const { return bindings_; }
    // The first key of a command, in words; empty if it has none.
    std::string key_of(debugger::CommandId id) const;
    std::string key_of(const WindowCommandRow& row) const;

  private:
    void bind(const KeyBinding& binding);
    std::vector<KeyBinding> bindings_;
};

}  // namespace peach::gui
