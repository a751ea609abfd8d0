#include "assembler/toolchain_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "assembler/elf_writer.h"

namespace peach::toolchain {

namespace fs = std::filesystem;

int complain(const std::string& message, int status) {
    fmt::print(stderr, "peach: {}\n", message);
    return status;
}

namespace {

std::unexpected<Error> too_large(const fs::path& path) {
    return std::unexpected(Error{
        fmt::format("{} has more than {} MiB: name another file", path.string(), kMostFileBytes >> 20)});
}

// So that nobody waits for what will be refused.
bool is_too_large(const fs::path& path) {
    std::error_code not_a_file;
    const uintmax_t size = fs::file_size(path, not_a_file);
    return !not_a_file && size > kMostFileBytes;
}

}  // namespace

std::expected<std::string, Error> read_file(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        return std::unexpected(Error{fmt::format("{} is a directory: name a file", path.string())});
    }
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::unexpected(Error{fmt::format("cannot read {}: {}", path.string(), std::strerror(errno))});
    if (is_too_large(path)) return too_large(path);
    constexpr size_t kBlockBytes = size_t{1} << 16;
    std::string text;
    for (size_t length = 0; in; text.resize(length)) {
        text.resize(length + kBlockBytes);
        in.read(text.data() + length, kBlockBytes);
        length += static_cast<size_t>(in.gcount());
        if (length > kMostFileBytes) return too_large(path);
    }
    if (in.bad()) return std::unexpected(Error{fmt::format("cannot read {} to its end", path.string())});
    return text;
}

std::expected<void, Error> write_file(const fs::path& path, std::span<const std::byte> bytes,
                                      OutputKind kind) {
    std::error_code problem;
    const bool special = fs::exists(path, problem) && !fs::is_regular_file(path, problem);
    // What a symbolic link leads to is written, not the link.
    const fs::path target = special ? path : fs::weakly_canonical(path, problem);
    const fs::path unfinished =
        special ? path : fs::path(fmt::format("{}.{}.new", target.string(), getpid()));
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (out)
            out.write(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<std::streamsize>(bytes.size()));
        out.close();
        if (!out) {
            const Error failure{fmt::format("cannot write {}: {}", path.string(), std::strerror(errno))};
            if (!special) fs::remove(unfinished, problem);
            return std::unexpected(failure);
        }
    }
    if (special) return {};
    if (kind == OutputKind::program) {
        fs::permissions(unfinished, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                        fs::perm_options::add, problem);
    }
    fs::rename(unfinished, target, problem);
    if (!problem) return {};
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    return std::unexpected(Error{fmt::format("cannot write {}: {}", path.string(), problem.message())});
}

std::expected<uint32_t, Error> parse_text_base(const std::string& text) {
    const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const char* first = text.data() + (hexadecimal ? 2 : 0);
    const char* last = text.data() + text.size();
    uint32_t value = 0;
    const auto [end, problem] = std::from_chars(first, last, value, hexadecimal ? 16 : 10);
    if (problem == std::errc{} && end == last && value % 4 == 0) return value;
    return std::unexpected(Error{fmt::format("--text-base {}: give a multiple of 4, such as 0x10000", text)});
}

std::expected<void, Error> check_output(std::span<const fs::path> inputs, const fs::path& output) {
    std::error_code ignored;
    for (const fs::path& input : inputs) {
        if (!fs::equivalent(input, output, ignored) || !fs::is_regular_file(input, ignored)) continue;
        return std::unexpected(Error{
            fmt::format("-o {} would overwrite what it is made of: name another file", output.string())});
    }
    return {};
}

bool Words::next() {
    if (at_ >= words_.size()) return false;
    ++at_;
    return true;
}

std::optional<std::expected<std::string, Error>> Words::value_of(const std::string& option) {
    const std::string& current = word();
    const bool letter = option.size() == 2;
    if (current == option) {
        if (!next()) return std::unexpected(Error{fmt::format("{} needs a value", option)});
        return word();
    }
    if (letter && current.starts_with(option)) return current.substr(2);
    if (!letter && current.starts_with(option + "=")) return current.substr(option.size() + 1);
    return std::nullopt;
}

