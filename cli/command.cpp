#include "cli/command.h"

#include <fmt/format.h>
#include <algorithm>
#include <cerrno>
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace peach::cli {

void complain(const std::string& message) {
    std::fputs(("peach: " + message + "\n").c_str(), stderr);
}

int output_failed(int error_number) {
    constexpr int kStatusOfBrokenPipe = 128 + SIGPIPE;
    if (error_number == EPIPE) return kStatusOfBrokenPipe;
    complain(fmt::format("standard output cannot be written: {}", std::strerror(error_number)));
    return kFailure;
}

int print_all(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    return written && std::fflush(stdout) == 0 ? 0 : output_failed(errno);
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
        return print_all(app.help());
    } catch (const CLI::ExtrasError& error) {
        complain(fmt::format(
            "{}: `{} --help` tells the options, and a command for the guest stands after --, as in "
            "`peach run -- ls`",
            error.what(), app.get_name()));
        return kBadUsage;
    } catch (const CLI::ParseError& error) {
        complain(fmt::format("{}: `{} --help` tells the options", error.what(), app.get_name()));
        return kBadUsage;
    }
    return std::nullopt;
}

}  // namespace peach::cli
