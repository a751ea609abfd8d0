#include "gui/prompt.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "gui/draw.h"

namespace peach::gui {

namespace {

constexpr size_t kMostChoices = 12;

// How well letters fit a name: smaller is better; nothing: they do not all come in it, in this order.
std::optional<size_t> distance(std::string_view name, std::string_view letters) {
    const auto lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
    const auto together = std::ranges::search(name, letters, {}, lower, lower);
    if (!together.empty() || letters.empty()) return static_cast<size_t>(together.begin() - name.begin());
    size_t at = 0;
    for (const char letter : letters) {
        while (at < name.size() && lower(name[at]) != lower(letter)) at++;
        if (at++ >= name.size()) return std::nullopt;
    }
    return 1000 + at;
}

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

// ---- opening and typing ----

void Prompt::show(PromptKind kind) {
    open_ = true;
    kind_ = kind;
    wanted_by_ = nullptr;
    text_.clear();
    cursor_ = chosen_ = 0;
    choices_.clear();
}

void Prompt::ask_argument(debugger::CommandId command) {
    show(PromptKind::argument);
    wanted_by_ = &debugger::command(command);
}

void Prompt::take_text(const std::string& utf8) {
    text_.insert(cursor_, utf8);
    cursor_ += utf8.size();
    chosen_ = 0;
}

void Prompt::take_key(const KeyEdge& edge) {
    switch (edge.key) {
        case kKeyEscape:
            return close();
        case kKeyEnter:
            return choose();
        case kKeyUp:
            chosen_ -= chosen_ > 0 ? 1 : 0;
            return;
        case kKeyDown:
            chosen_ += chosen_ + 1 < choices_.size() ? 1 : 0;
            return;
        case kKeyBackspace:
            return erase(character_before(), cursor_);
        case kKeyDelete:
            return erase(cursor_, character_behind());
        default:
            if (edge.with.ctrl && edge.key == 'v') return paste();
            move_cursor(edge.key);
    }
}

void Prompt::move_cursor(uint16_t key) {
    if (key == kKeyLeft) cursor_ = character_before();
    if (key == kKeyRight) cursor_ = character_behind();
    if (key == kKeyHome) cursor_ = 0;
    if (key == kKeyEnd) cursor_ = text_.size();
}

void Prompt::erase(size_t begin, size_t end) {
    text_.erase(begin, end - begin);
    cursor_ = begin;
    chosen_ = 0;
}

// The first line of it.
void Prompt::paste() {
    const char* clipboard = ImGui::GetClipboardText();
    const std::string text = clipboard == nullptr ? "" : clipboard;
    take_text(text.substr(0, text.find('\n')));
}

// Where the characters beside the cursor begin and end.
size_t Prompt::character_before() const {
    size_t at = cursor_;
    if (at > 0) at--;
    while (at > 0 && continues_character(text_[at])) at--;
    return at;
}

size_t Prompt::character_behind() const {
    size_t at = cursor_;
    if (at < text_.size()) at++;
    while (at < text_.size() && continues_character(text_[at])) at++;
    return at;
}

void Prompt::choose() {
    if (kind_ == PromptKind::argument) {
        if (text_.empty() && debugger::needs_argument(*wanted_by_)) return;
        PromptChoice choice;
        choice.command = wanted_by_->id;
        answer_ = Answer{std::move(choice), text_};
        return close();
    }
    if (chosen_ >= choices_.size() || !choices_[chosen_].enabled) return;
    const PromptChoice choice = choices_[chosen_];
    if (choice.command && !debugger::command(*choice.command).argument.empty())
        return ask_argument(*choice.command);
    answer_ = Answer{choice, {}};
    close();
}

std::optional<Prompt::Answer> Prompt::take_answer() {
    return std::exchange(answer_, std::nullopt);
}

// ---- what it may mean ----

void Prompt::find_choices(const Frame& frame) {
    choices_.clear();
    if (kind_ == PromptKind::commands) add_commands(frame);
    if (kind_ == PromptKind::places) {
        for (const debugger::Place& place : frame.model.places) {
            PromptChoice choice;
            choice.title = place.title;
            choice.detail = place.detail;
            choice.place = place;
            choices_.push_back(std::move(choice));
        }
    }
    chosen_ = std::min(chosen_, choices_.empty() ? 0 : choices_.size() - 1);
}

void Prompt::add_commands(const Frame& frame) {
    struct Ranked {
        size_t distance;
        PromptChoice choice;
    };
    std::vector<Ranked> found;
    for (const debugger::Command& command : debugger::commands()) {
        const auto far = distance(command.title, text_);
        if (!far) continue;
        PromptChoice choice;
        choice.title = command.title;
        choice.detail = command.sentence;
        choice.key = keys_.key_of(command.id);
        choice.enabled = frame.model.command_enabled(command.id);
        choice.command = command.id;
        found.push_back({*far, std::move(choice)});
    }
    for (const WindowCommandRow& row : window_commands()) {
        const auto far = distance(row.title, text_);
        if (!far || row.id == WindowCommand::palette) continue;
        PromptChoice choice;
        choice.title = row.title;
        choice.detail = row.sentence;
        choice.key = keys_.key_of(row);
        choice.window_command = &row;
        found.push_back({*far, std::move(choice)});
    }
    std::ranges::stable_sort(found, {}, &Ranked::distance);
    for (Ranked& ranked : found) choices_.push_back(std::move(ranked.choice));
}

// ---- drawing ----

std::string Prompt::heading() const {
    if (kind_ == PromptKind::commands) return "Command";
    if (kind_ == PromptKind::places) return "Go to";
    return fmt::format("{}: {}", wanted_by_->title, wanted_by_->argument);
}

void Prompt::draw(Frame& frame, const Area& window) {
    if (!open_) return;
    if (kind_ == PromptKind::places) frame.wishes.places = text_;
    find_choices(frame);
    const float row = std::round(frame.em() * 1.8f);
    const float pad = std::round(frame.em() * 0.8f);
    const size_t first = chosen_ >= kMostChoices ? chosen_ - kMostChoices + 1 : 0;
    const size_t shown = std::min(choices_.size() - std::min(first, choices_.size()), kMostChoices);
    const float width = std::min(std::round(frame.em() * 48), window.width - 2 * pad);
    const float height = row * static_cast<float>(shown + 2) + 2 * pad;
    const Area sheet = {std::round((window.width - width) / 2), std::round(window.height * 0.12f), width,
                        std::min(height, window.height * 0.85f)};
    ImGui::SetNextWindowPos({sheet.left, sheet.top});
    ImGui::SetNextWindowSize({sheet.width, sheet.height});
    ImGui::SetNextWindowFocus();
    ImGui::Begin("prompt", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    Pen pen(frame);
    pen.fill(sheet, frame.theme.header, 6);
    pen.outline(sheet, frame.theme.accent, 6);
    ImFont* label = frame.fonts.label;
    pen.text_cut(sheet.left + pad, sheet.right() - pad, Pen::middle(sheet.top + pad / 2, row, label), label,
                 frame.theme.dim, heading());
    const Area line = {sheet.left + pad, sheet.top + pad / 2 + row, sheet.width - 2 * pad, row};
    pen.fill(line, frame.theme.raised, 4);
    ImFont* code = frame.fonts.code;
    const float y = Pen::middle(line.top, line.height, code);
    const float x = line.left + pad / 2;
    pen.text(x, y, code, frame.theme.text, text_);
    const float caret = x + Pen::width(code, std::string_view(text_).substr(0, cursor_));
    pen.fill({std::round(caret), line.top + 4, 2, line.height - 8}, frame.theme.accent);
    frame.widgets.add("prompt", line.left, line.top, line.right(), line.bottom(), text_);
    for (size_t i = 0; i < shown; i++) {
        draw_choice(frame, {line.left, line.bottom() + 4 + static_cast<float>(i) * row, line.width, row},
                    first + i);
    }
    const bool outside = ImGui::IsMouseClicked(0) && !pointer_in(sheet);
    ImGui::End();
    if (outside) close();
}

void Prompt::draw_choice(Frame& frame, const Area& line, size_t index) {
    const PromptChoice& choice = choices_[index];
    const Theme& theme = frame.theme;
    Pen pen(frame);
    if (pointer_in(line) && (ImGui::GetIO().MouseDelta.x != 0 || ImGui::GetIO().MouseDelta.y != 0))
        chosen_ = index;
    if (index == chosen_) pen.fill(line, theme.accent_ground, 4);
    const float pad = std::round(frame.em() * 0.4f);
    float right = line.right() - pad;
    if (!choice.key.empty()) {
        ImFont* code = frame.fonts.code;
        right -= Pen::width(code, choice.key);
        pen.text(right, Pen::middle(line.top, line.height, code), code, theme.dim, choice.key);
        right -= pad * 2;
    }
    const float y = Pen::middle(line.top, line.height, frame.fonts.strong);
    const float x = pen.text_cut(line.left + pad, right, y, frame.fonts.strong,
                                 choice.enabled ? theme.text : theme.faint, choice.title);
    pen.text_cut(x + frame.em(), right, y, frame.fonts.label, theme.dim, choice.detail);
    frame.widgets.add(fmt::format("prompt.{}", index), line.left, line.top, line.right(), line.bottom(),
                      choice.title);
    if (clicked(line)) {
        chosen_ = index;
        choose();
    }
}

}  // namespace peach::gui
