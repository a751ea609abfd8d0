// The worked example of every instruction: assembled, executed and checked.

#include "tests/isa/machine_fixture.h"

#include "assembler/assembler.h"
#include "emulator/isa/registers.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

namespace peach::tests {
namespace {

struct Example {
    std::string before, instruction, after;
};

Example split(std::string_view text) {
    std::vector<std::string> parts;
    for (const auto part : std::views::split(text, std::string_view(" ; "))) {
        parts.emplace_back(part.begin(), part.end());
    }
    EXPECT_EQ(parts.size(), 3u) << text;
    parts.resize(3);
    return {parts[0], parts[1], parts[2]};
}

struct Item {
    std::string name;  // a register, "[0x...]", "pc" or a control register
    std::string value;
};

std::vector<Item> items(const std::string& text) {
    std::vector<Item> result;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const size_t equals = word.find('=');
        EXPECT_NE(equals, word.npos) << word;
        result.push_back({word.substr(0, equals), word.substr(equals + 1)});
    }
    return result;
}

const isa::ControlRegister* find_control(const std::string& name) {
    const auto* row = std::ranges::find(isa::kControlRegisters, name, &isa::ControlRegister::name);
    return row == std::end(isa::kControlRegisters) ? nullptr : row;
}

// A number, or the state that the example starts from: pc, +8 from it, tvec, epc.
uint32_t value_of(const std::string& text, const ModelState& before) {
    if (text == "pc") return before.pc;
    if (const auto* row = find_control(text)) return before.control.at(row->number);
    if (text[0] == '+') return before.pc + static_cast<uint32_t>(std::stoul(text.substr(1), nullptr, 0));
    if (text[0] == '-' && text != "-1" && text.size() == 2 && text[1] == '8') return before.pc - 8;
    return static_cast<uint32_t>(std::stoll(text, nullptr, 0));
}

uint32_t memory_address(const std::string& name) {
    return static_cast<uint32_t>(std::stoul(name.substr(1, name.size() - 2), nullptr, 0));
}

void apply(const Item& item, ModelState& state) {
    const uint32_t value = value_of(item.value, state);
    if (item.name[0] == '[') {
        for (int i = 0; i < 4; ++i)
            state.memory[memory_address(item.name) + i] = static_cast<uint8_t>(value >> 8 * i);
    } else {
        state.x[isa::find_register(item.name).value()] = value;
    }
}

uint32_t read(const Item& item, const ModelState& state) {
    if (item.name == "pc") return state.pc;
    if (const auto* row = find_control(item.name)) return state.control.at(row->number);
    if (item.name[0] != '[') return state.x[isa::find_register(item.name).value()];
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value |= uint32_t{state.memory.at(memory_address(item.name) + i)} << 8 * i;
    return value;
}

uint32_t assemble_one(const std::string& text) {
    const assembler::Source source{.name = "example.s", .text = text + "\n"};
    const auto result =
        assembler::assemble({&source, 1}, {.text_base = kCodeAddress, .entry_at_text_base = true});
    if (!result.image) {
        ADD_FAILURE() << text << ": " << (result.diagnostics.empty() ? "" : result.diagnostics[0].message);
        return 0;
    }
    uint32_t word = 0;
    for (int i = 0; i < 4; ++i)
        word |= static_cast<uint32_t>(result.image->sections.at(0).bytes.at(i)) << 8 * i;
    return word;
}

TEST(Example, OfEveryInstructionIsTrue) {
    for (const isa::Instruction& row : isa::kInstructions) {
        SCOPED_TRACE(std::string(row.example));
        const Example example = split(row.example);
        const uint32_t word = assemble_one(example.instruction);
        const auto decoded = isa::decode(word);
        ASSERT_TRUE(decoded.has_value());
        EXPECT_EQ(decoded->op, row.op) << "the example shows another instruction";
        ModelState before;
        before.pc = kCodeAddress;
        before.control = {{static_cast<uint8_t>(isa::Control::scratch), 0},
                          {static_cast<uint8_t>(isa::Control::tvec), 0x80003000},
                          {static_cast<uint8_t>(isa::Control::epc), 0x80004000}};
        for (uint32_t i = 0; i < 8; ++i) before.memory[kDataAddress + i] = 0;
        for (const Item& item : items(example.before)) apply(item, before);
        MachineFixture machine(before, word);
        machine.execute_one();
        for (const Item& item : items(example.after)) {
            EXPECT_EQ(read(item, machine.state()), value_of(item.value, before)) << item.name;
        }
    }
}

}  // namespace
}  // namespace peach::tests
