// What every key does, over the dimmed window.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

void draw_rows(Frame& frame, Pen& pen, const Area& page, const KeyMap& keys) {
    const float row_height = std::round(frame.em() * 1.55f);
    const auto most_rows = static_cast<size_t>(std::max(1.0f, std::floor(page.height / row_height)));
    const size_t columns = (keys.all().size() + most_rows - 1) / most_rows;
    const size_t rows_a_column = (keys.all().size() + columns - 1) / std::max<size_t>(columns, 1);
    const float column_width = page.width / static_cast<float>(std::max<size_t>(columns, 1));
    float key_width = 0;
    for (const KeyBinding& binding : keys.all())
        key_width = std::max(key_width, Pen::width(frame.fonts.code, chord_text(binding.chord)));
    key_width += frame.em() * 1.4f;
    for (size_t i = 0; i < keys.all().size(); i++) {
        const KeyBinding& binding = keys.all()[i];
        const size_t column = i / rows_a_column;
        const float left = page.left + static_cast<float>(column) * column_width;
        const float top = page.top + static_cast<float>(i % rows_a_column) * row_height;
        const std::string key = chord_text(binding.chord);
        const Area cap = {left, top + 2, Pen::width(frame.fonts.code, key) + frame.em() * 0.8f,
                          row_height - 4};
        pen.fill(cap, frame.theme.raised, 3);
        pen.text(left + frame.em() * 0.4f, Pen::middle(top, row_height, frame.fonts.code), frame.fonts.code,
                 frame.theme.accent, key);
        const float y = Pen::middle(top, row_height, frame.fonts.label);
        const float right = left + column_width - frame.em();
        const float x =
            pen.text_cut(left + key_width, right, y, frame.fonts.strong, frame.theme.text, binding.title);
        pen.text_cut(x + frame.em() * 0.7f, right, y, frame.fonts.label, frame.theme.dim, binding.sentence);
        frame.widgets.add("help." + key, left, top, left + column_width, top + row_height,
                          std::string(binding.title));
    }
}

}  // namespace

void draw_help(Frame& frame, const Area& window, const KeyMap& keys) {
    ImGui::SetNextWindowPos({window.left, window.top});
    ImGui::SetNextWindowSize({window.width, window.height});
    ImGui::SetNextWindowFocus();
    ImGui::PushStyleColor(ImGuiCol_WindowBg, with_alpha(frame.theme.ground, 0));
    ImGui::Begin("help", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    Pen pen(frame);
    pen.fill(window, with_alpha(rgb(0x000000), 140));
    const float margin = std::round(frame.em() * 2.5f);
    const Area sheet = {window.left + margin, window.top + margin, window.width - 2 * margin,
                        window.height - 2 * margin};
    pen.fill(sheet, frame.theme.panel, 6);
    pen.outline(sheet, frame.theme.line, 6);
    const float pad = std::round(frame.em() * 1.5f);
    pen.text(sheet.left + pad, sheet.top + pad, frame.fonts.strong, frame.theme.accent, "Keys");
    pen.text_right(sheet.right() - pad, sheet.top + pad, frame.fonts.label, frame.theme.dim,
                   "F1 or Escape closes this");
    const float below = std::round(frame.em() * 3.4f);
    draw_rows(frame, pen,
              {sheet.left + pad, sheet.top + below, sheet.width - 2 * pad, sheet.height - below - pad}, keys);
    if (ImGui::IsMouseClicked(0)) frame.view.help_open = false;
    ImGui::End();
    ImGui::PopStyleColor();
}

}  // namespace peach::gui
