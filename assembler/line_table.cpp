#include "assembler/line_table.h"

#include <algorithm>
#include <optional>

#include "assembler/byte_writer.h"

namespace peach::assembler {

namespace {

// DWARF 5's numbers, as far as they are used here.
enum : uint8_t {
    kLnsCopy = 1,
    kLnsAdvancePc = 2,
    kLnsAdvanceLine = 3,
    kLnsSetFile = 4,
    kLnsSetColumn = 5,
    kLnsNegateStatement = 6,
    kLnsSetBasicBlock = 7,
    kLnsSetPrologueEnd = 10,
    kLnsSetEpilogueBegin = 11,
    kLneEndSequence = 1,
    kLneSetAddress = 2,
    kLneSetDiscriminator = 4,
    kLnctPath = 1,
    kLnctDirectory = 2,
    kLnctMd5 = 5,
    kFormAddr = 0x01,
    kFormData2 = 0x05,
    kFormString = 0x08,
    kFormUdata = 0x0F,
    kFormSecOffset = 0x17,
    kFormData16 = 0x1E,
    kTagCompileUnit = 0x11,
    kUnitTypeCompile = 1,
    kAtName = 0x03,
    kAtStmtList = 0x10,
    kAtLowPc = 0x11,
    kAtLanguage = 0x13,
    kAtCompDir = 0x1B,
    kAtProducer = 0x25,
    kAtRanges = 0x55,
    kRleEndOfList = 0,
    kRleStartLength = 7,
};
constexpr uint16_t kLanguageAssembler = 0x8001;
constexpr std::string_view kProducer = "Peach assembler";

constexpr int kLineBase = -5;
constexpr int kLineRange = 14;
constexpr int kOpcodeBase = 13;

std::vector<SectionId> code_sections(const Program& program, const Unit& unit) {
    std::vector<SectionId> ids;
    for (const SectionId id : unit.sections) {
        const Section& section = program.sections[id];
        if (section.kept && section.executable && section.size() != 0) ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end(), [&](SectionId a, SectionId b) {
        return program.sections[a].address < program.sections[b].address;
    });
    return ids;
}

uint8_t hex_byte(std::string_view digits) {
    const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    return static_cast<uint8_t>(value(digits[0]) * 16 + value(digits[1]));
}

// The tables of directories and files at the head of a line program.
class FileTables {
  public:
    FileTables(const Unit& unit, std::string_view directory) : unit_(unit) {
        const bool has_first = !unit.files.empty() && unit.files[0].used;
        directories_.push_back(has_first && !unit.files[0].directory.empty() ? unit.files[0].directory
                                                                             : directory);
        for (const LineFile& file : unit.files) directory_of_.push_back(directory_index(file.directory));
        if (directory_of_.empty()) directory_of_.push_back(0);
    }

    void write(ByteWriter& out) const {
        out.u8(1);
        out.uleb(kLnctPath);
        out.uleb(kFormString);
        out.uleb(directories_.size());
        for (const std::string_view directory : directories_) out.string(directory);
        const bool digests = std::all_of(unit_.files.begin(), unit_.files.end(),
                                         [](const LineFile& f) { return !f.md5.empty(); }) &&
                             !unit_.files.empty();
        out.u8(digests ? 3 : 2);
        out.uleb(kLnctPath);
        out.uleb(kFormString);
        out.uleb(kLnctDirectory);
        out.uleb(kFormUdata);
        if (digests) {
            out.uleb(kLnctMd5);
            out.uleb(kFormData16);
        }
        out.uleb(directory_of_.size());
        for (size_t i = 0; i < directory_of_.size(); ++i) {
            const bool named = i < unit_.files.size() && unit_.files[i].used;
            out.string(named ? unit_.files[i].name : unit_.name);
            out.uleb(directory_of_[i]);
            for (size_t digit = 0; digests && digit < 32; digit += 2)
                out.u8(hex_byte(unit_.files[i].md5.substr(digit, 2)));
        }
    }

  private:
    uint32_t directory_index(std::string_view directory) {
        if (directory.empty()) return 0;
        const auto found = std::find(directories_.begin(), directories_.end(), directory);
        const auto index = static_cast<uint32_t>(found - directories_.begin());
        if (found == directories_.end()) directories_.push_back(directory);
        return index;
    }

    const Unit& unit_;
    std::vector<std::string_view> directories_;
    std::vector<uint32_t> directory_of_;
};

// The statement machine's program for one section.
class SequenceWriter {
  public:
    explicit SequenceWriter(ByteWriter& out) : out_(out) {}

