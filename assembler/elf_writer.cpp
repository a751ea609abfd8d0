#include "assembler/elf_writer.h"

#include <elf.h>

#include <cstring>
#include <string>

namespace peach::assembler {

namespace {

class StringTable {
  public:
    StringTable() : bytes_(1, '\0') {}

    uint32_t add(const std::string& text) {
        if (text.empty()) return 0;
        const auto offset = static_cast<uint32_t>(bytes_.size());
        bytes_ += text;
        bytes_ += '\0';
        return offset;
    }

    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

// ELF structures are little-endian here as on every host this runs on.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

class Writer {
  public:
    explicit Writer(const Image& image) : image_(image) {}

    std::vector<std::byte> write() {
        count_segments();
        file_.resize(sizeof(Elf32_Ehdr) + segment_count_ * sizeof(Elf32_Phdr));
        section_headers_.emplace_back();  // section 0 stands for "none"
        for (const ImageSection& section : image_.sections) add_section(section);
        add_symbols();
        add_section_names();
        align(4);
        const auto headers_offset = static_cast<uint32_t>(file_.size());
        for (const Elf32_Shdr& header : section_headers_) append(&header, sizeof header);
        write_file_header(headers_offset);
        for (size_t i = 0; i < segments_.size(); ++i) {
            const size_t at = sizeof(Elf32_Ehdr) + i * sizeof(Elf32_Phdr);
            std::memcpy(file_.data() + at, &segments_[i], sizeof(Elf32_Phdr));
        }
        return std::move(file_);
    }

  private:
    // bss shares the segment of data, if there is data.
    bool joins_last_segment(size_t index) const {
        return index > 0 && image_.sections[index].zeroed && image_.sections[index - 1].writable;
    }

    void count_segments() {
        for (size_t i = 0; i < image_.sections.size(); ++i) {
            if (image_.sections[i].loaded && !joins_last_segment(i)) ++segment_count_;
        }
    }

    void append(const void* data, size_t size) {
        const auto* bytes = static_cast<const std::byte*>(data);
        file_.insert(file_.end(), bytes, bytes + size);
    }

    void align(uint32_t alignment) { file_.resize((file_.size() + alignment - 1) / alignment * alignment); }

    void add_section(const ImageSection& section) {
        if (section.loaded && !section.zeroed) {
            // The same place within a page as in memory.
            while (file_.size() % kPageBytes != section.address % kPageBytes) file_.push_back(std::byte{0});
        }
        Elf32_Shdr header{};
        header.sh_name = names_.add(section.name);
        header.sh_type = section.zeroed ? SHT_NOBITS : SHT_PROGBITS;
        header.sh_flags = (section.loaded ? SHF_ALLOC : 0u) | (section.writable ? SHF_WRITE : 0u) |
                          (section.executable ? SHF_EXECINSTR : 0u);
        header.sh_addr = section.loaded ? section.address : 0;
        header.sh_offset = static_cast<uint32_t>(file_.size());
        header.sh_size = section.size;
        header.sh_addralign = section.alignment;
        section_headers_.push_back(header);
        append(section.bytes.data(), section.bytes.size());
        if (section.loaded) add_to_segment(section, header);
    }

    void add_to_segment(const ImageSection& section, const Elf32_Shdr& header) {
        const auto index = static_cast<size_t>(&section - image_.sections.data());
        if (joins_last_segment(index)) {
            segments_.back().p_memsz = section.address + section.size - segments_.back().p_vaddr;
            return;
        }
        Elf32_Phdr segment{};
        segment.p_type = PT_LOAD;
        segment.p_offset = section.zeroed ? section.address % kPageBytes : header.sh_offset;
        segment.p_vaddr = section.address;
        segment.p_paddr = section.address;
        segment.p_filesz = section.zeroed ? 0 : section.size;
        segment.p_memsz = section.size;
        segment.p_flags = PF_R | (section.writable ? PF_W : 0u) | (section.executable ? PF_X : 0u);
        segment.p_align = kPageBytes;
        segments_.push_back(segment);
    }

