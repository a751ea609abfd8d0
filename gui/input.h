#pragma once
// What a person does with pointer and keyboard, in the order in which it happened, handed to ImGui at a pace
// at which nothing is lost.
//
// ImGui 1.86 looks at the state of buttons and keys once a frame: a press and release between two frames
// would vanish and a quick double click would merge. So a frame takes at most one button edge, and nothing of
// the pointer after it; movements and wheel turns before it are added up. Shortcuts do not go through ImGui
// at all: `pressed` has every key.

#include <cstdint>
#include <deque>
#include <string>
#include <variant>
#include <vector>

struct ImGuiIO;

namespace peach::gui {

// A key is its lower-case ASCII character, or one of these.
enum Key : uint16_t {
    kKeyBackspace = 8,
    kKeyTab = 9,
    kKeyEnter = 13,
    kKeyEscape = 27,
    kKeySpace = 32,
    kKeyDelete = 127,
    kKeyLeft = 128,
    kKeyRight,
    kKeyUp,
    kKeyDown,
    kKeyPageUp,
    kKeyPageDown,
    kKeyHome,
    kKeyEnd,
    kKeyInsert,
    kKeyF1,
    kKeyF12 = kKeyF1 + 11,
};

struct Modifiers {
    bool ctrl = false;
    bool shift = false;
    bool alt = false;
    bool operator==(const Modifiers&) const = default;
};

struct PointerMoved {
    float x, y;
};
struct PointerLeft {};
struct ButtonEdge {
    int button;  // 0 left, 1 right, 2 middle
    bool down;
};
struct WheelTurned {
    float x, y;
};
struct KeyEdge {
    uint16_t key;
    bool down;
    Modifiers with;
    bool repeat = false;
};
struct TextTyped {
    std::string utf8;
};
using UserInput = std::variant<PointerMoved, PointerLeft, ButtonEdge, WheelTurned, KeyEdge, TextTyped>;

// Keys and text of one frame, in order.
using Typed = std::variant<KeyEdge, TextTyped>;

class InputQueue {
  public:
    void push(UserInput input) { queue_.push_back(std::move(input)); }
    // Whether something waits for a further frame.
    bool pending() const { return !queue_.empty(); }
    // Gives this frame's share to ImGui; returns the keys pressed and the text typed.
    std::vector<Typed> begin_frame(ImGuiIO& io);
    // Tells ImGui which key is which; once, after the context was made.
    static void map_keys(ImGuiIO& io);

  private:
    std::deque<UserInput> queue_;
};

}  // namespace peach::gui
