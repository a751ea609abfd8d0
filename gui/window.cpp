#include "gui/window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/draw.h"
#include "gui/panel_frame.h"
#include "gui/panel_table.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

constexpr float kProjectorScale = 1.3f;
// So much more than their least sizes panels want, to be worth looking at.
constexpr float kRoomyWidth = 1.1f;
constexpr float kRoomyHeight = 1.8f;
constexpr ImGuiWindowFlags kPlainWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                          ImGuiWindowFlags_NoScrollWithMouse;

// Opens an ImGui window that is nothing but an area.
class PlainWindow {
  public:
    PlainWindow(const char* name, const Area& area, ImGuiWindowFlags more = 0) {
        ImGui::SetNextWindowPos({area.left, area.top});
        ImGui::SetNextWindowSize({std::max(area.width, 1.0f), std::max(area.height, 1.0f)});
        ImGui::Begin(name, nullptr, kPlainWindow | more);
    }
    PlainWindow(const PlainWindow&) = delete;
    PlainWindow& operator=(const PlainWindow&) = delete;
    ~PlainWindow() { ImGui::End(); }
};

// What the console gets for a key that is no text: what terminals have always sent. Empty for keys that it
// has no use for.
std::string console_bytes(const KeyEdge& edge) {
    if (edge.with.ctrl && edge.key >= 'a' && edge.key <= 'z')
        return std::string(1, static_cast<char>(edge.key & 0x1F));
    switch (edge.key) {
        case kKeyEnter:
            return "\n";
        case kKeyBackspace:
            return "\x7f";
        case kKeyTab:
            return "\t";
        case kKeyEscape:
            return "\x1b";
        case kKeyUp:
            return "\x1b[A";
        case kKeyDown:
            return "\x1b[B";
        case kKeyRight:
            return "\x1b[C";
        case kKeyLeft:
            return "\x1b[D";
        case kKeyHome:
            return "\x1b[H";
        case kKeyEnd:
            return "\x1b[F";
        case kKeyDelete:
            return "\x1b[3~";
        default:
            break;
    }
    if (edge.with.ctrl && edge.key == '\\') return "\x1c";
    return {};
}

}  // namespace

Window::Window(Guest& guest, const WindowOptions& options)
    : guest_(guest), options_(options), context_(ImGui::CreateContext()) {
    for (const LayoutRow& row : layouts()) {
        if (row.name == options.layout) view_.layout = layouts_.size();
        layouts_.push_back(row.make());
        compact_layouts_.push_back(row.make_compact());
    }
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.ConfigInputTextCursorBlink = false;  // nothing moves while nothing happens
    InputQueue::map_keys(io);
    view_.light = options.projector;
    view_.full_screen = options.full_screen;
    load_fonts();
}

Window::~Window() {
    ImGui::DestroyContext(context_);
}

const Theme& Window::theme() const {
    return view_.light ? light_theme() : dark_theme();
}

float Window::font_pixels() const {
    const float usual = options_.font_pixels > 0 ? options_.font_pixels : kDefaultFontPixels;
    const float size = usual * (view_.light ? kProjectorScale : 1.0f) + font_step_;
    return std::clamp(std::round(size), kSmallestFontPixels, kLargestFontPixels);
}

void Window::load_fonts() {
    fonts_ = build_fonts(*ImGui::GetIO().Fonts, font_pixels());
    apply(theme(), fonts_.pixels);
    fonts_wanted_ = false;
    fonts_changed_ = true;
}

ImFontAtlas& Window::fonts() {
    return *ImGui::GetIO().Fonts;
}

bool Window::take_fonts_changed() {
    return std::exchange(fonts_changed_, false);
}

bool Window::wants_frame() const {
    return animating_ || input_.pending() || !actions_.empty() || new_pace_.has_value() ||
           (model_.running() && !model_.powered_off);
}

// ---- keyboard ----

void Window::take_typed(const std::vector<Typed>& typed) {
    for (const Typed& item : typed) {
        if (const auto* text = std::get_if<TextTyped>(&item)) {
            if (text->utf8 == shortcut_text_) continue;
            if (prompt_.open()) {
                prompt_.take_text(text->utf8);
            } else if (view_.terminal_focused && !ImGui::GetIO().WantTextInput) {
                to_guest_ += text->utf8;
            }
            continue;
        }
        const auto& edge = std::get<KeyEdge>(item);
        shortcut_text_.clear();
        if (prompt_.open()) {
            prompt_.take_key(edge);
        } else if (view_.help_open && edge.key == kKeyEscape) {
            view_.help_open = false;
        } else if (!take_shortcut({edge.key, edge.with}) && view_.terminal_focused) {
            to_guest_ += console_bytes(edge);
        }
    }
    if (to_guest_.empty()) return;
    actions_.emplace_back(
        [bytes = std::exchange(to_guest_, {})](debugger::Session& session) { session.type_keys(bytes); });
}

