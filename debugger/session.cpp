#include "debugger/session.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstring>

#include "debugger/elf_image.h"
#include "debugger/lens_probe.h"
#include "debugger/motions.h"
#include "debugger/program_shelf.h"
#include "debugger/source_tree.h"
#include "emulator/base/assert.h"
#include "emulator/isa/instructions.h"
#include "emulator/isa/traps.h"

namespace peach::debugger {
namespace {

using ImageAndInfo = std::pair<std::vector<std::byte>, std::shared_ptr<const DebugInfo>>;

std::expected<ElfImage, Error> read_image(const SessionOptions& options) {
    if (options.start) return ElfImage::parse(options.start->image, "the boot image in the file");
    if (!options.kernel_bytes.empty()) return ElfImage::parse(options.kernel_bytes, "the boot image");
    if (options.kernel_path.empty()) {
        return std::unexpected(Error{"there is no boot image: give the path of a kernel"});
    }
    return ElfImage::load(options.kernel_path);
}

std::expected<Machine, Error> make_machine(const SessionOptions& options, const ElfImage& image) {
    if (auto fine = check(options.machine); !fine) return std::unexpected(fine.error());
    Machine machine(options.machine);
    for (const ElfSegment& segment : image.segments()) {
        if (segment.memory_size == 0) continue;
        std::vector<std::byte> bytes(segment.contents.begin(), segment.contents.end());
        bytes.resize(segment.memory_size);
        if (!machine.write_physical(segment.address, bytes)) {
            return std::unexpected(
                Error{fmt::format("the boot image wants {} bytes at 0x{:08X}, where this machine has no "
                                  "memory: link it to run at "
                                  "0x80000000, or give the machine more RAM",
                                  segment.memory_size, segment.address)});
        }
    }
    machine.set_entry(image.entry());
    machine.set_disk(options.disk);
    return machine;
}

// What the options need not say, since it comes with the machine.
void take_over_start(SessionOptions& options) {
    if (options.replay) {
        options.start = options.replay->start;
        options.switches.clear();
    }
    if (!options.start) return;
    options.machine = options.start->machine.config();
    options.bare = options.start->bare;
    options.programs = options.start->programs;
}

// Whether a CPU that is in its trap handler's first instruction gets a trap from that very instruction: then
// it will for ever.
bool cannot_handle_traps(const Machine& machine, unsigned index) {
    const Cpu& cpu = machine.cpu(index);
    if (cpu.waiting || cpu.user_mode() || cpu.pc != cpu.tvec) return false;
    std::array<std::byte, 4> bytes;
    if (!machine.read_virtual(index, cpu.pc, bytes)) return true;
    uint32_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return !isa::decode(word);
}

bool is_stuck(const Machine& machine) {
    for (unsigned cpu = 0; cpu < machine.cpu_count(); ++cpu) {
        if (!cannot_handle_traps(machine, cpu)) return false;
    }
    return true;
}

std::string stuck_sentence(const Machine& machine) {
    const Cpu& cpu = machine.cpu(0);
    return fmt::format("the guest is stuck: its trap handler at 0x{:08X} cannot be executed ({})", cpu.tvec,
                       isa::cause_name(cpu.cause));
}

// Where the guest's sources may lie: installed beside the images, or in the tree that Peach was built from.
std::vector<std::filesystem::path> source_roots(const std::filesystem::path& share) {
    std::vector<std::filesystem::path> roots;
    if (!share.empty()) roots = {share, share / "src"};
    roots.emplace_back(PEACH_SOURCE_DIR);
    return roots;
}

}  // namespace

// ---- creation ----

std::expected<std::unique_ptr<Session>, Error> Session::create(SessionOptions options) {
    take_over_start(options);
    const auto image = read_image(options);
    if (!image) return std::unexpected(image.error());
    auto info = DebugInfo::load(*image);
    if (!info) return std::unexpected(info.error());
    auto machine = options.start ? std::expected<Machine, Error>(std::move(options.start->machine))
                                 : make_machine(options, *image);
    if (!machine) return std::unexpected(machine.error());
    options.start.reset();
    options.disk.clear();
    std::vector<std::byte> bytes(image->bytes().begin(), image->bytes().end());
    return std::unique_ptr<Session>(
        new Session(std::move(options), std::move(bytes), *std::move(info), *std::move(machine)));
}

Session::Session(SessionOptions options, std::vector<std::byte> image,
                 std::shared_ptr<const DebugInfo> kernel, Machine machine)
    : options_(std::move(options)),
      image_(std::move(image)),
      kernel_(std::move(kernel)),
      timeline_(std::move(machine), options_.timeline) {
    const auto& share = options_.share_directory;
    programs_ = std::make_unique<ProgramShelf>(share.empty() ? share : share / "bin");
    for (const auto& [name, executable] : options_.programs) programs_->add(name, executable);
    sources_ = std::make_unique<SourceTree>(source_roots(share));
    motions_ = std::make_unique<MotionEngine>(*this);
    begin_watching();
    if (options_.replay) timeline_.set_script(options_.replay->events);
    for (const SwitchMove& move : options_.switches) timeline_.deliver(move);
    note_before();
}

Session::~Session() {
    timeline_.set_observer(nullptr);
}

void Session::begin_watching() {
    events_.start(machine().cpu_count(), timeline_.first_cycle());
    if (options_.bare) {
        lens_message_ = "a bare machine has no processes";
    } else {
        load_lens();
    }
    if (lens_ != nullptr) events_.set_states(lens_states(*lens_));
    probe_ = std::make_unique<LensProbe>(lens_, events_);
    if (lens_message_.empty()) lens_message_ = probe_->message();
    timeline_.set_observer(probe_.get());
}

// The first lens in the share directory that fits this kernel.
void Session::load_lens() {
    std::vector<std::filesystem::path> paths;
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::directory_iterator(options_.share_directory / "lenses", ignored)) {
        if (entry.path().extension() == ".lens") paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    if (paths.empty()) lens_message_ = "there is no lens: processes cannot be shown";
    for (const auto& path : paths) {
        auto lens = Lens::load(path, kernel_);
        if (lens) {
            lens_ = *std::move(lens);
            lens_message_.clear();
            return;
        }
        lens_message_ = lens.error().message;
    }
}

// ---- looking ----

std::shared_ptr<const DebugInfo> Session::program(std::string_view name) const {
    return programs_->find(name);
}

std::shared_ptr<const DebugInfo> Session::debug_info_at(unsigned cpu, uint32_t address) const {
    return debug_info_at(machine(), cpu, address);
}

std::shared_ptr<const DebugInfo> Session::debug_info_at(const Machine& machine, unsigned cpu,
                                                        uint32_t address) const {
    const bool in_kernel = std::ranges::any_of(kernel_->image().segments(), [&](const ElfSegment& segment) {
        return address - segment.address < segment.memory_size;
    });
    if (in_kernel) return kernel_;
    const auto process = current_process(machine, cpu);
    return process ? program(process->name) : nullptr;
}

std::optional<CurrentProcess> Session::current_process(unsigned cpu) const {
    return current_process(machine(), cpu);
}

// Values are few and looked at often, so the whole table is not read for them.
std::optional<CurrentProcess> Session::current_process(const Machine& machine, unsigned cpu) const {
    if (lens_ == nullptr) return std::nullopt;
    const PhysicalMemory memory(machine);
    const EvaluationContext context{.memory = memory, .registers = nullptr, .cpu = cpu};
    const auto pid = lens_->value("current_process", context);
    if (!pid || !pid->has_value() || (*pid)->scalar == 0) return std::nullopt;
    CurrentProcess process{.pid = static_cast<uint32_t>((*pid)->scalar), .name = {}};
    const auto name = lens_->value("current_name", context);
    if (name && name->has_value()) process.name = (*name)->string.value_or("");
    return process;
}

std::optional<SourcePlace> Session::place_of(unsigned cpu, uint32_t address) const {
    const auto info = debug_info_at(cpu, address);
    if (info == nullptr) return std::nullopt;
    const auto where = info->line_at(address);
    if (!where || where->line == 0) return std::nullopt;
    return SourcePlace{.file = std::string(where->file), .line = where->line};
}

std::string Session::symbolize(unsigned cpu, uint32_t address) const {
    const auto info = debug_info_at(cpu, address);
    const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(address);
    return symbol ? symbol->text() : fmt::format("0x{:08X}", address);
}

std::string_view Session::source_line(std::string_view file, uint32_t line) const {
    return sources_->line(file, line);
}

// ---- moving in time ----

void Session::note_before() {
    trail_.leave(timeline_.cursor());
    before_.clear();
    for (unsigned cpu = 0; cpu < machine().cpu_count(); ++cpu) before_.push_back(machine().cpu(cpu));
    cycle_before_ = timeline_.cursor();
}

void Session::settle(StopCause cause, std::string sentence, int breakpoint) {
    resume_ = cause == StopCause::idle ? motion_ : Motion::none;
    motion_ = Motion::none;
    stop_ = {.cause = cause,
             .cycle = timeline_.cursor(),
             .cpu = focus_cpu_,
             .breakpoint = breakpoint,
             .sentence = std::move(sentence)};
}

void Session::start(Motion motion) {
    note_before();
    motion_ = motion;
    motions_->begin(motion);
}

void Session::start_run_to_cycle(uint64_t cycle) {
    motions_->set_target_cycle(cycle);
    start(Motion::run_to_cycle);
}

void Session::start_run_to_place(ResolvedPlace place) {
    motions_->set_target_place(std::move(place));
    start(Motion::run_to_place);
}

Progress Session::advance(uint64_t max_cycles) {
    if (motion_ == Motion::none) return {};
    const uint64_t before = timeline_.cursor();
    motions_->advance(max_cycles);
    const uint64_t after = timeline_.cursor();
    if (motion_ == Motion::run && is_stuck(machine())) settle(StopCause::stuck, stuck_sentence(machine()));
    return {.finished = motion_ == Motion::none, .cycles = after > before ? after - before : 0};
}

const Stop& Session::finish(uint64_t max_cycles) {
    constexpr uint64_t kPortionCycles = 10'000'000;
    while (motion_ != Motion::none && max_cycles > 0) {
        const Progress progress = advance(std::min(max_cycles, kPortionCycles));
        max_cycles -= std::min(max_cycles, std::max<uint64_t>(progress.cycles, 1));
    }
    if (motion_ != Motion::none) settle(StopCause::limit, "the cycles allowed for it are used up");
    return stop_;
}

void Session::pause() {
    if (motion_ != Motion::none) settle(StopCause::paused, "paused");
    resume_ = Motion::none;
}

void Session::seek(uint64_t cycle) {
    note_before();
    timeline_.seek(cycle);
    settle(StopCause::done, fmt::format("at cycle {}", timeline_.cursor()));
}

void Session::walk_trail(bool forwards) {
    const auto there = trail_.walk(timeline_.cursor(), forwards);
    if (!there) return;
    timeline_.seek(*there);
    settle(StopCause::done, fmt::format("at cycle {} again", timeline_.cursor()));
}

void Session::go_live() {
    note_before();
    timeline_.go_live();
    settle(StopCause::done, "live");
}

// ---- acting ----

void Session::act(InputAction what) {
    timeline_.deliver(std::move(what));
    if (motion_ == Motion::none && resume_ != Motion::none) start(resume_);
}

void Session::type(std::string bytes) {
    act(ConsoleInput{std::move(bytes)});
}

void Session::type_keys(std::string keys) {
    if (!options_.bare) std::ranges::replace(keys, '\n', '\r');
    type(std::move(keys));
}

void Session::end_input() {
    act(ConsoleEnd{});
}

void Session::move_switch(uint8_t index, uint32_t value) {
    act(SwitchMove{index, value});
}

void Session::edit_register(unsigned cpu, unsigned reg, uint32_t value) {
    PEACH_ASSERT(cpu < machine().cpu_count() && reg <= 16);
    act(RegisterEdit{static_cast<uint8_t>(cpu), static_cast<uint8_t>(reg), value});
}

std::expected<void, Error> Session::edit_memory(uint32_t virtual_address, std::span<const std::byte> bytes) {
    const uint32_t ptbr = machine().cpu(focus_cpu_).ptbr;
    std::vector<MemoryEdit> edits;  // one a page, and none if any byte cannot be changed
    while (!bytes.empty()) {
        const auto physical = machine().physical_address(ptbr, virtual_address);
        if (!physical) {
            return std::unexpected(Error{fmt::format(
                "address 0x{:08X} is not mapped to memory: nothing was changed", virtual_address)});
        }
        const size_t in_page = isa::kPageSize - virtual_address % isa::kPageSize;
        const auto part = bytes.first(std::min(bytes.size(), in_page));
        edits.push_back({*physical, {part.begin(), part.end()}});
        bytes = bytes.subspan(part.size());
        virtual_address += static_cast<uint32_t>(part.size());
    }
    for (MemoryEdit& edit : edits) act(std::move(edit));
    return {};
}

void Session::switch_branch(size_t index) {
    note_before();
    timeline_.switch_branch(index);
    settle(StopCause::done, "on the other branch, at its end");
}

void Session::set_focus_cpu(unsigned cpu) {
    PEACH_ASSERT(cpu < machine().cpu_count());
    focus_cpu_ = cpu;
}

// ---- records ----

SavedSession Session::with_symbols(const Machine& machine) const {
    return {.machine = machine, .image = image_, .bare = options_.bare, .programs = options_.programs};
}

Recording Session::recording() const {
    const Machine& end = timeline_.frontier_machine();
    const auto events = timeline_.events();
    const auto past = std::ranges::upper_bound(events, timeline_.frontier(), {}, &InputEvent::cycle);
    return {.start = with_symbols(timeline_.initial()),
            .events = {events.begin(), past},
            .final_cycle = end.cycle(),
            .final_hash = end.hash()};
}

SavedSession Session::saved() const {
    return with_symbols(machine());
}

std::optional<uint64_t> Session::replay_end() const {
    if (!options_.replay) return std::nullopt;
    return options_.replay->final_cycle;
}

std::expected<void, Error> Session::check_replay() const {
    if (!options_.replay) return {};
    const uint64_t end = options_.replay->final_cycle;
    if (timeline_.cursor() < end) {
        return std::unexpected(Error{fmt::format(
            "the replay ended at cycle {}, before the recording's end at {}", timeline_.cursor(), end)});
    }
    if (timeline_.cursor() == end && machine().hash() != options_.replay->final_hash) {
        return std::unexpected(
            Error{fmt::format("at cycle {} the replayed machine differs from the recorded one: it was "
                              "recorded by another version of "
                              "Peach",
                              end)});
    }
    return {};
}

}  // namespace peach::debugger
