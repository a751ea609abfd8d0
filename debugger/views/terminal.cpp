#include "debugger/views/terminal.h"

#include <algorithm>
#include <charconv>
#include <deque>

namespace peach::debugger {
namespace {

constexpr size_t kTabColumns = 8;
constexpr size_t kWidestLine = 4096;

class Screen {
  public:
    explicit Screen(size_t line_limit) : line_limit_(std::max<size_t>(line_limit, 1)), lines_(1) {}

    void put(char c, uint64_t cycle) {
        if (in_escape_) return escape(c);
        switch (c) {
            case '\x1b':
                in_escape_ = true;
                return sequence_.clear();
            case '\n':
                return new_line();
            case '\r':
                column_ = 0;
                return;
            case '\b':
                column_ -= column_ > 0 ? 1 : 0;
                return;
            case '\t':
                column_ = (column_ / kTabColumns + 1) * kTabColumns;
                return;
            case '\a':
            case '\0':
                return;
            default:
                print(static_cast<unsigned char>(c) < 0x20 || c == '\x7f' ? '?' : c, cycle);
        }
    }

    TerminalView view() && {
        TerminalView view;
        view.cursor_line = line_;
        view.cursor_column = column_;
        view.lines.assign(std::make_move_iterator(lines_.begin()), std::make_move_iterator(lines_.end()));
        return view;
    }

  private:
    void new_line() {
        column_ = 0;
        ++line_;
        if (line_ == lines_.size()) lines_.emplace_back();
        if (lines_.size() <= line_limit_) return;
        lines_.pop_front();
        --line_;
    }

    void print(char c, uint64_t cycle) {
        TerminalLine& line = lines_[line_];
        if (column_ >= kWidestLine) return;
        if (line.text.size() <= column_) {
            line.text.resize(column_ + 1, ' ');
            line.cycles.resize(column_ + 1, cycle);
        }
        line.text[column_] = c;
        line.cycles[column_] = cycle;
        ++column_;
    }

    // ESC [ parameters letter; anything else ends at once.
    void escape(char c) {
        const bool goes_on = sequence_.empty() ? c == '[' : (c >= '0' && c <= '?');
        if (goes_on && sequence_.size() < 32) {
            sequence_ += c;
            return;
        }
        in_escape_ = false;
        if (!sequence_.starts_with('[')) return;
        int parameter = 0;
        std::from_chars(sequence_.data() + 1, sequence_.data() + sequence_.size(), parameter);
        if (c == 'J' && parameter >= 2) clear_screen();
        if (c == 'J' && parameter == 0) clear_below();
        if (c == 'K' && parameter == 0) cut(lines_[line_], column_);
        if (c == 'K' && parameter == 2) cut(lines_[line_], 0);
        if (c == 'H' && sequence_.size() <= 2) go_home();
    }

    static void cut(TerminalLine& line, size_t column) {
        if (column >= line.text.size()) return;
        line.text.resize(column);
        line.cycles.resize(column);
    }

    void clear_screen() {
        lines_.assign(1, {});
        line_ = 0;
        column_ = 0;
    }
    void clear_below() {
        cut(lines_[line_], column_);
        lines_.resize(line_ + 1);
    }
    void go_home() {
        line_ = 0;
        column_ = 0;
    }

    size_t line_limit_;
    std::deque<TerminalLine> lines_;
    size_t line_ = 0;
    size_t column_ = 0;
    bool in_escape_ = false;
    std::string sequence_;
};

// Where the last `line_limit` lines begin.
size_t start_of_last_lines(std::string_view bytes, size_t line_limit) {
    size_t start = bytes.size();
    for (size_t lines = 0; lines <= line_limit; ++lines) {
        const size_t newline = start == 0 ? std::string_view::npos : bytes.rfind('\n', start - 1);
        if (newline == std::string_view::npos) return 0;
        start = newline;
    }
    return start + 1;
}

}  // namespace

TerminalView terminal_lines(std::string_view bytes, const uint64_t* cycles, size_t line_limit) {
    Screen screen(line_limit);
    for (size_t i = start_of_last_lines(bytes, line_limit); i < bytes.size(); ++i)
        screen.put(bytes[i], cycles[i]);
    TerminalView view = std::move(screen).view();
    view.bytes = bytes.size();
    return view;
}

TerminalView terminal_view(const Session& session, size_t line_limit) {
    const Timeline& timeline = session.timeline();
    const size_t sent = timeline.console_length_at(timeline.cursor());
    return terminal_lines(timeline.console().substr(0, sent), timeline.console_cycles().data(), line_limit);
}

Table terminal_table(const Session& session) {
    Table table{.title = "Terminal", .columns = {{""}}, .rows = {}, .note = {}};
    const TerminalView view = terminal_view(session);
    for (size_t i = 0; i < view.lines.size(); ++i) {
        table.rows.push_back({.cells = {{.text = view.lines[i].text}}, .current = i == view.cursor_line});
    }
    return table;
}

}  // namespace peach::debugger
