#pragma once
// What `peach cc` was asked for.

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assembler/assembler.h"
#include "emulator/base/error.h"

namespace peach::toolchain {

enum class Language : uint8_t { c, assembly, assembly_with_preprocessor, unknown };

struct CcInput {
    std::filesystem::path path;  // "-" is the standard input
    Language language = Language::unknown;

    bool is_standard_input() const { return path == "-"; }
    bool is_compiled() const { return language == Language::c; }
    bool goes_through_compiler() const {
        return language == Language::c || language == Language::assembly_with_preprocessor;
    }
};

struct CcRequest {
    std::vector<CcInput> inputs;
    std::optional<std::filesystem::path> output;
    std::vector<std::string> compiler_options;
    assembler::Options assembler_options;
    std::vector<std::string> libraries;
    std::vector<std::filesystem::path> library_directories;
    std::string_view stop_at;  // the suffix of what is made of each file: .s, .o, .i; empty: a program
    std::string question;      // for the compiler, about itself
    bool only_check = false;   // nothing is made
    bool with_libc = true;
    bool with_headers = true;
    bool strip = false;
    bool help = false;
};

std::expected<CcRequest, Error> read_cc_request(std::span<const std::string> args);

}  // namespace peach::toolchain
