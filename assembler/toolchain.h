#pragma once
// The toolchain commands `as`, `dis` and `cc`, as functions, so that `peach` and the small `peach-toolchain`
// offer the same words. Each takes the words after the command's name, works on files, complains on stderr
// and returns the exit status: 0 done, 1 failure, 2 bad usage.
//
//   as  [-o FILE] [--text-base ADDRESS] [--entry SYMBOL] FILE.s...
//   dis [--assembly] [--no-source] [--no-aliases] FILE
//   cc  [-o FILE] [-S|-c|-E] [-O0 ...] [-I DIR] [-D NAME] [-l NAME] [--no-libc] FILE.c|.s|.S|.o...

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
