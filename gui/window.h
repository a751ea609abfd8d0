#pragma once
// The window's content, without the window: takes what a person did, visits the guest, lays out and draws the
// panels. Knows neither SDL nor a renderer, so that pictures and tests get exactly what a person sees.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/app.h"
#include "gui/frame.h"
#include "gui/guest.h"
#include "gui/input.h"
#include "gui/keys.h"
#include "gui/prompt.h"

struct ImDrawData;
struct ImFontAtlas;
struct ImGuiContext;

namespace peach::gui {

class Window {
  public:
    // The guest must outlive the window. One window at a time: it owns ImGui's context.
    Window(Guest& guest, const WindowOptions& options);
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    ~Window();

    InputQueue& input() { return input_; }
    // One frame of that size at that moment (seconds, never going back). The result is valid until the next
    // call.
    const ImDrawData& frame(int width, int height, double now);
    // Whether the next frame will differ without anything new being done: something moves, or waits to be
    // done.
    bool wants_frame() const;

    // Letters changed size: the renderer has to load them again. True once after each change, and at first.
    bool take_fonts_changed();
    ImFontAtlas& fonts();

    const WidgetTable& widgets() const { return widgets_; }
    const Model& model() const { return model_; }
    ViewState& view() { return view_; }
    Layout& layout() { return compact_ ? compact_layouts_[view_.layout] : layouts_[view_.layout]; }
    const KeyMap& keys() const { return keys_; }

  private:
    void take_typed(const std::vector<Typed>& typed);
    bool take_shortcut(const KeyChord& chord);
    bool steer_timeline(const KeyChord& chord);
    void run_window_command(const WindowCommandRow& row);
    void run_letters_command(WindowCommand id);
    void run_panels_command(const WindowCommandRow& row);
    void run_dialogue_command(WindowCommand id);
    void run_command(debugger::CommandId id, std::string argument = {});
    std::string argument_at_hand(debugger::CommandId id) const;
    void take_answer();
    void go_to(const debugger::Place& place);
    void paste();
    void copy_terminal();
    void visit_guest();
    bool look_closely(const debugger::Session& session);
    void load_fonts();
    void build(float width, float height, double now);
    void choose_layout(const Area& main, float em);
    void build_splitters(Frame& frame, const Area& area);
    void build_panel(Frame& frame, const std::string& name, const Area& area);
    const Theme& theme() const;
    float font_pixels() const;

    Guest& guest_;
    WindowOptions options_;
    ImGuiContext* context_;
    InputQueue input_;
    KeyMap keys_;
    Fonts fonts_;
    Prompt prompt_{keys_};
    std::vector<Layout> layouts_;  // in the order of layouts()
    std::vector<Layout> compact_layouts_;
    bool compact_ = false;
    std::optional<size_t> shown_layout_;  // nothing: before the first frame
    Model model_;
    ModelReader reader_;
    Wishes wishes_;
    ViewState view_;
    WidgetTable widgets_;
    std::vector<Action> actions_;
    std::optional<debugger::Pace> new_pace_;
    float font_step_ = 0;
    bool fonts_wanted_ = true;
    bool fonts_changed_ = true;
    bool animating_ = true;
    std::string panel_under_pointer_;
    std::string shortcut_text_;  // Alt+[ is a shortcut; the text "[" that comes with it is not typed
    std::string to_guest_;       // what was typed into the terminal in this frame
    double last_now_ = -1;
    double looked_at_ = -1000;
};

}  // namespace peach::gui
