#pragma once
// Runs the real `peach` as a person would, and collects what it prints.

#include <string>
#include <vector>

namespace peach::tests {

struct Outcome {
    int status = -1;     // exit status, or 128 + the signal that ended it
    std::string output;  // standard output
    std::string errors;  // standard error
};

// `arguments` are the words after "peach". Ended by force after two minutes, so that nothing hangs.
// A line for /bin/sh.
Outcome run_shell(const std::string& line);
Outcome run_peach(const std::vector<std::string>& arguments, const std::string& input = "");

// A file with this text that is gone when the test ends.
class ScratchFile {
  public:
    ScratchFile(const std::string& name, const std::string& text);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    const std::string& path() const { return path_; }
    std::string text() const;  // what it holds now

  private:
    std::string path_;
};

}  // namespace peach::tests
