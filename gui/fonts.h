#pragma once
// The typefaces of the window.
//
//   label   Inter, else DejaVu Sans            names, buttons, sentences
//   code    JetBrains Mono, else DejaVu Mono   instructions, numbers, the terminal
//
// DejaVu fills in symbols that the first choice lacks. With no font file at all, ImGui's own bitmap font
// serves, and labels keep to ASCII.

#include <string>
#include <vector>

struct ImFont;
struct ImFontAtlas;

namespace peach::gui {

inline constexpr float kDefaultFontPixels = 15;
inline constexpr float kSmallestFontPixels = 9;
inline constexpr float kLargestFontPixels = 40;

struct Fonts {
    float pixels = kDefaultFontPixels;  // height of `label`; the measure that layouts are made in
    ImFont* label = nullptr;
    ImFont* strong = nullptr;  // label, semi-bold: titles and what counts
    ImFont* small = nullptr;   // label, smaller: captions and axis numbers
    ImFont* code = nullptr;
    ImFont* code_strong = nullptr;
    std::vector<std::string> files;  // what was found, for the picture's record
};

// Fills the atlas and builds it; earlier fonts in the atlas become invalid.
Fonts build_fonts(ImFontAtlas& atlas, float pixels);

}  // namespace peach::gui