bool Window::take_shortcut(const KeyChord& chord) {
    const bool typing = view_.terminal_focused || ImGui::GetIO().WantTextInput;
    if (!typing && steer_timeline(chord)) return true;
    const KeyBinding* binding = keys_.find(chord);
    if (binding == nullptr) return false;
    const bool function_key = chord.key >= kKeyF1 && chord.key <= kKeyF12;
    // While typing, only keys that the guest's console has no use for remain shortcuts.
    const bool spare = function_key || chord.with.alt ||
                       (chord.with.ctrl && (chord.with.shift || chord.key < 'a' || chord.key > 'z'));
    if (typing && !spare) return false;
    shortcut_text_ = chord.with.ctrl ? std::string() : std::string(1, static_cast<char>(chord.key));
    if (binding->command) run_command(*binding->command, argument_at_hand(*binding->command));
    if (binding->window_command != nullptr) run_window_command(*binding->window_command);
    return true;
}

// W and S zoom, A and D move, while the pointer is over the timeline.
bool Window::steer_timeline(const KeyChord& chord) {
    if (panel_under_pointer_ != "timeline" || chord.with != Modifiers{}) return false;
    if (chord.key != 'w' && chord.key != 'a' && chord.key != 's' && chord.key != 'd') return false;
    TimelineRange range(view_.chart.begin, view_.chart.end);
    if (chord.key == 'w') range.zoom(view_.chart.pointer, 0.8);
    if (chord.key == 's') range.zoom(view_.chart.pointer, 1 / 0.8);
    if (chord.key == 'a') range.pan(-0.1f);
    if (chord.key == 'd') range.pan(0.1f);
    range.keep_inside(model_.first, model_.seen_frontier);
    view_.chart.begin = range.begin();
    view_.chart.end = range.end();
    view_.chart.follow = view_.chart.follow && range.contains(model_.seen_frontier);
    shortcut_text_ = std::string(1, static_cast<char>(chord.key));
    animating_ = true;
    return true;
}

// What a command is about when a key starts it: the line that was clicked, or what is under the pointer.
std::string Window::argument_at_hand(debugger::CommandId id) const {
    const bool about_a_line = id == debugger::CommandId::run_to ||
                              id == debugger::CommandId::toggle_breakpoint ||
                              id == debugger::CommandId::enable_breakpoint;
    if (about_a_line && view_.code_selected) return fmt::format("0x{:x}", *view_.code_selected);
    if (id == debugger::CommandId::who_wrote) return view_.under_pointer;
    return {};
}

void Window::run_command(debugger::CommandId id, std::string argument) {
    if (id == debugger::CommandId::run && model_.running()) id = debugger::CommandId::pause;
    if (argument.empty() && debugger::needs_argument(debugger::command(id))) return prompt_.ask_argument(id);
    ViewState* answers = &view_;
    const double when = last_now_;
    actions_.emplace_back([id, answers, when, argument = std::move(argument)](debugger::Session& session) {
        const debugger::Command& command = debugger::command(id);
        if (!command.enabled(session)) return;
        if (const auto done = command.action(session, argument); !done) {
            answers->message = done.error().message;
            answers->message_since = when;
        }
    });
}

void Window::run_window_command(const WindowCommandRow& row) {
    run_letters_command(row.id);
    run_panels_command(row);
    run_dialogue_command(row.id);
    fonts_wanted_ = fonts_wanted_ || font_pixels() != fonts_.pixels || row.id == WindowCommand::projector;
    animating_ = true;
}

void Window::run_letters_command(WindowCommand id) {
    switch (id) {
        case WindowCommand::larger_font:
            font_step_ += 1;
            break;
        case WindowCommand::smaller_font:
            font_step_ -= 1;
            break;
        case WindowCommand::usual_font:
            font_step_ = 0;
            break;
        case WindowCommand::projector:
            view_.light = !view_.light;
            break;
        default:
            break;
    }
}

void Window::run_panels_command(const WindowCommandRow& row) {
    switch (row.id) {
        case WindowCommand::fit_timeline:
            view_.chart.fit = true;
            break;
        case WindowCommand::maximise:
            layout().maximise(layout().maximised().empty() ? panel_under_pointer_ : std::string());
            break;
        case WindowCommand::full_screen:
            view_.full_screen = !view_.full_screen;
            break;
        case WindowCommand::follow_pc:
            view_.code_address.reset();
            view_.code_place = {};
            break;
        case WindowCommand::layout:
            view_.layout = row.number;
            break;
        default:
            break;
    }
}

