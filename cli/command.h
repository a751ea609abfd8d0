#pragma once
// The words of the `peach` command. Each takes the words after its name and returns the exit status: 0 done,
// 1 failure, 2 bad usage, or what the word's own description says.

#include <optional>
#include <span>
#include <string>
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

// "peach: what is wrong: what to do" on stderr.
void complain(const std::string& message);

// Parses a word's arguments; those after "--" go to `guest_command` as they are. An exit status if the word
// is done with that: 2 with a complaint, or 0 after --help.
std::optional<int> parse(CLI::App& app, std::span<const std::string> args,
                         std::vector<std::string>& guest_command);

}  // namespace peach::cli
