#include "debugger/elf_image.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

namespace peach::debugger {
namespace {

SymbolKind kind_of(const Elf32_Sym& row) {
    if (row.st_shndx == SHN_ABS) return SymbolKind::absolute;
    switch (ELF32_ST_TYPE(row.st_info)) {
        case STT_FUNC:
            return SymbolKind::function;
        case STT_OBJECT:
            return SymbolKind::object;
        default:
            return SymbolKind::none;
    }
}

bool is_for_linkers_only(const Elf32_Sym& row) {
    const auto type = ELF32_ST_TYPE(row.st_info);
    return type == STT_SECTION || type == STT_FILE || row.st_shndx == SHN_UNDEF;
}

}  // namespace

// Reads the tables of the file in order, each against the file's size.
class ElfParser {
  public:
    ElfParser(std::vector<std::byte> bytes, std::string_view name) {
        image_.name_ = name;
        image_.bytes_ = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    }

    std::expected<ElfImage, Error> parse() {
        for (auto step : {&ElfParser::read_header, &ElfParser::read_segments, &ElfParser::read_sections,
                          &ElfParser::read_symbols}) {
            if (auto wrong = (this->*step)()) {
                return std::unexpected(Error{fmt::format("{}: {}", image_.name_, *wrong)});
            }
        }
        return std::move(image_);
    }

  private:
    using Wrong = std::optional<std::string>;

    std::span<const std::byte> file() const { return *image_.bytes_; }

    std::optional<std::span<const std::byte>> part(uint64_t offset, uint64_t size) const {
        if (offset > file().size() || size > file().size() - offset) return std::nullopt;
        return file().subspan(offset, size);
    }

    template <typename Record>
    std::optional<Record> record(uint64_t offset) const {
        const auto bytes = part(offset, sizeof(Record));
        if (!bytes) return std::nullopt;
        Record result;
        std::memcpy(&result, bytes->data(), sizeof result);
        return result;
    }

    Wrong truncated(std::string_view what) const {
        return fmt::format("the file ends inside its {}: it is damaged, build it again", what);
    }

    Wrong read_header() {
        if (file().empty()) return "the file is empty: give an executable made by 'peach as' or 'peach cc'";
        if (file().size() < SELFMAG || std::memcmp(file().data(), ELFMAG, SELFMAG) != 0)
            return "not an ELF file: give an executable made by 'peach as' or 'peach cc'";
        const auto header = record<Elf32_Ehdr>(0);
        if (!header) return truncated("ELF header");
        header_ = *header;
        if (header_.e_ident[EI_CLASS] != ELFCLASS32 || header_.e_ident[EI_DATA] != ELFDATA2LSB ||
            header_.e_machine != kElfMachinePeach32) {
            return fmt::format(
                "this ELF file is for another machine (e_machine {:#x}, Peach-32 is {:#x}): build it with "
                "'peach "
                "as' or 'peach cc'",
                header_.e_machine, kElfMachinePeach32);
        }
        if (header_.e_type != ET_EXEC) return "not an executable: give the output of 'peach as'";
        image_.entry_ = header_.e_entry;
        return std::nullopt;
    }

    Wrong read_segments() {
        if (header_.e_phnum != 0 && header_.e_phentsize != sizeof(Elf32_Phdr))
            return truncated("segment table");
        for (unsigned i = 0; i < header_.e_phnum; ++i) {
            const auto row = record<Elf32_Phdr>(header_.e_phoff + uint64_t{i} * sizeof(Elf32_Phdr));
            if (!row) return truncated("segment table");
            if (row->p_type != PT_LOAD || row->p_memsz == 0) continue;
            const auto contents = part(row->p_offset, row->p_filesz);
            if (!contents) return truncated("segments");
            if (row->p_filesz > row->p_memsz || uint64_t{row->p_vaddr} + row->p_memsz > uint64_t{1} << 32) {
                return fmt::format(
                    "the segment at {:#010x} does not fit into memory: it is damaged, build it again",
                    row->p_vaddr);
            }
            image_.segments_.push_back({.address = row->p_vaddr,
                                        .memory_size = row->p_memsz,
                                        .contents = *contents,
                                        .readable = (row->p_flags & PF_R) != 0,
                                        .writable = (row->p_flags & PF_W) != 0,
                                        .executable = (row->p_flags & PF_X) != 0});
        }
        if (image_.segments_.empty()) return "no segment to load: the program is empty";
        return std::nullopt;
    }

