#include "assembler/program_file.h"

#include <elfutils/libdw.h>
#include <fmt/format.h>
#include <gelf.h>

#include <algorithm>
#include <memory>

#include "assembler/elf_writer.h"
#include "assembler/toolchain_files.h"

namespace peach::toolchain {

namespace {

struct ElfCloser {
    void operator()(Elf* elf) const { elf_end(elf); }
};
struct DwarfCloser {
    void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};

bool is_code(const ProgramFile& program, uint32_t address) {
    return std::any_of(program.code.begin(), program.code.end(),
                       [address](const CodeRange& r) { return address - r.address < r.bytes.size(); });
}

class Reader {
  public:
    Reader(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}

    std::expected<ProgramFile, Error> read() {
        if (auto problem = open()) return std::unexpected(Error{std::move(*problem)});
        if (auto problem = read_sections()) return std::unexpected(Error{std::move(*problem)});
        read_lines();
        std::sort(program_.symbols.begin(), program_.symbols.end(),
                  [](const auto& a, const auto& b) { return a.address < b.address; });
        return std::move(program_);
    }

  private:
    std::optional<std::string> open() {
        elf_version(EV_CURRENT);
        if (!bytes_.starts_with("\x7F"
                                "ELF")) {
            return fmt::format("{} is not an ELF file: give a program that `peach as` or `peach cc` made",
                               name_);
        }
        elf_.reset(elf_memory(bytes_.data(), bytes_.size()));
        GElf_Ehdr header;
        if (!elf_ || gelf_getehdr(elf_.get(), &header) == nullptr) return cut_short();
        if (header.e_machine != assembler::kElfMachine || header.e_ident[EI_CLASS] != ELFCLASS32) {
            return fmt::format(
                "{} is a program for another machine (ELF machine {:#x}, Peach-32 is {:#x}): build it with "
                "`peach cc` or `peach as`",
                name_, header.e_machine, assembler::kElfMachine);
        }
        program_.entry = static_cast<uint32_t>(header.e_entry);
        const uint64_t headers_end = header.e_shoff + uint64_t{header.e_shnum} * header.e_shentsize;
        if (headers_end > bytes_.size()) return cut_short();
        return std::nullopt;
    }

    std::string cut_short() const { return fmt::format("{} is cut short or damaged: build it again", name_); }

    std::optional<std::string> read_sections() {
        Elf_Scn* symbols = nullptr;
        for (Elf_Scn* scan = elf_nextscn(elf_.get(), nullptr); scan != nullptr;
             scan = elf_nextscn(elf_.get(), scan)) {
            GElf_Shdr header;
            if (gelf_getshdr(scan, &header) == nullptr) return cut_short();
            if (header.sh_type != SHT_NOBITS && header.sh_offset + header.sh_size > bytes_.size())
                return cut_short();
            if (header.sh_type == SHT_SYMTAB) symbols = scan;
            if ((header.sh_flags & (SHF_EXECINSTR | SHF_ALLOC)) != 0) read_section(header);
        }
        if (symbols != nullptr) read_symbols(symbols);
        return std::nullopt;
    }

    // One that is loaded.
    void read_section(const GElf_Shdr& header) {
        size_t names = 0;
        elf_getshdrstrndx(elf_.get(), &names);
        const char* name = elf_strptr(elf_.get(), names, header.sh_name);
        const bool has_bytes = header.sh_type == SHT_PROGBITS;
        std::vector<uint8_t> bytes;
        if (has_bytes) {
            const auto* first = reinterpret_cast<const uint8_t*>(bytes_.data()) + header.sh_offset;
            bytes.assign(first, first + header.sh_size);
        }
        const bool executable = (header.sh_flags & SHF_EXECINSTR) != 0;
        if (executable && has_bytes) {
            program_.code.push_back({.section = name == nullptr ? "" : name,
                                     .address = static_cast<uint32_t>(header.sh_addr),
                                     .bytes = std::move(bytes)});
        } else if (!executable) {
            program_.data.push_back({.section = name == nullptr ? "" : name,
                                     .address = static_cast<uint32_t>(header.sh_addr),
                                     .alignment = static_cast<uint32_t>(header.sh_addralign),
                                     .writable = (header.sh_flags & SHF_WRITE) != 0,
                                     .zeros = has_bytes ? 0 : static_cast<uint32_t>(header.sh_size),
                                     .bytes = std::move(bytes)});
        }
    }

