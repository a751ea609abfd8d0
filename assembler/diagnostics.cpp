#include "assembler/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>

namespace peach::assembler {

namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kMagenta = "\x1b[1;35m";
constexpr std::string_view kCyan = "\x1b[1;36m";
constexpr std::string_view kGreen = "\x1b[1;32m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string_view word(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "";
}

std::string_view colour_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return kRed;
        case Severity::warning:
            return kMagenta;
        case Severity::note:
            return kCyan;
    }
    return "";
}

// Length of the UTF-8 character that begins at `at`, or 0 if what is there could upset a terminal.
size_t printable_length(std::string_view text, size_t at) {
    const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(at);
    if (first < 0x80) return first == '\t' || (first >= 0x20 && first != 0x7F) ? 1 : 0;
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || (first == 0xC2 && byte(at + 1) < 0xA0)) return 0;
    for (size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

// How many bytes are shown as the one character at `at`.
size_t shown_length(std::string_view text, size_t at) {
    return std::max<size_t>(printable_length(text, at), 1);
}

std::string printable(std::string_view text) {
    std::string result;
    for (size_t at = 0; at < text.size();) {
        const size_t length = printable_length(text, at);
        result += length == 0 ? std::string_view("?") : text.substr(at, length);
        at += std::max<size_t>(length, 1);
    }
    return result;
}

// What is shown of a source line: the part that is meant, if the line is very long.
struct Excerpt {
    std::string_view text;
    uint32_t before = 0;  // bytes of it before the caret
    uint32_t length = 1;
};

Excerpt excerpt_of(const Diagnostic& diagnostic) {
    constexpr uint32_t kMost = 200;
    const std::string_view line = diagnostic.source_line;
    const uint32_t before = std::max(diagnostic.column, 1u) - 1;
    if (line.size() <= kMost) return {line, before, diagnostic.length};
    const uint32_t skipped = before > kMost / 2 ? before - kMost / 2 : 0;
    const uint32_t shown_before = before - skipped;
    return {line.substr(std::min<size_t>(skipped, line.size()), kMost), shown_before,
            std::min(diagnostic.length, kMost - shown_before)};
}

// What stands under it: blanks, the caret, and `~` under what else is meant. Tabs stay tabs, and characters
// of several bytes are one blank, so that the caret stands under its character.
struct Underline {
    std::string blanks;
    std::string caret = "^";
};

Underline underline_of(const Excerpt& excerpt) {
    Underline line;
    size_t at = 0;
    for (; at < std::min<size_t>(excerpt.before, excerpt.text.size()); at += shown_length(excerpt.text, at))
        line.blanks += excerpt.text[at] == '\t' ? '\t' : ' ';
    const size_t end = std::min<size_t>(excerpt.before + excerpt.length, excerpt.text.size());
    if (at < end) at += shown_length(excerpt.text, at);
    for (; at < end; at += shown_length(excerpt.text, at)) line.caret += '~';
    return line;
}

}  // namespace

std::string render(const Diagnostic& diagnostic, Colour colour) {
    const auto paint = [colour](std::string_view code) {
        return colour == Colour::on ? code : std::string_view{};
    };
    std::string text;
    if (diagnostic.line != 0) {
        text += fmt::format("{}{}:{}:{}: {}", paint(kBold), diagnostic.file, diagnostic.line,
                            diagnostic.column, paint(kPlain));
    }
    text += fmt::format("{}{}: {}{}{}{}\n", paint(colour_of(diagnostic.severity)), word(diagnostic.severity),
                        paint(kPlain), paint(kBold), printable(diagnostic.message), paint(kPlain));
    if (diagnostic.line == 0 || diagnostic.source_line.empty()) return text;
    const Excerpt excerpt = excerpt_of(diagnostic);
    text += fmt::format("{:>5} | {}\n", diagnostic.line, printable(excerpt.text));
    const Underline underline = underline_of(excerpt);
    text +=
        fmt::format("      | {}{}{}{}\n", underline.blanks, paint(kGreen), underline.caret, paint(kPlain));
    return text;
}

std::string render(std::span<const Diagnostic> diagnostics, Colour colour) {
    std::string text;
    size_t errors = 0;
    size_t warnings = 0;
    for (const Diagnostic& diagnostic : diagnostics) {
        text += render(diagnostic, colour);
        if (diagnostic.severity == Severity::error) ++errors;
        if (diagnostic.severity == Severity::warning) ++warnings;
    }
    const auto count = [](size_t n, std::string_view what) {
        return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
    };
    if (errors != 0 && warnings != 0)
        text += count(errors, "error") + " and " + count(warnings, "warning") + "\n";
    if (errors != 0 && warnings == 0) text += count(errors, "error") + "\n";
    if (errors == 0 && warnings != 0) text += count(warnings, "warning") + "\n";
    return text;
}

std::optional<Warning> find_warning(std::string_view name) {
    const auto* found = std::find(std::begin(kWarningNames), std::end(kWarningNames), name);
    if (found == std::end(kWarningNames)) return std::nullopt;
    return static_cast<Warning>(found - std::begin(kWarningNames));
}

bool has_errors(std::span<const Diagnostic> diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

}  // namespace peach::assembler
