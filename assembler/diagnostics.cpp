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

// The blanks under the source line up to the caret: tabs stay tabs, so that the caret stands under its
// character.
std::string blanks_before(const Diagnostic& diagnostic) {
    std::string blanks;
    for (uint32_t i = 0; i + 1 < diagnostic.column; ++i) {
        const bool tab = i < diagnostic.source_line.size() && diagnostic.source_line[i] == '\t';
        blanks += tab ? '\t' : ' ';
    }
    return blanks;
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
                        paint(kPlain), paint(kBold), diagnostic.message, paint(kPlain));
    if (diagnostic.line == 0 || diagnostic.source_line.empty()) return text;
    text += fmt::format("{:>5} | {}\n", diagnostic.line, diagnostic.source_line);
    text += fmt::format("      | {}{}^{}{}\n", blanks_before(diagnostic), paint(kGreen),
                        std::string(diagnostic.length - 1, '~'), paint(kPlain));
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