    void write(const Section& section) {
        if (section.lines.empty()) return;
        extended(kLneSetAddress, 5);
        out_.u32(section.address);
        for (size_t i = 0; i < section.lines.size(); ++i) {
            const LineRow& row = section.lines[i];
            add_row(row, section.stretched(row.offset, row.stretches));
        }
        out_.u8(kLnsAdvancePc);
        out_.uleb(section.final_size() - offset_);
        extended(kLneEndSequence, 1);
    }

  private:
    void extended(uint8_t opcode, uint32_t length) {
        out_.u8(0);
        out_.uleb(length);
        out_.u8(opcode);
    }

    void add_row(const LineRow& row, uint32_t offset) {
        if (row.file != file_) {
            out_.u8(kLnsSetFile);
            out_.uleb(row.file);
            file_ = row.file;
        }
        if (row.column != column_) {
            out_.u8(kLnsSetColumn);
            out_.uleb(row.column);
            column_ = row.column;
        }
        if (row.is_statement != is_statement_) {
            out_.u8(kLnsNegateStatement);
            is_statement_ = row.is_statement;
        }
        if (row.discriminator != 0) {
            extended(kLneSetDiscriminator, 1 + leb128_size(row.discriminator, false));
            out_.uleb(row.discriminator);
        }
        if (row.basic_block) out_.u8(kLnsSetBasicBlock);
        if (row.prologue_end) out_.u8(kLnsSetPrologueEnd);
        if (row.epilogue_begin) out_.u8(kLnsSetEpilogueBegin);
        advance(static_cast<int64_t>(row.line) - line_, offset - offset_);
        line_ = row.line;
        offset_ = offset;
    }

    // One special opcode where both steps are small.
    void advance(int64_t lines, uint32_t bytes) {
        if (lines < kLineBase || lines >= kLineBase + kLineRange) {
            out_.u8(kLnsAdvanceLine);
            out_.sleb(lines);
            lines = 0;
        }
        const int64_t line_step = lines - kLineBase;
        if (line_step + int64_t{kLineRange} * bytes + kOpcodeBase > 255) {
            out_.u8(kLnsAdvancePc);
            out_.uleb(bytes);
            bytes = 0;
        }
        out_.u8(static_cast<uint32_t>(line_step + int64_t{kLineRange} * bytes + kOpcodeBase));
    }

    ByteWriter& out_;
    uint32_t file_ = 1;
    uint32_t line_ = 1;
    uint32_t column_ = 0;
    uint32_t offset_ = 0;
    bool is_statement_ = true;
};

void write_line_program(const Program& program, const Unit& unit, std::string_view directory,
                        std::vector<uint8_t>& bytes) {
    ByteWriter out(bytes);
    const uint32_t unit_begin = out.begin_length();
    out.u16(5);  // version
    out.u8(4);   // address size
    out.u8(0);   // segment selector size
    const uint32_t header_begin = out.begin_length();
    out.u8(1);  // least instruction length: one byte, so that data between instructions is no trouble
    out.u8(1);  // operations an instruction
    out.u8(1);  // is_stmt at the start
    out.u8(static_cast<uint8_t>(kLineBase));
    out.u8(kLineRange);
    out.u8(kOpcodeBase);
    for (const uint8_t operands : {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1}) out.u8(operands);
    FileTables(unit, directory).write(out);
    out.end_length(header_begin);
    for (const SectionId id : code_sections(program, unit)) SequenceWriter(out).write(program.sections[id]);
    out.end_length(unit_begin);
}

SectionId find_debug_section(const Program& program, const Unit& unit, std::string_view name) {
    for (const SectionId id : unit.sections) {
        if (program.sections[id].name == name) return id;
    }
    return kUndefined;
}

SectionId add_debug_section(Program& program, uint32_t unit, std::string_view name) {
    const auto id = static_cast<SectionId>(program.sections.size());
    program.sections.push_back({.name = name, .unit = unit, .kept = true});
    program.units[unit].sections.push_back(id);
    return id;
}

// The smallest compile unit: name, directory, line table, and which addresses are its.
class CompileUnitWriter {
  public:
    CompileUnitWriter(Program& program, uint32_t unit, SectionId lines, std::string_view directory)
        : program_(program), unit_(unit), lines_(lines), directory_(directory) {}

    void write() {
        const SectionId abbreviations = add_debug_section(program_, unit_, ".debug_abbrev");
        const SectionId ranges = add_debug_section(program_, unit_, ".debug_rnglists");
        const SectionId info = add_debug_section(program_, unit_, ".debug_info");
        write_abbreviations(program_.sections[abbreviations].bytes);
        const uint32_t ranges_offset = write_ranges(program_.sections[ranges].bytes);
        write_info(info, abbreviations, ranges, ranges_offset);
    }

