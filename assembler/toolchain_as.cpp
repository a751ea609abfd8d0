#include <fmt/format.h>

#include "assembler/toolchain.h"
#include "assembler/toolchain_files.h"

namespace peach::toolchain {

namespace {

constexpr std::string_view kUsage =
    "usage: peach as [options] FILE.s...\n"
    "  -o FILE              the program to make (a.out)\n"
    "  --text-base ADDRESS  where it begins (0x10000, where PeachOS loads programs)\n"
    "  --entry SYMBOL       its first instruction (_start)\n"
    "  --keep-all           keep sections that nothing refers to\n"
    "  -I DIRECTORY         where .include and .incbin look, too\n"
    "  -w  -Wno-NAME        without warnings, without this one\n"
    "  -Werror              warnings are errors\n";

struct Request {
    std::vector<std::filesystem::path> inputs;
    std::filesystem::path output = "a.out";
    assembler::Options options;
    std::vector<std::filesystem::path> include_directories;
    bool help = false;
};

std::expected<Request, Error> read_request(std::span<const std::string> args) {
    Request request;
    Words words(args);
    while (words.next()) {
        if (words.is("--help")) {
            request.help = true;
        } else if (words.is("--keep-all")) {
            request.options.keep_unreferenced = true;
        } else if (const auto warning = read_warning_option(words.word(), request.options)) {
            if (!*warning) return std::unexpected(warning->error());
        } else if (auto directory = words.value_of("-I")) {
            if (!*directory) return std::unexpected(directory->error());
            request.include_directories.emplace_back(**directory);
        } else if (auto output = words.value_of("-o")) {
            if (!*output) return std::unexpected(output->error());
            request.output = **output;
        } else if (auto entry = words.value_of("--entry")) {
            if (!*entry) return std::unexpected(entry->error());
            request.options.entry = **entry;
        } else if (auto base = words.value_of("--text-base")) {
            if (!*base) return std::unexpected(base->error());
            const auto address = parse_text_base(**base);
            if (!address) return std::unexpected(address.error());
            request.options.text_base = *address;
        } else if (words.word().starts_with("-")) {
            return std::unexpected(
                Error{fmt::format("as has no option {}: see peach as --help", words.word())});
        } else {
            request.inputs.emplace_back(words.word());
        }
    }
    if (request.inputs.empty() && !request.help)
        return std::unexpected(Error{"nothing to assemble: name one or more .s files"});
    return request;
}

}  // namespace

int as_main(std::span<const std::string> args) {
    auto request = read_request(args);
    if (!request) return complain(request.error().message, kBadUsage);
    if (request->help) {
        fmt::print("{}", kUsage);
        return kDone;
    }
    if (const auto good = check_output(request->inputs, request->output); !good)
        return complain(good.error().message, kBadUsage);
    request->options.loader = file_loader(std::move(request->include_directories));
    request->options.directory = std::filesystem::current_path().string();
    std::vector<AssemblyFile> files;
    for (const std::filesystem::path& input : request->inputs) files.push_back({.path = input});
    return assemble_files(files, request->output, request->options);
}

}  // namespace peach::toolchain
