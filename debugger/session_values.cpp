// Session: what expressions over the guest's variables are worth, and the storage that they name: watches,
// assignments, and who wrote it.

#include <fmt/format.h>
#include <algorithm>
#include <cctype>

#include "debugger/expression.h"
#include "debugger/session.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/memory_map.h"
#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

// "race!counter": what `counter` means in the program `race`.
struct NamedProgram {
    std::string_view program;
    std::string_view expression;
};

std::optional<NamedProgram> split_program(std::string_view text) {
    const size_t mark = text.find('!');
    if (mark == text.npos || mark == 0 || text.substr(mark + 1).starts_with('=')) return std::nullopt;
    const auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; };
    if (!std::ranges::all_of(text.substr(0, mark), fits)) return std::nullopt;
    return NamedProgram{.program = text.substr(0, mark), .expression = text.substr(mark + 1)};
}

std::unexpected<Error> no_symbols(std::string_view program) {
    return std::unexpected(Error{fmt::format("there is no program '{}' with symbols", program)});
}

// A register, or some bytes of memory as the focused CPU sees it.
struct Storage {
    std::optional<uint8_t> register_number = {};
    uint32_t address = 0;
    uint32_t size = 4;           // an address that is given as a number stands for a word
    const Type* type = nullptr;  // of a variable
};

Storage storage_of(const Value& value) {
    if (value.register_number) return {.register_number = value.register_number};
    if (!value.address) return {.address = static_cast<uint32_t>(value.scalar)};
    return {.address = *value.address, .size = std::max(value.type->size, 1u), .type = value.type};
}

std::expected<Storage, Error> named_storage(const Session& session, std::string_view name) {
    if (const auto reg = isa::find_register(name))
        return Storage{.register_number = static_cast<uint8_t>(*reg)};
    const auto value = session.evaluate(name, session.focus_cpu());
    if (!value) return std::unexpected(value.error());
    return storage_of(*value);
}

// A variable of a program that does not run at this moment: only where it will be is known.
std::expected<Storage, Error> storage_in(const std::shared_ptr<const DebugInfo>& info,
                                         std::string_view expression) {
    const ImageMemory memory(info->image());
    const auto value = evaluate_once(expression, info, {.memory = memory});
    if (!value) return std::unexpected(value.error());
    if (!value->address)
        return std::unexpected(
            Error{fmt::format("{} is no variable: only memory can be watched", expression)});
    return storage_of(*value);
}

}  // namespace

std::expected<Value, Error> Session::evaluate(std::string_view expression, unsigned cpu) const {
    const Cpu& state = machine().cpu(cpu);
    const CpuMemory memory(machine(), cpu);
    const RegisterValues registers{.x = state.x, .pc = state.pc};
    const EvaluationContext here{
        .memory = memory, .registers = &registers, .cpu = cpu, .clock = machine().clock()};
    EvaluationContext elsewhere = here;  // in a function that does not run: no locals
    elsewhere.registers = nullptr;
    const auto process = current_process(cpu);
    const auto its_program = process ? program(process->name) : nullptr;
    if (const auto named = split_program(expression)) {
        if (process && process->name == named->program && its_program != nullptr)
            return evaluate_once(named->expression, its_program, state.user_mode() ? here : elsewhere);
        if (program(named->program) == nullptr) return no_symbols(named->program);
        return std::unexpected(Error{fmt::format(
            "CPU {} does not run {} at this moment: go to one when it does", cpu, named->program)});
    }
    // What the one lacks may be the other's: the kernel's, or that of the program that it works for.
    const auto info = debug_info_at(cpu, state.pc);
    const bool in_kernel = info == nullptr || info == kernel_;
    const auto& other = in_kernel ? its_program : kernel_;
    auto value = evaluate_once(expression, in_kernel ? kernel_ : info, here);
    if (value || other == nullptr) return value;
    auto other_value = evaluate_once(expression, other, in_kernel ? elsewhere : here);
    return other_value ? other_value : value;
}

// ---- watches ----

std::expected<int, Error> Session::add_watch(std::string_view expression) {
    auto watch = watch_here(expression);
    if (!watch) watch = watch_to_come(expression, watch.error());
    if (!watch) return std::unexpected(watch.error());
    watch->expression = expression;
    const int id = watches_.add(*std::move(watch));
    timeline_.set_watches(watches_.ranges());
    return id;
}

// What the expression names at this moment.
std::expected<Watch, Error> Session::watch_here(std::string_view expression) const {
    const auto there = named_storage(*this, expression);
    if (!there) return std::unexpected(there.error());
    if (there->register_number) {
        return std::unexpected(
            Error{fmt::format("{} is in a register: only memory can be watched", expression)});
    }
    Watch watch{.expression = {}, .address = there->address, .size = there->size};
    // Below RAM's addresses, which the kernel uses as they are, each process has its own.
    const bool of_process = there->address < isa::region::ram.first;
    if (const auto named = split_program(expression); named && of_process)
        watch.program = named->program;
    else if (of_process)
        watch.space = ptbr::root(machine().cpu(focus_cpu_).ptbr);
    return watch;
}

// What it names in a program that has not begun: in the one that is said, or else in one of those given.
// `error` says why it names nothing now.
std::expected<Watch, Error> Session::watch_to_come(std::string_view expression, Error error) const {
    const auto watch_in = [](std::string_view name, const Storage& there) {
        return Watch{
            .expression = {}, .address = there.address, .size = there.size, .program = std::string(name)};
    };
    if (const auto named = split_program(expression)) {
        const auto info = program(named->program);
        if (info == nullptr) return no_symbols(named->program);
        const auto there = storage_in(info, named->expression);
        if (!there) return std::unexpected(there.error());
        return watch_in(named->program, *there);
    }
    for (const auto& given : options_.programs) {
        const auto info = program(given.first);
        if (info == nullptr) continue;
        if (const auto there = storage_in(info, expression)) return watch_in(given.first, *there);
    }
    return std::unexpected(std::move(error));
}

void Session::remove_watch(int id) {
    watches_.remove(id);
    timeline_.set_watches(watches_.ranges());
}

// ---- assignments ----

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
