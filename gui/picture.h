#pragma once
// Saves a surface as a PNG. The same pixels give the same bytes.

#include <expected>
#include <filesystem>
#include <string>

#include "gui/surface.h"

namespace peach::gui {

// The error is a sentence: what is wrong and what to do.
std::expected<void, std::string> save_png(const Surface& surface, const std::filesystem::path& file);

}  // namespace peach::gui
