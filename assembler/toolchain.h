#pragma once
// The toolchain commands `as`, `dis` and `cc`, as functions, so that `peach` and the small `peach-toolchain`
// offer the same words. Each takes the words after the command's name, works on files, complains on stderr
// and returns the exit status: 0 done, 1 failure, 2 bad usage. What they take, each says itself: --help.

#include <filesystem>
#include <span>
#include <string>

namespace peach::toolchain {

int as_main(std::span<const std::string> args);
int dis_main(std::span<const std::string> args);
int cc_main(std::span<const std::string> args);

// The directory with PeachOS's headers, libc and images: $PEACH_SHARE, else ../share/peach beside the
// executable, else the one in the build tree this program was made in. Empty if none of them exists.
std::filesystem::path share_directory();

}  // namespace peach::toolchain
