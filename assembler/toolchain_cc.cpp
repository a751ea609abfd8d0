#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "assembler/toolchain.h"
#include "assembler/toolchain_cc_request.h"
#include "assembler/toolchain_files.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace peach::toolchain {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kUsage =
    "usage: peach cc [options] FILE.c|FILE.s|FILE.S|-...\n"
    "  -o FILE              the program to make (a.out)\n"
    "  -S                   stop at assembly: FILE.s for each FILE.c\n"
    "  -c                   the same, as FILE.o, which cc takes for assembly: there are no object files\n"
    "  -E                   only preprocess, to the screen or to -o FILE; -M -MM: only say what is included\n"
    "  -fsyntax-only        only look for errors\n"
    "  -O0 -O1 -Og -O2 ...  optimise (-O1)\n"
    "  -x LANGUAGE          c, assembler or assembler-with-cpp, whatever a file is called; - needs it\n"
    "  -g -I -D -U -W -w -std= -ansi -pedantic -f -include -isystem -MD -MF -v ...   as clang has them\n"
    "  -w  -Werror          for the assembler, too; -Wno-NAME with a NAME of peach as for it alone\n"
    "  -l NAME  -L DIR      with libNAME.s, from DIR or PeachOS's libraries; the C library is there already\n"
    "  --no-libc -nostdlib  without PeachOS's C library: you define _start; -nostdinc: without its headers\n"
    "  -s                   without names and lines for the debugger\n"
    "  --text-base ADDRESS  where the program begins (0x10000)\n"
    "  --entry SYMBOL       its first instruction (_start)\n"
    "  @FILE                the words in FILE\n"
    "  --version -dumpmachine -dumpversion   what clang answers\n";

constexpr const char* kCompiler = "clang-19";
constexpr const char* kDefaultOutput = "a.out";

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

// Without a standard that keeps names like `linux` free for the program.
bool speaks_gnu_c(const std::vector<std::string>& options) {
    return std::ranges::none_of(options, [](const std::string& option) {
        return option == "-ansi" || option.starts_with("-std=c") || option.starts_with("-std=iso");
    });
}

// Inline assembly may speak Peach-32, which clang's own assembler would refuse to pass on.
std::vector<std::string> compiler_command(const CcRequest& request) {
    std::vector<std::string> words = {kCompiler,
                                      "--target=riscv32",
                                      "-march=rv32ema",
                                      "-mabi=ilp32e",
                                      "-nostdinc",
                                      "-D__unix__",
                                      "-D__linux__",  // what programs ask before they use POSIX: decision 11
                                      "-Wno-atomic-alignment",  // wide ones take a call
                                      "-fsigned-char",          // decision 12
                                      "-fno-omit-frame-pointer",
                                      "-femulated-tls",  // by libc's thread_local.c
                                      "-ffunction-sections",
                                      "-fdata-sections",
                                      "-Xclang",
                                      "-no-integrated-as",
                                      "-g",
                                      "-O1"};
    if (speaks_gnu_c(request.compiler_options)) words.insert(words.end(), {"-Dlinux", "-Dunix"});
    words.insert(words.end(), request.compiler_options.begin(), request.compiler_options.end());
    if (request.with_headers)
        words.insert(words.end(), {"-isystem", (share_directory() / "include").string()});
    return words;
}

bool has_option(const CcRequest& request, std::string_view option) {
    return std::ranges::any_of(request.compiler_options,
                               [&](const std::string& word) { return word.starts_with(option); });
}

// Where -MD and -MMD write what a file includes, and what is made of it. clang would take both from the name
// of its output, which is a temporary file when a program is built.
std::vector<std::string> dependency_options(const CcRequest& request, const CcInput& input) {
    std::vector<std::string> words;
    if (!has_option(request, "-MD") && !has_option(request, "-MMD")) return words;
    if (!has_option(request, "-MF"))
        words.insert(words.end(), {"-MF", input.path.filename().replace_extension(".d").string()});
    if (!has_option(request, "-MT") && !has_option(request, "-MQ"))
        words.insert(words.end(), {"-MT", request.output.value_or(kDefaultOutput).string()});
    return words;
}

