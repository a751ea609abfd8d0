// peach-toolchain: as, dis and cc without the rest of Peach, for building the guest.

#include <fmt/format.h>

#include <exception>
#include <string>
#include <vector>

#include "assembler/toolchain.h"

namespace {

int run(const std::vector<std::string>& words) {
    const std::string command = words.empty() ? "" : words[0];
    const std::span<const std::string> args = std::span(words).subspan(words.empty() ? 0 : 1);
    if (command == "as") return peach::toolchain::as_main(args);
    if (command == "dis") return peach::toolchain::dis_main(args);
    if (command == "cc") return peach::toolchain::cc_main(args);
    fmt::print(stderr, "peach: expected one of as, dis and cc: try `peach-toolchain as --help`\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& failure) {
        fmt::print(stderr, "peach: {}\n", failure.what());
        return 1;
    }
}
