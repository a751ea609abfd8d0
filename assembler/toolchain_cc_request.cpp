#include "assembler/toolchain_cc_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "assembler/toolchain_files.h"

namespace peach::toolchain {

namespace fs = std::filesystem;

namespace {

bool is_compiler_option(const std::string& word) {
    constexpr std::string_view kPrefixes[] = {
        "-I", "-D",       "-U",       "-O", "-W",       "-std=",   "--std=",     "-f",
        "-g", "-include", "-imacros", "-M", "-isystem", "-iquote", "-idirafter", "-pedantic"};
    constexpr std::string_view kWords[] = {"-w",  "-v",  "-H",  "-P",    "-C",         "-dM",
                                           "-dD", "-dI", "-dN", "-ansi", "-trigraphs", "-pipe"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords) ||
           std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                       [&](std::string_view p) { return word.starts_with(p); });
}

// Options whose value may be the next word.
bool takes_next_word(const std::string& word) {
    constexpr std::string_view kWords[] = {"-I",      "-D",         "-U",  "-include", "-imacros", "-isystem",
                                           "-iquote", "-idirafter", "-MF", "-MT",      "-MQ"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::optional<Error> read_assembler_option(Words& words, CcRequest& request, bool& taken) {
    taken = true;
    if (auto output = words.value_of("-o")) {
        if (!*output) return output->error();
        request.output = **output;
    } else if (auto entry = words.value_of("--entry")) {
        if (!*entry) return entry->error();
        request.assembler_options.entry = **entry;
    } else if (auto base = words.value_of("--text-base")) {
        if (!*base) return base->error();
        const auto address = parse_text_base(**base);
        if (!address) return address.error();
        request.assembler_options.text_base = *address;
    } else {
        taken = false;
    }
    return std::nullopt;
}

// What all programs are anyway, or need not be: threads are in the C library, and every program has the same
// addresses in a space of its own.
bool says_nothing_new(const std::string& word) {
    constexpr std::string_view kWords[] = {"-static",  "-no-pie",        "-pie",         "-fPIC",
                                           "-fpic",    "-fPIE",          "-fpie",        "-fno-pie",
                                           "-fno-PIE", "-fno-pic",       "-fno-PIC",     "-rdynamic",
                                           "-pthread", "-march=rv32ema", "-mabi=ilp32e", "--target=riscv32"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// What other compilers understand and would be misunderstood here.
std::optional<Error> refuse(const std::string& word) {
    if (word.starts_with("-Wl,")) {
        return Error{
            fmt::format("{}: there is no linker; see --text-base and --entry in peach cc --help", word)};
    }
    if (word.starts_with("-Wa,"))
        return Error{fmt::format("{}: give the assembler's options to peach cc itself", word)};
    if (word.starts_with("-flto"))
        return Error{fmt::format("{}: there is no linker that could optimise", word)};
    if (word.starts_with("-fsanitize"))
        return Error{fmt::format("{}: PeachOS has no sanitizers; the machine stops at bad addresses", word)};
    if (word == "-shared") return Error{fmt::format("{}: PeachOS has no shared libraries", word)};
    if (word.starts_with("-save-temps"))
        return Error{fmt::format("{}: use -E and -S, which keep what they make", word)};
    if (word.starts_with("-march") || word.starts_with("-mabi") || word.starts_with("--target"))
        return Error{fmt::format("{}: the machine is always Peach-32", word)};
    return std::nullopt;
}

// -w, -Wall and -Werror are for the compiler and the assembler; a warning that has a name in the assembler is
// its own.
void read_warnings(const std::string& word, CcRequest& request) {
    const auto read = read_warning_option(word, request.assembler_options);
    const bool is_both = word == "-w" || word == "-Wall" || word == "-Werror" || word == "-Wno-error";
    const bool is_assemblers = read && *read && !is_both;
    if (!is_assemblers) request.compiler_options.push_back(word);
}

// What clang would do instead of compiling.
void read_purpose(const std::string& word, CcRequest& request) {
    if (word == "-M" || word == "-MM") request.stop_at = ".i";
    if (word == "-fsyntax-only") request.only_check = true;
}

// Options that are a word and no more.
bool read_plain_option(const std::string& word, CcRequest& request) {
    if (word == "--help") {
        request.help = true;
    } else if (word == "-S") {
        request.stop_at = ".s";
    } else if (word == "-c") {
        request.stop_at = ".o";
    } else if (word == "-E") {
        request.stop_at = ".i";
    } else if (word == "--no-libc" || word == "-nostdlib") {
        request.with_libc = false;
    } else if (word == "-nostdinc") {
        request.with_headers = false;
    } else if (word == "-s") {
        request.strip = true;
    } else if (word == "--version" || word == "-dumpmachine" || word == "-dumpversion") {
        request.question = word;
    } else {
        return says_nothing_new(word);
    }
    return true;
}

std::optional<Error> read_library_option(Words& words, CcRequest& request, bool& taken) {
    taken = true;
    if (auto library = words.value_of("-l")) {
        if (!*library) return library->error();
        request.libraries.push_back(**library);
    } else if (auto directory = words.value_of("-L")) {
        if (!*directory) return directory->error();
        request.library_directories.emplace_back(**directory);
    } else {
        taken = false;
    }
    return std::nullopt;
}

// What -x calls the languages; `none` lets each file's name tell.
std::expected<std::optional<Language>, Error> find_language(const std::string& name) {
    if (name == "none") return std::nullopt;
    if (name == "c" || name == "cpp-output") return Language::c;
    if (name == "assembler") return Language::assembly;
    if (name == "assembler-with-cpp") return Language::assembly_with_preprocessor;
    return std::unexpected(
        Error{fmt::format("-x {}: expected c, assembler, assembler-with-cpp or none", name)});
}

Language language_of(const fs::path& path) {
    const fs::path suffix = path.extension();
    if (suffix == ".c" || suffix == ".i") return Language::c;
    if (suffix == ".S") return Language::assembly_with_preprocessor;
    return suffix == ".s" || suffix == ".o" ? Language::assembly : Language::unknown;
}

// The words of a text: blanks end them, quotes hold them together, and what follows a backslash is itself.
std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    bool within = false;
    char quote = '\0';
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (blank && quote == '\0') {
            within = false;
            continue;
        }
        if (!within) words.emplace_back();
        within = true;
        const bool opens_or_closes = quote == '\0' ? c == '"' || c == '\'' : c == quote;
        if (opens_or_closes) {
            quote = quote == '\0' ? c : '\0';
            continue;
        }
        if (c == '\\' && i + 1 < text.size()) c = text[++i];
        words.back() += c;
    }
    return words;
}

// Puts the words of FILE in the place of @FILE, in which there may be others.
std::expected<std::vector<std::string>, Error> with_words_of_files(std::span<const std::string> args,
                                                                   int nesting = 0) {
    constexpr int kMostNesting = 10;
    std::vector<std::string> words;
    for (const std::string& word : args) {
        if (!word.starts_with('@')) {
            words.push_back(word);
            continue;
        }
        if (nesting == kMostNesting)
            return std::unexpected(Error{fmt::format("{}: such files are nested too deeply", word)});
        const auto text = read_file(word.substr(1));
        if (!text) return std::unexpected(text.error());
        auto inner = with_words_of_files(split_words(*text), nesting + 1);
        if (!inner) return inner;
        words.insert(words.end(), inner->begin(), inner->end());
    }
    return words;
}

// What is compiled, and whether something can be.
std::optional<Error> check_inputs(CcRequest& request) {
    if (request.help || !request.question.empty()) return std::nullopt;
    if (request.inputs.empty()) return Error{"nothing to compile: name one or more .c or .s files"};
    for (CcInput& input : request.inputs) {
        if (!input.is_standard_input() || input.language != Language::unknown) continue;
        if (request.stop_at != ".i")
            return Error{"-: say what is in the standard input: -x c or -x assembler before it"};
        input.language = Language::c;
    }
    return std::nullopt;
}

}  // namespace

std::expected<CcRequest, Error> read_cc_request(std::span<const std::string> args) {
    const auto all_words = with_words_of_files(args);
    if (!all_words) return std::unexpected(all_words.error());
    CcRequest request;
    std::optional<Language> language;  // of -x
    Words words(*all_words);
    while (words.next()) {
        bool taken = false;
        if (auto problem = read_assembler_option(words, request, taken))
            return std::unexpected(std::move(*problem));
        if (taken || read_plain_option(words.word(), request)) continue;
        if (const auto problem = refuse(words.word())) return std::unexpected(*problem);
        if (auto problem = read_library_option(words, request, taken))
            return std::unexpected(std::move(*problem));
        if (taken) continue;
        if (auto name = words.value_of("-x")) {
            if (!*name) return std::unexpected(name->error());
            const auto found = find_language(**name);
            if (!found) return std::unexpected(found.error());
            language = *found;
        } else if (is_compiler_option(words.word())) {
            read_purpose(words.word(), request);
            read_warnings(words.word(), request);
            if (!takes_next_word(words.word())) continue;
            const std::string option = words.word();
            if (!words.next()) return std::unexpected(Error{fmt::format("{} needs a value", option)});
            request.compiler_options.push_back(words.word());
        } else if (words.word().starts_with("-") && words.word() != "-") {
            return std::unexpected(
                Error{fmt::format("cc has no option {}: see peach cc --help", words.word())});
        } else {
            request.inputs.push_back(
                {.path = words.word(), .language = language.value_or(language_of(words.word()))});
        }
    }
    if (auto problem = check_inputs(request)) return std::unexpected(std::move(*problem));
    return request;
}

}  // namespace peach::toolchain
