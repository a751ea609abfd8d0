#include <elf.h>

#include <algorithm>
#include <cstring>

#include "guest_os/mkfs/mkfs.h"

namespace peach::mkfs {

std::string boot_command(std::span<const std::string> words) {
    std::string result;
    for (const std::string& word : words) {
        result += word;
        result += '\0';
    }
    return result;
}

std::vector<std::byte> without_debug_information(std::vector<std::byte> executable) {
    Elf32_Ehdr header;
    if (executable.size() < sizeof header) return executable;
    std::memcpy(&header, executable.data(), sizeof header);
    const bool is_executable = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                               header.e_ident[EI_CLASS] == ELFCLASS32 && header.e_type == ET_EXEC;
    if (!is_executable || header.e_phentsize != sizeof(Elf32_Phdr)) return executable;
    uint64_t end =
        std::max<uint64_t>(sizeof header, header.e_phoff + uint64_t{header.e_phnum} * sizeof(Elf32_Phdr));
    if (end > executable.size()) return executable;
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        Elf32_Phdr segment;
        std::memcpy(&segment, &executable[header.e_phoff + i * sizeof segment], sizeof segment);
        end = std::max(end, uint64_t{segment.p_offset} + segment.p_filesz);
    }
    if (end > executable.size()) return executable;
    header.e_shoff = 0;
    header.e_shnum = 0;
    header.e_shstrndx = SHN_UNDEF;
    std::memcpy(executable.data(), &header, sizeof header);
    executable.resize(end);
    return executable;
}

}  // namespace peach::mkfs
