#include "tests/guest/campaign.h"

#include <fmt/format.h>

#include "tests/guest/dialogue.h"

namespace peach::tests {

namespace {

constexpr uint64_t kPatienceCycles = 400'000'000;
constexpr uint32_t kRamBytes = 6 << 20;

Machine machine_for(const Batch& batch, const std::filesystem::path& program) {
    GuestMachine guest;
    guest.add_program("/bin/hostile", program);
    GuestOptions options{.input_ends = false, .policy = batch.policy};
    options.machine.cpu_count = batch.cpus;
    options.machine.ram_bytes = kRamBytes;
    return guest.start({"hostile", batch.kind, std::to_string(batch.seed), std::to_string(batch.first),
                        std::to_string(batch.count)},
                       options);
}

// First in first out, and the shortest first: who runs goes on until it blocks or ends, so a bomb may have
// all CPUs for ever.
bool is_fair(uint32_t policy) {
    return policy == 0 || policy > 3;
}

// Then somebody at the front panel must choose another policy for a while.
std::optional<std::string> listen(Dialogue& guest, uint32_t policy) {
    constexpr uint8_t kPolicySwitch = 0;
    constexpr uint64_t kUnfairPatienceCycles = 20'000'000;
    auto output = guest.listen(is_fair(policy) ? kPatienceCycles : kUnfairPatienceCycles);
    if (output || is_fair(policy) || guest.machine().powered_off()) return output;
    guest.move_switch(kPolicySwitch, 0);
    output = guest.listen(kPatienceCycles);
    guest.move_switch(kPolicySwitch, policy);
    return output;
}

// Attackers write to the console, too: the guest's own line is the last one.
std::string last_line_of(const std::string& output, const std::string& beginning) {
    const size_t at = output.rfind(beginning);
    return at == std::string::npos ? fmt::format("{}said nothing", beginning)
                                   : output.substr(at, output.find('\n', at) - at);
}

}  // namespace

BatchResult run_batch(const Batch& batch, const std::filesystem::path& program,
                      const Invariants& invariants) {
    constexpr int kWarmUps = 3;
    BatchResult result;
    Dialogue guest(machine_for(batch, program));
    for (int i = 0; i < kWarmUps && listen(guest, batch.policy); ++i) guest.answer();
    for (; result.done < batch.count; ++result.done) {
        const auto output = listen(guest, batch.policy);
        const std::string beginning = fmt::format("@ {} ", batch.first + result.done);
        if (!output) {
            result.failures.push_back(fmt::format(
                "{}{}: {}", beginning, guest.machine().powered_off() ? "switched off" : "never came to rest",
                guest.rest()));
            break;
        }
        const std::string line = last_line_of(*output, beginning);
        if (line != beginning + "fine") result.failures.push_back(line);
        for (const std::string& sentence : invariants.broken(guest.machine())) {
            result.failures.push_back(beginning + sentence);
        }
        guest.answer();
    }
    if (result.done == batch.count) listen(guest, batch.policy);
    const auto disk = mkfs::DiskImage::open(guest.machine().disk(), "the disk afterwards");
    if (!disk) result.failures.push_back(disk.error().message);
    if (disk) {
        for (const std::string& problem : disk->check()) result.failures.push_back("disk: " + problem);
    }
    if (!guest.machine().powered_off() || guest.machine().exit_status() != 0) {
        result.failures.push_back(fmt::format("did not end as it should: {}", guest.rest()));
    }
    result.cycles = guest.machine().cycle();
    return result;
}

}  // namespace peach::tests
