// Memory as the focused CPU sees it, and the walk through the page table that gets it there.

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

// Where to look: a symbol, a place or a number; empty follows the stack pointer.
void draw_address_field(Frame& frame, const Area& line) {
    char text[128];
    std::snprintf(text, sizeof text, "%s", frame.view.memory_text.c_str());
    ImGui::SetCursorScreenPos({line.left, line.top});
    ImGui::SetNextItemWidth(line.width);
    ImGui::PushFont(frame.fonts.code);
    const bool entered = ImGui::InputTextWithHint("##address", "at sp; type an address or a symbol", text,
                                                  sizeof text, ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::PopFont();
    frame.view.memory_text = text;
    frame.widgets.add("memory.address", line.left, line.top, line.right(), line.bottom(), text);
    if (!entered) return;
    ViewState* view = &frame.view;
    const double now = frame.now;
    frame.actions.emplace_back([view, now, place = frame.view.memory_text](debugger::Session& session) {
        if (place.empty()) {
            view->memory_address.reset();
            return;
        }
        const auto found = session.resolve(place);
        if (found && !found->addresses.empty()) {
            view->memory_address = found->addresses.front() & ~15u;
        } else {
            view->message = found ? "no address stands behind " + place : found.error().message;
            view->message_since = now;
        }
    });
}

void draw_row(Frame& frame, Pen& pen, const debugger::MemoryRow& row, const Area& line, uint32_t sp,
              size_t per_row) {
    const Theme& theme = frame.theme;
    ImFont* font = frame.fonts.code;
    const float y = Pen::middle(line.top, line.height, font);
    const float letter = Pen::width(font, "0");
    float x = pen.text(line.left, y, font, theme.dim, fmt::format("{:08x}", row.address)) + letter;
    std::string bytes;
    for (size_t i = 0; i < per_row; i++) {
        if (i % 4 == 0) x += letter / 2;
        const uint32_t address = row.address + static_cast<uint32_t>(i);
        const bool top_of_stack = address >= sp && address < sp + 4;
        const std::string text = row.physical ? fmt::format("{:02x}", row.bytes[i]) : "--";
        if (top_of_stack) pen.fill({x - 1, line.top, 3 * letter - 1, line.height}, theme.accent_ground);
        const bool quiet = !row.physical || row.bytes[i] == 0;
        pen.text(x, y, font, top_of_stack ? theme.accent : quiet ? theme.faint : theme.text, text);
        if (row.physical && pointer_in({x, line.top, letter * 2.5f, line.height})) {
            frame.view.under_pointer = fmt::format("0x{:08x}", address & ~3u);
            tooltip(frame, fmt::format("the word at 0x{:08x}\nW: who wrote this?", address & ~3u));
        }
        x += letter * 2.5f;
        bytes += text;
    }
    x += letter / 2;
    if (x + letter * static_cast<float>(per_row) <= line.right()) {
        x = pen.text(x, y, font, theme.dim, std::string_view(row.characters).substr(0, per_row));
        pen.text_cut(x + letter, line.right(), Pen::middle(line.top, line.height, frame.fonts.small),
                     frame.fonts.small, theme.mnemonic, row.symbol);
    }
    frame.widgets.add(fmt::format("memory.{:08x}", row.address), line.left, line.top, line.right(),
                      line.bottom(), std::move(bytes));
}

uint32_t stack_pointer(const Model& model) {
    for (const debugger::RegisterRow& row : model.registers) {
        if (row.name == "sp") return row.value;
    }
    return 0;
}

}  // namespace

void draw_memory(Frame& frame, const Area& area) {
    frame.wishes.memory = true;
    frame.wishes.registers = true;  // for sp
    const float pad = std::round(frame.em() * 0.6f);
    const float field = std::round(frame.em() * 1.7f);
    draw_address_field(frame, {area.left + pad, area.top + 4, area.width - 2 * pad, field});
    const float row_height = std::round(frame.em() * 1.3f);
    const Area rows = {area.left + pad, area.top + field + 8, area.width - pad, area.height - field - 8};
    const auto count = static_cast<size_t>(std::max(1.0f, std::floor(rows.height / row_height)));
    frame.wishes.memory_rows = count;
    if (pointer_in(rows) && ImGui::GetIO().MouseWheel != 0) {
        const uint32_t now = frame.view.memory_address.value_or(stack_pointer(frame.model) & ~15u);
        const auto lines = static_cast<int32_t>(ImGui::GetIO().MouseWheel * -3);
        frame.view.memory_address = now + static_cast<uint32_t>(lines * 16);
    }
    frame.wishes.memory_address = frame.view.memory_address;
    Pen pen(frame);
    const uint32_t sp = stack_pointer(frame.model);
    float y = rows.top;
    for (const debugger::MemoryRow& row : frame.model.memory) {
        if (y + row_height > rows.bottom()) break;
        draw_row(frame, pen, row, {rows.left, y, rows.width, row_height}, sp, row.bytes.size());
        y += row_height;
    }
}

void draw_page_walk(Frame& frame, const Area& area) {
    frame.wishes.walk = true;
    frame.wishes.memory_address = frame.view.memory_address;
    const float pad = std::round(frame.em() * 0.8f);
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("walk", {area.width, area.height});
    ImGui::SetCursorScreenPos({area.left + pad, area.top + pad - ImGui::GetScrollY()});
    ImGui::BeginGroup();
    ImGui::PushTextWrapPos(area.width - pad);
    for (size_t i = 0; i < frame.model.walk.size(); i++) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::TextWrapped("%s", frame.model.walk[i].c_str());
        frame.widgets.add(fmt::format("walk.{}", i), at.x, at.y, area.right() - pad,
                          ImGui::GetCursorScreenPos().y, frame.model.walk[i]);
    }
    ImGui::PopTextWrapPos();
    ImGui::EndGroup();
    ImGui::EndChild();
}

}  // namespace peach::gui
