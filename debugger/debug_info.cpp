#include "debugger/debug_info.h"

#include <dwarf.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "debugger/dwarf_loader.h"

namespace peach::debugger {
namespace {

// The last of a sorted sequence whose start is at or below an address; null if all start above it.
template <typename Sequence, typename Start>
auto last_at_or_below(const Sequence& sequence, uint32_t address, Start start) -> decltype(&sequence[0]) {
    const auto above = std::ranges::upper_bound(sequence, address, {}, start);
    return above == sequence.begin() ? nullptr : &*std::prev(above);
}

bool is_path_tail(std::string_view path, std::string_view tail) {
    if (!path.ends_with(tail)) return false;
    return path.size() == tail.size() || tail.starts_with('/') || path[path.size() - tail.size() - 1] == '/';
}

}  // namespace

std::string SymbolAt::text() const {
    return offset == 0 ? symbol->name : fmt::format("{}+{}", symbol->name, offset);
}

DebugInfo::DebugInfo(ElfImage image) : image_(std::move(image)), types_(std::make_unique<TypeTable>()) {}

std::expected<std::shared_ptr<const DebugInfo>, Error> DebugInfo::load(const ElfImage& image) {
    std::shared_ptr<DebugInfo> info(new DebugInfo(image));
    if (const auto wrong = DwarfLoader(*info).load()) {
        return std::unexpected(Error{fmt::format("{}: {}: build it again", image.name(), *wrong)});
    }
    info->index();
    return info;
}

void DebugInfo::index() {
    std::ranges::sort(functions_, {}, [](const Function& function) {
        return std::pair<uint32_t, std::string_view>(function.low_pc, function.name);
    });
    for (size_t i = 0; i < functions_.size(); ++i) function_names_.try_emplace(functions_[i].name, i);
    const auto symbols = image_.symbols();
    for (size_t i = 0; i < symbols.size(); ++i) {
        const auto [place, is_new] = symbol_names_.try_emplace(symbols[i].name, i);
        if (!is_new && symbols[i].global) place->second = i;
    }
    for (size_t i = 0; i < globals_.size(); ++i) {
        global_names_.try_emplace(globals_[i].name, i);
        if (const auto address = global_address(globals_[i])) global_addresses_.emplace_back(*address, i);
    }
    std::ranges::sort(global_addresses_);
    file_lines_.resize(files_.size());
    for (uint32_t i = 0; i < lines_.size(); ++i) file_lines_[lines_[i].file].push_back(i);
    for (auto& rows : file_lines_) {
        std::ranges::sort(rows, {}, [&](uint32_t row) { return std::pair(lines_[row].line, row); });
    }
}

// ---- Functions and lines
// -----------------------------------------------------------------------------------

const Function* DebugInfo::function_at(uint32_t pc) const {
    const Function* function = last_at_or_below(functions_, pc, &Function::low_pc);
    return function != nullptr && pc < function->high_pc ? function : nullptr;
}

const Function* DebugInfo::find_function(std::string_view name) const {
    const auto found = function_names_.find(name);
    return found == function_names_.end() ? nullptr : &functions_[found->second];
}

std::vector<const InlinedCall*> DebugInfo::inlined_calls_at(uint32_t pc) const {
    std::vector<const InlinedCall*> calls;
    const Function* function = function_at(pc);
    if (function == nullptr) return calls;
    for (const InlinedCall& call : function->inlined_calls) {
        const auto contains_pc = [&](const AddressRange& range) { return range.contains(pc); };
        if (std::ranges::any_of(call.ranges, contains_pc)) calls.push_back(&call);
    }
    std::ranges::reverse(calls);
    return calls;
}

std::vector<uint32_t> DebugInfo::entries_of(std::string_view name) const {
    std::vector<uint32_t> entries;
    for (const Function& function : functions_) {
        if (function.name == name) entries.push_back(after_prologue(function));
        for (const InlinedCall& call : function.inlined_calls) {
            if (call.name == name) entries.push_back(call.entry);
        }
    }
    return entries;
}

std::optional<uint16_t> DebugInfo::find_file(std::string_view path) const {
    std::optional<uint16_t> match;
    for (size_t i = 0; i < files_.size(); ++i) {
        if (files_[i] == path) return static_cast<uint16_t>(i);
        if (!is_path_tail(files_[i], path)) continue;
        if (match) return std::nullopt;  // two files end like this: the caller has to say more
        match = static_cast<uint16_t>(i);
    }
    return match;
}

std::optional<SourceLocation> DebugInfo::line_at(uint32_t pc) const {
    const LineEntry* row = last_at_or_below(lines_, pc, [](const LineEntry& line) { return line.where.low; });
    if (row == nullptr || !row->where.contains(pc) || row->line == 0) return std::nullopt;
    return SourceLocation{.file = files_[row->file],
                          .file_index = row->file,
                          .line = row->line,
                          .column = row->column,
                          .is_statement = row->is_statement,
                          .where = row->where};
}

DebugInfo::LineAddresses DebugInfo::addresses_of(uint16_t file, uint32_t line) const {
    LineAddresses result;
    if (file >= file_lines_.size()) return result;
    const auto line_of = [&](uint32_t row) { return lines_[row].line; };
    std::map<const Function*, uint32_t> lowest;  // one place per function: a loop's line has several pieces
    const auto& rows = file_lines_[file];
    for (auto at = std::ranges::lower_bound(rows, std::max(line, 1U), {}, line_of); at != rows.end(); ++at) {
        const LineEntry& row = lines_[*at];
        if (result.line != 0 && row.line != result.line) break;
        if (!row.is_statement) continue;
        result.line = row.line;
        const Function* function = function_at(row.where.low);
        if (function == nullptr) {
            result.addresses.push_back(row.where.low);
            continue;
        }
        const auto [place, is_new] = lowest.try_emplace(function, row.where.low);
        if (!is_new) place->second = std::min(place->second, row.where.low);
    }
    for (const auto& [function, address] : lowest) {
        result.addresses.push_back(address == function->low_pc ? after_prologue(*function) : address);
    }
    std::ranges::sort(result.addresses);
    return result;
}

uint32_t DebugInfo::after_prologue(const Function& function) const {
    const auto start = [](const LineEntry& row) { return row.where.low; };
    auto row = std::ranges::lower_bound(lines_, function.low_pc, {}, start);
    for (; row != lines_.end() && row->where.low < function.high_pc; ++row) {
        if (row->prologue_end) return row->where.low;
    }
    return function.low_pc;
}

// ---- Symbols
// -----------------------------------------------------------------------------------------------

const FrameRules* DebugInfo::frame_rules_at(uint32_t pc) const {
    const auto after = std::ranges::upper_bound(frame_rules_, pc, {}, &FrameRules::low);
    if (after == frame_rules_.begin()) return nullptr;
    const FrameRules& rules = *std::prev(after);
    return pc < rules.high ? &rules : nullptr;
}

const ElfSymbol* DebugInfo::find_symbol(std::string_view name) const {
    const auto found = symbol_names_.find(name);
    return found == symbol_names_.end() ? nullptr : &image_.symbols()[found->second];
}

namespace {

// Of several names for one place, a function or object beats a label, and a label of the program's own beats
// one that the assembler provides, such as `__text_start`.
constexpr int kHighestRank = 2;
int rank(const ElfSymbol& symbol) {
    if (symbol.kind != SymbolKind::none) return kHighestRank;
    return symbol.name.starts_with("__") ? 0 : 1;
}

}  // namespace

std::optional<SymbolAt> DebugInfo::symbol_at(uint32_t address) const {
    const auto inside = [&](const ElfSegment& segment) {
        return address - segment.address < segment.memory_size;
    };
    const auto segment = std::ranges::find_if(image_.segments(), inside);
    if (segment == image_.segments().end()) return std::nullopt;
    const auto symbols = image_.symbols();
    auto at = std::ranges::upper_bound(symbols, address, {}, &ElfSymbol::address);
    const ElfSymbol* best = nullptr;
    while (at != symbols.begin()) {
        --at;
        if (at->address < segment->address || (best != nullptr && at->address != best->address)) break;
        const bool beyond = at->size != 0 && address - at->address >= at->size;
        if (at->kind == SymbolKind::absolute || beyond) continue;
        if (best == nullptr || (rank(*best) < kHighestRank && rank(*at) >= rank(*best))) best = &*at;
    }
    if (best == nullptr) return std::nullopt;
    return SymbolAt{.symbol = best, .offset = address - best->address};
}

// ---- Variables
// ---------------------------------------------------------------------------------------------

const Variable* DebugInfo::find_global(std::string_view name) const {
    const auto found = global_names_.find(name);
    return found == global_names_.end() ? nullptr : &globals_[found->second];
}

std::optional<uint32_t> DebugInfo::global_address(const Variable& variable) const {
    if (variable.locations.size() != 1 || variable.locations.front().operations.size() != 1)
        return std::nullopt;
    const LocationOperation& operation = variable.locations.front().operations.front();
    if (operation.code != DW_OP_addr) return std::nullopt;
    return static_cast<uint32_t>(operation.first);
}

std::optional<std::pair<const Variable*, uint32_t>> DebugInfo::global_at(uint32_t address) const {
    const auto* at = last_at_or_below(global_addresses_, address, &std::pair<uint32_t, size_t>::first);
    if (at == nullptr) return std::nullopt;
    const Variable& variable = globals_[at->second];
    const uint32_t offset = address - at->first;
    if (offset >= variable.type->size) return std::nullopt;
    return std::pair{&variable, offset};
}

std::vector<const Variable*> DebugInfo::variables_at(uint32_t pc) const {
    std::vector<const Variable*> visible;
    const Function* function = function_at(pc);
    if (function == nullptr) return visible;
    const auto contains_pc = [&](const AddressRange& range) { return range.contains(pc); };
    for (const Variable& local : function->locals) {
        if (std::ranges::any_of(local.scope, contains_pc)) visible.push_back(&local);
    }
    // Innermost first; of one block, the later declaration first: it hides the earlier.
    const auto innermost_last = [](const Variable* variable) { return std::pair(variable->depth, variable); };
    std::ranges::sort(visible, std::ranges::greater{}, innermost_last);
    for (const Variable& parameter : function->parameters) visible.push_back(&parameter);
    std::set<std::string_view> names;
    std::erase_if(visible, [&](const Variable* variable) { return !names.insert(variable->name).second; });
    return visible;
}

}  // namespace peach::debugger
