#include "debugger/views/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "assembler/disassembler.h"
#include "debugger/views/sentence.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

using Registers = std::array<uint32_t, isa::kRegisterCount>;

constexpr size_t kChangesColumn = 5;

class TraceBuilder {
  public:
    TraceBuilder(const Session& session, const TraceQuery& query)
        : session_(session), query_(query), last_(session.machine().cpu_count()) {}

    Table build() {
        table_ = {.title = fmt::format("Trace from cycle {} to {}", query_.first, query_.end),
                  .columns = {{"cycle", Alignment::right},
                              {"cpu", Alignment::right},
                              {"address"},
                              {"place"},
                              {"instruction"},
                              {"changes"}},
                  .rows = {},
                  .note = {}};
        const Timeline& timeline = session_.timeline();
        timeline.observe(query_.first, query_.end,
                         [this](const Machine& machine, const ObservedInstruction& i) { add(machine, i); });
        const Machine after = timeline.machine_at(query_.end);
        for (unsigned cpu = 0; cpu < last_.size(); ++cpu) finish(cpu, after.cpu(cpu).x);
        if (left_out_ > 0) table_.note = fmt::format("{} more instructions are left out.", left_out_);
        return std::move(table_);
    }

  private:
    // The last instruction of a CPU, whose changes its next one tells.
    struct Last {
        std::optional<size_t> row;
        uint32_t pc = 0;
        Registers before{};
    };

    void add(const Machine& machine, const ObservedInstruction& instruction) {
        if (query_.cpu && *query_.cpu != instruction.cpu) return;
        Registers registers;
        std::ranges::copy(instruction.x, registers.begin());
        finish(instruction.cpu, registers);
        if (table_.rows.size() >= query_.most_rows) {
            ++left_out_;
            return;
        }
        const Cpu& cpu = machine.cpu(instruction.cpu);
        if (instruction.pc == cpu.tvec && !instruction.user) add_trap(instruction, cpu);
        const auto info = session_.debug_info_at(machine, instruction.cpu, instruction.pc);
        const auto name = [&](uint32_t address) -> std::optional<std::string> {
            const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(address);
            return symbol ? std::optional(symbol->text()) : std::nullopt;
        };
        last_[instruction.cpu] = {table_.rows.size(), instruction.pc, registers};
        table_.rows.push_back(
            {.cells = {{.text = fmt::format("{}", instruction.cycle),
                        .value = static_cast<int64_t>(instruction.cycle)},
                       {.text = fmt::format("{}{}", instruction.cpu, instruction.user ? "u" : "k"),
                        .value = instruction.cpu},
                       {.text = fmt::format("0x{:08X}", instruction.pc), .address = instruction.pc},
                       {.text = name(instruction.pc).value_or("")},
                       {.text = assembler::disassemble(instruction.word, instruction.pc, name)},
                       {.text = stored(instruction)}},
             .current = false});
    }

    void add_trap(const ObservedInstruction& instruction, const Cpu& cpu) {
        const bool call = cpu.cause == static_cast<uint32_t>(isa::TrapCause::system_call);
        const uint32_t detail = call ? instruction.x[15] : cpu.badaddr;
        table_.rows.push_back(
            {.cells = {{.text = ""},
                       {.text = fmt::format("{}", instruction.cpu), .value = instruction.cpu},
                       {.text = fmt::format("0x{:08X}", cpu.epc), .address = cpu.epc},
                       {.text = ""},
                       {.text = fmt::format("-- {}", describe_cause(session_, cpu.cause, detail))},
                       {.text = ""}},
             .current = false});
    }

    // What a store is about to write: "[0x80001000] = 0x2A".
    static std::string stored(const ObservedInstruction& instruction) {
        const auto decoded = isa::decode(instruction.word);
        if (!decoded) return {};
        const std::string_view effect = isa::instruction(decoded->op).effect;
        if (!effect.starts_with("mem")) return {};
        const uint32_t address = instruction.x[decoded->rs1] + static_cast<uint32_t>(decoded->immediate);
        const uint32_t mask = effect.starts_with("mem8") ? 0xFF : effect.starts_with("mem16") ? 0xFFFF : ~0u;
        return fmt::format("[0x{:08X}] = 0x{:X}", address, instruction.x[decoded->rs2] & mask);
    }

    void finish(unsigned cpu, const Registers& after) {
        Last& last = last_[cpu];
        if (!last.row) return;
        std::string& text = table_.rows[*last.row].cells[kChangesColumn].text;
        for (size_t i = 1; i < after.size(); ++i) {
            if (after[i] == last.before[i]) continue;
            if (!text.empty()) text += ", ";
            text += fmt::format("{} = 0x{:X}", isa::kRegisters[i].name, after[i]);
        }
        last.row.reset();
    }

    const Session& session_;
    const TraceQuery& query_;
    Table table_;
    std::vector<Last> last_;
    uint64_t left_out_ = 0;
};

}  // namespace

Table trace_table(const Session& session, const TraceQuery& query) {
    return TraceBuilder(session, query).build();
}

}  // namespace peach::debugger
