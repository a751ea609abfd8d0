#include "gui/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

#include <cmath>
#include <filesystem>
#include <initializer_list>

namespace peach::gui {

namespace {

constexpr const char* kDejaVuSans = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
constexpr const char* kDejaVuMono = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";

// Latin letters, punctuation, arrows, mathematical signs, box drawing and shapes.
constexpr ImWchar kGlyphs[] = {0x0020, 0x017F, 0x2010, 0x2044, 0x2190, 0x21FF, 0x2200, 0x22FF, 0x2300,
                               0x23FF, 0x2500, 0x257F, 0x2580, 0x25FF, 0x2713, 0x2718, 0};
// What is taken from DejaVu where the first choice lacks it.
constexpr ImWchar kSymbols[] = {0x2190, 0x21FF, 0x2300, 0x23FF, 0x2500, 0x25FF, 0x2713, 0x2718, 0};

const char* first_that_exists(std::initializer_list<const char*> candidates) {
    std::error_code ignored;
    for (const char* path : candidates) {
        if (std::filesystem::is_regular_file(path, ignored)) return path;
    }
    return nullptr;
}

struct Face {
    std::initializer_list<const char*> candidates;
    float scale;  // of the label size
    unsigned hinting = ImGuiFreeTypeBuilderFlags_LightHinting;
};

ImFont* add_face(ImFontAtlas& atlas, const Face& face, float pixels, Fonts& fonts) {
    const float size = std::round(pixels * face.scale);
    const char* file = first_that_exists(face.candidates);
    if (file == nullptr) {
        ImFontConfig config;
        config.SizePixels = size;
        return atlas.AddFontDefault(&config);
    }
    fonts.files.emplace_back(file);
    ImFontConfig config;
    config.FontBuilderFlags = face.hinting;
    ImFont* font = atlas.AddFontFromFileTTF(file, size, &config, kGlyphs);
    const char* symbols = first_that_exists({kDejaVuMono, kDejaVuSans});
    if (symbols != nullptr) {
        config.MergeMode = true;
        atlas.AddFontFromFileTTF(symbols, size, &config, kSymbols);
    }
    return font;
}

}  // namespace

Fonts build_fonts(ImFontAtlas& atlas, float pixels) {
    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
    Fonts fonts;
    fonts.pixels = pixels;
    const char* inter_medium = "/usr/share/fonts/opentype/inter/Inter-Medium.otf";
    const char* inter_strong = "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf";
    const char* mono_medium = "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Medium.ttf";
    const char* mono_strong = "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Bold.ttf";
    const char* dejavu_strong = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
    const char* dejavu_mono_strong = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
    fonts.label = add_face(atlas, {{inter_medium, kDejaVuSans}, 1.0f}, pixels, fonts);
    fonts.strong = add_face(atlas, {{inter_strong, dejavu_strong, kDejaVuSans}, 1.0f}, pixels, fonts);
    fonts.small = add_face(atlas, {{inter_medium, kDejaVuSans}, 0.87f}, pixels, fonts);
    fonts.code = add_face(atlas, {{mono_medium, kDejaVuMono}, 1.0f}, pixels, fonts);
    fonts.code_strong =
        add_face(atlas, {{mono_strong, dejavu_mono_strong, kDejaVuMono}, 1.0f}, pixels, fonts);
    atlas.Build();
    return fonts;
}

}  // namespace peach::gui
