#include "assembler/fixups.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "assembler/encode.h"
#include "assembler/expressions.h"
#include "assembler/layout.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"

namespace peach::assembler {

namespace {

class FixupPass {
  public:
    FixupPass(const Program& program, const Section& section, std::span<std::byte> bytes, Reporter& reporter)
        : program_(program), section_(section), bytes_(bytes), reporter_(reporter) {}

    void run() {
        for (const Fixup& fixup : section_.fixups) {
            if (fixup.kind == FixupKind::pcrel_high20) pcrel_highs_.push_back(&fixup);
        }
        for (const Fixup& fixup : section_.fixups) {
            const auto value = value_after_layout(program_, fixup.value);
            if (value) {
                apply(fixup, *value);
            } else if (section_.loaded && !program_.incomplete) {
                error(fixup, "this cannot be computed: it divides by zero or goes in circles");
            }
        }
    }

  private:
    void apply(const Fixup& fixup, int64_t value) {
        const uint32_t at = section_.stretched(fixup.offset, fixup.stretches);
        switch (fixup.kind) {
            case FixupKind::byte:
                return datum(fixup, at, value, 1);
            case FixupKind::half:
                return datum(fixup, at, value, 2);
            case FixupKind::word:
                return datum(fixup, at, value, 4);
            case FixupKind::quad:
                return datum(fixup, at, value, 8);
            case FixupKind::signed16:
                return immediate(fixup, at, value, isa::ImmediateKind::signed16);
            case FixupKind::shift:
                return immediate(fixup, at, value, isa::ImmediateKind::shift);
            case FixupKind::control:
                return immediate(fixup, at, value, isa::ImmediateKind::control);
            case FixupKind::upper20:
                return upper(fixup, at, value);
            case FixupKind::distance16:
                return distance(fixup, at, value, isa::ImmediateKind::distance16);
            case FixupKind::distance20:
                return distance(fixup, at, value, isa::ImmediateKind::distance20);
            case FixupKind::high20:
                return part(fixup, at, value, high_part(value), 20);
            case FixupKind::low12:
                return part(fixup, at, value, low_part(value), 16);
            case FixupKind::pcrel_high20:
                return part(fixup, at, value, high_part(value - pc(at)), 20);
            case FixupKind::pcrel_low12:
                return pcrel_low(fixup, at, value);
            case FixupKind::call:
                return call(fixup, at, value);
            case FixupKind::alignment:
                return alignment(fixup, at);
            case FixupKind::space:
                if (value < 0 && !program_.incomplete) error(fixup, negative_size_message(value));
                return;
            case FixupKind::org:
                if (value < 0 && !program_.incomplete) error(fixup, backwards_message(at, value));
                return;
        }
    }

    int64_t pc(uint32_t at) const { return static_cast<int64_t>(section_.address) + at; }

    void error(const Fixup& fixup, std::string message) {
        reporter_.error({.begin = fixup.place_begin, .length = fixup.place_length}, std::move(message));
    }

    uint32_t read_word(uint32_t at) const {
        uint32_t word = 0;
        for (uint32_t i = 0; i < 4; ++i) word |= std::to_integer<uint32_t>(bytes_[at + i]) << (8 * i);
        return word;
    }

    void write(uint32_t at, uint64_t value, uint32_t size) {
        for (uint32_t i = 0; i < size; ++i) bytes_[at + i] = static_cast<std::byte>(value >> (8 * i));
    }

    // Into the low bits of the instruction word.
    void patch(uint32_t at, uint32_t value, uint32_t bits) {
        const uint32_t mask = (1u << bits) - 1;
        write(at, (read_word(at) & ~mask) | (value & mask), 4);
    }

    void datum(const Fixup& fixup, uint32_t at, int64_t value, uint32_t size) {
        if (!fits_datum(value, size) && section_.loaded) {
            return error(fixup, fmt::format("the value is {}, which does not fit in {} byte{}", value, size,
                                            size == 1 ? "" : "s"));
        }
        write(at, static_cast<uint64_t>(value), size);
    }

