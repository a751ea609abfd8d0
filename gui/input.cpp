#include "gui/input.h"

#include <imgui.h>

#include <bitset>
#include <cfloat>

namespace peach::gui {

namespace {

// Takes events into ImGui's state until one comes that has to wait for the next frame.
class FrameShare {
  public:
    explicit FrameShare(ImGuiIO& io) : io_(io) {}

    bool take(const UserInput& input) {
        return std::visit([this](const auto& event) { return take_event(event); }, input);
    }
    std::vector<Typed> typed;

  private:
    bool take_event(const PointerMoved& event) {
        if (button_changed_) return false;
        io_.MousePos = {event.x, event.y};
        return true;
    }
    bool take_event(const PointerLeft&) {
        if (button_changed_) return false;
        io_.MousePos = {-FLT_MAX, -FLT_MAX};
        return true;
    }
    bool take_event(const ButtonEdge& event) {
        if (button_changed_) return false;
        button_changed_ = true;
        io_.MouseDown[event.button] = event.down;
        return true;
    }
    bool take_event(const WheelTurned& event) {
        if (button_changed_) return false;
        io_.MouseWheelH += event.x;
        io_.MouseWheel += event.y;
        return true;
    }
    bool take_event(const KeyEdge& event) {
        if (key_changed_[event.key] && !event.repeat) return false;
        key_changed_[event.key] = true;
        io_.KeysDown[event.key] = event.down;
        io_.KeyCtrl = event.with.ctrl;
        io_.KeyShift = event.with.shift;
        io_.KeyAlt = event.with.alt;
        if (event.down) typed.emplace_back(event);
        return true;
    }
    bool take_event(const TextTyped& event) {
        io_.AddInputCharactersUTF8(event.utf8.c_str());
        typed.emplace_back(event);
        return true;
    }

    ImGuiIO& io_;
    bool button_changed_ = false;
    std::bitset<512> key_changed_;
};

}  // namespace

std::vector<Typed> InputQueue::begin_frame(ImGuiIO& io) {
    io.MouseWheel = 0;
    io.MouseWheelH = 0;
    FrameShare share(io);
    while (!queue_.empty() && share.take(queue_.front())) queue_.pop_front();
    return std::move(share.typed);
}

void InputQueue::map_keys(ImGuiIO& io) {
    io.KeyMap[ImGuiKey_Tab] = kKeyTab;
    io.KeyMap[ImGuiKey_LeftArrow] = kKeyLeft;
    io.KeyMap[ImGuiKey_RightArrow] = kKeyRight;
    io.KeyMap[ImGuiKey_UpArrow] = kKeyUp;
    io.KeyMap[ImGuiKey_DownArrow] = kKeyDown;
    io.KeyMap[ImGuiKey_PageUp] = kKeyPageUp;
    io.KeyMap[ImGuiKey_PageDown] = kKeyPageDown;
    io.KeyMap[ImGuiKey_Home] = kKeyHome;
    io.KeyMap[ImGuiKey_End] = kKeyEnd;
    io.KeyMap[ImGuiKey_Insert] = kKeyInsert;
    io.KeyMap[ImGuiKey_Delete] = kKeyDelete;
    io.KeyMap[ImGuiKey_Backspace] = kKeyBackspace;
    io.KeyMap[ImGuiKey_Space] = kKeySpace;
    io.KeyMap[ImGuiKey_Enter] = kKeyEnter;
    io.KeyMap[ImGuiKey_Escape] = kKeyEscape;
    io.KeyMap[ImGuiKey_A] = 'a';
    io.KeyMap[ImGuiKey_C] = 'c';
    io.KeyMap[ImGuiKey_V] = 'v';
    io.KeyMap[ImGuiKey_X] = 'x';
    io.KeyMap[ImGuiKey_Y] = 'y';
    io.KeyMap[ImGuiKey_Z] = 'z';
}

}  // namespace peach::gui
