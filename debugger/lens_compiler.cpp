#include "debugger/lens_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "assembler/suggest.h"
#include "debugger/expression_types.h"

namespace peach::debugger {
namespace {

constexpr int kMostErrors = 20;
constexpr std::array<std::string_view, 11> kKeywords = {
    "states", "view", "event", "value", "invariant", "for", "column", "key", "order", "field", "where"};

template <typename Rows>
bool has_name(const Rows& rows, std::string_view name) {
    return std::ranges::any_of(rows, [&](const auto& row) { return row.name == name; });
}

}  // namespace

LensCompiler::LensCompiler(std::string_view text, std::string_view file_name,
                           std::shared_ptr<const DebugInfo> info)
    : text_(text), file_name_(file_name), lens_(new Lens(info)) {
    global_scope_.info = std::move(info);
}

std::expected<std::shared_ptr<const Lens>, Error> LensCompiler::compile() {
    for (const Statement& line : detail::statements_of(text_, storage_)) statement(line);
    end_block();
    if (error_count_ > kMostErrors) errors_ += fmt::format("\nand {} more", error_count_ - kMostErrors);
    if (error_count_ != 0) return std::unexpected(Error{errors_});
    return lens_;
}

void LensCompiler::fail(size_t offset, std::string message) {
    if (++error_count_ > kMostErrors) return;
    const detail::TextPlace place = detail::place_in(text_, offset);
    if (!errors_.empty()) errors_ += '\n';
    errors_ += fmt::format("{}:{}:{}: {}\n  {}\n  {:>{}}", file_name_, place.line, place.column, message,
                           place.text, '^', place.column);
}

void LensCompiler::statement(Statement line) {
    const size_t offset = line.offset();
    const std::string keyword = line.take_word();
    if (begin_block(keyword, line)) return;
    if (block_failed_) return;
    if (block_ == Block::states) return state_row(keyword, offset, line);
    if (!statement_of_block(keyword, line)) unknown(keyword, offset);
}

bool LensCompiler::begin_block(const std::string& keyword, Statement& line) {
    const std::array<std::pair<std::string_view, void (LensCompiler::*)(Statement&)>, 5> beginnings = {
        {{"states", &LensCompiler::begin_states},
         {"view", &LensCompiler::begin_view},
         {"event", &LensCompiler::begin_event},
         {"value", &LensCompiler::value},
         {"invariant", &LensCompiler::invariant}}};
    for (const auto& [word, begin] : beginnings) {
        if (keyword != word) continue;
        end_block();
        block_offset_ = line.offset();
        (this->*begin)(line);
        return true;
    }
    return false;
}

bool LensCompiler::statement_of_block(const std::string& keyword, Statement& line) {
    const bool in_view = block_ == Block::view;
    const bool in_event = block_ == Block::event;
    if (in_view && keyword == "for") {
        view_list(line);
    } else if (in_view && keyword == "column") {
        view_column(line);
    } else if (in_view && keyword == "key") {
        row_number(line, view_program_->key, "a key");
    } else if (in_view && keyword == "order") {
        row_number(line, view_program_->order, "an order");
    } else if (in_event && keyword == "field") {
        event_field(line);
    } else if ((in_view || in_event) && keyword == "where") {
        condition(line);
    } else {
        return false;
    }
    return true;
}

void LensCompiler::unknown(const std::string& keyword, size_t offset) {
    if (std::ranges::find(kKeywords, keyword) != kKeywords.end()) {
        return fail(
            offset,
            fmt::format("'{}' does not belong here: 'for', 'key', 'order' and 'column' belong to a view, "
                        "'field' to an event, 'where' to either",
                        keyword));
    }
    assembler::Suggestion suggestion(keyword);
    for (const std::string_view known : kKeywords) suggestion.consider(known);
    fail(offset,
         fmt::format("a statement begins with states, view, event, value or invariant{}", suggestion.text()));
}

void LensCompiler::end_block() {
    if (view_program_ && !block_failed_) {
        if (!view_program_->list) {
            fail(block_offset_, "the view has no 'for NAME in ARRAY' and so no rows");
        } else {
            lens_->views_.back().program = std::move(view_program_);
        }
    }
    if (event_program_ && !block_failed_) lens_->events_.back().program = std::move(event_program_);
    view_program_ = nullptr;
    event_program_ = nullptr;
    block_ = Block::none;
    block_failed_ = false;
}

const Scope& LensCompiler::block_scope() const {
    return block_ == Block::none ? global_scope_ : scope_;
}

// ---- Parts of statements
// -----------------------------------------------------------------------------------

NodeHandle LensCompiler::expression(Statement& line, const Scope& scope) {
    const size_t offset = line.offset();
    auto node = detail::compile_expression(line.rest(), scope);
    if (node) return std::move(*node);
    fail(offset + node.error().column - 1, node.error().message);
    return nullptr;
}

NodeHandle LensCompiler::expression_after_equals(Statement& line, const Scope& scope) {
    if (line.accept('=')) return expression(line, scope);
    fail(line.offset(), "'= EXPRESSION' should follow");
    return nullptr;
}

std::string LensCompiler::name_after(std::string_view what, Statement& line) {
    const size_t offset = line.offset();
    std::string name = line.take_word();
    if (name.empty()) {
        fail(offset, fmt::format("a name should follow '{}': letters, digits and _", what));
        block_failed_ = true;
    }
    return name;
}

void LensCompiler::condition(Statement& line) {
    const size_t offset = line.offset();
    NodeHandle node = expression(line, block_scope());
    if (!node) return;
    if (const std::string fault = detail::TypeRules::condition_fault(*node); !fault.empty())
        return fail(offset, fault);
    auto& conditions = block_ == Block::view ? view_program_->conditions : event_program_->conditions;
    conditions.push_back(std::move(node));
}

// ---- States
// ------------------------------------------------------------------------------------------------

void LensCompiler::begin_states(Statement& line) {
    block_ = Block::states;
    const size_t offset = line.offset();
    std::string name = name_after("states", line);
    if (name.empty()) return;
    const Type* type = lens_->info_->types().find_enumeration(name);
    if (type == nullptr) {
        assembler::Suggestion suggestion(name);
        for (const Type& other : lens_->info_->types().all()) {
            if (other.kind == TypeKind::enumeration) suggestion.consider(other.name);
        }
        block_failed_ = true;
        return fail(offset, fmt::format("this kernel has no enum {}{}", name, suggestion.text()));
    }
    lens_->state_tables_.push_back({.name = std::move(name), .type = type, .states = {}});
}

void LensCompiler::state_row(const std::string& enumerator, size_t offset, Statement& line) {
    Lens::StateTable& table = lens_->state_tables_.back();
    const auto found = std::ranges::find(table.type->enumerators, enumerator, &Enumerator::name);
    if (found == table.type->enumerators.end()) {
        assembler::Suggestion suggestion(enumerator);
        for (const Enumerator& row : table.type->enumerators) suggestion.consider(row.name);
        return fail(offset, fmt::format("enum {} has no '{}'{}", table.name, enumerator, suggestion.text()));
    }
    LensState state{
        .value = found->value, .name = enumerator, .role = line.take_word(), .letter = line.take_any()};
    if (state.role.empty() || state.letter.empty() || !line.at_end()) {
        return fail(offset, "a state is written ENUMERATOR role LETTER, for example: RUNNING running >");
    }
    table.states.push_back(std::move(state));
}

// ---- Views
// -------------------------------------------------------------------------------------------------

void LensCompiler::begin_view(Statement& line) {
    block_ = Block::view;
    scope_ = global_scope_;
    view_program_ = std::make_unique<Lens::View::Program>();
    std::string name = name_after("view", line);
    if (block_failed_) return;
    if (has_name(lens_->views_, name)) fail(block_offset_, fmt::format("there are two views '{}'", name));
    std::string title = line.take_quoted();
    if (!line.at_end()) fail(line.offset(), "only a title in quotes may follow a view's name");
    if (title.empty()) title = name;
    lens_->views_.push_back(
        {.name = std::move(name), .title = std::move(title), .columns = {}, .program = {}});
}

void LensCompiler::view_list(Statement& line) {
    const size_t offset = line.offset();
    auto list = detail::compile_list(line.rest(), global_scope_);
    if (!list) {
        block_failed_ = true;
        return fail(offset + list.error().column - 1, list.error().message);
    }
    if (view_program_->list) return fail(offset, "the view has a 'for' already");
    scope_.rows.push_back({.name = std::move(list->row_name), .type = list->list->type});
    view_program_->list = std::move(list->list);
}

void LensCompiler::view_column(Statement& line) {
    const size_t offset = line.offset();
    std::string name = name_after("column", line);
    if (name.empty()) return;
    Lens::View& view = lens_->views_.back();
    if (has_name(view.columns, name)) return fail(offset, fmt::format("there are two columns '{}'", name));
    std::string title = line.take_quoted();
    NodeHandle cell = expression_after_equals(line, scope_);
    if (!cell) return;
    if (title.empty()) title = name;
    view.columns.push_back({.name = std::move(name), .title = std::move(title)});
    view_program_->cells.push_back(std::move(cell));
}

void LensCompiler::row_number(Statement& line, NodeHandle& number, std::string_view what) {
    const size_t offset = line.offset();
    number = expression(line, scope_);
    if (number && number->is_text) fail(offset, fmt::format("{} is a number, not a text", what));
}

// ---- Events
// ------------------------------------------------------------------------------------------------

void LensCompiler::begin_event(Statement& line) {
    block_ = Block::event;
    scope_ = global_scope_;
    event_program_ = std::make_unique<Lens::Event::Program>();
    Lens::Event event{
        .name = name_after("event", line), .function = {}, .address = 0, .fields = {}, .program = {}};
    if (block_failed_) return;
    if (line.take_word() != "at") {
        block_failed_ = true;
        return fail(block_offset_, "an event is written: event NAME at FUNCTION");
    }
    const size_t offset = line.offset();
    event.function = name_after("at", line);
    const DebugInfo& info = *lens_->info_;
    const Function* function = info.find_function(event.function);
    const ElfSymbol* symbol = info.find_symbol(event.function);
    if (function == nullptr && symbol == nullptr) {
        assembler::Suggestion suggestion(event.function);
        for (const Function& other : info.functions()) suggestion.consider(other.name);
        block_failed_ = true;
        return fail(offset,
                    fmt::format("this kernel has no function '{}'{}", event.function, suggestion.text()));
    }
    event.address = function != nullptr ? function->low_pc : symbol->address;
    scope_.pc = event.address;
    scope_.at_entry = true;
    lens_->events_.push_back(std::move(event));
}

void LensCompiler::event_field(Statement& line) {
    const size_t offset = line.offset();
    std::string name = name_after("field", line);
    if (name.empty()) return;
    Lens::Event& event = lens_->events_.back();
    if (has_name(event.fields, name)) return fail(offset, fmt::format("there are two fields '{}'", name));
    NodeHandle node = expression_after_equals(line, scope_);
    if (!node) return;
    event.fields.push_back({.name = std::move(name), .is_text = node->is_text});
    event_program_->fields.push_back(std::move(node));
}

// ---- Values and invariants
// ---------------------------------------------------------------------------------

void LensCompiler::value(Statement& line) {
    const size_t offset = line.offset();
    std::string name = name_after("value", line);
    if (name.empty()) return;
    if (has_name(lens_->values_, name)) return fail(offset, fmt::format("there are two values '{}'", name));
    if (NodeHandle node = expression_after_equals(line, global_scope_))
        lens_->values_.push_back({.name = std::move(name), .expression = std::move(node)});
}

void LensCompiler::invariant(Statement& line) {
    const size_t offset = line.offset();
    std::string name = name_after("invariant", line);
    if (name.empty()) return;
    if (has_name(lens_->invariants_, name))
        return fail(offset, fmt::format("there are two invariants '{}'", name));
    std::string sentence = line.take_quoted();
    NodeHandle node = expression_after_equals(line, global_scope_);
    if (!node) return;
    if (const std::string fault = detail::TypeRules::condition_fault(*node); !fault.empty())
        return fail(offset, fault);
    auto program = std::make_shared<Lens::Invariant::Program>();
    program->condition = std::move(node);
    if (sentence.empty()) sentence = name;
    lens_->invariants_.push_back(
        {.name = std::move(name), .sentence = std::move(sentence), .program = std::move(program)});
}

}  // namespace peach::debugger
