#include "assembler/instruction_forms.h"

#include <algorithm>

#include "assembler/name_table.h"

namespace peach::assembler {

namespace {

struct PseudoRow {
    std::string_view pattern;
    std::string_view expansion;
};

constexpr PseudoRow kPseudoRows[] = {
#define PSEUDO(pattern, expansion, sentence) {pattern, expansion},
#define PSEUDO_BY_VALUE(pattern, becomes, sentence) {pattern, ""},
#include "emulator/isa/pseudo_instructions.inc"
#undef PSEUDO
};

constexpr size_t kFormCount = isa::kInstructionCount + std::size(kPseudoRows);

// Reaching this while the table is built at compile time is the compile error.
inline void malformed_pseudo_row(const char* /*why*/) {}

constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// The part before a separator; `text` keeps the part after it.
constexpr std::string_view take_until(std::string_view& text, char separator) {
    const size_t at = text.find(separator);
    const std::string_view head = trim(text.substr(0, at));
    text = at == text.npos ? std::string_view{} : trim(text.substr(at + 1));
    return head;
}

constexpr OperandKind operand_kind(std::string_view name) {
    if (name == "rd" || name == "rs" || name == "rt" || name == "rs1" || name == "rs2")
        return OperandKind::reg;
    if (name == "imm") return OperandKind::immediate;
    if (name == "upper") return OperandKind::upper;
    if (name == "target") return OperandKind::target;
    if (name == "shift") return OperandKind::shift;
    if (name == "control") return OperandKind::control;
    if (name == "imm(rs1)") return OperandKind::memory;
    if (name == "(rs1)") return OperandKind::address;
    if (name == "value") return OperandKind::value;
    malformed_pseudo_row("an operand of unknown name");
    return OperandKind::reg;
}

constexpr Slot operand_slot(int index) {
    return {.from = Slot::From::operand, .value = index};
}
constexpr Slot constant_slot(int32_t value) {
    return {.from = Slot::From::constant, .value = value};
}

constexpr void set_slot(Emission& emission, std::string_view field, Slot slot) {
    if (field == "rd") {
        emission.rd = slot;
    } else if (field == "rs1") {
        emission.rs1 = slot;
    } else if (field == "rs2") {
        emission.rs2 = slot;
    } else if (field == "imm(rs1)") {
        emission.rs1 = slot;
        emission.immediate = slot;
    } else if (field == "(rs1)") {
        emission.rs1 = slot;
    } else {
        emission.immediate = slot;
    }
}

consteval Form real_form(const isa::Instruction& row) {
    Form form{.name = row.mnemonic, .pattern = row.operands, .emission_count = 1};
    form.emissions[0].op = row.op;
    std::string_view rest = row.operands;
    while (!rest.empty()) {
        const std::string_view name = take_until(rest, ',');
        form.operands[form.operand_count] = operand_kind(name);
        set_slot(form.emissions[0], name, operand_slot(form.operand_count));
        ++form.operand_count;
    }
    return form;
}

constexpr int32_t parse_number(std::string_view text) {
    const bool negative = text.front() == '-';
    if (negative) text.remove_prefix(1);
    int32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') malformed_pseudo_row("neither a number nor a placeholder");
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

// What an operand of an expansion stands for: a placeholder of the pattern, a register, a control register, a
// number.
constexpr Slot expansion_slot(std::string_view text, std::span<const std::string_view> placeholders) {
    for (size_t i = 0; i < placeholders.size(); ++i) {
        if (placeholders[i] == text) return operand_slot(static_cast<int>(i));
    }
    if (const auto reg = isa::find_register(text)) return constant_slot(*reg);
    for (const isa::ControlRegister& row : isa::kControlRegisters) {
        if (row.name == text) return constant_slot(row.number);
    }
    return constant_slot(parse_number(text));
}

constexpr const isa::Instruction& find_instruction(std::string_view mnemonic) {
    for (const isa::Instruction& row : isa::kInstructions) {
        if (row.mnemonic == mnemonic) return row;
    }
    malformed_pseudo_row("an expansion into an unknown instruction");
    return isa::kInstructions[0];
}

constexpr Emission parse_emission(std::string_view text, std::span<const std::string_view> placeholders) {
    const isa::Instruction& row = find_instruction(take_until(text, ' '));
    Emission emission{.op = row.op, .rd = {}, .rs1 = {}, .rs2 = {}, .immediate = {}};
    std::string_view fields = row.operands;
    while (!fields.empty()) {
        const std::string_view field = take_until(fields, ',');
        std::string_view operand = take_until(text, ',');
        if (operand.empty()) malformed_pseudo_row("an expansion with too few operands");
        if (field == "imm(rs1)") {
            emission.immediate = expansion_slot(take_until(operand, '('), placeholders);
            emission.rs1 = expansion_slot(take_until(operand, ')'), placeholders);
        } else {
            set_slot(emission, field, expansion_slot(operand, placeholders));
        }
    }
    if (!text.empty()) malformed_pseudo_row("an expansion with too many operands");
    return emission;
}

constexpr Special special_of(const Form& form) {
    if (form.name == "li") return Special::li;
    if (form.name == "la" || form.name == "lla") return Special::la;
    if (form.name == "call") return Special::call;
    if (form.name == "tail") return Special::tail;
    if (form.name != "jump") malformed_pseudo_row("chosen by value, but not in code");
    return Special::jump;
}

consteval Form pseudo_form(const PseudoRow& row) {
    std::string_view pattern = row.pattern;
    Form form{.name = take_until(pattern, ' '), .pattern = pattern, .pseudo = true};
    std::array<std::string_view, 3> placeholders;
    while (!pattern.empty()) {
        placeholders[form.operand_count] = take_until(pattern, ',');
        form.operands[form.operand_count] = operand_kind(placeholders[form.operand_count]);
        ++form.operand_count;
    }
    if (row.expansion == ".word 0") {
        form.special = Special::word;
        return form;
    }
    if (row.expansion.empty()) {
        form.special = special_of(form);
        return form;
    }
    std::string_view expansion = row.expansion;
    while (!expansion.empty()) {
        const std::string_view one = take_until(expansion, '|');
        form.emissions[form.emission_count++] =
            parse_emission(one, std::span(placeholders.data(), form.operand_count));
    }
    return form;
}

consteval std::array<Form, kFormCount> build_forms() {
    std::array<Form, kFormCount> forms{};
    size_t count = 0;
    for (const isa::Instruction& row : isa::kInstructions) forms[count++] = real_form(row);
    for (const PseudoRow& row : kPseudoRows) forms[count++] = pseudo_form(row);
    // Forms of one mnemonic side by side: an insertion sort, which keeps the order of the rows otherwise.
    for (size_t i = 1; i < count; ++i) {
        for (size_t j = i; j > 0 && forms[j].name < forms[j - 1].name; --j) std::swap(forms[j], forms[j - 1]);
    }
    return forms;
}

constexpr std::array<Form, kFormCount> kForms = build_forms();

static_assert(kFormCount < StaticNameIndex<512>::kAbsent);
constexpr StaticNameIndex<512> kIndex(kForms);

std::span<const Form> find_exactly(std::string_view mnemonic) {
    const size_t first = kIndex.find(kForms, mnemonic);
    if (first == kIndex.kAbsent) return {};
    size_t last = first + 1;
    while (last < kFormCount && kForms[last].name == mnemonic) ++last;
    return std::span(kForms).subspan(first, last - first);
}

}  // namespace

std::span<const Form> all_forms() {
    return kForms;
}

std::span<const Form> find_forms(std::string_view mnemonic) {
    const std::span<const Form> forms = find_exactly(mnemonic);
    if (!forms.empty()) return forms;
    for (const std::string_view suffix : {".aqrl", ".aq", ".rl"}) {
        if (!mnemonic.ends_with(suffix)) continue;
        const std::span<const Form> plain = find_exactly(mnemonic.substr(0, mnemonic.size() - suffix.size()));
        const bool atomic = !plain.empty() && isa::layout(plain[0].emissions[0].op).fixed_value >> 28 == 0xA;
        if (atomic) return plain;
    }
    return {};
}

}  // namespace peach::assembler
