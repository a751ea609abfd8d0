// Source and disassembly: the C lines with their instructions below them, the next instruction marked,
// breakpoints in the gutter. The text stays where it is while execution moves in it, and follows when it
// leaves.

#include <fmt/format.h>

#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"
#include "gui/panels/source_colours.h"

namespace peach::gui {

namespace {

using debugger::CodeRow;
using debugger::CodeRowKind;

class SourcePanel {
  public:
    SourcePanel(Frame& frame, const Area& area)
        : frame_(frame),
          pen_(frame),
          area_(area),
          rows_(frame.model.code.rows),
          row_height_(std::round(frame.em() * 1.36f)),
          letter_(Pen::width(frame.fonts.code, "0")),
          gutter_(std::round(frame.em() * 1.5f)) {
        show_bytes_ = area.width > gutter_ + letter_ * 54;
    }

    void draw() {
        const float top = place_rows();
        pen_.fill({area_.left, area_.top, gutter_, area_.height}, frame_.theme.header);
        for (size_t i = 0; i < rows_.size(); i++) {
            const Area line = {area_.left, top + static_cast<float>(i) * row_height_, area_.width,
                               row_height_};
            if (line.bottom() > area_.top && line.top < area_.bottom()) draw_row(rows_[i], line);
        }
        draw_scroll_bar(top);
        wish_for_more(top);
    }

  private:
    // Where the first row's top lies.
    float place_rows() {
        ViewState::CodePlace& place = frame_.view.code_place;
        if (pointer_in(area_)) place.y += std::round(ImGui::GetIO().MouseWheel * 3) * row_height_;
        float top = area_.top + place.y;
        bool found = false;
        for (size_t i = 0; i < rows_.size() && !found; i++) {
            if (rows_[i].address != place.address || rows_[i].kind != place.kind) continue;
            top = area_.top + place.y - static_cast<float>(i) * row_height_;
            found = true;
        }
        const int current = frame_.model.code.current_row;
        const uint32_t pc = current >= 0 ? rows_[static_cast<size_t>(current)].address : 0;
        const bool moved = current >= 0 && pc != place.pc;
        if (current >= 0 && (moved || !found)) {
            place.pc = pc;
            const float y = top + static_cast<float>(current) * row_height_ - area_.top;
            const bool comfortable = found && y >= row_height_ * 2 && y <= area_.height - row_height_ * 3;
            if (!comfortable) {
                top = area_.top + std::round(area_.height * 0.38f / row_height_) * row_height_ -
                      static_cast<float>(current) * row_height_;
            }
        } else if (!found) {
            top =
                area_.top - std::floor(static_cast<float>(rows_.size()) / 2 * row_height_ - area_.height / 2);
        }
        const float lowest = area_.bottom() - static_cast<float>(rows_.size()) * row_height_;
        top = std::min(std::max(top, lowest), area_.top);
        remember(top);
        return top;
    }

    // What to hold on to: the next instruction if it can be seen, else the row in the middle.
    void remember(float top) {
        if (rows_.empty()) return;
        const int current = frame_.model.code.current_row;
        auto row = static_cast<size_t>(std::max(0.0f, (area_.top + area_.height / 2 - top) / row_height_));
        if (current >= 0) {
            const float y = top + static_cast<float>(current) * row_height_;
            if (y >= area_.top && y < area_.bottom()) row = static_cast<size_t>(current);
        }
        row = std::min(row, rows_.size() - 1);
        ViewState::CodePlace& place = frame_.view.code_place;
        place.address = rows_[row].address;
        place.kind = rows_[row].kind;
        place.y = top + static_cast<float>(row) * row_height_ - area_.top;
    }

    // Scrolled to an end of what was read: the next reading is centred on what is being looked at.
    void wish_for_more(float top) {
        if (rows_.empty() || !pointer_in(area_) || ImGui::GetIO().MouseWheel == 0) return;
        const bool at_top = top >= area_.top && ImGui::GetIO().MouseWheel > 0;
        const bool at_bottom = top + static_cast<float>(rows_.size()) * row_height_ <= area_.bottom() + 1 &&
                               ImGui::GetIO().MouseWheel < 0;
        if (at_top) frame_.view.code_address = rows_.front().address;
        if (at_bottom) frame_.view.code_address = rows_.back().address;
    }

