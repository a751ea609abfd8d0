#pragma once
// The symbols of the guest's programs, by the name of their executable, read from the share directory when
// somebody asks for the first time.

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

    // nullptr: no such executable, or none of ours.
    std::shared_ptr<const DebugInfo> find(std::string_view name);

  private:
    std::filesystem::path directory_;
    std::map<std::string, std::shared_ptr<const DebugInfo>, std::less<>> loaded_;
};

}  // namespace peach::debugger
