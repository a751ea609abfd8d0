#include "debugger/frames.h"

#include <array>
#include <cstring>

#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

using isa::Op;

// A frame that is set up within so many instructions is found; clang needs four.
constexpr uint32_t kLongestPrologueBytes = 64;

std::optional<uint32_t> read_word(const MemoryReader& memory, uint32_t address) {
    std::array<std::byte, 4> bytes;
    if (!memory.read(address, bytes)) return std::nullopt;
    uint32_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return word;
}

std::optional<isa::Decoded> instruction_at(const MemoryReader& memory, uint32_t address) {
    const auto word = read_word(memory, address);
    return word ? isa::decode(*word) : std::nullopt;
}

bool moves_sp(const isa::Decoded& d) {
    return d.op == Op::addi && d.rd == isa::kSp && d.rs1 == isa::kSp;
}

bool sets_fp(const isa::Decoded& d) {
    return d.op == Op::addi && d.rd == isa::kFp && d.rs1 == isa::kSp;
}

bool returns(const isa::Decoded& d) {
    return d.op == Op::jalr && d.rd == 0 && d.rs1 == isa::kRa;
}

uint32_t function_start(const DebugInfo* info, uint32_t pc) {
    if (info == nullptr) return pc;
    if (const Function* function = info->function_at(pc)) return function->low_pc;
    const auto symbol = info->symbol_at(pc);
    return symbol ? symbol->symbol->address : pc;
}

// How far the prologue has come at `pc`.
struct Prologue {
    bool frame_is_up = false;     // fp is this function's
    bool has_frame = false;       // it will be, or has been
    uint32_t sp_has_dropped = 0;  // by so many bytes so far
};

Prologue scan_prologue(uint32_t start, uint32_t pc, const MemoryReader& memory) {
    Prologue prologue;
    for (uint32_t address = start; address < start + kLongestPrologueBytes; address += 4) {
        const auto d = instruction_at(memory, address);
        if (!d) return prologue;
        if (sets_fp(*d)) {
            prologue.has_frame = true;
            prologue.frame_is_up = address < pc;
            return prologue;
        }
        if (returns(*d)) return prologue;
        if (address < pc && moves_sp(*d)) prologue.sp_has_dropped -= static_cast<uint32_t>(d->immediate);
    }
    return prologue;
}

bool gives_back_sp(const std::optional<isa::Decoded>& d) {
    return d && moves_sp(*d) && d->immediate > 0;
}

// A register other than the two that make the frame.
bool gives_back_register(const std::optional<isa::Decoded>& d) {
    return d && d->op == Op::lw && d->rs1 == isa::kSp && d->rd != isa::kFp && d->rd != isa::kRa;
}

// A return, or a jump with which a function ends.
bool leaves(uint32_t pc, const MemoryReader& memory) {
    const auto d = instruction_at(memory, pc);
    if (!d) return false;
    if (d->op == Op::auipc) {
        const auto next = instruction_at(memory, pc + 4);
        return next && next->op == Op::jalr && next->rd == 0;
    }
    return returns(*d) || (d->op == Op::jal && d->rd == 0);
}

// Whether fp has been given back already: between `lw fp` and the end. Tells how much of sp is still to be
// given back.
std::optional<uint32_t> epilogue_left(uint32_t pc, const MemoryReader& memory) {
    if (const auto d = instruction_at(memory, pc); d && returns(*d)) return 0;
    if (gives_back_sp(instruction_at(memory, pc - 4)) && leaves(pc, memory)) return 0;
    while (gives_back_register(instruction_at(memory, pc))) pc += 4;
    const auto last = instruction_at(memory, pc);
    if (!last || !gives_back_sp(last) || !leaves(pc + 4, memory)) return std::nullopt;
    return static_cast<uint32_t>(last->immediate);
}

const FrameRules* rules_at(const StackPosition& at, const DebugInfo* info) {
    // A caller stands behind its call, which may be its function's last instruction.
    return info == nullptr ? nullptr : info->frame_rules_at(at.innermost ? at.pc : at.pc - 4);
}

// Applies the rules of one instruction to the registers there.
class Unwinding {
  public:
    Unwinding(const StackPosition& at, const FrameRules& rules, const MemoryReader& memory)
        : memory_(memory),
          cpu_(at.cpu),
          cfa_((rules.cfa_from_fp ? at.fp : at.sp) + static_cast<uint32_t>(rules.cfa_offset)) {}