    std::string text_at(std::span<const std::byte> strings, uint32_t offset) const {
        if (offset >= strings.size()) return "";
        const auto tail = strings.subspan(offset);
        const auto end = std::ranges::find(tail, std::byte{0});
        return {reinterpret_cast<const char*>(tail.data()), static_cast<size_t>(end - tail.begin())};
    }

    Wrong read_sections() {
        if (header_.e_shnum == 0) return std::nullopt;
        if (header_.e_shentsize != sizeof(Elf32_Shdr)) return truncated("section table");
        for (unsigned i = 0; i < header_.e_shnum; ++i) {
            const auto row = record<Elf32_Shdr>(header_.e_shoff + uint64_t{i} * sizeof(Elf32_Shdr));
            if (!row) return truncated("section table");
            headers_.push_back(*row);
            const bool has_contents = row->sh_type != SHT_NOBITS && row->sh_type != SHT_NULL;
            const auto contents =
                has_contents ? part(row->sh_offset, row->sh_size) : std::span<const std::byte>{};
            if (!contents) return truncated("sections");
            image_.sections_.push_back({.name = "", .contents = *contents});
        }
        if (header_.e_shstrndx >= headers_.size()) return truncated("section names");
        const auto names = image_.sections_[header_.e_shstrndx].contents;
        for (size_t i = 0; i < headers_.size(); ++i) {
            image_.sections_[i].name = text_at(names, headers_[i].sh_name);
        }
        return std::nullopt;
    }

    Wrong read_symbols() {
        for (size_t i = 0; i < headers_.size(); ++i) {
            if (headers_[i].sh_type != SHT_SYMTAB) continue;
            if (headers_[i].sh_link >= headers_.size()) return truncated("symbol names");
            read_symbol_table(image_.sections_[i].contents, image_.sections_[headers_[i].sh_link].contents);
        }
        std::ranges::sort(image_.symbols_, {}, [](const ElfSymbol& symbol) {
            return std::pair<uint32_t, std::string_view>(symbol.address, symbol.name);
        });
        return std::nullopt;
    }

    void read_symbol_table(std::span<const std::byte> table, std::span<const std::byte> names) {
        for (size_t offset = 0; offset + sizeof(Elf32_Sym) <= table.size(); offset += sizeof(Elf32_Sym)) {
            Elf32_Sym row;
            std::memcpy(&row, table.data() + offset, sizeof row);
            if (is_for_linkers_only(row)) continue;
            std::string name = text_at(names, row.st_name);
            if (name.empty() || name.starts_with(".L")) continue;
            image_.symbols_.push_back({.name = std::move(name),
                                       .address = row.st_value,
                                       .size = row.st_size,
                                       .kind = kind_of(row),
                                       .global = ELF32_ST_BIND(row.st_info) != STB_LOCAL});
        }
    }

    ElfImage image_;
    Elf32_Ehdr header_{};
    std::vector<Elf32_Shdr> headers_;
};

std::expected<ElfImage, Error> ElfImage::parse(std::vector<std::byte> bytes, std::string_view name) {
    return ElfParser(std::move(bytes), name).parse();
}

std::expected<ElfImage, Error> ElfImage::load(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        return std::unexpected(Error{fmt::format("{}: cannot be read: check the path", path.string())});
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return parse({bytes.begin(), bytes.end()}, path.string());
}

std::span<const std::byte> ElfImage::section(std::string_view section_name) const {
    const auto found = std::ranges::find(sections_, section_name, &Section::name);
    return found == sections_.end() ? std::span<const std::byte>{} : found->contents;
}

}  // namespace peach::debugger
