#pragma once
// What the toolchain commands share: reading and writing files, complaining, and reading options.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assembler/assembler.h"
#include "emulator/base/error.h"

namespace peach::toolchain {

inline constexpr int kDone = 0;
inline constexpr int kFailure = 1;
inline constexpr int kBadUsage = 2;

// "peach: MESSAGE" on stderr; returns `status`.
int complain(const std::string& message, int status);

// At most kMostFileBytes: nothing that Peach reads is as large as that.
inline constexpr uintmax_t kMostFileBytes = uintmax_t{1} << 30;
std::expected<std::string, Error> read_file(const std::filesystem::path& path);

// Whole or not at all: what was there before stays until the new file is complete.
enum class OutputKind : uint8_t { data, program };
std::expected<void, Error> write_file(const std::filesystem::path& path, std::span<const std::byte> bytes,
                                      OutputKind kind = OutputKind::data);

// The value of --text-base.
std::expected<uint32_t, Error> parse_text_base(const std::string& text);

// Refuses an output that is one of the inputs, which it would overwrite.
std::expected<void, Error> check_output(std::span<const std::filesystem::path> inputs,
                                        const std::filesystem::path& output);

// Goes through a command's words. An option's value is its next word, or stands behind `=`, or, for
// one-letter options such as -o, right behind the letter.
class Words {
  public:
    explicit Words(std::span<const std::string> words) : words_(words) {}

    bool next();
    const std::string& word() const { return words_[at_ - 1]; }
    bool is(const std::string& option) const { return word() == option; }

    // If the word is this option: its value, or an error if that is missing.
    std::optional<std::expected<std::string, Error>> value_of(const std::string& option);

  private:
    std::span<const std::string> words_;
    size_t at_ = 0;
};

// Finds what `.include` and `.incbin` name: beside the file that asks, in the current directory, then in
// these.
assembler::FileLoader file_loader(std::vector<std::filesystem::path> directories);

// Reads an option about warnings (-w, -Werror, -Wno-NAME, ...); nothing if the word is none.
std::optional<std::expected<void, Error>> read_warning_option(const std::string& word,
                                                              assembler::Options& options);

// Assembly in a file, and what it is called in messages and in the program.
struct AssemblyFile {
    std::filesystem::path path;
    std::string name = path.string();
    bool is_compiled = false;  // from the C file of that name, whose lines are others
};

// What a program's file holds: with names and debug information, or only what runs.
enum class Contents : uint8_t { all, loaded };

// Assembles files into an ELF file; diagnostics go to stderr. Returns the exit status.
int assemble_files(std::span<const AssemblyFile> inputs, const std::filesystem::path& output,
                   const assembler::Options& options, Contents contents = Contents::all);

}  // namespace peach::toolchain
