#include "debugger/views/table.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace peach::debugger {
namespace {

// Columns on a terminal: bytes that continue a UTF-8 character take none.
size_t width_of(std::string_view text) {
    return static_cast<size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cell_text(const Cell& cell) {
    return cell.changed ? cell.text + "*" : cell.text;
}

std::vector<size_t> column_widths(const Table& table) {
    std::vector<size_t> widths;
    widths.reserve(table.columns.size());
    for (const Column& column : table.columns) widths.push_back(width_of(column.title));
    for (const Row& row : table.rows) {
        for (size_t i = 0; i < row.cells.size() && i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(cell_text(row.cells[i])));
        }
    }
    return widths;
}

void append_padded(std::string& line, std::string_view text, size_t width, Alignment alignment) {
    const std::string padding(width - std::min(width, width_of(text)), ' ');
    if (alignment == Alignment::right) line += padding;
    line += text;
    if (alignment == Alignment::left) line += padding;
}

void append_line(std::string& out, std::string line) {
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
}

nlohmann::json cell_json(const Cell& cell) {
    nlohmann::json json{{"text", cell.text}};
    if (cell.value) json["value"] = *cell.value;
    if (cell.address) json["address"] = *cell.address;
    if (cell.last_changed) json["last_changed"] = *cell.last_changed;
    if (cell.changed) json["changed"] = true;
    return json;
}

}  // namespace

std::string to_text(const Table& table) {
    const std::vector<size_t> widths = column_widths(table);
    std::string out;
    std::string heading = "  ";
    for (size_t i = 0; i < widths.size(); ++i) {
        append_padded(heading, table.columns[i].title, widths[i], table.columns[i].alignment);
        heading += "  ";
    }
    append_line(out, heading);
    for (const Row& row : table.rows) {
        std::string line = row.current ? "> " : "  ";
        for (size_t i = 0; i < row.cells.size() && i < widths.size(); ++i) {
            append_padded(line, cell_text(row.cells[i]), widths[i], table.columns[i].alignment);
            line += "  ";
        }
        append_line(out, line);
    }
    if (!table.note.empty()) out += table.note + "\n";
    return out;
}

std::string to_json(const Table& table) {
    nlohmann::json json{
        {"title", table.title}, {"columns", nlohmann::json::array()}, {"rows", nlohmann::json::array()}};
    for (const Column& column : table.columns) json["columns"].push_back(column.title);
    for (const Row& row : table.rows) {
        nlohmann::json cells = nlohmann::json::array();
        for (const Cell& cell : row.cells) cells.push_back(cell_json(cell));
        json["rows"].push_back({{"current", row.current}, {"cells", std::move(cells)}});
    }
    if (!table.note.empty()) json["note"] = table.note;
    // Guest text may be any bytes.
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace peach::debugger
