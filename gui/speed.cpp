#include "gui/speed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace peach::gui {

namespace {

constexpr double kDecades = 8;            // to 100 million a second
constexpr float kUnlimitedFrom = 0.955f;  // the last stretch of the slider

}  // namespace

double speed_at(float share) {
    if (share >= kUnlimitedFrom) return 0;
    const double decades = std::clamp(share / kUnlimitedFrom, 0.0f, 1.0f) * kDecades;
    const double speed = std::pow(10.0, decades);
    const double unit =
        std::pow(10.0, std::floor(decades + 1e-9));  // one digit, so that the number stays readable
    return std::max(1.0, std::round(speed / unit) * unit);
}

float share_of_speed(double instructions_per_second) {
    if (instructions_per_second <= 0) return 1;
    const double share = std::log10(instructions_per_second) / kDecades * static_cast<double>(kUnlimitedFrom);
    return static_cast<float>(std::clamp(share, 0.0, static_cast<double>(kUnlimitedFrom) - 0.001));
}

std::string speed_words(double instructions_per_second) {
    if (instructions_per_second <= 0) return "unlimited";
    if (instructions_per_second < 1'000) return fmt::format("{:.0f}/s", instructions_per_second);
    if (instructions_per_second < 1'000'000)
        return fmt::format("{:.0f} thousand/s", instructions_per_second / 1e3);
    return fmt::format("{:.0f} million/s", instructions_per_second / 1e6);
}

}  // namespace peach::gui
