#include "cli/command.h"

#include <fmt/format.h>
#include <algorithm>
#include <CLI/CLI.hpp>
#include <cstdint>

namespace peach::cli {
namespace {

constexpr int kBadUsage = 2;

}  // namespace

void complain(const std::string& message) {
    fmt::print(stderr, "peach: {}\n", message);
}

void expect_cycles(CLI::Option* option) {
    constexpr uint64_t kMost = 1'000'000'000'000'000'000;
    option->check(CLI::Range(uint64_t{0}, kMost));
}

std::optional<int> parse(CLI::App& app, std::span<const std::string> args,
                         std::vector<std::string>& guest_command) {
    const auto separator = std::ranges::find(args, "--");
    std::vector<std::string> own(args.begin(), separator);
    if (separator != args.end()) guest_command.assign(separator + 1, args.end());
    std::ranges::reverse(own);  // CLI11 takes them from the back
    try {
        app.parse(std::move(own));
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        complain(fmt::format("{}: `{} --help` tells the options", error.what(), app.get_name()));
        return kBadUsage;
    }
    return std::nullopt;
}

}  // namespace peach::cli