    // Where several names share an address, the one that says most: a function before a label, a shared one
    // before a local one.
    static int rank(const GElf_Sym& symbol) {
        const int function = GELF_ST_TYPE(symbol.st_info) == STT_FUNC ? 2 : 0;
        return function + (GELF_ST_BIND(symbol.st_info) == STB_LOCAL ? 0 : 1);
    }

    void read_symbols(Elf_Scn* section) {
        GElf_Shdr header;
        Elf_Data* data = elf_getdata(section, nullptr);
        if (data == nullptr || gelf_getshdr(section, &header) == nullptr || header.sh_entsize == 0) return;
        struct Ranked {
            ProgramSymbol symbol;
            int rank;
        };
        std::vector<Ranked> found;
        for (size_t i = 1; i < header.sh_size / header.sh_entsize; ++i) {
            GElf_Sym symbol;
            if (gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr) break;
            const char* name = elf_strptr(elf_.get(), header.sh_link, symbol.st_name);
            const auto address = static_cast<uint32_t>(symbol.st_value);
            const bool provided = name != nullptr && std::string_view(name).starts_with("__text_start");
            if (name == nullptr || *name == '\0' || provided || !is_code(program_, address)) continue;
            if (symbol.st_shndx == SHN_ABS || GELF_ST_TYPE(symbol.st_info) == STT_FILE) continue;
            found.push_back({.symbol = {.address = address, .name = name}, .rank = rank(symbol)});
        }
        std::stable_sort(found.begin(), found.end(), [](const Ranked& a, const Ranked& b) {
            return a.symbol.address != b.symbol.address ? a.symbol.address < b.symbol.address
                                                        : a.rank > b.rank;
        });
        for (Ranked& one : found) {
            const bool again =
                !program_.symbols.empty() && program_.symbols.back().address == one.symbol.address;
            if (!again) program_.symbols.push_back(std::move(one.symbol));
        }
    }

    void read_lines() {
        const std::unique_ptr<Dwarf, DwarfCloser> dwarf(dwarf_begin_elf(elf_.get(), DWARF_C_READ, nullptr));
        if (!dwarf) return;
        Dwarf_Off offset = 0;
        Dwarf_Off next = 0;
        Dwarf_CU* unit = nullptr;
        Dwarf_Lines* rows = nullptr;
        size_t count = 0;
        while (dwarf_next_lines(dwarf.get(), offset, &next, &unit, nullptr, nullptr, &rows, &count) == 0) {
            for (size_t i = 0; i < count; ++i) add_line(dwarf_onesrcline(rows, i));
            offset = next;
        }
        std::stable_sort(program_.lines.begin(), program_.lines.end(),
                         [](const auto& a, const auto& b) { return a.address < b.address; });
    }

    void add_line(Dwarf_Line* row) {
        Dwarf_Addr address = 0;
        int line = 0;
        bool ends = false;
        if (dwarf_lineaddr(row, &address) != 0 || dwarf_lineno(row, &line) != 0) return;
        dwarf_lineendsequence(row, &ends);
        if (ends) return;
        const char* file = dwarf_linesrc(row, nullptr, nullptr);
        program_.lines.push_back({.address = static_cast<uint32_t>(address),
                                  .file = file == nullptr ? "" : file,
                                  .line = static_cast<uint32_t>(line)});
    }

    std::string name_;
    std::string bytes_;
    std::unique_ptr<Elf, ElfCloser> elf_;
    ProgramFile program_;
};

}  // namespace

std::optional<std::string> ProgramFile::name_of(uint32_t address) const {
    if (!is_code(*this, address)) return std::nullopt;
    const auto after =
        std::upper_bound(symbols.begin(), symbols.end(), address,
                         [](uint32_t a, const ProgramSymbol& symbol) { return a < symbol.address; });
    if (after == symbols.begin()) return std::nullopt;
    const ProgramSymbol& symbol = *std::prev(after);
    if (symbol.address == address) return symbol.name;
    return fmt::format("{}+{:#x}", symbol.name, address - symbol.address);
}

std::expected<ProgramFile, Error> read_program(const std::filesystem::path& path) {
    auto bytes = read_file(path);
    if (!bytes) return std::unexpected(bytes.error());
    return Reader(path.string(), std::move(*bytes)).read();
}

}  // namespace peach::toolchain
