#include "assembler/source_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace peach::assembler {

void SourceText::locate(uint32_t location, uint32_t length, Diagnostic& diagnostic) const {
    const uint32_t begin = std::min<uint32_t>(location - base, static_cast<uint32_t>(text.size()));
    const std::string_view before = text.substr(0, begin);
    const size_t last_newline = before.rfind('\n');
    const size_t line_begin = last_newline == before.npos ? 0 : last_newline + 1;
    size_t line_end = text.find('\n', begin);
    if (line_end == text.npos) line_end = text.size();
    if (line_end > line_begin && text[line_end - 1] == '\r') --line_end;

    diagnostic.file = name;
    diagnostic.line = first_line + static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n'));
    diagnostic.column = static_cast<uint32_t>(begin - line_begin) + 1;
    diagnostic.source_line = line_end > line_begin ? text.substr(line_begin, line_end - line_begin) : "";
    const auto room = static_cast<uint32_t>(line_end > begin ? line_end - begin : 0);
    diagnostic.length = std::max(1u, std::min(length, room));

    const auto after = std::upper_bound(markers.begin(), markers.end(), location,
                                        [](uint32_t at, const LineMarker& m) { return at < m.location; });
    if (after != markers.begin()) {
        const LineMarker& marker = *std::prev(after);
        diagnostic.file = marker.file;
        diagnostic.line = marker.line + (diagnostic.line - marker.physical_line);
    }
}

SourceText* SourceMap::add(SourceText text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some editors begin UTF-8 with it
    if (text.text.starts_with(kByteOrderMark)) text.text.remove_prefix(kByteOrderMark.size());
    const size_t size = text.text.size() + 1;  // a message can point behind the end
    if (size > kMostCharacters - end_) return nullptr;
    text.base = end_;
    end_ += static_cast<uint32_t>(size);
    return &texts_.emplace_back(std::move(text));
}

const SourceText& SourceMap::text_at(uint32_t location) const {
    const auto after = std::upper_bound(texts_.begin(), texts_.end(), location,
                                        [](uint32_t at, const SourceText& text) { return at < text.base; });
    return *std::prev(after);
}

std::string_view SourceMap::characters(Place place) const {
    const SourceText& text = text_at(place.begin);
    return text.text.substr(std::min<size_t>(place.begin - text.base, text.text.size()), place.length);
}

void Reporter::report(Severity severity, Place place, std::string message) {
    if (gave_up()) return;
    if (severity != Severity::note)
        last_was_left_out_ =
            place.begin != kNowhere && !said_.emplace(same_place(place.begin), message).second;
    if (last_was_left_out_) return;
    Diagnostic diagnostic{.severity = severity, .message = std::move(message)};
    if (place.begin == kNowhere) return add(std::move(diagnostic));
    const SourceText& text = sources_.text_at(place.begin);
    text.locate(place.begin, place.length, diagnostic);
    add(std::move(diagnostic));
    if (severity != Severity::note) add_origins(text);
}

// The location of the same character when its file was included for the first time.
uint32_t Reporter::same_place(uint32_t location) {
    const SourceText& text = sources_.text_at(location);
    if (text.kind != TextKind::included) return location;
    const uint32_t first = first_inclusions_.try_emplace(text.name, text.base).first->second;
    return first + (location - text.base);
}

void Reporter::warning(Warning which, Place place, std::string message) {
    last_was_left_out_ = !warnings_.is_on(which);
    if (last_was_left_out_) return;
    message += fmt::format(" [-W{}]", warning_name(which));
    report(warnings_are_errors_ ? Severity::error : Severity::warning, place, std::move(message));
}

void Reporter::remark(Place place, std::string message) {
    last_was_left_out_ = false;
    note(place, std::move(message));
}

// How the assembler came to this text, from the inside out.
void Reporter::add_origins(const SourceText& text) {
    constexpr int kMostOrigins = 8;
    const SourceText* inner = &text;
    for (int i = 0; inner->origin != kNowhere; ++i) {
        if (i == kMostOrigins) return add({.severity = Severity::note, .message = "and so on, outwards"});
        Diagnostic note{.severity = Severity::note};
        if (inner->kind == TextKind::included)
            note.message = fmt::format("`{}` is included here", inner->name);
        if (inner->kind == TextKind::macro)
            note.message = fmt::format("in the expansion of macro `{}` here", inner->macro);
        if (inner->kind == TextKind::repetition) note.message = "in a repetition that begins here";
        const SourceText& outer = sources_.text_at(inner->origin);
        outer.locate(inner->origin, inner->origin_length, note);
        add(std::move(note));
        inner = &outer;
    }
}

void Reporter::add(Diagnostic diagnostic) {
    if (gave_up()) return;
    const Severity severity = diagnostic.severity;
    if (severity != Severity::note) last_was_left_out_ = false;
    diagnostics_.push_back(std::move(diagnostic));
    if (severity != Severity::error) return;
    ++error_count_;
    if (gave_up()) {
        diagnostics_.push_back(
            {.severity = Severity::note, .message = "too many errors: the rest is not shown"});
    }
}

}  // namespace peach::assembler
