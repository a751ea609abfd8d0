#include "tests/reference/lockstep.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emulator/engine.h"
#include "tests/reference/compare.h"
#include "tests/reference/random_world.h"

namespace peach::reference {

namespace {

// Only there so that the engine takes the loop that is watched.
class Bystander final : public InstructionObserver {
  public:
    void before(const ObservedInstruction& /*instruction*/) override {}
};

// Runs on although stop addresses get in the way; false if the machine will not go on by itself.
bool run_engine(Engine& engine, uint64_t until, RunOutput& output, bool watched = false) {
    StopReason reason = StopReason::limit;
    Bystander bystander;
    do {
        reason = (watched ? engine.run(until, output, bystander) : engine.run(until, output)).reason;
    } while (reason == StopReason::stop_address && engine.machine().cycle() < until);
    return reason == StopReason::limit || reason == StopReason::stop_address;
}

uint32_t word_at_pc(const Machine& machine) {
    const unsigned cpu = machine.current_cpu();
    uint32_t word = 0;
    const bool readable =
        machine.read_virtual(cpu, machine.cpu(cpu).pc & ~3u, std::as_writable_bytes(std::span(&word, 1)));
    return readable ? word : 0;
}

// Both machines were equal at `before` and are not at `until`: goes there by single instructions.
std::string first_difference(const Machine& before, PlainMachine plain, uint64_t until, uint32_t seed) {
    Engine engine(before);
    RunOutput output;
    while (engine.machine().cycle() < until) {
        const Machine last = engine.machine();
        const uint64_t next = last.cycle() + 1;
        const bool goes_on = run_engine(engine, next, output);
        plain.run_until(next);
        const std::string found = differences(engine.machine(), plain);
        if (!found.empty()) {
            return fmt::format("seed {}, cycle {}, cpu {} at pc 0x{:08X} (word 0x{:08X}):\n{}", seed,
                               last.cycle(), last.current_cpu(), last.cpu(last.current_cpu()).pc,
                               word_at_pc(last), found);
        }
        if (!goes_on) break;
    }
    return fmt::format("seed {}, cycle {} to {}: differs in one go, but not in single steps", seed,
                       before.cycle(), until);
}

void choose_stop_addresses(Engine& engine, RandomWorld& world) {
    std::array<uint32_t, 12> addresses{};
    for (uint32_t& address : addresses) {
        const uint32_t page = world.one_in(3) ? 0 : 0x80000000;
        address = page + world.below(0x1000) * 4;
    }
    engine.set_stop_addresses(std::span(addresses).first(world.one_in(3) ? addresses.size() : 0));
}

}  // namespace

LockstepReport run_random_world(uint32_t seed, uint64_t cycles) {
    RandomWorld world(seed);
    const Machine start = world.machine();
    Engine engine(start);
    PlainMachine plain = plain_copy(start);
    LockstepReport report;
    RunOutput output;
    output.collect_traps = true;
    const uint32_t longest = world.one_in(6) ? 100 : 5000;
    const bool watched = world.one_in(6);  // now and then, in such a world
    bool goes_on = true;  // neither off nor waiting for ever, nor trapping in its own trap handler for ever
    while (goes_on && engine.machine().cycle() < cycles) {
        const Machine before = engine.snapshot();
        const PlainMachine plain_before = plain;
        const uint64_t until = before.cycle() + 1 + world.below(longest);
        if (world.one_in(10)) {  // somewhere else and back
            RunOutput thrown_away;
            run_engine(engine, until, thrown_away);
            engine.restore(before);
        }
        goes_on = run_engine(engine, until, output, watched && world.one_in(2));
        plain.run_until(until);
        if (!differences(engine.machine(), plain).empty()) {
            report.difference = first_difference(before, plain_before, until, seed);
            return report;
        }
        if (output.console != plain.sent) {
            report.difference = fmt::format("seed {}: the consoles show different things", seed);
            return report;
        }
        const uint64_t new_traps = output.traps.size() - report.traps;
        report.traps = output.traps.size();
        if (new_traps > 20 && new_traps > (engine.machine().cycle() - before.cycle()) / 3) break;
        if (world.one_in(3)) {
            const InputEvent event = world.input();
            engine.deliver(event);
            deliver(plain, event);
            goes_on = !engine.machine().powered_off();
        }
        if (world.one_in(20)) choose_stop_addresses(engine, world);
    }
    report.instructions = engine.machine().cycle();
    return report;
}

}  // namespace peach::reference
