#include "assembler/frame_table.h"

#include <algorithm>
#include <utility>

#include "assembler/byte_writer.h"
#include "emulator/isa/registers.h"

namespace peach::assembler {

namespace {

constexpr uint32_t kCommonEntryId = 0xFFFFFFFF;
constexpr uint8_t kVersion = 4;
constexpr uint8_t kDefineCfa = 0x0C;
constexpr uint8_t kAdvance1 = 0x02;
constexpr uint8_t kAdvance2 = 0x03;
constexpr uint8_t kAdvance4 = 0x04;
constexpr uint8_t kAdvanceShort = 0x40;  // and the distance in the low six bits

// The .debug_frame of one file: common entries, each before the first procedure that needs it.
class FrameWriter {
  public:
    FrameWriter(Program& program, uint32_t unit, SectionId id) : program_(program), unit_(unit), id_(id) {}

    void write() {
        ByteWriter out(bytes_);
        for (const FrameProcedure& procedure : program_.units[unit_].procedures) {
            if (!program_.sections[procedure.section].kept || procedure.is_open) continue;
            write_procedure(out, procedure, common_entry(out, procedure));
        }
        program_.sections[id_].bytes = std::move(bytes_);
    }

  private:
    struct CommonEntry {
        bool is_signal;
        bool is_simple;
        uint32_t return_column;
        uint32_t offset;
    };

    void pad(ByteWriter& out) {
        while (out.size() % 4 != 0) out.u8(0);  // DW_CFA_nop
    }

    uint32_t common_entry(ByteWriter& out, const FrameProcedure& procedure) {
        for (const CommonEntry& entry : entries_) {
            if (entry.is_signal == procedure.is_signal && entry.is_simple == procedure.is_simple &&
                entry.return_column == procedure.return_column)
                return entry.offset;
        }
        const uint32_t offset = out.size();
        entries_.push_back({.is_signal = procedure.is_signal,
                            .is_simple = procedure.is_simple,
                            .return_column = procedure.return_column,
                            .offset = offset});
        const uint32_t begin = out.begin_length();
        out.u32(kCommonEntryId);
        out.u8(kVersion);
        out.string(procedure.is_signal ? "zS" : "");
        out.u8(4);     // address size
        out.u8(0);     // segment selector size
        out.uleb(1);   // code alignment factor
        out.sleb(-4);  // data alignment factor
        out.uleb(procedure.return_column);
        if (procedure.is_signal) out.uleb(0);  // no augmentation data
        if (!procedure.is_simple) {
            out.u8(kDefineCfa);
            out.uleb(isa::kSp);
            out.uleb(0);
        }
        pad(out);
        out.end_length(begin);
        return offset;
    }

    void write_procedure(ByteWriter& out, const FrameProcedure& procedure, uint32_t common_offset) {
        const Section& code = program_.sections[procedure.section];
        const uint32_t first = code.stretched(procedure.begin.offset, procedure.begin.stretches);
        const uint32_t last = code.stretched(procedure.end.offset, procedure.end.stretches);
        const uint32_t begin = out.begin_length();
        add_offset(out, common_offset);
        out.u32(code.address + first);
        out.u32(last - first);
        if (procedure.is_signal) out.uleb(0);
        uint32_t here = first;
        for (uint32_t i = procedure.first_rule; i < procedure.last_rule; ++i) {
            const FrameRule& rule = program_.units[unit_].frame_rules[i];
            const uint32_t at = code.stretched(rule.offset, rule.stretches);
            advance(out, at - here);
            here = at;
            for (uint32_t b = 0; b < rule.byte_count; ++b)
                out.u8(program_.units[unit_].frame_bytes[rule.first_byte + b]);
        }
        pad(out);
        out.end_length(begin);
    }

    static void advance(ByteWriter& out, uint32_t distance) {
        if (distance == 0) return;
        if (distance < 64) {
            out.u8(kAdvanceShort | distance);
        } else if (distance <= UINT8_MAX) {
            out.u8(kAdvance1);
            out.u8(distance);
        } else if (distance <= UINT16_MAX) {
            out.u8(kAdvance2);
            out.u16(distance);
        } else {
            out.u8(kAdvance4);
            out.u32(distance);
        }
    }

    // The common entry's place, known once all files' sections are merged.
    void add_offset(ByteWriter& out, uint32_t offset) {
        const auto symbol = static_cast<SymbolId>(program_.symbols.size());
        Symbol& start = program_.symbols.emplace_back();
        start.unit = unit_;
        start.position = {.section = id_, .offset = offset, .stretches = 0};
        program_.sections[id_].fixups.push_back(
            {.value = {.plus = symbol}, .offset = out.size(), .kind = FixupKind::word});
        out.u32(0);
    }

    Program& program_;
    uint32_t unit_;
    SectionId id_;
    std::vector<uint8_t> bytes_;
    std::vector<CommonEntry> entries_;
};

}  // namespace

void write_frame_tables(Program& program) {
    for (uint32_t unit = 0; unit < program.units.size(); ++unit) {
        const std::vector<FrameProcedure>& procedures = program.units[unit].procedures;
        const bool kept = std::any_of(procedures.begin(), procedures.end(), [&](const FrameProcedure& p) {
            return program.sections[p.section].kept && !p.is_open;
        });
        if (!kept) continue;
        const auto id = static_cast<SectionId>(program.sections.size());
        program.sections.push_back({.name = ".debug_frame", .unit = unit, .alignment = 4, .kept = true});
        program.units[unit].sections.push_back(id);
        FrameWriter(program, unit, id).write();
    }
}

}  // namespace peach::assembler
