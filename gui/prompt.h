#pragma once
// One line to type into over the window, with what it may mean below: every command by its name, places to go
// to, or what a command still wants to know.

#include <optional>
#include <string>
#include <vector>

#include "gui/frame.h"
#include "gui/keys.h"

namespace peach::gui {

// What the line is for.
enum class PromptKind : uint8_t { commands, places, argument };

struct PromptChoice {
    std::string title;
    std::string detail;
    std::string key;
    bool enabled = true;
    std::optional<debugger::CommandId> command;
    const WindowCommandRow* window_command = nullptr;
    std::optional<debugger::Place> place;
};

class Prompt {
  public:
    explicit Prompt(const KeyMap& keys) : keys_(keys) {}

    bool open() const { return open_; }
    void show(PromptKind kind);
    void ask_argument(debugger::CommandId command);
    void close() { open_ = false; }

    // Keys and text go here while it is open.
    void take_key(const KeyEdge& edge);
    void take_text(const std::string& utf8);

    // What Enter or a click has chosen, once; the window does it.
    struct Answer {
        PromptChoice choice;
        std::string argument;
    };
    std::optional<Answer> take_answer();

    void draw(Frame& frame, const Area& window);

  private:
    void move_cursor(uint16_t key);
    void erase(size_t begin, size_t end);
    void paste();
    size_t character_before() const;
    size_t character_behind() const;
    std::string heading() const;
    void choose();
    void find_choices(const Frame& frame);
    void add_commands(const Frame& frame);
    void draw_choice(Frame& frame, const Area& line, size_t index);

    const KeyMap& keys_;
    bool open_ = false;
    PromptKind kind_ = PromptKind::commands;
    const debugger::Command* wanted_by_ = nullptr;  // whose argument it is, for PromptKind::argument
    std::string text_;
    size_t cursor_ = 0;  // in bytes
    size_t chosen_ = 0;
    std::vector<PromptChoice> choices_;
    std::optional<Answer> answer_;
};

}  // namespace peach::gui
