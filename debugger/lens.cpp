#include "debugger/lens.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>

#include "debugger/lens_compiler.h"
#include "debugger/lens_programs.h"

namespace peach::debugger {
namespace {

template <typename Rows>
auto* find_named(Rows& rows, std::string_view name) {
    const auto found = std::ranges::find_if(rows, [&](const auto& row) { return row.name == name; });
    return found == std::ranges::end(rows) ? nullptr : &*found;
}

template <typename Rows>
std::optional<size_t> index_of(const Rows& rows, std::string_view name) {
    const auto* found = find_named(rows, name);
    if (found == nullptr) return std::nullopt;
    return static_cast<size_t>(found - rows.data());
}

// What a cell shows: text without quotes, and a pointer to text as that text.
std::string cell_text(const Value& value, const DebugInfo& info, const MemoryReader& memory) {
    if (value.string) return *value.string;
    const Type& type = value.type->stripped();
    if (type.kind == TypeKind::array && type.target->stripped().kind == TypeKind::character) {
        const auto* text = reinterpret_cast<const char*>(value.bytes.data());
        return {text,
                static_cast<size_t>(std::ranges::find(value.bytes, std::byte{0}) - value.bytes.begin())};
    }
    return format_value(value, &info, &memory);
}

// Rows with equal numbers stay as they stand.
std::vector<LensRow> in_order(std::vector<LensRow> rows, const std::vector<int64_t>& order) {
    std::vector<size_t> places(rows.size());
    std::iota(places.begin(), places.end(), size_t{0});
    std::ranges::stable_sort(places, {}, [&](size_t place) { return order[place]; });
    std::vector<LensRow> sorted;
    sorted.reserve(rows.size());
    for (const size_t place : places) sorted.push_back(std::move(rows[place]));
    return sorted;
}

// Whether all conditions hold; one that cannot be evaluated does not.
bool all_hold(const std::vector<NodeHandle>& conditions, const DebugInfo& info,
              const EvaluationContext& context, std::span<const uint32_t> rows) {
    return std::ranges::all_of(conditions, [&](const NodeHandle& condition) {
        detail::Evaluator evaluator(info, context, rows);
        return evaluator.number(*condition) != 0 && !evaluator.failed();
    });
}

}  // namespace

Lens::Lens(std::shared_ptr<const DebugInfo> info) : info_(std::move(info)) {}
Lens::~Lens() = default;

std::expected<std::shared_ptr<const Lens>, Error> Lens::compile(std::string_view text,
                                                                std::string_view file_name,
                                                                std::shared_ptr<const DebugInfo> info) {
    return LensCompiler(text, file_name, std::move(info)).compile();
}

std::expected<std::shared_ptr<const Lens>, Error> Lens::load(const std::filesystem::path& path,
                                                             std::shared_ptr<const DebugInfo> info) {
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        return std::unexpected(Error{fmt::format("{}: cannot be read: check the path", path.string())});
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return compile(text, path.string(), std::move(info));
}

// ---- Views
// -------------------------------------------------------------------------------------------------

std::optional<size_t> Lens::View::column(std::string_view column_name) const {
    return index_of(columns, column_name);
}

const Lens::View* Lens::find_view(std::string_view name) const {
    return find_named(views_, name);
}

LensCell Lens::cell(const detail::Node& node, const EvaluationContext& context, uint32_t row) const {
    detail::Evaluator evaluator(*info_, context, std::span(&row, 1));
    const Value value = evaluator.value(node);
    LensCell cell;
    if (evaluator.failed()) {
        cell.text = evaluator.failure();
        cell.is_error = true;
        return cell;
    }
    cell.text = cell_text(value, *info_, context.memory);
    cell.address = value.address;
    if (value.address) cell.size = value.string ? node.a->type->size : value.type->size;
    cell.is_number = !value.string && value.type->is_scalar();
    if (cell.is_number) {
        cell.number = value.signed_scalar();
        cell.state = state_of(*value.type, cell.number);
    }
    return cell;
}

LensRows Lens::evaluate(const View& view, const EvaluationContext& context) const {
    LensRows result;
    const View::Program& program = *view.program;
    std::vector<int64_t> order;  // of each row
    detail::Evaluator lister(*info_, context, {});
    for (const uint32_t address : lister.row_addresses(*program.list)) {
        const std::span<const uint32_t> rows(&address, 1);
        if (!all_hold(program.conditions, *info_, context, rows)) continue;
        LensRow row{.key = address, .address = address, .cells = {}};
        const auto number = [&](const NodeHandle& node) {
            detail::Evaluator evaluator(*info_, context, rows);
            return static_cast<int64_t>(evaluator.number(*node));
        };
        if (program.key) row.key = number(program.key);
        if (program.order) order.push_back(number(program.order));
        row.cells.reserve(program.cells.size());
        for (const NodeHandle& node : program.cells) row.cells.push_back(cell(*node, context, address));
        result.rows.push_back(std::move(row));
    }
    if (program.order) result.rows = in_order(std::move(result.rows), order);
    result.error = lister.failure();
    return result;
}

// ---- Events
// ------------------------------------------------------------------------------------------------

std::optional<size_t> Lens::Event::field(std::string_view field_name) const {
    return index_of(fields, field_name);
}

const Lens::Event* Lens::find_event(std::string_view name) const {
    return find_named(events_, name);
}

bool Lens::happens(const Event& event, const EvaluationContext& context) const {
    return all_hold(event.program->conditions, *info_, context, {});
}

void Lens::evaluate(const Event& event, size_t field_index, const EvaluationContext& context,
                    FieldValue& field) const {
    detail::Evaluator evaluator(*info_, context, {});
    const detail::Node& node = *event.program->fields[field_index];
    field.number = 0;
    field.text.clear();
    if (node.is_text) {
        field.text = evaluator.text(node);
    } else {
        field.number = static_cast<int64_t>(evaluator.number(node));
    }
    field.is_error = evaluator.failed();
    if (field.is_error) field.text = evaluator.failure();
}

bool Lens::evaluate(const Event& event, const EvaluationContext& context,
                    std::vector<FieldValue>& out) const {
    if (!happens(event, context)) return false;
    out.resize(event.program->fields.size());
    for (size_t i = 0; i < out.size(); ++i) evaluate(event, i, context, out[i]);
    return true;
}

std::string Lens::field_text(const Event& event, size_t field, const FieldValue& value) const {
    if (value.is_error || event.fields[field].is_text) return value.text;
    Value number = empty_value(event.program->fields[field]->type);
    if (number.type->is_aggregate()) number.type = info_->types().pointer_to(number.type);
    number.scalar = static_cast<uint64_t>(value.number);
    return format_value(number, info_.get(), nullptr);
}

const LensState* Lens::field_state(const Event& event, size_t field, int64_t value) const {
    return state_of(*event.program->fields[field]->type, value);
}

// ---- States, values, invariants
// ----------------------------------------------------------------------------

const LensState* Lens::state_of(const Type& type, int64_t value) const {
    const Type& behind = type.stripped();
    if (behind.kind != TypeKind::enumeration) return nullptr;
    const auto table = std::ranges::find(state_tables_, behind.name, &StateTable::name);
    if (table == state_tables_.end()) return nullptr;
    const auto state = std::ranges::find(table->states, value, &LensState::value);
    return state == table->states.end() ? nullptr : &*state;
}

bool Lens::has_value(std::string_view name) const {
    return find_named(values_, name) != nullptr;
}

std::optional<std::expected<Value, std::string>> Lens::value(std::string_view name,
                                                             const EvaluationContext& context) const {
    const NamedExpression* found = find_named(values_, name);
    if (found == nullptr) return std::nullopt;
    detail::Evaluator evaluator(*info_, context, {});
    Value result = evaluator.value(*found->expression);
    if (evaluator.failed()) return std::unexpected(evaluator.failure());
    return result;
}

std::vector<std::string> Lens::value_names() const {
    std::vector<std::string> names;
    names.reserve(values_.size());
    for (const NamedExpression& row : values_) names.push_back(row.name);
    return names;
}

Lens::InvariantResult Lens::evaluate(const Invariant& invariant, const EvaluationContext& context) const {
    detail::Evaluator evaluator(*info_, context, {});
    const bool holds = evaluator.number(*invariant.program->condition) != 0;
    return {.holds = holds && !evaluator.failed(), .error = evaluator.failure()};
}

}  // namespace peach::debugger
