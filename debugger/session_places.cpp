// Session: breakpoints, watches, and the places in programs and in memory that people name.

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "debugger/session.h"
#include "emulator/base/assert.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/memory_map.h"
#include "emulator/isa/registers.h"

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

// ---- storage that people name ----

namespace {

// A register, or some bytes of memory as the focused CPU sees it.
struct Storage {
    std::optional<uint8_t> register_number = {};
    uint32_t address = 0;
    uint32_t size = 4;           // an address that is given as a number stands for a word
    const Type* type = nullptr;  // of a variable
};

std::expected<Storage, Error> named_storage(const Session& session, std::string_view name) {
    if (const auto reg = isa::find_register(name))
        return Storage{.register_number = static_cast<uint8_t>(*reg)};
    const auto evaluated = session.evaluate(name, session.focus_cpu());
    if (!evaluated) return std::unexpected(evaluated.error());
    const Value& value = *evaluated;
    if (value.register_number) return Storage{.register_number = value.register_number};
    if (!value.address) return Storage{.address = static_cast<uint32_t>(value.scalar)};
    return Storage{.address = *value.address, .size = std::max(value.type->size, 1u), .type = value.type};
}

}  // namespace

std::expected<int, Error> Session::add_watch(std::string_view expression) {
    const auto there = named_storage(*this, expression);
    if (!there) return std::unexpected(there.error());
    if (there->register_number) {
        return std::unexpected(
            Error{fmt::format("{} is in a register: only memory can be watched", expression)});
    }
    // Below RAM's addresses, which the kernel uses as they are, each process has its own.
    const bool of_process = there->address < isa::region::ram.first;
    const int id = watches_.add(
        {.expression = std::string(expression),
         .address = there->address,
         .size = there->size,
         .space = of_process ? std::optional(ptbr::root(machine().cpu(focus_cpu_).ptbr)) : std::nullopt});
    timeline_.set_watches(watches_.ranges());
    return id;
}

void Session::remove_watch(int id) {
    watches_.remove(id);
    timeline_.set_watches(watches_.ranges());
}

std::expected<void, Error> Session::assign(std::string_view text) {
    const size_t mark = text.find('=');
    const bool compares = mark == text.npos || mark == 0 || text.substr(mark + 1).starts_with('=') ||
                          std::string_view("!<>").contains(text[mark - 1]);
    if (compares) return std::unexpected(Error{"nothing is assigned: write PLACE = VALUE, such as a0 = 5"});
    std::string_view place = text.substr(0, mark);
    while (place.ends_with(' ')) place.remove_suffix(1);
    const auto value = evaluate(text.substr(mark + 1), focus_cpu_);
    if (!value) return std::unexpected(value.error());
    const auto named = named_storage(*this, place);
    if (!named) return std::unexpected(named.error());
    const Storage& there = *named;
    if (there.register_number) {
        edit_register(focus_cpu_, *there.register_number, static_cast<uint32_t>(value->scalar));
        return {};
    }
    if (there.type != nullptr && !there.type->is_scalar())
        return std::unexpected(Error{fmt::format("{} is no number: name one of its parts", place)});
    const uint64_t scalar = value->scalar;
    return edit_memory(there.address, std::as_bytes(std::span(&scalar, 1)).first(there.size));
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

// ---- who wrote this? ----

void Session::arrive_at_writer(uint64_t cycle, unsigned cpu, std::string_view what) {
    seek(cycle);
    set_focus_cpu(cpu);
    stop_.sentence = fmt::format("the next instruction writes {}", what);
}

std::expected<void, Error> Session::seek_to_register_writer(unsigned reg, std::string_view name) {
    constexpr uint64_t kSearchCycles = 40'000'000;  // every instruction on the way is looked at
    const auto written = last_register_write(focus_cpu_, reg, kSearchCycles);
    if (!written) {
        return std::unexpected(
            Error{fmt::format("no instruction of CPU {} has written {} in the last {} cycles", focus_cpu_,
                              name, kSearchCycles)});
    }
    arrive_at_writer(*written, focus_cpu_, name);
    return {};
}

std::expected<void, Error> Session::seek_to_writer(std::string_view what) {
    const auto named = named_storage(*this, what);
    if (!named) return std::unexpected(named.error());
    const Storage& there = *named;
    if (there.register_number) return seek_to_register_writer(*there.register_number, what);
    const auto physical = machine().physical_address(machine().cpu(focus_cpu_).ptbr, there.address);
    if (!physical)
        return std::unexpected(
            Error{fmt::format("no memory stands at 0x{:08X} at this moment", there.address)});
    const auto found = timeline_.last_store(
        {.first = *physical, .last = *physical + (there.size - 1), .physical = true}, timeline_.cursor());
    if (!found) {
        return std::unexpected(Error{fmt::format(
            "no instruction has written {}: it came with the boot image, or from the disk", what)});
    }
    arrive_at_writer(found->cycle - 1, found->access.cpu, what);
    return {};
}

namespace {

// The last instruction of a CPU that wrote a register: one that trapped did not.
class LastWriter {
  public:
    LastWriter(unsigned cpu, unsigned reg) : cpu_(cpu), reg_(reg) {}

    void look(const Machine& machine, const ObservedInstruction& instruction) {
        if (instruction.cpu != cpu_) return;
        settle_candidate(machine.cpu(cpu_), instruction.pc);
        const auto decoded = isa::decode(instruction.word);
        if (decoded && (reg_ == kPc || decoded->rd == reg_)) candidate_ = {instruction.cycle, instruction.pc};
    }
    std::optional<uint64_t> found(const Cpu& at_the_end) {
        settle_candidate(at_the_end, at_the_end.pc);
        return found_;
    }

  private:
    static constexpr unsigned kPc = 16;
    struct Candidate {
        uint64_t cycle;
        uint32_t pc;
    };

    // If it trapped, the CPU stands in its trap handler now, and will return to it.
    void settle_candidate(const Cpu& cpu, uint32_t pc_after) {
        if (!candidate_) return;
        const bool trapped = pc_after == cpu.tvec && cpu.epc == candidate_->pc;
        if (!trapped || reg_ == kPc) found_ = candidate_->cycle;
        candidate_.reset();
    }

    unsigned cpu_;
    unsigned reg_;
    std::optional<Candidate> candidate_;
    std::optional<uint64_t> found_;
};

}  // namespace

std::optional<uint64_t> Session::last_register_write(unsigned cpu, unsigned reg,
                                                     uint64_t search_cycles) const {
    constexpr uint64_t kFirstPortionCycles = 1'000;
    const uint64_t now = timeline_.cursor();
    const uint64_t first = std::max(timeline_.first_cycle(), now - std::min(now, search_cycles));
    uint64_t portion = kFirstPortionCycles;
    for (uint64_t end = now; end > first; portion *= 8) {
        const uint64_t begin = end - std::min(end - first, portion);
        LastWriter writer(cpu, reg);
        timeline_.observe(begin, end, [&](const Machine& machine, const ObservedInstruction& instruction) {
            writer.look(machine, instruction);
        });
        const bool reaches_cursor = end == now;
        const auto found =
            writer.found(reaches_cursor ? machine().cpu(cpu) : timeline_.machine_at(end).cpu(cpu));
        if (found) return found;
        end = begin;
    }
    return std::nullopt;
}

}  // namespace peach::debugger
