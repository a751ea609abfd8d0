// Session: breakpoints, bookmarks, and the places in programs that people name.

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "debugger/session.h"
#include "emulator/base/assert.h"

namespace peach::debugger {
namespace {

std::optional<uint32_t> number(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    if (hex) text.remove_prefix(2);
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::expected<std::vector<uint32_t>, Error> line_addresses(const DebugInfo& info, std::string_view file,
                                                           std::string_view line_text) {
    const auto line = number(line_text);
    if (!line)
        return std::unexpected(Error{fmt::format("'{}' is no line number: write FILE:LINE", line_text)});
    const auto index = info.find_file(file);
    if (!index) return std::unexpected(Error{fmt::format("no code was made from a file '{}'", file)});
    auto found = info.addresses_of(*index, *line);
    if (found.addresses.empty()) {
        return std::unexpected(Error{fmt::format("there is no code at or below line {} of {}", *line, file)});
    }
    return std::move(found.addresses);
}

std::expected<std::vector<uint32_t>, Error> addresses_in(const DebugInfo& info, std::string_view place) {
    if (const size_t colon = place.rfind(':'); colon != std::string_view::npos) {
        return line_addresses(info, place.substr(0, colon), place.substr(colon + 1));
    }
    if (auto entries = info.entries_of(place); !entries.empty()) return entries;
    if (const ElfSymbol* symbol = info.find_symbol(place)) return std::vector{symbol->address};
    return std::unexpected(Error{fmt::format(
        "there is no function or label '{}': name a function, FILE:LINE, an address, or PROGRAM!PLACE",
        place)});
}

}  // namespace

std::expected<ResolvedPlace, Error> Session::resolve_in(std::string_view place, std::string_view program_name,
                                                        std::shared_ptr<const DebugInfo> info) const {
    auto addresses = addresses_in(*info, place);
    if (!addresses) return std::unexpected(addresses.error());
    return ResolvedPlace{
        .addresses = *std::move(addresses), .program = std::string(program_name), .info = std::move(info)};
}

std::expected<ResolvedPlace, Error> Session::resolve(std::string_view place) const {
    if (const size_t mark = place.find('!'); mark != std::string_view::npos) {
        const std::string_view name = place.substr(0, mark);
        auto info = program(name);
        if (info == nullptr)
            return std::unexpected(Error{fmt::format("there is no program '{}' with symbols", name)});
        return resolve_in(place.substr(mark + 1), name, std::move(info));
    }
    if (const auto address = number(place)) return place_at(*address);
    auto in_kernel = resolve_in(place, {}, kernel_);
    if (in_kernel) return in_kernel;
    // The program that runs, then those that were given: they may not have begun yet.
    std::vector<std::string> names;
    if (const auto process = current_process(focus_cpu_)) names.push_back(process->name);
    for (const auto& given : options_.programs) names.push_back(given.first);
    for (const std::string& name : names) {
        auto info = program(name);
        if (info == nullptr) continue;
        if (auto in_program = resolve_in(place, name, std::move(info))) return in_program;
    }
    return in_kernel;
}

std::expected<int, Error> Session::add_breakpoint(std::string_view place, std::string_view condition) {
    constexpr std::string_view kIf = " if ";
    if (const size_t mark = place.find(kIf); mark != std::string_view::npos && condition.empty()) {
        condition = place.substr(mark + kIf.size());
        place = place.substr(0, mark);
        if (condition.find_first_not_of(' ') == std::string_view::npos)
            return std::unexpected(
                Error{"a condition should stand after 'if', such as 'swtch if p->pid == 2'"});
    }
    const auto where = resolve(place);
    if (!where) return std::unexpected(where.error());
    return breakpoints_.add(place, *where, condition);
}

void Session::remove_breakpoint(int id) {
    breakpoints_.remove(id);
}

void Session::enable_breakpoint(int id, bool enabled) {
    breakpoints_.enable(id, enabled);
}

// An address as the focused CPU means it: all programs are linked to the same ones.
ResolvedPlace Session::place_at(uint32_t address) const {
    auto info = debug_info_at(focus_cpu_, address);
    const bool in_program = info != nullptr && info != kernel_;
    const auto process = in_program ? current_process(focus_cpu_) : std::nullopt;
    return {.addresses = {address},
            .program = process ? process->name : std::string{},
            .info = info == nullptr ? kernel_ : info};
}

void Session::toggle_breakpoint(uint32_t address) {
    if (const Breakpoint* existing = breakpoints_.at(address)) {
        breakpoints_.remove(existing->id);
        return;
    }
    const auto added = breakpoints_.add(symbolize(focus_cpu_, address), place_at(address), {});
    PEACH_ASSERT(added.has_value());  // only conditions can be wrong
}

// ---- bookmarks ----

void Session::toggle_bookmark(std::string_view name) {
    bookmarks_.toggle(timeline_.cursor(), name);
}

// One that lies in a future which another has replaced is not gone to.
const Bookmark* Session::next_bookmark() const {
    const Bookmark* next = bookmarks_.after(timeline_.cursor());
    return next != nullptr && next->cycle <= timeline_.frontier() ? next : nullptr;
}

const Bookmark* Session::previous_bookmark() const {
    return bookmarks_.before(timeline_.cursor());
}

}  // namespace peach::debugger
