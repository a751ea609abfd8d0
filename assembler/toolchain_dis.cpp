#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "assembler/disassembler.h"
#include "assembler/program_file.h"
#include "assembler/toolchain.h"
#include "assembler/toolchain_files.h"

namespace peach::toolchain {

namespace {

constexpr std::string_view kUsage =
    "usage: peach dis [options] PROGRAM\n"
    "  --assembly     assembly that gives the same code and data again; its first line says how\n"
    "  --no-source    only instructions, no source lines between them\n"
    "  --no-aliases   real instructions, as in the manual: jalr zero, 0(ra) instead of ret\n";

struct Request {
    std::filesystem::path program;
    bool with_source = true;
    bool as_assembly = false;
    assembler::Aliases aliases = assembler::Aliases::prefer;
    bool help = false;
};

std::expected<Request, Error> read_request(std::span<const std::string> args) {
    Request request;
    Words words(args);
    while (words.next()) {
        if (words.is("--help")) {
            request.help = true;
        } else if (words.is("--assembly")) {
            request.as_assembly = true;
        } else if (words.is("--no-source")) {
            request.with_source = false;
        } else if (words.is("--no-aliases")) {
            request.aliases = assembler::Aliases::never;
        } else if (words.word().starts_with("-")) {
            return std::unexpected(
                Error{fmt::format("dis has no option {}: see peach dis --help", words.word())});
        } else if (!request.program.empty()) {
            return std::unexpected(Error{"dis takes one program at a time"});
        } else {
            request.program = words.word();
        }
    }
    if (request.program.empty() && !request.help)
        return std::unexpected(Error{"nothing to disassemble: name a program"});
    return request;
}

// Source files by line, read when first asked for; files that are gone have no lines.
class SourceLines {
  public:
    std::string line(const std::string& file, uint32_t number) {
        auto [found, is_new] = files_.try_emplace(file);
        if (is_new) {
            std::istringstream text(read_file(file).value_or(""));
            for (std::string line; std::getline(text, line);) found->second.push_back(line);
        }
        return number >= 1 && number <= found->second.size() ? found->second[number - 1] : "";
    }

  private:
    std::map<std::string, std::vector<std::string>> files_;
};

class Listing {
  public:
    Listing(const ProgramFile& program, const Request& request) : program_(program), request_(request) {
        options_.aliases = request.aliases;
        options_.symbolizer = [&program](uint32_t address) { return program.name_of(address); };
    }

    void print() {
        for (const CodeRange& range : program_.code) {
            fmt::print("section {}\n", range.section);
            for (uint32_t offset = 0; offset + 4 <= range.bytes.size(); offset += 4)
                print_word(range, offset);
            print_rest(range);
        }
    }

  private:
    void print_word(const CodeRange& range, uint32_t offset) {
        const uint32_t address = range.address + offset;
        print_label(address);
        if (request_.with_source) print_source(address);
        uint32_t word = 0;
        for (uint32_t i = 0; i < 4; ++i) word |= uint32_t{range.bytes[offset + i]} << (8 * i);
        fmt::print("{:8x}:  {:08X}    {}\n", address, word, assembler::disassemble(word, address, options_));
    }

    // Bytes behind the last whole word.
    static void print_rest(const CodeRange& range) {
        for (size_t i = range.bytes.size() / 4 * 4; i < range.bytes.size(); ++i) {
            fmt::print("{:8x}:  {:02X}          .byte 0x{:02x}\n", range.address + i, range.bytes[i],
                       range.bytes[i]);
        }
    }

    void print_label(uint32_t address) const {
        const auto found =
            std::lower_bound(program_.symbols.begin(), program_.symbols.end(), address,
                             [](const ProgramSymbol& symbol, uint32_t a) { return symbol.address < a; });
        if (found != program_.symbols.end() && found->address == address) fmt::print("\n{}:\n", found->name);
    }

    void print_source(uint32_t address) {
        while (next_line_ < program_.lines.size() && program_.lines[next_line_].address < address)
            ++next_line_;
        for (; next_line_ < program_.lines.size() && program_.lines[next_line_].address == address;
             ++next_line_) {
            const ProgramLine& line = program_.lines[next_line_];
            if (line.line == 0 || (line.line == shown_line_ && line.file == shown_file_)) continue;
            shown_line_ = line.line;
            shown_file_ = line.file;
            const std::string name = std::filesystem::path(line.file).filename().string();
            fmt::print("; {}:{}  {}\n", name, line.line, sources_.line(line.file, line.line));
        }
    }

