#include "assembler/disassembler.h"

#include <fmt/format.h>

#include <array>

#include "assembler/instruction_forms.h"
#include "emulator/base/assert.h"

namespace peach::assembler {

namespace {

std::string_view register_name(uint8_t number) {
    return isa::kRegisters[number].name;
}

// An operand's place in an instruction word, read back through the slots of a form.
struct Fields {
    std::array<uint8_t, 3> registers{};
    std::array<int32_t, 3> immediates{};
};

// Does this pseudo-instruction say exactly what the word says? If so, which operands did it have?
std::optional<Fields> match(const Form& form, const isa::Decoded& decoded) {
    const Emission& emission = form.emissions[0];
    if (emission.op != decoded.op) return std::nullopt;
    Fields fields;
    std::array<bool, 3> seen{};
    bool same = true;
    const auto take_register = [&](const Slot& slot, uint8_t value) {
        if (slot.from == Slot::From::constant) same &= slot.value == value;
        if (slot.from != Slot::From::operand) return;
        const auto index = static_cast<size_t>(slot.value);
        same &= !seen[index] || fields.registers[index] == value;
        seen[index] = true;
        fields.registers[index] = value;
    };
    take_register(emission.rd, decoded.rd);
    take_register(emission.rs1, decoded.rs1);
    take_register(emission.rs2, decoded.rs2);
    if (emission.immediate.from == Slot::From::constant)
        same &= emission.immediate.value == decoded.immediate;
    if (emission.immediate.from == Slot::From::operand) {
        fields.immediates[static_cast<size_t>(emission.immediate.value)] = decoded.immediate;
    }
    return same ? std::optional(fields) : std::nullopt;
}

// "bgt a, b" for "blt b, a" would only confuse: an alias must be shorter than what it stands for. Of two
// aliases that say the same the one with the shorter name is written: "mv", not "move".
bool is_shorter(const Form& alias, const Form& other) {
    if (alias.operand_count != other.operand_count || !other.pseudo)
        return alias.operand_count < other.operand_count;
    return alias.name.size() < other.name.size();
}

// How an instruction may be written.
struct Spellings {
    const Form* real = nullptr;
    std::vector<const Form*> aliases;
};

std::array<Spellings, isa::kInstructionCount> sort_spellings() {
    std::array<Spellings, isa::kInstructionCount> all{};
    for (const Form& form : all_forms()) {
        if (form.emission_count != 1) continue;
        Spellings& spellings = all[static_cast<size_t>(form.emissions[0].op)];
        if (!form.pseudo) {
            spellings.real = &form;
            continue;
        }
        spellings.aliases.push_back(&form);
    }
    return all;
}

const Spellings& spellings(isa::Op op) {
    static const std::array<Spellings, isa::kInstructionCount> kAll = sort_spellings();
    return kAll[static_cast<size_t>(op)];
}

struct Choice {
    const Form* form;
    Fields fields;
};

Choice choose_form(const isa::Decoded& decoded, Aliases aliases) {
    const Form& real = *spellings(decoded.op).real;
    const auto own_fields = match(real, decoded);
    PEACH_ASSERT(own_fields.has_value());
    Choice best{.form = &real, .fields = *own_fields};
    if (aliases == Aliases::never) return best;
    for (const Form* form : spellings(decoded.op).aliases) {
        if (!is_shorter(*form, *best.form)) continue;
        if (const auto fields = match(*form, decoded)) best = {.form = form, .fields = *fields};
    }
    return best;
}

class TokenWriter {
  public:
    TokenWriter(uint32_t pc, const DisassemblerOptions& options) : pc_(pc), options_(options) {}

    std::vector<Token> illegal(uint32_t word) {
        add(TokenKind::directive, ".word");
        add(TokenKind::punctuation, " ");
        add(TokenKind::number, fmt::format("0x{:08x}", word));
        return std::move(tokens_);
    }

    std::vector<Token> write(const Choice& choice) {
        add(TokenKind::mnemonic, std::string(choice.form->name));
        for (size_t i = 0; i < choice.form->operand_count; ++i) {
            add(TokenKind::punctuation, i == 0 ? " " : ", ");
            operand(choice.form->operands[i], choice.fields.registers[i], choice.fields.immediates[i]);
        }
        return std::move(tokens_);
    }

    std::vector<Token> load_immediate(uint8_t rd, int32_t value) {
        add(TokenKind::mnemonic, "li");
        add(TokenKind::punctuation, " ");
        add(TokenKind::register_name, std::string(register_name(rd)));
        add(TokenKind::punctuation, ", ");
        add(TokenKind::number, fmt::format("{}", value));
        return std::move(tokens_);
    }

  private:
    void add(TokenKind kind, std::string text) { tokens_.push_back({.kind = kind, .text = std::move(text)}); }

    void operand(OperandKind kind, uint8_t reg, int32_t immediate) {
        switch (kind) {
            case OperandKind::reg:
                add(TokenKind::register_name, std::string(register_name(reg)));
                break;
            case OperandKind::immediate:
            case OperandKind::value:
            case OperandKind::shift:
                add(TokenKind::number, fmt::format("{}", immediate));
                break;
            case OperandKind::upper:
                add(TokenKind::number, fmt::format("{:#x}", static_cast<uint32_t>(immediate) >> 12));
                break;
            case OperandKind::control:
                control(static_cast<uint32_t>(immediate));
                break;
            case OperandKind::target:
                target(pc_ + static_cast<uint32_t>(immediate));
                break;
            case OperandKind::memory:
                add(TokenKind::number, fmt::format("{}", immediate));
                [[fallthrough]];
            case OperandKind::address:
                add(TokenKind::punctuation, "(");
                add(TokenKind::register_name, std::string(register_name(reg)));
                add(TokenKind::punctuation, ")");
                break;
        }
    }

    void control(uint32_t number) {
        const isa::ControlRegister* row = isa::find_control_register(number);
        add(TokenKind::control_register, row != nullptr ? std::string(row->name) : fmt::format("{}", number));
    }

    void target(uint32_t address) {
        std::optional<std::string> name;
        if (options_.symbolizer) name = options_.symbolizer(address);
        const TokenKind kind = name ? TokenKind::symbol : TokenKind::address;
        tokens_.push_back({.kind = kind,
                           .text = name ? std::move(*name) : fmt::format("{:#x}", address),
                           .target = address});
    }

    uint32_t pc_;
    const DisassemblerOptions& options_;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> disassemble_tokens(uint32_t word, uint32_t pc, const DisassemblerOptions& options) {
    TokenWriter writer(pc, options);
    const auto decoded = isa::decode(word);
    if (!decoded) return writer.illegal(word);
    const bool constant =
        decoded->op == isa::Op::addi && decoded->rs1 == 0 && (decoded->rd != 0 || decoded->immediate != 0);
    if (constant && options.aliases == Aliases::prefer)
        return writer.load_immediate(decoded->rd, decoded->immediate);
    return writer.write(choose_form(*decoded, options.aliases));
}

std::string disassemble(uint32_t word, uint32_t pc, const DisassemblerOptions& options) {
    std::string text;
    for (const Token& token : disassemble_tokens(word, pc, options)) text += token.text;
    return text;
}

std::string disassemble(uint32_t word, uint32_t pc, const Symbolizer& symbolizer) {
    return disassemble(word, pc, DisassemblerOptions{.symbolizer = symbolizer});
}

}  // namespace peach::assembler