    uint32_t cfa() const { return cfa_; }

    std::optional<uint32_t> value(const RegisterRule& rule, uint32_t present) const {
        switch (rule.kind) {
            case RegisterRule::Kind::same:
                return present;
            case RegisterRule::Kind::in_register:
                return register_value(rule.column);
            case RegisterRule::Kind::is_cfa:
                return cfa_;
            case RegisterRule::Kind::in_stack:
                return read_word(memory_, cfa_ + static_cast<uint32_t>(rule.offset));
            case RegisterRule::Kind::unknown:
                break;
        }
        return std::nullopt;
    }

  private:
    std::optional<uint32_t> register_value(uint32_t column) const {
        if (cpu_ == nullptr) return std::nullopt;
        if (column < cpu_->x.size()) return cpu_->x[column];
        const uint32_t number = column - kFirstControlColumn;
        if (column < kFirstControlColumn || isa::find_control_register(number) == nullptr)
            return std::nullopt;
        return cpu_->read_control(static_cast<isa::Control>(number));
    }

    const MemoryReader& memory_;
    const Cpu* cpu_;
    uint32_t cfa_;
};

std::optional<CallerFrame> from_rules(const StackPosition& at, const FrameRules& rules,
                                      const MemoryReader& memory) {
    const bool lost_ra = !at.innermost && rules.return_address.kind == RegisterRule::Kind::same;
    if (rules.interrupted || lost_ra) return std::nullopt;
    const Unwinding unwinding(at, rules, memory);
    const auto return_address = unwinding.value(rules.return_address, at.ra);
    const auto fp = unwinding.value(rules.fp, at.fp);
    if (!return_address || *return_address == 0 || !fp || unwinding.cfa() < at.sp) return std::nullopt;
    return CallerFrame{.return_address = *return_address, .cfa = unwinding.cfa(), .fp = *fp};
}

std::optional<CallerFrame> from_frame_pointer(const StackPosition& at, const MemoryReader& memory) {
    if (at.fp == 0 || at.fp % 4 != 0 || at.fp < at.sp) return std::nullopt;
    const auto return_address = read_word(memory, at.fp - 4);
    const auto fp = read_word(memory, at.fp - 8);
    if (!return_address || !fp || *return_address == 0) return std::nullopt;
    return CallerFrame{.return_address = *return_address, .cfa = at.fp, .fp = *fp};
}

// No frame of its own: not yet, or no more.
std::optional<CallerFrame> from_registers(const StackPosition& at, uint32_t sp_to_give_back) {
    if (at.ra == 0) return std::nullopt;
    return CallerFrame{.return_address = at.ra, .cfa = at.sp + sp_to_give_back, .fp = at.fp};
}

}  // namespace

std::optional<CallerFrame> caller_of(const StackPosition& at, const DebugInfo* info,
                                     const MemoryReader& memory) {
    if (at.innermost) {
        if (const auto left = epilogue_left(at.pc, memory)) return from_registers(at, *left);
    }
    if (const FrameRules* rules = rules_at(at, info)) {
        if (const auto caller = from_rules(at, *rules, memory)) return caller;
    }
    if (!at.innermost) return from_frame_pointer(at, memory);
    const Prologue prologue = scan_prologue(function_start(info, at.pc), at.pc, memory);
    if (prologue.frame_is_up) return from_frame_pointer(at, memory);
    return from_registers(at, prologue.sp_has_dropped);
}

std::optional<InterruptedFrame> interrupted_by(const StackPosition& at, const DebugInfo* info,
                                               const MemoryReader& memory) {
    const FrameRules* rules = rules_at(at, info);
    if (rules == nullptr || !rules->interrupted) return std::nullopt;
    const Unwinding unwinding(at, *rules, memory);
    const auto pc = unwinding.value(rules->return_address, 0);
    const auto sp = unwinding.value(rules->sp, at.sp);
    if (!pc || !sp) return std::nullopt;
    return InterruptedFrame{.pc = *pc,
                            .sp = *sp,
                            .fp = unwinding.value(rules->fp, at.fp).value_or(0),
                            .ra = unwinding.value(rules->ra, at.ra).value_or(0)};
}

}  // namespace peach::debugger
