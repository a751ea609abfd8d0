#include "debugger/views/backtrace.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "debugger/frames.h"
#include "debugger/views/sentence.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

class Walker {
  public:
    Walker(const Session& session, unsigned cpu, size_t limit)
        : session_(session), cpu_(cpu), limit_(limit), memory_(session.machine(), cpu) {}

    std::vector<Frame> walk() {
        const Cpu& state = session_.machine().cpu(cpu_);
        walk_from({.pc = state.pc,
                   .sp = state.x[isa::kSp],
                   .fp = state.x[isa::kFp],
                   .ra = state.x[isa::kRa],
                   .innermost = true,
                   .cpu = &state},
                  state.user_mode());
        if (!state.user_mode() && !reached_user_) add_interrupted_program();
        return std::move(frames_);
    }

  private:
    void walk_from(StackPosition at, bool user) {
        while (frames_.size() < limit_) {
            const auto info = session_.debug_info_at(cpu_, at.pc);
            add(at, info, user);
            if (const auto interrupted = interrupted_by(at, info.get(), memory_)) {
                at = {.pc = interrupted->pc,
                      .sp = interrupted->sp,
                      .fp = interrupted->fp,
                      .ra = interrupted->ra,
                      .innermost = true};
                user = session_.debug_info_at(cpu_, at.pc) != session_.kernel();
                reached_user_ |= user;
                note_ = user ? trap_note(at.pc) : "trap";
                continue;
            }
            const auto caller = caller_of(at, info.get(), memory_);
            if (!caller || !stands_behind_call(caller->return_address)) return;
            const bool deeper = caller->cfa < at.sp || (caller->cfa == at.sp && !at.innermost);
            if (deeper) return;  // stacks grow downwards: this is none
            at = {.pc = caller->return_address,
                  .sp = caller->cfa,
                  .fp = caller->fp,
                  .ra = 0,
                  .innermost = false};
        }
    }

    bool stands_behind_call(uint32_t address) const {
        std::array<std::byte, 4> word;
        return address % 4 == 0 && address >= 4 && memory_.read(address - 4, word);
    }

    // The function that the position is in, below those that were inlined there.
    void add(const StackPosition& at, const std::shared_ptr<const DebugInfo>& info, bool user) {
        // A caller stands behind its call, which may be the last instruction of its line or function.
        const uint32_t address = at.innermost ? at.pc : at.pc - 4;
        Frame frame;
        frame.pc = at.pc;
        frame.sp = at.sp;
        frame.program = program_of(info);
        frame.user = user;
        frame.note = std::exchange(note_, "");
        if (auto place = session_.place_of(cpu_, address)) frame.place = *std::move(place);
        if (info != nullptr) {
            for (const InlinedCall* call : info->inlined_calls_at(address)) {
                add_inlined(frame, call->name);
                frame.place = place_of(*call, *info);
            }
        }
        const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(address);
        frame.function = symbol ? symbol->symbol->name : fmt::format("0x{:08X}", at.pc);
        const uint32_t offset = symbol ? at.pc - symbol->symbol->address : 0;
        if (offset != 0) frame.function += fmt::format("+0x{:X}", offset);
        frames_.push_back(std::move(frame));
    }

    // `frame` is what it lies in; a note about how the program came here belongs to the innermost.
    void add_inlined(Frame& frame, const std::string& function) {
        Frame inlined = frame;
        inlined.function = function;
        inlined.inlined = true;
        inlined.note += frame.note.empty() ? "inlined" : ", inlined";
        frames_.push_back(std::move(inlined));
        frame.note.clear();
    }

    static SourcePlace place_of(const InlinedCall& call, const DebugInfo& info) {
        if (call.file == kNoFile) return {};
        return {.file = info.files()[call.file], .line = call.line};
    }

    std::string program_of(const std::shared_ptr<const DebugInfo>& info) const {
        if (info == session_.kernel()) return "kernel";
        const auto process = session_.current_process(cpu_);
        return process ? process->name : "?";
    }

    // The program that the kernel works for: its registers are where the lens says.
    void add_interrupted_program() {
        const auto pc = lens_value("user_pc");
        if (!pc || *pc == 0 || frames_.size() >= limit_) return;
        note_ = trap_note(*pc);
        walk_from({.pc = *pc,
                   .sp = lens_value("user_sp").value_or(0),
                   .fp = lens_value("user_fp").value_or(0),
                   .ra = lens_value("user_ra").value_or(0),
                   .innermost = true},
                  true);
    }

    // Why the program at `pc` is in the kernel.
    std::string trap_note(uint32_t pc) const {
        const KernelInterval* stay = session_.events().kernel_at(cpu_, session_.machine().cycle());
        // A kernel that has switched processes since works for another trap; one may already have stepped
        // over ecall.
        const bool known = stay != nullptr && stay->cause != 0 && (stay->pc == pc || stay->pc + 4 == pc);
        return known ? "trap: " + describe_cause(session_, stay->cause, stay->detail) : "trap";
    }

    std::optional<uint32_t> lens_value(std::string_view name) const {
        if (session_.lens() == nullptr) return std::nullopt;
        const PhysicalMemory memory(session_.machine());
        const auto value =
            session_.lens()->value(name, {.memory = memory, .registers = nullptr, .cpu = cpu_});
        if (!value || !*value) return std::nullopt;
        return static_cast<uint32_t>((*value)->scalar);
    }

    const Session& session_;
    unsigned cpu_;
    size_t limit_;
    CpuMemory memory_;
    std::vector<Frame> frames_;
    std::string note_;  // for the next frame
    bool reached_user_ = false;
};

}  // namespace

std::vector<Frame> backtrace(const Session& session, unsigned cpu, size_t limit) {
    return Walker(session, cpu, limit).walk();
}

Table backtrace_table(const Session& session) {
    Table table{.title = "Frames",
                .columns = {{"pc"}, {"function"}, {"program"}, {"place"}, {""}},
                .rows = {},
                .note = {}};
    for (const Frame& frame : backtrace(session, session.focus_cpu())) {
        const std::string file = std::filesystem::path(frame.place.file).filename().string();
        const std::string place = frame.place.line == 0 ? "" : fmt::format("{}:{}", file, frame.place.line);
        table.rows.push_back({.cells = {{.text = fmt::format("0x{:08X}", frame.pc), .value = frame.pc},
                                        {.text = frame.function},
                                        {.text = frame.program},
                                        {.text = place},
                                        {.text = frame.note}},
                              .current = table.rows.empty()});
    }
    return table;
}

}  // namespace peach::debugger
