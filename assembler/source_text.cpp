#include "assembler/source_text.h"

#include <algorithm>

namespace peach::assembler {

void SourceText::locate(uint32_t begin, uint32_t length, Diagnostic& diagnostic) const {
    begin = std::min<uint32_t>(begin, static_cast<uint32_t>(text.size()));
    const std::string_view before = text.substr(0, begin);
    const size_t last_newline = before.rfind('\n');
    const size_t line_begin = last_newline == before.npos ? 0 : last_newline + 1;
    size_t line_end = text.find('\n', begin);
    if (line_end == text.npos) line_end = text.size();
    if (line_end > line_begin && text[line_end - 1] == '\r') --line_end;

    diagnostic.file = name;
    diagnostic.line = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    diagnostic.column = static_cast<uint32_t>(begin - line_begin) + 1;
    diagnostic.source_line = line_end > line_begin ? text.substr(line_begin, line_end - line_begin) : "";
    const auto room = static_cast<uint32_t>(line_end > begin ? line_end - begin : 0);
    diagnostic.length = std::max(1u, std::min(length, room));

    const auto after =
        std::upper_bound(markers.begin(), markers.end(), begin,
                         [](uint32_t offset, const LineMarker& m) { return offset < m.offset; });
    if (after != markers.begin()) {
        const LineMarker& marker = *std::prev(after);
        diagnostic.file = marker.file;
        diagnostic.line = marker.line + (diagnostic.line - marker.physical_line);
    }
}

void Reporter::report(Severity severity, Place place, std::string message) {
    Diagnostic diagnostic{.severity = severity, .message = std::move(message)};
    if (place.unit != kNoUnit) sources_[place.unit]->locate(place.begin, place.length, diagnostic);
    add(std::move(diagnostic));
}

void Reporter::add(Diagnostic diagnostic) {
    if (gave_up()) return;
    const Severity severity = diagnostic.severity;
    diagnostics_.push_back(std::move(diagnostic));
    if (severity != Severity::error) return;
    ++error_count_;
    if (gave_up()) {
        diagnostics_.push_back(
            {.severity = Severity::note, .message = "too many errors: the rest is not shown"});
    }
}

}  // namespace peach::assembler