void Window::run_dialogue_command(WindowCommand id) {
    switch (id) {
        case WindowCommand::toggle_terminal:
            view_.terminal_focused = !view_.terminal_focused;
            break;
        case WindowCommand::help:
            view_.help_open = !view_.help_open;
            break;
        case WindowCommand::palette:
            prompt_.show(PromptKind::commands);
            break;
        case WindowCommand::go_to:
            prompt_.show(PromptKind::places);
            break;
        case WindowCommand::paste:
            paste();
            break;
        case WindowCommand::copy_terminal:
            copy_terminal();
            break;
        default:
            break;
    }
}

void Window::take_answer() {
    const auto answer = prompt_.take_answer();
    if (!answer) return;
    if (answer->choice.command) run_command(*answer->choice.command, answer->argument);
    if (answer->choice.window_command != nullptr) run_window_command(*answer->choice.window_command);
    if (answer->choice.place) go_to(*answer->choice.place);
    animating_ = true;
}

void Window::go_to(const debugger::Place& place) {
    switch (place.kind) {
        case debugger::PlaceKind::moment:
            return run_command(debugger::CommandId::seek, fmt::format("{}", place.cycle));
        case debugger::PlaceKind::code:
            view_.code_address = view_.code_selected = place.address;
            return;
        case debugger::PlaceKind::memory:
            view_.memory_address = place.address & ~15u;
            view_.memory_text = fmt::format("0x{:08x}", place.address);
            for (const char* panel : {"details", "bytes", "machine", "cpu-details", "address"})
                view_.tabs[panel] = "memory";
            return;
    }
}

void Window::paste() {
    const char* clipboard = ImGui::GetClipboardText();
    if (clipboard == nullptr || !view_.terminal_focused) return;
    for (const char* c = clipboard; *c != '\0'; c++) {
        if (*c != '\r') to_guest_ += *c;
    }
}

void Window::copy_terminal() {
    std::string text;
    for (const debugger::TerminalLine& line : model_.terminal.lines) text += line.text + "\n";
    ImGui::SetClipboardText(text.c_str());
}

// ---- frames ----

void Window::visit_guest() {
    if (const auto pace = std::exchange(new_pace_, std::nullopt)) guest_.set_pace(*pace);
    const uint64_t before = model_.cursor;
    guest_.visit([this](debugger::Session& session) {
        for (const Action& action : actions_) action(session);
        const bool fresh = look_closely(session);
        if (fresh) {
            const debugger::Timeline& time = session.timeline();
            follow_time(view_.chart, {time.first_cycle(), time.cursor(), time.frontier(), time.is_live()});
            wishes_.chart_query.begin = view_.chart.begin;
            wishes_.chart_query.end = view_.chart.end;
            wishes_.chart_query.now = time.cursor();
        }
        reader_.read(session, wishes_, !actions_.empty(), fresh, model_);
    });
    actions_.clear();
    model_.status = guest_.status();
    model_.pace = guest_.pace();
    if (model_.cursor == before) return;
    view_.code_selected.reset();
    if (!model_.running()) view_.code_address.reset();
}

// Flat out, everything would change sixty times a second and nothing could be read: the panels then show a
// moment for a quarter of a second, all the same one. Whatever a person does makes them look again.
bool Window::look_closely(const debugger::Session& session) {
    constexpr double kGlanceSeconds = 0.25;
    // Pace and status as of the last frame: the guest is being visited, so it cannot be asked now.
    const double speed = model_.pace.instructions_per_second;
    const bool fast = session.motion() != debugger::Motion::none && (speed == 0 || speed > kReadableSpeed) &&
                      !model_.status.idle;
    const ImGuiIO& io = ImGui::GetIO();
    const bool handled = io.MouseWheel != 0 || io.MouseDown[0] || !actions_.empty() || prompt_.open();
    if (fast && !handled && last_now_ - looked_at_ < kGlanceSeconds) return false;
    looked_at_ = last_now_;
    return true;
}

const ImDrawData& Window::frame(int width, int height, double now) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    take_typed(input_.begin_frame(io));
    take_answer();
    if (fonts_wanted_) load_fonts();
    animating_ = false;
    const bool first = last_now_ < 0;
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = first ? 1.0f / 60 : std::max(static_cast<float>(now - last_now_), 1e-4f);
    last_now_ = now;
    visit_guest();
    build(static_cast<float>(width), static_cast<float>(height), now);
    if (first) animating_ = true;  // ImGui and the wishes settle in the second frame
    return *ImGui::GetDrawData();
}

// Where the panels of the layout would be too small to read, four with more tabs take their place.
void Window::choose_layout(const Area& main, float em) {
    const Layout& wanted = layouts_[view_.layout];
    compact_ = main.width < wanted.minimum_width_em() * kRoomyWidth * em ||
               main.height < wanted.minimum_height_em() * kRoomyHeight * em;
    if (compact_ && shown_layout_ && view_.layout != *shown_layout_) {
        view_.message = "The window is too small for these panels: four with more tabs take their place.";
        view_.message_since = last_now_;
    }
    shown_layout_ = view_.layout;
}

