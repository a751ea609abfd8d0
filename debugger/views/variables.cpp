#include "debugger/views/variables.h"

#include <fmt/format.h>

#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

// A line of a table has room for the beginning of a structure.
constexpr FormatOptions kShort{.longest_array = 8, .longest_string = 40, .deepest_structure = 1};

std::string text_of(const Session& session, const Value& value, const FormatOptions& options) {
    const unsigned cpu = session.focus_cpu();
    const auto info = session.debug_info_at(cpu, session.machine().cpu(cpu).pc);
    const CpuMemory memory(session.machine(), cpu);
    return format_value(value, info.get(), &memory, options);
}

std::string place_text(const Value& value) {
    if (value.register_number) return std::string(isa::kRegisters[*value.register_number].name);
    return value.address ? fmt::format("0x{:08X}", *value.address) : "";
}

Row row_of(const Session& session, const Variable& variable, std::string_view what) {
    const auto value = session.evaluate(variable.name, session.focus_cpu());
    Row row{.cells = {{.text = variable.name},
                      {},
                      {.text = type_name(*variable.type)},
                      {.text = std::string(what)},
                      {}}};
    row.cells[1].text = value ? text_of(session, *value, kShort) : value.error().message;
    if (value) {
        row.cells[1].address = value->address;
        row.cells[4].text = place_text(*value);
    }
    return row;
}

}  // namespace

Table variables_table(const Session& session) {
    Table table{.title = "Variables",
                .columns = {{"name"}, {"value"}, {"type"}, {"what"}, {"place"}},
                .rows = {},
                .note = {}};
    const unsigned cpu = session.focus_cpu();
    const uint32_t pc = session.machine().cpu(cpu).pc;
    const auto info = session.debug_info_at(cpu, pc);
    const Function* function = info == nullptr ? nullptr : info->function_at(pc);
    if (function == nullptr) {
        table.note = "the code here is assembly, or has no debug information: it has no variables";
        return table;
    }
    for (const Variable* variable : info->variables_at(pc))
        table.rows.push_back(row_of(session, *variable, variable->is_parameter ? "parameter" : "local"));
    for (const Variable& variable : info->globals()) {
        if (variable.file == function->file && variable.file != kNoFile)
            table.rows.push_back(row_of(session, variable, "of the file"));
    }
    return table;
}

std::expected<std::string, Error> value_sentence(const Session& session, std::string_view expression) {
    const auto value = session.evaluate(expression, session.focus_cpu());
    if (!value) return std::unexpected(value.error());
    return fmt::format("{} = {}", expression, text_of(session, *value, {}));
}

}  // namespace peach::debugger
