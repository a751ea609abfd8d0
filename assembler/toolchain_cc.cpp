#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "assembler/toolchain.h"
#include "assembler/toolchain_files.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace peach::toolchain {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kUsage =
    "usage: peach cc [options] FILE.c|FILE.s|FILE.S...\n"
    "  -o FILE              the program to make (a.out)\n"
    "  -S                   stop at assembly: FILE.s for each FILE.c\n"
    "  -c                   the same, as FILE.o, which cc takes for assembly: there are no object files\n"
    "  -E                   only preprocess, to the screen or to -o FILE; -M -MM: only say what is included\n"
    "  -fsyntax-only        only look for errors\n"
    "  -O0 -O1 -Og -O2 ...  optimise (-O1)\n"
    "  -g -I -D -U -W -w -std= -ansi -pedantic -f -include -isystem -MD -MF -v ...   as clang has them\n"
    "  -w  -Werror          for the assembler, too; -Wno-NAME with a NAME of peach as for it alone\n"
    "  -l NAME  -L DIR      with libNAME.s, from DIR or PeachOS's libraries; the C library is there already\n"
    "  --no-libc            without PeachOS's C library: you define _start\n"
    "  --text-base ADDRESS  where the program begins (0x10000)\n"
    "  --entry SYMBOL       its first instruction (_start)\n";

constexpr const char* kCompiler = "clang-19";
constexpr const char* kDefaultOutput = "a.out";

struct Request {
    std::vector<fs::path> inputs;
    std::optional<fs::path> output;
    std::vector<std::string> compiler_options;
    assembler::Options assembler_options;
    std::vector<std::string> libraries;
    std::vector<fs::path> library_directories;
    std::string_view stop_at;  // the suffix of what is made of each file: .s, .o, .i; empty: a program
    bool only_check = false;   // nothing is made
    bool with_libc = true;
    bool help = false;
};