  private:
    static void write_abbreviations(std::vector<uint8_t>& bytes) {
        constexpr uint8_t kAttributes[][2] = {
            {kAtProducer, kFormString},  {kAtLanguage, kFormData2}, {kAtName, kFormString},
            {kAtCompDir, kFormString},   {kAtLowPc, kFormAddr},     {kAtStmtList, kFormSecOffset},
            {kAtRanges, kFormSecOffset},
        };
        ByteWriter out(bytes);
        out.uleb(1);
        out.uleb(kTagCompileUnit);
        out.u8(0);  // no children
        for (const auto& [attribute, form] : kAttributes) {
            out.uleb(attribute);
            out.uleb(form);
        }
        out.u16(0);
        out.u8(0);
    }

    uint32_t write_ranges(std::vector<uint8_t>& bytes) const {
        ByteWriter out(bytes);
        const uint32_t begin = out.begin_length();
        out.u16(5);  // version
        out.u8(4);   // address size
        out.u8(0);   // segment selector size
        out.u32(0);  // offset entries
        const uint32_t offset = out.size();
        for (const SectionId id : code_sections(program_, program_.units[unit_])) {
            out.u8(kRleStartLength);
            out.u32(program_.sections[id].address);
            out.uleb(program_.sections[id].final_size());
        }
        out.u8(kRleEndOfList);
        out.end_length(begin);
        return offset;
    }

    void write_info(SectionId info, SectionId abbreviations, SectionId ranges, uint32_t ranges_offset) {
        std::vector<uint8_t> bytes;
        ByteWriter out(bytes);
        const uint32_t begin = out.begin_length();
        out.u16(5);  // version
        out.u8(kUnitTypeCompile);
        out.u8(4);  // address size
        add_offset(info, out, abbreviations, 0);
        out.uleb(1);
        out.string(kProducer);
        out.u16(kLanguageAssembler);
        const Unit& unit = program_.units[unit_];
        out.string(unit.files.empty() || !unit.files[0].used ? unit.name : unit.files[0].name);
        out.string(directory_);
        out.u32(0);  // low pc: the ranges are absolute
        add_offset(info, out, lines_, 0);
        add_offset(info, out, ranges, ranges_offset);
        out.end_length(begin);
        program_.sections[info].bytes = std::move(bytes);
    }

    // An offset into another debug section, known once all files' are merged.
    void add_offset(SectionId info, ByteWriter& out, SectionId target, uint32_t offset) {
        Symbol& start = program_.symbols.emplace_back();
        start.unit = unit_;
        start.position = {.section = target, .offset = offset, .stretches = 0};
        const auto id = static_cast<SymbolId>(program_.symbols.size() - 1);
        program_.sections[info].fixups.push_back(
            {.value = {.plus = id}, .offset = out.size(), .kind = FixupKind::word});
        out.u32(0);
    }

    Program& program_;
    uint32_t unit_;
    SectionId lines_;
    std::string_view directory_;
};

}  // namespace

void write_line_tables(Program& program, const std::string& directory) {
    for (uint32_t unit = 0; unit < program.units.size(); ++unit) {
        const bool has_lines = std::any_of(
            program.units[unit].sections.begin(), program.units[unit].sections.end(),
            [&](SectionId id) { return program.sections[id].kept && !program.sections[id].lines.empty(); });
        if (!has_lines) continue;
        SectionId lines = find_debug_section(program, program.units[unit], ".debug_line");
        if (lines == kUndefined) lines = add_debug_section(program, unit, ".debug_line");
        std::vector<uint8_t> bytes = std::move(program.sections[lines].bytes);
        write_line_program(program, program.units[unit], directory, bytes);
        program.sections[lines].bytes = std::move(bytes);
        const bool own_lines = find_debug_section(program, program.units[unit], ".debug_info") == kUndefined;
        if (own_lines) CompileUnitWriter(program, unit, lines, directory).write();
    }
}

void write_line_map(const Program& program, Result& result) {
    NameTable indices;
    for (const Unit& unit : program.units) {
        uint32_t& index = indices[unit.name];
        if (index == NameTable::kAbsent) index = static_cast<uint32_t>(result.files.size());
        result.files.emplace_back(unit.name);
    }
    for (const Section& section : program.sections) {
        const Unit& unit = program.units[section.unit];
        if (!section.kept || unit.has_line_directives) continue;
        for (const LineRow& row : section.lines) {
            uint32_t& index = indices[unit.files[row.file].name];
            if (index == NameTable::kAbsent) {
                index = static_cast<uint32_t>(result.files.size());
                result.files.emplace_back(unit.files[row.file].name);
            }
            result.lines.push_back({.address = section.address + section.stretched(row.offset, row.stretches),
                                    .source = index,
                                    .line = row.line});
        }
    }
    std::sort(result.lines.begin(), result.lines.end(),
              [](const LineMapEntry& a, const LineMapEntry& b) { return a.address < b.address; });
}

}  // namespace peach::assembler
