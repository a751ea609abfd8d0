// The same image and the same inputs end in the same state: in whatever build this is (the hash is pinned),
// whether the machine runs at full speed, instruction by instruction, or with everything watched.
//
// A changed hash means that the machine's meaning or its list of fields has changed, which is a decision
// (docs/decisions): then, and only then, the new one is written here.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "assembler/assembler.h"
#include "assembler/elf_writer.h"
#include "debugger/views/catalogue.h"
#include "machines.h"

namespace peach::debugger::testing {
namespace {

constexpr uint64_t kPinnedHash = 0x74b772775f17b96c;
constexpr uint64_t kPinnedCycles = 126'557;
constexpr uint64_t kPlenty = 2'000'000;

const std::vector<InputEvent> kScript = {
    {.cycle = 3'000, .what = ConsoleInput{"hello"}},
    {.cycle = 9'001, .what = SwitchMove{.index = 1, .value = 1234}},
    {.cycle = 20'000, .what = RegisterEdit{.cpu = 2, .reg = 9, .value = 4711}},
    {.cycle = 30'500, .what = ConsoleInput{"!"}},
    {.cycle = 30'500, .what = ConsoleEnd{}},
};

assembler::Image assembled() {
    const std::string path = PEACH_SOURCE_DIR "/tests/debugger/determinism.s";
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const assembler::Source source{"determinism.s", text.str()};
    auto result = assembler::assemble(std::span(&source, 1), {.text_base = isa::kResetAddress});
    EXPECT_TRUE(result.image) << assembler::render(result.diagnostics);
    return *std::move(result.image);
}

MachineConfig config() {
    return {.cpu_count = 3,
            .ram_bytes = 8 << 20,
            .disk_latency_cycles = 700,
            .slice_instructions = 37,
            .slice_seed = 5};
}

std::vector<std::byte> disk() {
    std::vector<std::byte> bytes(size_t{16} * isa::kPageSize);
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 31 >> 5);
    return bytes;
}

std::unique_ptr<Session> session() {
    SessionOptions options;
    options.kernel_bytes = assembler::write_elf(assembled());
    options.disk = disk();
    options.bare = true;
    options.machine = config();
    options.timeline.snapshot_interval_cycles = 5'000;
    return create(std::move(options));
}

void expect_pinned(const Machine& machine) {
    EXPECT_EQ(machine.exit_status(), 0);
    EXPECT_TRUE(machine.powered_off());
    EXPECT_EQ(machine.cycle(), kPinnedCycles);
    EXPECT_EQ(machine.hash(), kPinnedHash) << std::hex << "0x" << machine.hash();
}

// Runs the script through an engine that is stopped every `portion` cycles.
Machine played(uint64_t portion) {
    Engine engine(session()->machine());
    RunOutput output;
    const auto run_to = [&](uint64_t cycle) {
        while (engine.machine().cycle() < cycle && !engine.machine().powered_off())
            engine.run(std::min(cycle, engine.machine().cycle() + portion), output);
    };
    for (const InputEvent& event : kScript) {
        run_to(event.cycle);
        engine.deliver(event);
    }
    run_to(kPlenty);
    return engine.machine();
}

TEST(Determinism, TheProgramMeetsEveryKindOfInterrupt) {
    const Machine machine = played(kPlenty);
    const auto image = assembled();
    const auto* counts = &*std::ranges::find(image.symbols, "counts", &assembler::ImageSymbol::name);
    std::array<uint32_t, 32> seen{};
    ASSERT_TRUE(machine.read_physical(counts->address, std::as_writable_bytes(std::span(seen))));
    for (const auto& line : isa::kInterruptLines) EXPECT_GT(seen[16 + line.number], 0u) << line.name;
    EXPECT_GT(seen[static_cast<size_t>(isa::TrapCause::system_call)], 10u);
}

TEST(Determinism, AtFullSpeed) {
    expect_pinned(played(kPlenty));
}

TEST(Determinism, InstructionByInstruction) {
    expect_pinned(played(1));
}

// A person at work: breakpoints, watches, every panel open, and trips into the past.
class WatchedRun {
  public:
    WatchedRun() : session_(session()) {
        EXPECT_TRUE(session_->add_breakpoint("on_timer"));
        EXPECT_TRUE(session_->add_watch("ready"));
        EXPECT_TRUE(session_->add_watch("transfers"));
    }

    void run_to(uint64_t cycle) {
        while (session_->timeline().cursor() < cycle && !session_->machine().powered_off()) {
            session_->start(Motion::run);
            session_->finish(cycle - session_->timeline().cursor());
            if (stops_++ % 40 == 0) look_around();
        }
    }

    void operator()(const ConsoleInput& input) { session_->type(input.bytes); }
    void operator()(const ConsoleEnd&) { session_->end_input(); }
    void operator()(const SwitchMove& move) { session_->move_switch(move.index, move.value); }
    void operator()(const RegisterEdit& edit) { session_->edit_register(edit.cpu, edit.reg, edit.value); }
    void operator()(const MemoryEdit&) { FAIL() << "not in the script"; }

    const Machine& machine() const { return session_->machine(); }
    unsigned stops() const { return stops_; }

  private:
    void look_around() {
        for (const ViewEntry& view : views()) view.make(*session_);
        const uint64_t here = session_->timeline().cursor();
        session_->seek(here / 2);
        session_->seek(here);
    }

    std::unique_ptr<Session> session_;
    unsigned stops_ = 0;
};

TEST(Determinism, WithEverythingWatched) {
    WatchedRun run;
    for (const InputEvent& event : kScript) {
        run.run_to(event.cycle);
        std::visit([&](const auto& what) { run(what); }, event.what);
    }
    run.run_to(kPlenty);
    EXPECT_GT(run.stops(), 100u);
    expect_pinned(run.machine());
}

}  // namespace
}  // namespace peach::debugger::testing
