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

CLI::Validator whole_number() {
    constexpr size_t kMostDigits = 18;  // fits 64 bits
    const auto strip = [](std::string& text) {
        std::erase_if(text, [](char c) { return c == ',' || c == '_' || c == '\''; });
        const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) return std::string("give a whole number such as 1,234,567");
        return text.size() <= kMostDigits ? std::string() : text + " is too large: no run is that long";
    };
    return CLI::Validator(strip, "");
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