    void immediate(const Fixup& fixup, uint32_t at, int64_t value, isa::ImmediateKind kind) {
        if (!isa::detail::immediate_is_valid(value, kind)) {
            const isa::ImmediateRange range = isa::immediate_range(kind);
            return error(fixup, fmt::format("the value is {0} ({0:#x}), out of the range {1} to {2}", value,
                                            range.least, range.most));
        }
        patch(at, static_cast<uint32_t>(value), kind == isa::ImmediateKind::signed16 ? 16 : 8);
    }

    // Addresses wrap around within 32 bits; what was never one of these is a mistake. Of an instruction that
    // is two, both of which have the same place, the reporter says it once.
    bool expect_32_bits(const Fixup& fixup, int64_t value) {
        if (value >= INT32_MIN && value <= UINT32_MAX) return true;
        error(fixup, fmt::format("the value is {0} ({0:#x}), which does not fit in 32 bits", value));
        return false;
    }

    // Half of what a value, or the distance to it, is for two instructions.
    void part(const Fixup& fixup, uint32_t at, int64_t value, uint32_t half, uint32_t bits) {
        if (expect_32_bits(fixup, value)) patch(at, half, bits);
    }

    void upper(const Fixup& fixup, uint32_t at, int64_t value) {
        if (value < 0 || value > 0xFFFFF) {
            return error(
                fixup,
                fmt::format("the value is {}, out of the range 0 to {}; for an address, write %hi(...)",
                            value, 0xFFFFF));
        }
        patch(at, static_cast<uint32_t>(value), 20);
    }

    // How far it is from an instruction to its target.
    std::optional<int32_t> distance_to(const Fixup& fixup, uint32_t at, int64_t target) {
        if (program_.incomplete || !expect_32_bits(fixup, target)) return std::nullopt;
        const auto bytes =
            static_cast<int32_t>(static_cast<uint32_t>(target) - static_cast<uint32_t>(pc(at)));
        if (bytes % 4 == 0) return bytes;
        error(fixup, fmt::format("the target is {:#x}, not a multiple of 4 bytes away", target));
        return std::nullopt;
    }

    void distance(const Fixup& fixup, uint32_t at, int64_t target, isa::ImmediateKind kind) {
        const auto found = distance_to(fixup, at, target);
        if (!found) return;
        const int64_t bytes = *found;
        const isa::ImmediateRange range = isa::immediate_range(kind);
        if (bytes >= range.least && bytes <= range.most)
            return patch(at, static_cast<uint32_t>(bytes), branch_bits(kind));
        const bool branch = kind == isa::ImmediateKind::distance16;
        const std::string_view what = branch ? "a branch" : "jal";
        const std::string advice = branch ? long_branch(fixup, at, bytes) : "use `call` or `tail`";
        if (const Symbol* nowhere = undefined_target(fixup)) {
            return error(fixup, fmt::format("`{}` is weak and defined nowhere, which makes it 0, and {} from "
                                            "here does not reach 0; {}",
                                            nowhere->name, what, advice));
        }
        const int64_t beyond = bytes < 0 ? range.least - bytes : bytes - range.most;
        error(fixup,
              fmt::format("the target is {} bytes {}, {} too far: {} reaches {} to {}; {}", std::abs(bytes),
                          bytes < 0 ? "back" : "ahead", beyond, what, range.least, range.most, advice));
    }

    // The symbol that a target is, if it is a weak one without a definition.
    const Symbol* undefined_target(const Fixup& fixup) const {
        const Expression& target = fixup.value;
        if (target.node >= 0 || target.plus == kNoSymbol || target.minus != kNoSymbol) return nullptr;
        const Symbol& symbol = program_.resolve(target.plus);
        return symbol.is_defined() ? nullptr : &symbol;
    }