    static uint8_t elf_info(const ImageSymbol& symbol) {
        uint8_t type = STT_NOTYPE;
        if (symbol.type == SymbolType::object) type = STT_OBJECT;
        if (symbol.type == SymbolType::function) type = STT_FUNC;
        if (symbol.type == SymbolType::section) type = STT_SECTION;
        if (symbol.type == SymbolType::file) type = STT_FILE;
        uint8_t binding = STB_LOCAL;
        if (symbol.binding == SymbolBinding::global) binding = STB_GLOBAL;
        if (symbol.binding == SymbolBinding::weak) binding = STB_WEAK;
        return ELF32_ST_INFO(binding, type);
    }

    void add_symbols() {
        StringTable strings;
        std::vector<Elf32_Sym> symbols(1);
        uint32_t locals = 1;
        for (const ImageSymbol& symbol : image_.symbols) {
            Elf32_Sym entry{};
            entry.st_name = strings.add(symbol.name);
            entry.st_value = symbol.address;
            entry.st_size = symbol.size;
            entry.st_info = elf_info(symbol);
            entry.st_shndx =
                symbol.section == kAbsoluteSection ? SHN_ABS : static_cast<uint16_t>(symbol.section + 1);
            symbols.push_back(entry);
            if (symbol.binding == SymbolBinding::local) ++locals;
        }
        align(4);
        Elf32_Shdr table{};
        table.sh_name = names_.add(".symtab");
        table.sh_type = SHT_SYMTAB;
        table.sh_offset = static_cast<uint32_t>(file_.size());
        table.sh_size = static_cast<uint32_t>(symbols.size() * sizeof(Elf32_Sym));
        table.sh_link = static_cast<uint32_t>(section_headers_.size()) + 1;  // the string table comes next
        table.sh_info = locals;
        table.sh_addralign = 4;
        table.sh_entsize = sizeof(Elf32_Sym);
        section_headers_.push_back(table);
        append(symbols.data(), table.sh_size);
        add_string_table(".strtab", strings.bytes());
    }

    void add_string_table(const char* name, const std::string& bytes) {
        Elf32_Shdr header{};
        header.sh_name = names_.add(name);
        header.sh_type = SHT_STRTAB;
        header.sh_offset = static_cast<uint32_t>(file_.size());
        header.sh_size = static_cast<uint32_t>(bytes.size());
        header.sh_addralign = 1;
        section_headers_.push_back(header);
        append(bytes.data(), bytes.size());
    }

    void add_section_names() {
        const uint32_t name = names_.add(".shstrtab");
        add_string_table("", names_.bytes());
        section_headers_.back().sh_name = name;
    }

    void write_file_header(uint32_t headers_offset) {
        Elf32_Ehdr header{};
        std::memcpy(header.e_ident, ELFMAG, SELFMAG);
        header.e_ident[EI_CLASS] = ELFCLASS32;
        header.e_ident[EI_DATA] = ELFDATA2LSB;
        header.e_ident[EI_VERSION] = EV_CURRENT;
        header.e_type = ET_EXEC;
        header.e_machine = kElfMachine;
        header.e_version = EV_CURRENT;
        header.e_entry = image_.entry;
        header.e_phoff = sizeof(Elf32_Ehdr);
        header.e_shoff = headers_offset;
        header.e_ehsize = sizeof(Elf32_Ehdr);
        header.e_phentsize = sizeof(Elf32_Phdr);
        header.e_phnum = static_cast<uint16_t>(segment_count_);
        header.e_shentsize = sizeof(Elf32_Shdr);
        header.e_shnum = static_cast<uint16_t>(section_headers_.size());
        header.e_shstrndx = static_cast<uint16_t>(section_headers_.size() - 1);
        std::memcpy(file_.data(), &header, sizeof header);
    }

    const Image& image_;
    std::vector<std::byte> file_;
    std::vector<Elf32_Shdr> section_headers_;
    std::vector<Elf32_Phdr> segments_;
    StringTable names_;
    size_t segment_count_ = 0;
};

}  // namespace

std::vector<std::byte> write_elf(const Image& image) {
    return Writer(image).write();
}

}  // namespace peach::assembler