std::expected<void, Error> compile(const CcRequest& request, const CcInput& input, const fs::path& output) {
    std::error_code ignored;
    if (!input.is_standard_input() && !fs::exists(input.path, ignored))
        return std::unexpected(Error{fmt::format("cannot read {}: no such file", input.path.string())});
    std::vector<std::string> words = compiler_command(request);
    words.insert(words.end(), {"-x", input.is_compiled() ? "c" : "assembler-with-cpp"});
    if (request.only_check) {
        words.push_back(input.path.string());  // -fsyntax-only is among the options
        return run_program(words);
    }
    const bool only_preprocesses = request.stop_at == ".i" || !input.is_compiled();
    words.emplace_back(only_preprocesses ? "-E" : "-S");
    if (request.stop_at.empty()) {
        for (std::string& word : dependency_options(request, input)) words.push_back(std::move(word));
    }
    words.insert(words.end(), {"-o", output.string(), input.path.string()});
    return run_program(words);
}

int fail(const Error& error) {
    return error.message.empty() ? kFailure : complain(error.message, kFailure);
}

std::vector<fs::path> input_paths(const CcRequest& request) {
    std::vector<fs::path> paths;
    for (const CcInput& input : request.inputs) {
        if (!input.is_standard_input()) paths.push_back(input.path);
    }
    return paths;
}

// Where assembly is read from, and what it is called.
AssemblyFile assembly_file(const CcInput& input) {
    if (input.is_standard_input()) return {.path = "/dev/stdin", .name = "<stdin>"};
    return {.path = input.path};
}

std::expected<void, Error> copy_assembly(const CcInput& input, const fs::path& output) {
    const auto text = read_file(assembly_file(input).path);
    if (!text) return std::unexpected(text.error());
    return write_file(output, std::as_bytes(std::span(*text)));
}

// -S, -c, -E and their like.
int compile_only(const CcRequest& request) {
    if (request.output && request.inputs.size() != 1)
        return complain("-o takes one file here: leave it out, or name one input", kBadUsage);
    for (const CcInput& input : request.inputs) {
        const fs::path screen = "-";
        const fs::path beside = input.path.filename().replace_extension(request.stop_at);
        const fs::path output = request.output.value_or(request.stop_at == ".i" ? screen : beside);
        if (const auto good = check_output(input_paths(request), output); !good)
            return complain(good.error().message, kBadUsage);
        if (input.language == Language::assembly && request.stop_at == ".o") {  // which is assembly, too
            if (const auto done = copy_assembly(input, output); !done) return fail(done.error());
            continue;
        }
        if (!input.goes_through_compiler())
            return complain(
                fmt::format("{} is assembly already: expected a .c or .S file", input.path.string()),
                kBadUsage);
        if (const auto done = compile(request, input, output); !done) return fail(done.error());
    }
    return kDone;
}

// -l: libNAME.s in the directories that were named, then beside PeachOS's C library, of which what other
// systems keep in libraries of their own is a part.
std::expected<std::vector<fs::path>, Error> library_files(const CcRequest& request) {
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

int build_program(CcRequest& request) {
    const TemporaryDirectory temporary;
    if (temporary.path().empty())
        return complain("cannot make a temporary directory: check $TMPDIR and its free space", kFailure);
    if (const auto good = check_output(input_paths(request), request.output.value_or(kDefaultOutput)); !good)
        return complain(good.error().message, kBadUsage);
    std::vector<AssemblyFile> assembly;
    for (const CcInput& input : request.inputs) {
        if (input.language == Language::unknown)
            return complain(fmt::format("{}: expected a .c, .s, .S or .o file", input.path.string()),
                            kBadUsage);
        AssemblyFile file = assembly_file(input);
        if (!input.goes_through_compiler()) {
            assembly.push_back(std::move(file));
            continue;
        }
        const fs::path output =
            temporary.path() / fmt::format("{}-{}.s", assembly.size(), input.path.stem().string());
        if (const auto done = compile(request, input, output); !done) return fail(done.error());
        file.path = output;
        file.is_compiled = input.is_compiled();
        assembly.push_back(std::move(file));
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
    return assemble_files(assembly, request.output.value_or(kDefaultOutput), request.assembler_options,
                          request.strip ? Contents::loaded : Contents::all);
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
    auto request = read_cc_request(args);
    if (!request) return complain(request.error().message, kBadUsage);
    if (request->help) {
        fmt::print("{}", kUsage);
        return kDone;
    }
    if (!request->question.empty()) {
        const auto answered = run_program({kCompiler, "--target=riscv32", request->question});
        return answered ? kDone : fail(answered.error());
    }
    const bool only_compiles = !request->stop_at.empty() || request->only_check;
    return only_compiles ? compile_only(*request) : build_program(*request);
}

}  // namespace peach::toolchain