    const ProgramFile& program_;
    const Request& request_;
    assembler::DisassemblerOptions options_;
    SourceLines sources_;
    size_t next_line_ = 0;
    uint32_t shown_line_ = 0;
    std::string shown_file_;
};

// Assembly whose code and data are the program's, byte for byte. Addresses stay numbers, as a name may mean
// several places.
class Reassembly {
  public:
    Reassembly(const ProgramFile& program, assembler::Aliases aliases) : program_(program) {
        options_.aliases = aliases;
    }

    void print() {
        for (const ProgramSymbol& symbol : program_.symbols) ++uses_[symbol.name];
        uint32_t base = UINT32_MAX;
        for (const CodeRange& range : program_.code) base = std::min(base, range.address);
        fmt::print("# peach as -w --keep-all --text-base {:#x} --entry {} FILE.s\n", base, kEntry);
        for (const CodeRange& range : program_.code) {
            if (range.address != base) fmt::print("        .org {:#x}\n", range.address - base);
            print_code(range);
        }
        for (const DataRange& range : program_.data) print_data(range);
    }

  private:
    static constexpr std::string_view kEntry = "__entry";

    static uint32_t word_at(const std::vector<uint8_t>& bytes, size_t at) {
        uint32_t word = 0;
        for (size_t i = 0; i < 4; ++i) word |= uint32_t{bytes[at + i]} << (8 * i);
        return word;
    }

    void print_code(const CodeRange& range) {
        const size_t whole = range.bytes.size() / 4 * 4;
        for (size_t i = 0; i < whole; i += 4) {
            const auto address = range.address + static_cast<uint32_t>(i);
            print_labels(address);
            fmt::print("        {}\n", assembler::disassemble(word_at(range.bytes, i), address, options_));
        }
        print_bytes(range.bytes, whole);
    }

    static void print_data(const DataRange& range) {
        fmt::print("\n        .section \"{}\", \"{}\"{}\n        .balign {}\n", range.section,
                   range.writable ? "aw" : "a", range.zeros != 0 ? ", @nobits" : "", range.alignment);
        if (range.zeros != 0) fmt::print("        .zero {}\n", range.zeros);
        const size_t whole = range.bytes.size() / 4 * 4;
        for (size_t i = 0; i < whole;) {
            const size_t begin = i;
            while (i < whole && word_at(range.bytes, i) == 0) i += 4;
            if (i != begin) {
                fmt::print("        .zero {}\n", i - begin);
            } else {
                fmt::print("        .word 0x{:08x}\n", word_at(range.bytes, i));
                i += 4;
            }
        }
        print_bytes(range.bytes, whole);
    }

    // Those from `first` on, which are no whole word.
    static void print_bytes(const std::vector<uint8_t>& bytes, size_t first) {
        for (size_t i = first; i < bytes.size(); ++i) fmt::print("        .byte 0x{:02x}\n", bytes[i]);
    }

    // A name that means one place becomes a label; others, and the one that the entry gets here, are said
    // only.
    void print_labels(uint32_t address) {
        while (next_ < program_.symbols.size() && program_.symbols[next_].address < address) ++next_;
        for (; next_ < program_.symbols.size() && program_.symbols[next_].address == address; ++next_) {
            const std::string& name = program_.symbols[next_].name;
            if (name == kEntry && address == program_.entry) continue;
            const bool plain = uses_[name] == 1 && name != kEntry && name.find_first_of("\"\n") == name.npos;
            fmt::print("\n{}{}:\n", plain ? "" : "# ", plain ? fmt::format("\"{}\"", name) : name);
        }
        if (address == program_.entry) fmt::print("{}:\n", kEntry);
    }

    const ProgramFile& program_;
    assembler::DisassemblerOptions options_;
    std::map<std::string, int> uses_;
    size_t next_ = 0;
};

}  // namespace

int dis_main(std::span<const std::string> args) {
    const auto request = read_request(args);
    if (!request) return complain(request.error().message, kBadUsage);
    if (request->help) {
        fmt::print("{}", kUsage);
        return kDone;
    }
    const auto program = read_program(request->program);
    if (!program) return complain(program.error().message, kFailure);
    if (request->as_assembly) {
        Reassembly(*program, request->aliases).print();
    } else {
        Listing(*program, *request).print();
    }
    return kDone;
}

}  // namespace peach::toolchain
