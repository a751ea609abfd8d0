#include "tests/cli/host_process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace peach::tests {
namespace {

std::string scratch_path(const std::string& name) {
    return testing::TempDir() + "peach-" + std::to_string(getpid()) + "-" + name;
}

std::string quoted(const std::string& word) {
    std::string result = "'";
    for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Outcome run_shell(const std::string& line) {
    const ScratchFile out("output", "");
    const ScratchFile err("errors", "");
    const std::string command =
        "timeout 120 sh -c " + quoted(line) + " >" + quoted(out.path()) + " 2>" + quoted(err.path());
    const int status = std::system(command.c_str());
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .output = read_file(out.path()),
            .errors = read_file(err.path())};
}

Outcome run_peach(const std::vector<std::string>& arguments, const std::string& input) {
    const ScratchFile in("input", input);
    const ScratchFile out("output", "");
    const ScratchFile err("errors", "");
    std::string command = "timeout 120 " + quoted(PEACH_PROGRAM);
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    command += " <" + quoted(in.path()) + " >" + quoted(out.path()) + " 2>" + quoted(err.path());
    const int status = std::system(command.c_str());
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .output = read_file(out.path()),
            .errors = read_file(err.path())};
}

ScratchFile::ScratchFile(const std::string& name, const std::string& text) : path_(scratch_path(name)) {
    std::ofstream(path_, std::ios::binary) << text;
}

std::string ScratchFile::text() const {
    return read_file(path_);
}

ScratchFile::~ScratchFile() {
    unlink(path_.c_str());
}

}  // namespace peach::tests
