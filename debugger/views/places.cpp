#include "debugger/views/places.h"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <charconv>

#include "debugger/views/sentence.h"

namespace peach::debugger {
namespace {

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Without regard to case; npos: not there.
size_t find_in(std::string_view text, std::string_view part) {
    const auto found = std::ranges::search(text, part, {}, lower, lower);
    return found.empty() && !part.empty() ? std::string_view::npos
                                          : static_cast<size_t>(found.begin() - text.begin());
}

class Finder {
  public:
    Finder(const Session& session, std::string_view text, size_t limit)
        : session_(session), text_(text), limit_(limit) {}

    std::vector<Place> find() {
        while (text_.starts_with(' ')) text_.remove_prefix(1);
        while (text_.ends_with(' ')) text_.remove_suffix(1);
        if (text_.empty()) return {};
        add_moment();
        add_address();
        add_bookmarks();
        add_processes();
        add_line();
        const auto process = session_.current_process(session_.focus_cpu());
        const auto program = process ? session_.program(process->name) : nullptr;
        if (program != nullptr) add_symbols(*program, process->name);
        add_symbols(*session_.kernel(), "kernel");
        if (places_.size() > limit_) places_.resize(limit_);
        return std::move(places_);
    }

  private:
    // "1,234,567", "t = 1234567"
    void add_moment() {
        std::string digits;
        for (const char c : text_.substr(text_.starts_with("t") ? 1 : 0)) {
            if (c != ' ' && c != '=' && c != ',' && c != '_' && c != '\'') digits += c;
        }
        uint64_t cycle = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), cycle);
        if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return;
        const bool known = cycle <= session_.timeline().frontier();
        places_.push_back({.kind = PlaceKind::moment,
                           .title = fmt::format("t = {}", cycle),
                           .detail = known ? "go to this moment" : "run until then",
                           .cycle = cycle});
    }

    void add_address() {
        if (find_in(text_, "0x") != 0) return;
        uint32_t address = 0;
        const auto [end, error] = std::from_chars(text_.data() + 2, text_.data() + text_.size(), address, 16);
        if (error != std::errc{} || end != text_.data() + text_.size()) return;
        const std::string symbol = session_.symbolize(session_.focus_cpu(), address);
        const bool named = !symbol.starts_with("0x");
        for (const PlaceKind kind : {PlaceKind::memory, PlaceKind::code}) {
            places_.push_back({.kind = kind,
                               .title = fmt::format(
                                   "{} 0x{:08X}", kind == PlaceKind::code ? "code at" : "memory at", address),
                               .detail = named ? symbol : "",
                               .address = address});
        }
    }

    void add_bookmarks() {
        for (const Bookmark& bookmark : session_.bookmarks()) {
            if (find_in("bookmark " + bookmark.name, text_) == std::string_view::npos) continue;
            places_.push_back({.kind = PlaceKind::moment,
                               .title = "bookmark " + bookmark.name,
                               .detail = fmt::format("t = {}", bookmark.cycle),
                               .cycle = bookmark.cycle});
        }
    }

    // A process stands for the moment at which it was last given a CPU.
    void add_processes() {
        const EventLog& log = session_.events();
        const uint64_t now = session_.timeline().cursor();
        for (uint32_t i = 0; i < log.processes().size(); ++i) {
            const ProcessHistory& process = log.processes()[i];
            const std::string name = "process " + process_text(session_, i, now);
            if (process.birth_cycle > now || find_in(name, text_) == std::string_view::npos) continue;
            const auto ran = std::find_if(
                process.intervals.rbegin(), process.intervals.rend(), [&](const StateInterval& interval) {
                    return interval.begin <= now && log.states()[interval.state].role == StateRole::running;
                });
            if (ran == process.intervals.rend()) continue;
            places_.push_back({.kind = PlaceKind::moment,
                               .title = name,
                               .detail = fmt::format("got a CPU at t = {}", ran->begin),
                               .cycle = ran->begin});
        }
    }

    // FILE:LINE, or PROGRAM!PLACE.
    void add_line() {
        if (text_.find(':') == text_.npos && text_.find('!') == text_.npos) return;
        const auto found = session_.resolve(text_);
        if (!found || found->addresses.empty()) return;
        places_.push_back({.kind = PlaceKind::code,
                           .title = std::string(text_),
                           .detail = fmt::format("0x{:08X}", found->addresses.front()),
                           .address = found->addresses.front()});
    }

    // Names that begin so, shorter ones first, then those that have it within.
    void add_symbols(const DebugInfo& info, std::string_view program) {
        struct Match {
            size_t rank;
            const ElfSymbol* symbol;
        };
        std::vector<Match> matches;
        for (const ElfSymbol& symbol : info.image().symbols()) {
            const size_t at = find_in(symbol.name, text_);
            if (at == std::string_view::npos || symbol.name.starts_with('.')) continue;
            matches.push_back({(at == 0 ? 0 : 1000) + symbol.name.size(), &symbol});
        }
        std::ranges::stable_sort(matches, {}, &Match::rank);
        for (const Match& match : matches) {
            if (places_.size() >= limit_) return;
            const bool code = info.find_function(match.symbol->name) != nullptr ||
                              is_executable(info.image(), match.symbol->address);
            places_.push_back(
                {.kind = code ? PlaceKind::code : PlaceKind::memory,
                 .title = fmt::format("{} {}", code ? "function" : "variable", match.symbol->name),
                 .detail = fmt::format("{}, 0x{:08X}", program, match.symbol->address),
                 .address = match.symbol->address});
        }
    }

    static bool is_executable(const ElfImage& image, uint32_t address) {
        return std::ranges::any_of(image.segments(), [&](const ElfSegment& segment) {
            return segment.executable && address - segment.address < segment.memory_size;
        });
    }

    const Session& session_;
    std::string_view text_;
    size_t limit_;
    std::vector<Place> places_;
};

}  // namespace

std::vector<Place> find_places(const Session& session, std::string_view text, size_t limit) {
    return Finder(session, text, limit).find();
}

}  // namespace peach::debugger
