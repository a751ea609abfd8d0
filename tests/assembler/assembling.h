#pragma once
// Assembles small texts for the tests.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assembler/assembler.h"

namespace peach::assembler::testing {

// The image, after failing the test if there are errors.
inline Image assemble_well(const std::vector<Source>& sources, const Options& options = {}) {
    Options quiet = options;  // the texts are short
    quiet.warnings.turn_off(Warning::fall_through);
    Result result = assemble(sources, quiet);
    EXPECT_EQ(render(result.diagnostics), "");
    return result.image.value_or(Image{});
}

inline Image assemble_well(std::string text, const Options& options = {}) {
    return assemble_well(std::vector{Source{.name = "test.s", .text = std::move(text)}}, options);
}

// A scrap of code, without an entry symbol.
inline Image assemble_scrap(std::string text, uint32_t text_base = 0x10000) {
    return assemble_well(std::move(text), {.text_base = text_base, .entry_at_text_base = true});
}

inline std::string errors_of(const std::vector<Source>& sources, const Options& options = {}) {
    const Result result = assemble(sources, options);
    EXPECT_FALSE(result.image.has_value());
    return render(result.diagnostics);
}

inline const ImageSection* find_section(const Image& image, std::string_view name) {
    const auto found = std::find_if(image.sections.begin(), image.sections.end(),
                                    [name](const ImageSection& s) { return s.name == name; });
    return found == image.sections.end() ? nullptr : &*found;
}

inline const ImageSymbol* find_symbol(const Image& image, std::string_view name) {
    const auto found = std::find_if(image.symbols.begin(), image.symbols.end(), [name](const ImageSymbol& s) {
        return s.name == name && s.type != SymbolType::file;
    });
    return found == image.symbols.end() ? nullptr : &*found;
}

inline std::vector<uint8_t> bytes_of(const Image& image, std::string_view name) {
    const ImageSection* section = find_section(image, name);
    if (section == nullptr) return {};
    std::vector<uint8_t> bytes;
    for (const std::byte b : section->bytes) bytes.push_back(std::to_integer<uint8_t>(b));
    return bytes;
}

inline std::vector<uint32_t> words_of(const Image& image, std::string_view name = ".text") {
    const std::vector<uint8_t> bytes = bytes_of(image, name);
    std::vector<uint32_t> words;
    for (size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        words.push_back(bytes[i] | uint32_t{bytes[i + 1]} << 8 | uint32_t{bytes[i + 2]} << 16 |
                        uint32_t{bytes[i + 3]} << 24);
    }
    return words;
}

}  // namespace peach::assembler::testing
