#pragma once
// The symbols of the guest's programs, by the name of their executable: of those that were given, and of
// those in the share directory, read when somebody asks for the first time.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "debugger/debug_info.h"

namespace peach::debugger {

class ProgramShelf {
  public:
    // `directory` holds executables; it need not exist.
    explicit ProgramShelf(std::filesystem::path directory) : directory_(std::move(directory)) {}

    // Instead of one in the directory that has the same name. What is no executable is left out.
    void add(const std::string& name, const std::vector<std::byte>& executable);

    // nullptr: no such executable, or none of ours.
    std::shared_ptr<const DebugInfo> find(std::string_view name);

  private:
    std::filesystem::path directory_;
    std::map<std::string, std::shared_ptr<const DebugInfo>, std::less<>> loaded_;
};

}  // namespace peach::debugger
