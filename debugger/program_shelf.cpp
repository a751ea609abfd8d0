#include "debugger/program_shelf.h"

#include "debugger/elf_image.h"

namespace peach::debugger {

void ProgramShelf::add(const std::string& name, const std::vector<std::byte>& executable) {
    const auto image = ElfImage::parse(executable, name);
    if (!image) return;
    if (auto info = DebugInfo::load(*image)) loaded_.insert_or_assign(name, *std::move(info));
}

std::shared_ptr<const DebugInfo> ProgramShelf::find(std::string_view name) {
    const auto known = loaded_.find(name);
    if (known != loaded_.end()) return known->second;
    if (directory_.empty() || name.empty() || name.find('/') != std::string_view::npos) return nullptr;
    std::shared_ptr<const DebugInfo> info;
    std::error_code ignored;
    const std::filesystem::path path = directory_ / name;
    if (std::filesystem::is_regular_file(path, ignored)) {
        if (const auto image = ElfImage::load(path)) {
            if (auto loaded = DebugInfo::load(*image)) info = *std::move(loaded);
        }
    }
    loaded_.emplace(name, info);
    return info;
}

}  // namespace peach::debugger
