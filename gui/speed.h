#pragma once
// The speed slider's scale: from one instruction a second at the left, ten times as many a step to the right,
// to as fast as the machine can at the right end.

#include <string>

namespace peach::gui {

// `share` from 0 to 1 of the slider's length; 0 instructions a second stands for no limit.
double speed_at(float share);
float share_of_speed(double instructions_per_second);
std::string speed_words(double instructions_per_second);

}  // namespace peach::gui
