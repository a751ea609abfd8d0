#pragma once
// A source file as the assembler sees it, and places in it that messages can point at.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assembler/diagnostics.h"

namespace peach::assembler {

inline constexpr uint32_t kNoUnit = UINT32_MAX;

// A stretch of one source's text.
struct Place {
    uint32_t unit = kNoUnit;  // index of the source
    uint32_t begin = 0;       // byte offset
    uint32_t length = 1;
};

// "# 12 "file.S"" lines, as a preprocessor leaves them: the next line is line 12 of that file.
struct LineMarker {
    uint32_t offset;         // where the text after the marker begins
    uint32_t physical_line;  // the line that begins there, from 1
    uint32_t line;           // what it is to be called
    std::string_view file;
};

struct SourceText {
    std::string_view name;
    std::string_view text;
    std::vector<LineMarker> markers;

    // Fills in file, line, column, length and source line.
    void locate(uint32_t begin, uint32_t length, Diagnostic& diagnostic) const;
};

// Collects diagnostics. It stops collecting, with a last message, when a file is hopeless.
class Reporter {
  public:
    explicit Reporter(const std::vector<const SourceText*>& sources) : sources_(sources) {}

    void error(Place place, std::string message) { report(Severity::error, place, std::move(message)); }
    void warning(Place place, std::string message) { report(Severity::warning, place, std::move(message)); }
    void note(Place place, std::string message) { report(Severity::note, place, std::move(message)); }

    // One whose place is in no source that was given.
    void add(Diagnostic diagnostic);

    bool has_errors() const { return error_count_ != 0; }
    bool gave_up() const { return error_count_ >= kMostErrors; }
    std::vector<Diagnostic> take() { return std::move(diagnostics_); }

  private:
    static constexpr uint32_t kMostErrors = 500;

    void report(Severity severity, Place place, std::string message);

    const std::vector<const SourceText*>& sources_;
    std::vector<Diagnostic> diagnostics_;
    uint32_t error_count_ = 0;
};

}  // namespace peach::assembler