    void draw_row(const CodeRow& row, const Area& line) {
        const Theme& theme = frame_.theme;
        if (row.current) {
            pen_.fill({line.left + gutter_, line.top, line.width - gutter_, line.height},
                      row.kind == CodeRowKind::instruction ? theme.accent_ground
                                                           : with_alpha(theme.accent_ground, 16));
        } else if (row.kind == CodeRowKind::source) {
            pen_.fill({line.left + gutter_, line.top, line.width - gutter_, line.height},
                      with_alpha(theme.raised, 90));
        }
        switch (row.kind) {
            case CodeRowKind::label:
                draw_label(row, line);
                break;
            case CodeRowKind::source:
                draw_source_line(row, line);
                break;
            case CodeRowKind::instruction:
                draw_instruction(row, line);
                break;
        }
        draw_gutter(row, line);
    }

    void draw_gutter(const CodeRow& row, const Area& line) {
        const Theme& theme = frame_.theme;
        const Area gutter = {line.left, line.top, gutter_, line.height};
        const float x = gutter.left + gutter.width / 2;
        const float y = line.top + line.height / 2;
        if (row.breakpoint) pen_.breakpoint_sign(gutter, row.breakpoint_enabled);
        if (row.current && row.kind == CodeRowKind::instruction) {
            const float size = frame_.em() * 0.38f;
            const Colour colour = frame_.blurred() ? theme.dim : theme.accent;
            pen_.triangle({x - size * 0.7f, y - size}, {x + size, y}, {x - size * 0.7f, y + size}, colour);
            frame_.widgets.add("source.current", line.left, line.top, line.right(), line.bottom(),
                               fmt::format("0x{:08x}", row.address));
        }
        if (row.kind == CodeRowKind::instruction) {
            const std::string_view sign = !row.breakpoint          ? ""
                                          : row.breakpoint_enabled ? "breakpoint"
                                                                   : "breakpoint, off";
            frame_.widgets.add(fmt::format("source.gutter.0x{:08x}", row.address), gutter.left, gutter.top,
                               gutter.right(), gutter.bottom(), std::string(sign));
        }
        if (row.kind == CodeRowKind::instruction && row.address == frame_.view.code_selected)
            pen_.outline({line.left + gutter_, line.top, line.width - gutter_, line.height}, theme.accent);
        if (row.kind == CodeRowKind::label || !pointer_in(area_)) return;
        if (pointer_in(gutter) && !row.breakpoint)
            pen_.ring(x, y, std::round(frame_.em() * 0.33f), with_alpha(theme.breakpoint, 130), 1.5f);
        take_click(row, line, gutter);
    }

    // In the gutter: a breakpoint comes or goes, with the right button it is passed or stops again. Elsewhere
    // the line is chosen, with Ctrl it is run to.
    void take_click(const CodeRow& row, const Area& line, const Area& gutter) {
        const uint32_t address = row.address;
        const std::string place = fmt::format("0x{:x}", address);
        if (clicked(gutter)) {
            frame_.actions.emplace_back(
                [address](debugger::Session& session) { session.toggle_breakpoint(address); });
        } else if (right_clicked(gutter) && row.breakpoint) {
            frame_.run(debugger::CommandId::enable_breakpoint, place);
        } else if (clicked(line) && ImGui::GetIO().KeyCtrl) {
            frame_.run(debugger::CommandId::run_to, place);
        } else if (clicked(line)) {
            frame_.view.code_selected = address;
        }
    }

    void draw_label(const CodeRow& row, const Area& line) {
        pen_.text_cut(line.left + gutter_ + letter_, line.right(),
                      Pen::middle(line.top, line.height, frame_.fonts.code_strong), frame_.fonts.code_strong,
                      frame_.theme.accent, row.text + ":");
    }

    void draw_source_line(const CodeRow& row, const Area& line) {
        ImFont* font = frame_.fonts.code;
        const float y = Pen::middle(line.top, line.height, font);
        const float number_right = line.left + gutter_ + letter_ * 5;
        pen_.text_right(number_right, y, font, row.current ? frame_.theme.accent : frame_.theme.faint,
                        std::to_string(row.place.line));
        float left = number_right + letter_ * 2;
        left -= superfluous_indent(row.text, line.right() - left);
        pen_.list().PushClipRect({left, line.top}, {line.right(), line.bottom()}, true);
        float x = left;
        if (row.text.empty()) {  // no such file here, or an empty line
            x = pen_.text(x, y, font, frame_.theme.faint, row.place.file);
        }
        const bool assembly = row.place.file.ends_with(".s");
        for (const ColouredWord& word :
             assembly ? coloured_assembly(row.text, frame_.theme) : coloured_c(row.text, frame_.theme)) {
            x = pen_.text(x, y, font, word.colour, word.text);
        }
        pen_.list().PopClipRect();
        if (pointer_in(line) && x > line.right()) tooltip(frame_, row.text);
    }

