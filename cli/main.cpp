// The `peach` command: finds the word and calls its function.

#include "cli/command.h"

#include "assembler/toolchain.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>
#include <vector>

namespace peach::cli {
namespace {

struct Word {
    std::string_view name;
    int (*function)(std::span<const std::string>);
    std::string_view sentence;
};

int help_command(std::span<const std::string> args);

constexpr Word kWords[] = {
    {"run", run_command, "run PeachOS, or a command in it, in this terminal"},
    {"show", show_command, "the rows of a panel, as text, at a moment of a run"},
    {"trace", trace_command, "the instructions of a stretch of a run, with what each changed"},
    {"shot", shot_command, "a picture of the window, without a person or a screen"},
    {"as", toolchain::as_main, "assemble a program"},
    {"cc", toolchain::cc_main, "compile C for PeachOS"},
    {"dis", toolchain::dis_main, "disassemble a program, with its source lines"},
    {"help", help_command, "this list"},
};

int print_help() {
    std::string text = "peach [OPTIONS]        the window, with PeachOS running\n";
    for (const Word& word : kWords)
        text += fmt::format("peach {:<5} ...        {}\n", word.name, word.sentence);
    text +=
        "\n`peach WORD --help` tells the options of a word; the window takes those of `run` that describe a "
        "machine,\nand --projector, --paused, --replay FILE, --width, --height, --font and --fullscreen.\n";
    return print_all(text);
}

const Word* find_word(std::string_view name) {
    const auto* word = std::ranges::find(kWords, name, &Word::name);
    return word == std::end(kWords) ? nullptr : word;
}

int no_such_word(std::string_view name) {
    complain(fmt::format("there is no command '{}': `peach help` lists them", name));
    return 2;
}

int help_command(std::span<const std::string> args) {
    if (args.empty() || args.front() == "help" || args.front().starts_with('-')) return print_help();
    const Word* word = find_word(args.front());
    if (word == nullptr) return no_such_word(args.front());
    const std::string help = "--help";
    return word->function({&help, 1});
}

int dispatch(const std::vector<std::string>& args) {
    if (args.empty()) return window_command({});
    std::string name = args.front();
    if (name == "--help" || name == "-h") name = "help";
    if (name.starts_with('-')) return window_command(args);
    const Word* word = find_word(name);
    if (word == nullptr) return no_such_word(name);
    return word->function(std::span(args).subspan(1));
}

}  // namespace

// A file that is opened while one of these is closed would take its place: its bytes would go to a file.
void open_standard_descriptors() {
    for (int descriptor = open("/dev/null", O_RDWR); descriptor >= 0; descriptor = dup(descriptor)) {
        if (descriptor <= STDERR_FILENO) continue;
        close(descriptor);
        return;
    }
}

// What the words have printed may only now meet a full disk.
int flush_output(int status) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    return status == 0 ? output_failed(errno) : status;
}

}  // namespace peach::cli

int main(int argc, char** argv) {
    using namespace peach::cli;
    open_standard_descriptors();
    try {
        return flush_output(dispatch({argv + 1, argv + argc}));
    } catch (const std::system_error& error) {
        if (std::ferror(stdout) != 0) return output_failed(error.code().value());
        complain(fmt::format("{}", error.what()));
        return kFailure;
    } catch (const std::exception& error) {
        complain(fmt::format("internal error: {}: please report this", error.what()));
        return kFailure;
    }
}