bool is_compiler_option(const std::string& word) {
    constexpr std::string_view kPrefixes[] = {"-I",    "-D",       "-U",      "-O",         "-W",
                                              "-std=", "-f",       "-g",      "-include",   "-imacros",
                                              "-M",    "-isystem", "-iquote", "-idirafter", "-pedantic"};
    constexpr std::string_view kWords[] = {"-w", "-v", "-H", "-P", "-C", "-ansi", "-trigraphs", "-pipe"};
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

std::optional<Error> read_assembler_option(Words& words, Request& request, bool& taken) {
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
    if (word == "-shared" || word == "-fPIC" || word == "-fpic")
        return Error{fmt::format("{}: PeachOS has no shared libraries", word)};
    if (word.starts_with("-march") || word.starts_with("-mabi") || word.starts_with("--target"))
        return Error{fmt::format("{}: the machine is always Peach-32", word)};
    return std::nullopt;
}

// -w, -Wall and -Werror are for the compiler and the assembler; a warning that has a name in the assembler is
// its own.
void read_warnings(const std::string& word, Request& request) {
    const auto read = read_warning_option(word, request.assembler_options);
    const bool is_both = word == "-w" || word == "-Wall" || word == "-Werror" || word == "-Wno-error";
    const bool is_assemblers = read && *read && !is_both;
    if (!is_assemblers) request.compiler_options.push_back(word);
}

// What clang would do instead of compiling.
void read_purpose(const std::string& word, Request& request) {
    if (word == "-M" || word == "-MM") request.stop_at = ".i";
    if (word == "-fsyntax-only") request.only_check = true;
}

std::expected<Request, Error> read_request(std::span<const std::string> args) {
    Request request;
    Words words(args);
    while (words.next()) {
        bool taken = false;
        if (auto problem = read_assembler_option(words, request, taken))
            return std::unexpected(std::move(*problem));
        if (taken) continue;
        if (const auto problem = refuse(words.word())) return std::unexpected(*problem);
        if (words.is("--help")) {
            request.help = true;
        } else if (words.is("-S")) {
            request.stop_at = ".s";
        } else if (words.is("-c")) {
            request.stop_at = ".o";
        } else if (words.is("-E")) {
            request.stop_at = ".i";
        } else if (words.is("-static") || words.is("-no-pie") || words.is("-pthread")) {
            continue;  // all programs are like that, and threads are in the C library
        } else if (auto library = words.value_of("-l")) {
            if (!*library) return std::unexpected(library->error());
            request.libraries.push_back(**library);
        } else if (auto directory = words.value_of("-L")) {
            if (!*directory) return std::unexpected(directory->error());
            request.library_directories.emplace_back(**directory);
        } else if (words.is("--no-libc")) {
            request.with_libc = false;
        } else if (is_compiler_option(words.word())) {
            read_purpose(words.word(), request);
            read_warnings(words.word(), request);
            if (!takes_next_word(words.word())) continue;
            const std::string option = words.word();
            if (!words.next()) return std::unexpected(Error{fmt::format("{} needs a value", option)});
            request.compiler_options.push_back(words.word());
        } else if (words.word().starts_with("-")) {
            return std::unexpected(
                Error{fmt::format("cc has no option {}: see peach cc --help", words.word())});
        } else {
            request.inputs.emplace_back(words.word());
        }
    }
    if (request.inputs.empty() && !request.help)
        return std::unexpected(Error{"nothing to compile: name one or more .c or .s files"});
    return request;
}

// A directory of our own that goes away with us.
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        std::error_code no_folder;
        std::string name = (fs::temp_directory_path(no_folder) / "peach-cc-XXXXXX").string();
        if (!no_folder && mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

// Runs a program to its end; an error if it could not be started or failed. What it says goes where we say
// things.
std::expected<void, Error> run_program(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int problem = posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ);
    if (problem == ENOENT) {
        return std::unexpected(Error{fmt::format(
            "{0} is not installed, and compiling C needs it: run `apt-get install {0}` as root", words[0])});
    }
    if (problem != 0)
        return std::unexpected(Error{fmt::format("cannot start {}: {}", words[0], std::strerror(problem))});
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (!WIFEXITED(status))
        return std::unexpected(Error{fmt::format("{} was stopped by a signal", words[0])});
    if (WEXITSTATUS(status) != 0) return std::unexpected(Error{""});  // it has said why
    return {};
}

// Inline assembly may speak Peach-32, which clang's own assembler would refuse to pass on.
std::vector<std::string> compiler_command(const Request& request) {
    std::vector<std::string> words = {kCompiler,
                                      "--target=riscv32",
                                      "-march=rv32ema",
                                      "-mabi=ilp32e",
                                      "-nostdinc",
                                      "-fno-omit-frame-pointer",
                                      "-femulated-tls",  // by libc's thread_local.c
                                      "-ffunction-sections",
                                      "-fdata-sections",
                                      "-Xclang",
                                      "-no-integrated-as",
                                      "-g",
                                      "-O1"};
    words.insert(words.end(), request.compiler_options.begin(), request.compiler_options.end());
    const fs::path include = share_directory() / "include";
    words.insert(words.end(), {"-isystem", include.string()});
    return words;
}

bool is_c(const fs::path& input) {
    return input.extension() == ".c";
}
bool needs_preprocessor(const fs::path& input) {
    return input.extension() == ".S";
}

bool has_option(const Request& request, std::string_view option) {
    return std::ranges::any_of(request.compiler_options,
                               [&](const std::string& word) { return word.starts_with(option); });
}

// Where -MD and -MMD write what a file includes, and what is made of it. clang would take both from the name
// of its output, which is a temporary file when a program is built.
std::vector<std::string> dependency_options(const Request& request, const fs::path& input) {
    std::vector<std::string> words;
    if (!has_option(request, "-MD") && !has_option(request, "-MMD")) return words;
    if (!has_option(request, "-MF"))
        words.insert(words.end(), {"-MF", input.filename().replace_extension(".d").string()});
    if (!has_option(request, "-MT") && !has_option(request, "-MQ"))
        words.insert(words.end(), {"-MT", request.output.value_or(kDefaultOutput).string()});
    return words;
}

std::expected<void, Error> compile(const Request& request, const fs::path& input, const fs::path& output) {
    std::error_code ignored;
    if (!fs::exists(input, ignored))
        return std::unexpected(Error{fmt::format("cannot read {}: no such file", input.string())});
    std::vector<std::string> words = compiler_command(request);
    if (request.only_check) {
        words.push_back(input.string());  // -fsyntax-only is among the options
        return run_program(words);
    }
    if (request.stop_at == ".i") {
        words.emplace_back("-E");
    } else if (needs_preprocessor(input)) {
        words.insert(words.end(), {"-E", "-x", "assembler-with-cpp"});
    } else {
        words.emplace_back("-S");
    }
    if (request.stop_at.empty()) {
        for (std::string& word : dependency_options(request, input)) words.push_back(std::move(word));
    }
    words.insert(words.end(), {"-o", output.string(), input.string()});
    return run_program(words);
}

int fail(const Error& error) {
    return error.message.empty() ? kFailure : complain(error.message, kFailure);
}

// -S, -c, -E and their like.
int compile_only(const Request& request) {
    if (request.output && request.inputs.size() != 1)
        return complain("-o takes one file here: leave it out, or name one input", kBadUsage);
    for (const fs::path& input : request.inputs) {
        const fs::path screen = "-";
        const fs::path beside = input.filename().replace_extension(request.stop_at);
        const fs::path output = request.output.value_or(request.stop_at == ".i" ? screen : beside);
        if (const auto good = check_output(request.inputs, output); !good)
            return complain(good.error().message, kBadUsage);
        if (input.extension() == ".s" && request.stop_at == ".o") {  // which is assembly, too
            std::error_code problem;
            fs::copy_file(input, output, fs::copy_options::overwrite_existing, problem);
            if (problem)
                return complain(fmt::format("cannot make {} of {}: {}", output.string(), input.string(),
                                            problem.message()),
                                kFailure);
            continue;
        }
        if (!is_c(input) && !needs_preprocessor(input))
            return complain(fmt::format("{} is assembly already: expected a .c or .S file", input.string()),
                            kBadUsage);
        if (const auto done = compile(request, input, output); !done) return fail(done.error());
    }
    return kDone;
}

// -l: libNAME.s in the directories that were named, then beside PeachOS's C library, of which what other
// systems keep in libraries of their own is a part.
std::expected<std::vector<fs::path>, Error> library_files(const Request& request) {
    constexpr std::string_view kInLibc[] = {"c", "m", "pthread", "rt"};
    std::vector<fs::path> directories = request.library_directories;
    directories.push_back(share_directory() / "lib");
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const std::string& name : request.libraries) {
        const auto found =
            std::find_if(directories.begin(), directories.end(), [&](const fs::path& directory) {
                return fs::exists(directory / fmt::format("lib{}.s", name), ignored);
            });
        if (found != directories.end()) {
            files.push_back(*found / fmt::format("lib{}.s", name));
        } else if (std::find(std::begin(kInLibc), std::end(kInLibc), name) == std::end(kInLibc)) {
            return std::unexpected(
                Error{fmt::format("there is no lib{}.s: name its directory with -L", name)});
        }
    }
    return files;
}