    // How far a line may move to the left over its own indentation: a parameter list that goes on below its
    // beginning would start outside the panel. Ordinary lines stay aligned.
    float superfluous_indent(std::string_view text, float room) const {
        constexpr size_t kDeepestBlock = 20;
        const size_t indent = std::min(text.find_first_not_of(' '), text.size());
        if (indent <= kDeepestBlock) return 0;
        const float overhang = static_cast<float>(text.size()) * letter_ - room;
        return std::clamp(overhang, 0.0f, static_cast<float>(indent) * letter_);
    }

    void draw_instruction(const CodeRow& row, const Area& line) {
        const Theme& theme = frame_.theme;
        ImFont* font = frame_.fonts.code;
        const float y = Pen::middle(line.top, line.height, font);
        float x = line.left + gutter_ + letter_;
        pen_.text(x, y, font, row.current ? theme.accent : theme.faint, fmt::format("{:08x}", row.address));
        x += letter_ * 10;
        if (show_bytes_) {
            pen_.text(x, y, font, theme.faint, row.bytes);
            x += letter_ * 10;
        }
        pen_.list().PushClipRect({x, line.top}, {line.right(), line.bottom()}, true);
        draw_tokens(row, {x, line.top, line.right() - x, line.height});
        pen_.list().PopClipRect();
        frame_.widgets.add(fmt::format("source.0x{:08x}", row.address), line.left, line.top, line.right(),
                           line.bottom(), row.text);
    }

    // The mnemonic, and the operands in a column of their own; a mnemonic that reaches into it is followed by
    // a blank.
    void draw_tokens(const CodeRow& row, const Area& area) {
        constexpr float kMnemonicColumn = 7;
        ImFont* font = frame_.fonts.code;
        const float y = Pen::middle(area.top, area.height, font);
        float x = area.left;
        float operands = 0;
        for (const assembler::Token& token : row.tokens) {
            const bool mnemonic = &token == &row.tokens.front();
            std::string_view text = token.text;
            if (!mnemonic && x <= operands) {
                x = operands;
                text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
            }
            const float begin = x;
            const Colour colour = frame_.blurred() ? frame_.theme.dim : token_colour(token, frame_.theme);
            x = pen_.text(x, y, font, colour, text);
            const Area word = {begin, area.top, x - begin, area.height};
            if (mnemonic) {
                operands = std::max(begin + letter_ * kMnemonicColumn, x + letter_);
                if (pointer_in(word)) tooltip(frame_, debugger::explain_instruction(row.word));
                name_word("source.mnemonic", row, word, token.text);
            } else if (begin == operands && !text.empty()) {
                name_word("source.operand", row, word, text);
            }
            if (token.target) follow_target(*token.target, word);
        }
    }

    void name_word(std::string_view id, const CodeRow& row, const Area& word, std::string_view text) {
        frame_.widgets.add(fmt::format("{}.0x{:08x}", id, row.address), word.left, word.top, word.right(),
                           word.bottom(), std::string(text));
    }

    void follow_target(uint32_t target, const Area& word) {
        if (!pointer_in(word)) return;
        pen_.fill({word.left, word.bottom() - 2, word.width, 1}, frame_.theme.mnemonic);
        if (clicked(word) && !ImGui::GetIO().KeyCtrl) frame_.view.code_address = target;
    }

    void draw_scroll_bar(float top) {
        const float total = static_cast<float>(rows_.size()) * row_height_;
        if (total <= area_.height) return;
        const float height = std::max(20.0f, std::round(area_.height * area_.height / total));
        const float y =
            area_.top + std::round((area_.top - top) / (total - area_.height) * (area_.height - height));
        pen_.fill({area_.right() - 5, y, 4, height}, frame_.theme.raised);
    }

    Frame& frame_;
    Pen pen_;
    Area area_;
    const std::vector<CodeRow>& rows_;
    float row_height_;
    float letter_;
    float gutter_;
    bool show_bytes_;
};

}  // namespace

void draw_source(Frame& frame, const Area& area) {
    frame.wishes.code_address = frame.view.code_address;
    frame.wishes.code = true;
    if (frame.model.code.rows.empty()) {
        draw_message(frame, area, frame.model.code.message);
        return;
    }
    ImGui::PushClipRect({area.left, area.top}, {area.right(), area.bottom()}, true);
    SourcePanel(frame, area).draw();
    ImGui::PopClipRect();
}

}  // namespace peach::gui
