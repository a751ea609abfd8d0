#pragma once
// The texts that the assembler reads, and places in them that messages can point at.
//
// Sources, included files and expansions of macros lie one after the other in one space of numbers, so that
// four bytes name any character of any of them:
//
//   0            a.s             |  b.s   |  lib.inc, included   |  macro `push`, expanded   |
//                                   ^ a location, here in b.s

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assembler/diagnostics.h"

namespace peach::assembler {

inline constexpr uint32_t kNowhere = UINT32_MAX;

// Some characters of a text.
struct Place {
    uint32_t begin = kNowhere;  // the location of the first
    uint32_t length = 1;
};

// "# 12 "file.S"" lines, as a preprocessor leaves them: the next line is line 12 of that file.
struct LineMarker {
    uint32_t location;       // where the text after the marker begins
    uint32_t physical_line;  // the line that begins there, as the text counts
    uint32_t line;           // what it is to be called
    std::string_view file;
};

enum class TextKind : uint8_t { source, included, macro, repetition };

struct SourceText {
    std::string_view name;  // of the file whose lines these are
    std::string_view text;
    TextKind kind = TextKind::source;
    uint32_t first_line = 1;     // of an expansion: where its first line stands in the file
    uint32_t origin = kNowhere;  // what includes or expands it
    uint32_t origin_length = 1;
    std::string_view macro = {};  // the macro's name
    uint32_t base = 0;            // location of the first character
    std::vector<LineMarker> markers = {};

    // Fills in file, line, column, length and source line.
    void locate(uint32_t location, uint32_t length, Diagnostic& diagnostic) const;
};

class SourceMap {
  public:
    // Nothing if there is no room for so much text.
    SourceText* add(SourceText text);

    // Keeps a text that was made while assembling, for views into it.
    std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

    const SourceText& text_at(uint32_t location) const;

    // What stands in a text from a location on.
    std::string_view characters(Place place) const;

  private:
    static constexpr uint32_t kMostCharacters = 1u << 31;

    std::deque<SourceText> texts_;
    std::deque<std::string> kept_;
    uint32_t end_ = 0;
};

// Collects diagnostics. It stops collecting, with a last message, when a file is hopeless.
class Reporter {
  public:
    Reporter(const SourceMap& sources, const WarningSet& warnings, bool warnings_are_errors)
        : sources_(sources), warnings_(warnings), warnings_are_errors_(warnings_are_errors) {}

    void error(Place place, std::string message) { report(Severity::error, place, std::move(message)); }
    void warning(Warning which, Place place, std::string message);
    // About the message before, and left out if that is.
    void note(Place place, std::string message) { report(Severity::note, place, std::move(message)); }

    // A note of its own: `.print`.
    void remark(Place place, std::string message);

    // One whose place is in no source that was given.
    void add(Diagnostic diagnostic);

    bool has_errors() const { return error_count_ != 0; }
    bool gave_up() const { return error_count_ >= kMostErrors; }
    std::vector<Diagnostic> take() { return std::move(diagnostics_); }

  private:
    static constexpr uint32_t kMostErrors = 500;

    void report(Severity severity, Place place, std::string message);
    void add_origins(const SourceText& text);
    uint32_t same_place(uint32_t location);

    const SourceMap& sources_;
    const WarningSet& warnings_;
    bool warnings_are_errors_;
    std::vector<Diagnostic> diagnostics_;
    // What has been said of which place: `.rept` reads the same text in every round, and a file may be
    // included again and again.
    std::set<std::pair<uint32_t, std::string>> said_;
    std::map<std::string_view, uint32_t> first_inclusions_;  // of each file: where that text begins
    bool last_was_left_out_ = false;                         // then its notes are, too
    uint32_t error_count_ = 0;
};

}  // namespace peach::assembler
