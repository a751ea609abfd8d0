#include "debugger/views/code.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstring>

#include "emulator/isa/instructions.h"

namespace peach::debugger {
namespace {

// Lines between two statements are shown with the second, up to this many; more are a jump in the source.
constexpr uint32_t kMostSourceLines = 12;

class CodeBuilder {
  public:
    CodeBuilder(const Session& session, const CodeQuery& query)
        : session_(session),
          query_(query),
          pc_(session.machine().cpu(query.cpu).pc),
          centre_(query.address.value_or(pc_) & ~3u),
          info_(session.debug_info_at(query.cpu, centre_)) {}

    CodeView build() {
        view_.title = title();
        const auto [begin, end] = range();
        for (uint32_t address = begin; address != end; address += 4) {
            if (!add_instruction(address)) {
                if (address >= centre_) break;
                view_.rows.clear();  // what is not mapped before the centre
            }
        }
        if (view_.rows.empty()) {
            view_.message = fmt::format("there is no memory at 0x{:08X}", centre_);
        }
        mark_current_source();
        return std::move(view_);
    }

  private:
    std::string title() const {
        if (info_ == nullptr) return fmt::format("0x{:08X}", centre_);
        const auto process = info_ == session_.kernel() ? std::nullopt : session_.current_process(query_.cpu);
        const auto symbol = info_->symbol_at(centre_);
        return fmt::format("{}: {}", process ? process->name : "kernel",
                           symbol ? symbol->symbol->name : fmt::format("0x{:08X}", centre_));
    }

    std::pair<uint32_t, uint32_t> range() const {
        const auto before = static_cast<uint32_t>(query_.instructions_before) * 4;
        const auto after = static_cast<uint32_t>(query_.instructions_after) * 4;
        const uint32_t begin = centre_ > before ? centre_ - before : 0;
        const uint32_t end = centre_ < 0xFFFFFFFC - after ? centre_ + after : 0xFFFFFFFC;
        return {begin, end};
    }

    std::optional<uint32_t> word_at(uint32_t address) const {
        std::array<std::byte, 4> bytes;
        if (!session_.machine().read_virtual(query_.cpu, address, bytes)) return std::nullopt;
        uint32_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        return word;
    }

    bool add_instruction(uint32_t address) {
        const auto word = word_at(address);
        if (!word) return false;
        add_label(address);
        const auto where = info_ == nullptr ? std::nullopt : info_->line_at(address);
        if (where && where->line != 0) add_source(*where, address);
        CodeRow row;
        row.address = address;
        row.word = *word;
        row.bytes = fmt::format("{:08X}", *word);
        row.tokens = assembler::disassemble_tokens(
            *word, address, {.aliases = assembler::Aliases::prefer, .symbolizer = [&](uint32_t target) {
                                 return symbol_text(target);
                             }});
        for (const auto& token : row.tokens) row.text += token.text;
        row.place = shown_;
        row.current = address == pc_;
        mark_breakpoint(row);
        if (row.current) view_.current_row = static_cast<int>(view_.rows.size());
        view_.rows.push_back(std::move(row));
        return true;
    }

    std::optional<std::string> symbol_text(uint32_t target) const {
        const auto info = session_.debug_info_at(query_.cpu, target);
        const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(target);
        return symbol ? std::optional(symbol->text()) : std::nullopt;
    }

    void add_label(uint32_t address) {
        const auto symbol = info_ == nullptr ? std::nullopt : info_->symbol_at(address);
        if (!symbol || symbol->offset != 0) return;
        CodeRow row;
        row.kind = CodeRowKind::label;
        row.address = address;
        row.text = symbol->symbol->name;
        view_.rows.push_back(std::move(row));
        shown_ = {};
    }

    // The lines that lead to this one, if they follow the last that was shown; else this line alone.
    void add_source(const SourceLocation& where, uint32_t address) {
        const SourcePlace place{std::string(where.file), where.line};
        if (place == shown_) return;
        uint32_t first = place.line;
        const bool follows = shown_.file == place.file && shown_.line < place.line;
        if (follows && place.line - shown_.line <= kMostSourceLines) first = shown_.line + 1;
        for (uint32_t line = first; line <= place.line; ++line) {
            const std::string_view text = session_.source_line(place.file, line);
            if (line != place.line && text.find_first_not_of(" \t") == std::string_view::npos) continue;
            CodeRow row;
            row.kind = CodeRowKind::source;
            row.address = address;
            row.text = text;
            row.place = {place.file, line};
            view_.rows.push_back(std::move(row));
        }
        shown_ = place;
    }

    void mark_breakpoint(CodeRow& row) const {
        if (const Breakpoint* breakpoint = session_.breakpoint_at(row.address)) {
            row.breakpoint = true;
            row.breakpoint_enabled = breakpoint->enabled;
        }
    }

    void mark_current_source() {
        if (view_.current_row < 0) return;
        const SourcePlace place = view_.rows[static_cast<size_t>(view_.current_row)].place;
        for (int i = view_.current_row; i >= 0 && place.line != 0; --i) {
            CodeRow& row = view_.rows[static_cast<size_t>(i)];
            if (row.kind != CodeRowKind::source || row.place != place) continue;
            row.current = true;
            return;
        }
    }

    const Session& session_;
    const CodeQuery& query_;
    uint32_t pc_;
    uint32_t centre_;
    std::shared_ptr<const DebugInfo> info_;
    SourcePlace shown_;
    CodeView view_;
};

}  // namespace

std::string explain_instruction(uint32_t word) {
    const auto decoded = isa::decode(word);
    if (!decoded) return fmt::format("{:08X} is no instruction", word);
    const isa::Instruction& row = isa::instruction(decoded->op);
    return fmt::format("{} {}\n{}\n{}", row.mnemonic, row.operands, row.effect, row.sentence);
}

CodeView code_view(const Session& session, const CodeQuery& query) {
    return CodeBuilder(session, query).build();
}

Table code_table(const Session& session) {
    CodeView view = code_view(
        session,
        {.cpu = session.focus_cpu(), .address = {}, .instructions_before = 12, .instructions_after = 24});
    Table table{.title = view.title,
                .columns = {{"address"}, {"word"}, {"instruction or source"}},
                .rows = {},
                .note = view.message};
    for (CodeRow& row : view.rows) {
        std::vector<Cell> cells(3);
        if (row.kind == CodeRowKind::instruction) {
            cells[0] = {.text = fmt::format("0x{:08X}{}", row.address, row.breakpoint ? " B" : ""),
                        .value = row.address};
            cells[1] = {.text = row.bytes, .value = row.word, .address = row.address};
            cells[2].text = "    " + row.text;
        } else if (row.kind == CodeRowKind::label) {
            cells[2].text = row.text + ":";
        } else {
            cells[0].text = fmt::format("{:>10}", row.place.line);
            cells[2].text = row.text;
        }
        table.rows.push_back(
            {.cells = std::move(cells), .current = row.current && row.kind == CodeRowKind::instruction});
    }
    return table;
}

}  // namespace peach::debugger