std::expected<std::vector<fs::path>, Error> libc_files() {
    const fs::path directory = share_directory() / "lib";
    std::vector<fs::path> files;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, problem)) {
        if (entry.path().extension() == ".s") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) {
        return std::unexpected(Error{
            fmt::format("PeachOS's C library is not in {}: build Peach, set PEACH_SHARE, or use --no-libc",
                        directory.string())});
    }
    return files;
}

int build_program(Request& request) {
    const TemporaryDirectory temporary;
    if (temporary.path().empty())
        return complain("cannot make a temporary directory: check $TMPDIR and its free space", kFailure);
    if (const auto good = check_output(request.inputs, request.output.value_or(kDefaultOutput)); !good)
        return complain(good.error().message, kBadUsage);
    std::vector<AssemblyFile> assembly;
    for (const fs::path& input : request.inputs) {
        if (!is_c(input) && !needs_preprocessor(input)) {
            if (input.extension() != ".s" && input.extension() != ".o")
                return complain(fmt::format("{}: expected a .c, .s, .S or .o file", input.string()),
                                kBadUsage);
            assembly.push_back({.path = input});
            continue;
        }
        const fs::path output =
            temporary.path() / fmt::format("{}-{}.s", assembly.size(), input.stem().string());
        if (const auto done = compile(request, input, output); !done) return fail(done.error());
        assembly.push_back({.path = output, .name = input.string(), .is_compiled = is_c(input)});
    }
    const auto libraries = library_files(request);
    if (!libraries) return fail(libraries.error());
    for (const fs::path& library : *libraries) assembly.push_back({.path = library});
    if (request.with_libc) {
        const auto libc = libc_files();
        if (!libc) return fail(libc.error());
        for (const fs::path& file : *libc) assembly.push_back({.path = file});
    }
    request.assembler_options.loader = file_loader({});
    request.assembler_options.directory = fs::current_path().string();
    return assemble_files(assembly, request.output.value_or(kDefaultOutput), request.assembler_options);
}

}  // namespace

fs::path share_directory() {
    std::error_code ignored;
    if (const char* chosen = std::getenv("PEACH_SHARE"); chosen != nullptr && *chosen != '\0') return chosen;
    const fs::path executable = fs::read_symlink("/proc/self/exe", ignored);
    fs::path beside = executable.parent_path().parent_path() / "share" / "peach";
    if (!executable.empty() && fs::is_directory(beside, ignored)) return beside;
    if (fs::is_directory(PEACH_BUILD_SHARE, ignored)) return PEACH_BUILD_SHARE;
    return {};
}

int cc_main(std::span<const std::string> args) {
    auto request = read_request(args);
    if (!request) return complain(request.error().message, kBadUsage);
    if (request->help) {
        fmt::print("{}", kUsage);
        return kDone;
    }
    const bool only_compiles = !request->stop_at.empty() || request->only_check;
    return only_compiles ? compile_only(*request) : build_program(*request);
}

}  // namespace peach::toolchain
