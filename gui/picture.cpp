#include "gui/picture.h"

#include <fmt/format.h>
#include <png.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace peach::gui {

std::expected<void, std::string> save_png(const Surface& surface, const std::filesystem::path& file) {
    std::vector<uint8_t> rgb_bytes;
    rgb_bytes.reserve(surface.pixels.size() * 3);
    for (const uint32_t pixel : surface.pixels) {
        rgb_bytes.push_back(static_cast<uint8_t>(pixel >> 16));
        rgb_bytes.push_back(static_cast<uint8_t>(pixel >> 8));
        rgb_bytes.push_back(static_cast<uint8_t>(pixel));
    }
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(surface.width);
    image.height = static_cast<png_uint_32>(surface.height);
    image.format = PNG_FORMAT_RGB;
    if (png_image_write_to_file(&image, file.c_str(), 0, rgb_bytes.data(), 0, nullptr) == 0) {
        return std::unexpected(fmt::format("cannot write the picture {}: {}", file.string(), image.message));
    }
    return {};
}

}  // namespace peach::gui
