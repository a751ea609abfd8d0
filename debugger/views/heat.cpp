#include "debugger/views/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "debugger/execution_counts.h"

namespace peach::debugger {
namespace {

constexpr size_t kMostFunctions = 40;

struct Heat {
    std::string program;
    std::string function;
    uint32_t address = 0;
    uint64_t executions = 0;
    uint64_t entered = 0;
    uint32_t hottest = 0;  // address of the instruction that executed most often
    uint64_t hottest_executions = 0;
};

// A branch may have taken the motion's beginning away.
uint64_t begin_of(const Session& session) {
    const Timeline& timeline = session.timeline();
    return std::clamp(session.cycle_before(), timeline.first_cycle(), timeline.cursor());
}

// "kernel/process.c" of a path.
std::string short_path(std::string_view path) {
    const std::filesystem::path whole(path);
    return (whole.parent_path().filename() / whole.filename()).string();
}

// Executions by function, or by symbol where there is only that.
void add_heat(const ProgramCounts& counts, std::vector<Heat>& all) {
    std::map<uint32_t, Heat> by_function;
    for (const auto& [address, executions] : counts.executions) {
        const auto symbol = counts.info == nullptr ? std::nullopt : counts.info->symbol_at(address);
        const uint32_t start = symbol ? symbol->symbol->address : address / isa::kPageSize * isa::kPageSize;
        Heat& heat = by_function[start];
        if (heat.executions == 0) {
            heat.program = counts.name;
            heat.function = symbol ? symbol->symbol->name : fmt::format("page 0x{:08X}", start);
            heat.address = start;
        }
        heat.executions += executions;
        if (address == start) heat.entered = executions;
        if (executions > heat.hottest_executions) {
            heat.hottest = address;
            heat.hottest_executions = executions;
        }
    }
    for (auto& [start, heat] : by_function) all.push_back(std::move(heat));
}

std::string hottest_place(const std::vector<ProgramCounts>& programs, const Heat& heat) {
    const auto program = std::ranges::find(programs, heat.program, &ProgramCounts::name);
    const auto line = program->info == nullptr ? std::nullopt : program->info->line_at(heat.hottest);
    if (!line || line->line == 0) return fmt::format("0x{:08X}", heat.hottest);
    return fmt::format("{}:{}", short_path(line->file), line->line);
}

// What of one source file has code, and what of that was executed.
struct FileCoverage {
    std::set<uint32_t> lines;
    std::set<uint32_t> executed;
};

void add_coverage(const ProgramCounts& counts, std::map<std::string, FileCoverage>& files) {
    if (counts.info == nullptr) return;
    for (const LineEntry& entry : counts.info->lines()) {
        if (entry.line == 0 || !entry.is_statement) continue;
        FileCoverage& file = files[counts.info->files()[entry.file]];
        file.lines.insert(entry.line);
        const auto first = counts.executions.lower_bound(entry.where.low);
        if (first != counts.executions.end() && first->first < entry.where.high) {
            file.executed.insert(entry.line);
        }
    }
}

// "12, 20-24": the lines with code that were not executed; a range spans lines without code.
std::string missing_lines(const FileCoverage& file) {
    std::string text;
    uint32_t first = 0;
    uint32_t last = 0;
    const auto close = [&] {
        if (first == 0) return;
        if (!text.empty()) text += ", ";
        text += first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
        first = 0;
    };
    for (const uint32_t line : file.lines) {
        if (file.executed.contains(line)) {
            close();
            continue;
        }
        if (first == 0) first = line;
        last = line;
    }
    close();
    return text;
}

Cell number(uint64_t value) {
    return {.text = fmt::format("{}", value), .value = static_cast<int64_t>(value)};
}

double percent(uint64_t part, uint64_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Table heat_table(const Session& session) {
    const uint64_t first = begin_of(session);
    const uint64_t end = session.timeline().cursor();
    const std::vector<ProgramCounts> programs = count_executions(session, first, end);
    std::vector<Heat> all;
    uint64_t total = 0;
    for (const ProgramCounts& counts : programs) {
        add_heat(counts, all);
        total += counts.total();
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &Heat::executions);
    Table table{.title = fmt::format("Heat from cycle {} to {}", first, end),
                .columns = {{"share", Alignment::right},
                            {"instructions", Alignment::right},
                            {"entered", Alignment::right},
                            {"program"},
                            {"function"},
                            {"hottest place"}},
                .rows = {},
                .note = fmt::format("{} instructions in {} functions.", total, all.size())};
    for (const Heat& heat : all) {
        if (table.rows.size() == kMostFunctions) break;
        table.rows.push_back({.cells = {{.text = fmt::format("{:.1f}%", percent(heat.executions, total))},
                                        number(heat.executions),
                                        number(heat.entered),
                                        {.text = heat.program},
                                        {.text = heat.function, .address = heat.address},
                                        {.text = hottest_place(programs, heat), .address = heat.hottest}},
                              .current = false});
    }
    return table;
}

Table coverage_table(const Session& session) {
    const uint64_t first = begin_of(session);
    const uint64_t end = session.timeline().cursor();
    std::map<std::string, FileCoverage> files;
    for (const ProgramCounts& counts : count_executions(session, first, end)) add_coverage(counts, files);
    Table table{.title = fmt::format("Coverage from cycle {} to {}", first, end),
                .columns = {{"file"},
                            {"lines", Alignment::right},
                            {"executed", Alignment::right},
                            {"share", Alignment::right},
                            {"not executed"}},
                .rows = {},
                .note = {}};
    uint64_t lines = 0;
    uint64_t executed = 0;
    for (const auto& [path, file] : files) {
        lines += file.lines.size();
        executed += file.executed.size();
        table.rows.push_back(
            {.cells = {{.text = short_path(path)},
                       number(file.lines.size()),
                       number(file.executed.size()),
                       {.text = fmt::format("{:.0f}%", percent(file.executed.size(), file.lines.size()))},
                       {.text = missing_lines(file)}},
             .current = false});
    }
    if (lines == 0)
        table.note = "No line was executed.";
    else
        table.note =
            fmt::format("{} of {} lines with code were executed ({:.0f}%), of the programs that ran.",
                        executed, lines, percent(executed, lines));
    return table;
}

}  // namespace peach::debugger