namespace {

// Errors in a compiler's output are placed in the C file, whose text only we can read. One that has no place
// there shows the assembly, and says so.
void complete(std::vector<assembler::Diagnostic>& diagnostics, std::span<const AssemblyFile> inputs) {
    for (assembler::Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.line == 0) continue;
        if (!diagnostic.source_line.empty()) {
            const bool compiled = std::ranges::any_of(inputs, [&](const AssemblyFile& input) {
                return input.is_compiled && input.name == diagnostic.file;
            });
            if (compiled) diagnostic.file += " (compiled)";
            continue;
        }
        std::istringstream text(read_file(diagnostic.file).value_or(""));
        for (uint32_t i = 0; i < diagnostic.line; ++i) {
            if (!std::getline(text, diagnostic.source_line)) diagnostic.source_line.clear();
        }
    }
}

}  // namespace

assembler::FileLoader file_loader(std::vector<fs::path> directories) {
    return [directories = std::move(directories)](
               const std::string& name,
               const std::string& from) -> std::expected<assembler::LoadedFile, std::string> {
        std::vector<fs::path> places = {fs::path(from).parent_path(), ""};
        places.insert(places.end(), directories.begin(), directories.end());
        std::error_code ignored;
        for (const fs::path& place : places) {
            const fs::path path = place / name;
            if (!fs::is_regular_file(path, ignored)) continue;
            auto text = read_file(path);
            if (!text) return std::unexpected(text.error().message);
            return assembler::LoadedFile{.name = path.string(), .text = std::move(*text)};
        }
        return std::unexpected("no such file beside this one, in the current directory or in those of -I");
    };
}

std::optional<std::expected<void, Error>> read_warning_option(const std::string& word,
                                                              assembler::Options& options) {
    if (word == "-w") {
        options.warnings.turn_all_off();
    } else if (word == "-Wall") {
        options.warnings.turn_all_on();
    } else if (word == "-Werror") {
        options.warnings_are_errors = true;
    } else if (word == "-Wno-error") {
        options.warnings_are_errors = false;
    } else if (word.starts_with("-W")) {
        const bool off = word.starts_with("-Wno-");
        const auto which = assembler::find_warning(std::string_view(word).substr(off ? 5 : 2));
        if (!which) {
            return std::unexpected(Error{fmt::format("there is no warning {}: the warnings are {}", word,
                                                     fmt::join(assembler::kWarningNames, ", "))});
        }
        off ? options.warnings.turn_off(*which) : options.warnings.turn_on(*which);
    } else {
        return std::nullopt;
    }
    return std::expected<void, Error>{};
}

int assemble_files(std::span<const AssemblyFile> inputs, const fs::path& output,
                   const assembler::Options& options, Contents contents) {
    std::vector<assembler::Source> sources;
    for (const AssemblyFile& input : inputs) {
        auto text = read_file(input.path);
        if (!text) return complain(text.error().message, kFailure);
        sources.push_back({.name = input.name, .text = std::move(*text)});
    }
    assembler::Result result = assembler::assemble(sources, options);
    complete(result.diagnostics, inputs);
    const auto colour = isatty(STDERR_FILENO) != 0 ? assembler::Colour::on : assembler::Colour::off;
    fmt::print(stderr, "{}", assembler::render(result.diagnostics, colour));
    if (!result.image) return kFailure;
    if (contents == Contents::loaded) {
        result.image->symbols.clear();
        std::erase_if(result.image->sections, [](const assembler::ImageSection& s) { return !s.loaded; });
    }
    const auto written = write_file(output, assembler::write_elf(*result.image), OutputKind::program);
    if (!written) return complain(written.error().message, kFailure);
    return kDone;
}

}  // namespace peach::toolchain