    // The opposite branch, around a jump that reaches as far as the target.
    std::string long_branch(const Fixup& fixup, uint32_t at, int64_t bytes) const {
        const auto decoded = isa::decode(read_word(at));
        if (!decoded) return "branch around a `jump` instead";
        const isa::Op opposite = [op = decoded->op] {
            switch (op) {
                case isa::Op::beq:
                    return isa::Op::bne;
                case isa::Op::bne:
                    return isa::Op::beq;
                case isa::Op::blt:
                    return isa::Op::bge;
                case isa::Op::bge:
                    return isa::Op::blt;
                case isa::Op::bltu:
                    return isa::Op::bgeu;
                default:
                    return isa::Op::bltu;
            }
        }();
        const std::string_view target = program_.texts.characters({fixup.place_begin, fixup.place_length});
        return fmt::format(
            "write `{} {}, {}, 1f; {}; 1:` instead", isa::instruction(opposite).mnemonic,
            isa::kRegisters[decoded->rs1].name, isa::kRegisters[decoded->rs2].name,
            jal_reaches(bytes - 4) ? fmt::format("j {}", target) : fmt::format("jump {}, t1", target));
    }

    // Said of the first of several that follow each other.
    void alignment(const Fixup& fixup, uint32_t at) {
        const auto beyond = static_cast<uint32_t>(pc(at) % 4);
        if (beyond != 0 && beyond != last_beyond_ && !program_.incomplete)
            error(fixup, std::string(kMisalignedInstruction));
        last_beyond_ = beyond;
    }

    static uint32_t branch_bits(isa::ImmediateKind kind) {
        return kind == isa::ImmediateKind::distance16 ? 16 : 20;
    }

    // %pcrel_lo names the label of the auipc, whose %pcrel_hi has the address.
    void pcrel_low(const Fixup& fixup, uint32_t at, int64_t label) {
        const Fixup* high = pcrel_high_at(label);
        if (high == nullptr) {
            return error(fixup,
                         "%pcrel_lo expects the label of an `auipc` with %pcrel_hi in the same section");
        }
        const int64_t target = value_after_layout(program_, high->value).value_or(0);
        patch(at, low_part(target - label), 16);
    }

    // The %pcrel_hi of the instruction at an address.
    const Fixup* pcrel_high_at(int64_t address) const {
        const auto address_of = [this](const Fixup* fixup) {
            return pc(section_.stretched(fixup->offset, fixup->stretches));
        };
        const auto found = std::ranges::lower_bound(pcrel_highs_, address, {}, address_of);
        return found != pcrel_highs_.end() && address_of(*found) == address ? *found : nullptr;
    }

    // jal LINK, target    or, stretched,    auipc LINK, high; jalr LINK, low(LINK)
    void call(const Fixup& fixup, uint32_t at, int64_t target) {
        const auto found = distance_to(fixup, at, target);
        if (!found) return;
        const int32_t bytes = *found;
        if (section_.stretches[fixup.stretches].extra == 0)
            return patch(at, static_cast<uint32_t>(bytes), 20);
        const uint8_t link = read_word(at) >> 20 & 0xF;
        const uint8_t base = fixup.scratch;
        const auto low = static_cast<int32_t>(low_part(bytes));
        const auto high = static_cast<int32_t>(high_part(bytes) << 12);
        write(at, encode_checked({.op = isa::Op::auipc, .rd = base, .immediate = high}), 4);
        write(at + 4, encode_checked({.op = isa::Op::jalr, .rd = link, .rs1 = base, .immediate = low}), 4);
    }

    const Program& program_;
    const Section& section_;
    std::span<std::byte> bytes_;
    Reporter& reporter_;
    std::vector<const Fixup*> pcrel_highs_;  // in the order of their addresses
    uint32_t last_beyond_ = 0;               // how far the last instruction stood behind a multiple of 4
};

}  // namespace

std::string negative_size_message(int64_t bytes) {
    return fmt::format("the size is negative: {}", bytes);
}

std::string backwards_message(uint32_t size, int64_t distance) {
    return fmt::format(".org cannot go back: the section already has {} bytes, {} were asked for", size,
                       size + distance);
}

void apply_fixups(const Program& program, const Section& section, std::span<std::byte> bytes,
                  Reporter& reporter) {
    FixupPass(program, section, bytes, reporter).run();
}

}  // namespace peach::assembler
