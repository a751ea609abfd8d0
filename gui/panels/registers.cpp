// Registers: pc, sp and fp first and large, then the others, then the control registers. What changed since
// the last stop is marked, and flashes when it changes before one's eyes.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

constexpr double kFlashSeconds = 0.8;

class RegisterPanel {
  public:
    RegisterPanel(Frame& frame, const Area& area)
        : frame_(frame),
          pen_(frame),
          area_(area),
          row_height_(std::round(frame.em() * 1.3f)),
          pad_(std::round(frame.em() * 0.6f)),
          y_(area.top + std::round(frame.em() * 0.35f)) {}

    void draw() {
        for (const debugger::RegisterRow& row : frame_.model.registers) {
            if (row.primary) primary_row(row);
        }
        rule();
        group(false);
        rule();
        for (const debugger::RegisterRow& row : frame_.model.registers) {
            if (tells_of_traps(row)) trap_row(row);
        }
        group(true);
        ImGui::SetCursorScreenPos({area_.left, y_});
        ImGui::Dummy({1, 1});
    }

  private:
    void rule() {
        y_ += std::round(frame_.em() * 0.3f);
        pen_.fill({area_.left + pad_, y_, area_.width - 2 * pad_, 1}, frame_.theme.line);
        y_ += std::round(frame_.em() * 0.3f) + 1;
    }

    void primary_row(const debugger::RegisterRow& row) {
        const Theme& theme = frame_.theme;
        const float height = std::round(frame_.em() * 1.6f);
        const Area line = {area_.left + pad_, y_, area_.width - 2 * pad_, height - 2};
        pen_.fill(line, theme.raised, 3);
        pen_.fill({line.left, line.top, 3, line.height}, theme.accent);
        flash(row, line);
        ImFont* strong = frame_.fonts.code_strong;
        const float y = Pen::middle(line.top, line.height, strong);
        pen_.text(line.left + pad_ + 3, y, strong, theme.accent, row.name);
        const float value_x = line.left + pad_ + 3 + Pen::width(strong, "pc  ");
        const float end = pen_.text(value_x, y, strong, value_colour(row), row.text);
        mark_change(row, value_x - frame_.em() * 0.45f, line);
        pen_.text_cut(end + pad_, line.right() - pad_ / 2,
                      Pen::middle(line.top, line.height, frame_.fonts.label), frame_.fonts.label, theme.dim,
                      row.hint);
        finish(row, line);
        y_ += height;
    }

    // Of the longest name, and what is between it and the value.
    float names_width(bool control) const {
        float width = 0;
        for (const debugger::RegisterRow& row : frame_.model.registers) {
            if (row.control == control) width = std::max(width, Pen::width(frame_.fonts.code, row.name));
        }
        return width + Pen::width(frame_.fonts.code, "  ");
    }

    void group(bool control) {
        const float needed = names_width(control) + Pen::width(frame_.fonts.code, "0x00000000  ");
        const int columns =
            std::max(1, std::min(control ? 2 : 3, static_cast<int>(area_.width / (needed + pad_))));
        std::vector<const debugger::RegisterRow*> rows;
        for (const debugger::RegisterRow& row : frame_.model.registers) {
            if (!row.primary && row.control == control && !tells_of_traps(row)) rows.push_back(&row);
        }
        // Down the first column, then the next: the order in which the registers are numbered.
        const size_t lines = (rows.size() + static_cast<size_t>(columns) - 1) / static_cast<size_t>(columns);
        const float column_width = std::floor((area_.width - 2 * pad_) / static_cast<float>(columns));
        for (size_t i = 0; i < rows.size(); i++) {
            const size_t column = i / lines;
            const Area cell = {area_.left + pad_ + static_cast<float>(column) * column_width,
                               y_ + static_cast<float>(i % lines) * row_height_, column_width - pad_ / 2,
                               row_height_};
            plain_cell(*rows[i], cell, control);
        }
        y_ += static_cast<float>(lines) * row_height_;
    }

    // These say in words what happened last, and get a row of their own for it.
    static bool tells_of_traps(const debugger::RegisterRow& row) {
        return row.control && (row.name == "status" || row.name == "cause" || row.name == "epc");
    }

    void trap_row(const debugger::RegisterRow& row) {
        plain_cell(row, {area_.left + pad_, y_, area_.width - 2 * pad_, row_height_}, true);
        y_ += row_height_;
    }

    void plain_cell(const debugger::RegisterRow& row, const Area& cell, bool control) {
        const Theme& theme = frame_.theme;
        ImFont* font = frame_.fonts.code;
        const float y = Pen::middle(cell.top, cell.height, font);
        flash(row, cell);
        pen_.text(cell.left + 6, y, font, theme.dim, row.name);
        const float value_x = cell.left + 6 + names_width(control);
        const float end = pen_.text(value_x, y, font, value_colour(row), row.text);
        mark_change(row, value_x - frame_.em() * 0.4f, cell);
        if (tells_of_traps(row)) {
            pen_.text_cut(end + pad_, cell.right(), Pen::middle(cell.top, cell.height, frame_.fonts.label),
                          frame_.fonts.label, theme.dim, row.hint);
        }
        finish(row, cell);
    }

    Colour value_colour(const debugger::RegisterRow& row) const {
        const Theme& theme = frame_.theme;
        if (frame_.blurred()) return theme.dim;
        if (row.changed) return theme.accent;
        return row.value == 0 && !row.primary ? theme.faint : theme.text;
    }

    void mark_change(const debugger::RegisterRow& row, float x, const Area& line) {
        if (!row.changed || frame_.blurred()) return;
        pen_.disc(x, line.top + line.height / 2, std::max(2.0f, frame_.em() * 0.15f), frame_.theme.accent);
    }

    void flash(const debugger::RegisterRow& row, const Area& line) {
        ViewState::Flash& flash = frame_.view.flashes[row.name];
        if (!flash.known || flash.value != row.value) {
            flash.since = flash.known && !frame_.blurred() ? frame_.now : -1000;
            flash.value = row.value;
            flash.known = true;
        }
        const double age = frame_.now - flash.since;
        if (age >= kFlashSeconds) return;
        const auto strength = static_cast<float>(1 - age / kFlashSeconds);
        const auto alpha = static_cast<uint32_t>(strength * static_cast<float>(frame_.theme.change >> 24));
        pen_.fill(line, with_alpha(frame_.theme.change, alpha), 3);
        frame_.keep_moving();
    }

    void finish(const debugger::RegisterRow& row, const Area& line) {
        frame_.widgets.add("register." + row.name, line.left, line.top, line.right(), line.bottom(),
                           row.text);
        if (!pointer_in(line)) return;
        if (!row.control) frame_.view.under_pointer = row.name;
        std::string words = fmt::format("{}: {}\nsigned {}", row.name, row.role, row.decimal);
        if (!row.hint.empty()) words += "\n" + row.hint;
        if (row.changed) words += fmt::format("\nwas 0x{:08x} at the last stop", row.before);
        if (!row.control && row.name != "pc" && row.name != "zero") words += "\nW: who wrote this?";
        tooltip(frame_, words);
    }

    Frame& frame_;
    Pen pen_;
    Area area_;
    float row_height_;
    float pad_;
    float y_;
};

}  // namespace

void draw_registers(Frame& frame, const Area& area) {
    frame.wishes.registers = true;
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("registers", {area.width, area.height});
    const float scroll = ImGui::GetScrollY();
    RegisterPanel(frame, {area.left, area.top - scroll, area.width, area.height}).draw();
    ImGui::EndChild();
}

}  // namespace peach::gui
