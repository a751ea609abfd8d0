#include "tests/guest/dialogue.h"

namespace peach::tests {

std::optional<std::string> Dialogue::listen(uint64_t most_cycles) {
    RunOutput output;
    const RunResult result = engine_.run(engine_.machine().cycle() + most_cycles, output);
    if (result.reason == StopReason::idle) return std::move(output.console);
    rest_ += output.console;
    return std::nullopt;
}

void Dialogue::answer() {
    engine_.deliver({.cycle = engine_.machine().cycle(), .what = ConsoleInput{"\n"}});
}

void Dialogue::move_switch(uint8_t index, uint32_t value) {
    engine_.deliver({.cycle = engine_.machine().cycle(), .what = SwitchMove{.index = index, .value = value}});
}

}  // namespace peach::tests