void Window::build(float width, float height, double now) {
    ImGui::NewFrame();
    widgets_.begin_frame();
    Frame frame = {model_, theme(), fonts_, widgets_, view_, wishes_, actions_, new_pace_, now, &animating_};
    wishes_.code = wishes_.registers = wishes_.processes = wishes_.diagram = wishes_.terminal = false;
    wishes_.chart = wishes_.events = wishes_.memory = wishes_.walk = false;
    wishes_.page_map = wishes_.address_map = false;  // until a panel wishes otherwise
    wishes_.views.clear();
    wishes_.places.reset();
    view_.under_pointer.clear();
    view_.page_to_mark = std::exchange(view_.page_pointed_at, std::nullopt);
    ImGui::PushFont(fonts_.label);
    const float em = fonts_.pixels;
    const float bar = std::round(em * 2.8f);
    const float slider = std::round(em * 1.5f);
    const float status = std::round(em * 1.8f);
    const float gap = std::max(4.0f, std::round(em * 0.35f));
    const Area main = {0, bar + slider + gap, width,
                       std::max(height - bar - slider - status - 2 * gap, 1.0f)};
    choose_layout(main, em);
    build_splitters(frame, {0, 0, width, height});
    {
        const PlainWindow window("transport", {0, 0, width, bar + slider});
        draw_transport(frame, {0, 0, width, bar}, keys_);
        draw_time_slider(frame, {0, bar, width, slider});
    }
    layout().place(main, em, gap);
    panel_under_pointer_.clear();
    for (const Layout::Panel& panel : std::vector(layout().panels()))
        build_panel(frame, panel.name, panel.area);
    {
        const PlainWindow window("status", {0, height - status, width, status});
        draw_status_line(frame, {0, height - status, width, status});
    }
    if (!model_.live) {  // the past looks past
        ImDrawList& over = *ImGui::GetForegroundDrawList();
        over.AddRect({1.5f, 1.5f}, {width - 1.5f, height - 1.5f}, frame.theme.past, 0, 0, 3);
    }
    prompt_.draw(frame, {0, 0, width, height});
    if (view_.help_open) draw_help(frame, {0, 0, width, height}, keys_);
    ImGui::PopFont();
    ImGui::Render();
}

// The ground behind all panels; the gaps between them are what can be grabbed.
void Window::build_splitters(Frame& frame, const Area& area) {
    const PlainWindow window("ground", area, ImGuiWindowFlags_NoBringToFrontOnFocus);  // stays behind
    Pen pen(frame);
    pen.fill(area, frame.theme.ground);
    for (const Layout::Splitter& splitter : std::vector(layout().splitters())) {
        const Area& gap = splitter.area;
        if (gap.width <= 0 || gap.height <= 0) continue;
        ImGui::SetCursorScreenPos({gap.left, gap.top});
        ImGui::PushID(splitter.name.c_str());
        ImGui::InvisibleButton("splitter", {gap.width, gap.height});
        ImGui::PopID();
        const bool held = ImGui::IsItemActive();
        const bool columns = splitter.axis == Axis::columns;
        if (held || ImGui::IsItemHovered()) {
            pen.fill(gap, with_alpha(frame.theme.accent, held ? 255 : 120));
            ImGui::SetMouseCursor(columns ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        }
        if (held) {
            const ImVec2 at = ImGui::GetIO().MousePos;
            const float share = columns ? (at.x - splitter.parent.left) / splitter.parent.width
                                        : (at.y - splitter.parent.top) / splitter.parent.height;
            layout().set_share(splitter.node, share);
            frame.keep_moving();
        }
        frame.widgets.add("splitter." + splitter.name, gap.left, gap.top, gap.right(), gap.bottom());
    }
}

void Window::build_panel(Frame& frame, const std::string& name, const Area& area) {
    const PlainWindow window(name.c_str(), area);
    const std::span<const Tab> tabs = tabs_of(name);
    std::string& open = view_.tabs[name];
    if (open.empty()) open = tabs.front().name;
    if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows)) panel_under_pointer_ = name;
    const PanelHint hint = hint_of(frame, open);
    const PanelFrame around = draw_panel_frame(frame, name, area, tabs, open, hint.words, hint.colour);
    if (around.double_clicked) layout().maximise(layout().maximised().empty() ? name : std::string());
    if (open == "timeline") {
        const float left = area.left + std::round(frame.em() * 6);
        draw_state_legend(frame, {left, area.top, area.right() - left, around.body.top - area.top});
    }
    if (around.body.height >= 1) draw_tab(frame, open, around.body);
}

}  // namespace peach::gui
