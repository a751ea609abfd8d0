#pragma once
// The words of the `peach` command. Each takes the words after its name and returns the exit status: 0 done,
// 1 failure, 2 bad usage, or what the word's own description says.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace peach::cli {

int run_command(std::span<const std::string> args);  // the guest command's status; 124 at --max-cycles
int show_command(std::span<const std::string> args);
int trace_command(std::span<const std::string> args);
int shot_command(std::span<const std::string> args);
// `peach` with options only: the window, or PeachOS in this terminal where there is no display.
int window_command(std::span<const std::string> args);

// A number without a sign. It may have commas, as the window shows them: 1,234,567.
CLI::Validator whole_number();

inline constexpr int kFailure = 1;
inline constexpr int kBadUsage = 2;

// "peach: what is wrong: what to do" on stderr. If nobody can read that, there is nothing more to be done.
void complain(const std::string& message);

// The status after standard output could not be written, for the reason in `errno`: a reader that has gone
// away is no mistake, and the status is that of SIGPIPE; of anything else it complains.
int output_failed(int error_number);
// Writes all of it. The status for the word: 0, or that of output_failed().
int print_all(std::string_view text);

// Parses a word's arguments; those after "--" go to `guest_command` as they are. An exit status if the word
// is done with that: 2 with a complaint, or 0 after --help.
std::optional<int> parse(CLI::App& app, std::span<const std::string> args,
                         std::vector<std::string>& guest_command);

}  // namespace peach::cli
