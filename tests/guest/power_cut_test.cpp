// The power fails at a write to the disk, after none, a part or all of its bytes have arrived. Whatever was
// being done then: the file system is sound after the next start, and what fsync() promised is there.
//
// The suite tries some of the writes; with PEACH_POWER_CUT=all (./dev fuzz powercut) it tries every one.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>

#include "tests/guest/kernel_program.h"

namespace peach::tests {
namespace {

struct Outcome {
    std::string console;
    std::vector<std::byte> disk;
    uint64_t writes = 0;
    int status = -1;
};

Outcome run(Machine machine) {
    Engine engine(std::move(machine));
    RunOutput output;
    engine.run(200'000'000, output);
    const Machine& after = engine.machine();
    return {output.console, after.disk(), after.devices().disk.writes,
            after.powered_off() ? after.exit_status() : -1};
}

Machine machine_with_cut(const GuestMachine& guest, PowerCut cut, unsigned cpus) {
    GuestOptions options;
    options.machine.cpu_count = cpus;
    options.machine.power_cut = cut;
    return guest.start({"power_cut"}, options);
}

// What was promised when the console showed this: contents by path.
std::map<std::string, std::string> promises(const std::string& console) {
    std::map<std::string, std::string> kept;
    std::istringstream lines(console);
    std::string word, path, contents;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        words >> word >> path;
        if (word == "kept" && words >> contents) kept[path] = contents;
        if (word == "gone") kept.erase(path);
    }
    return kept;
}

void expect_sound(const std::vector<std::byte>& bytes, const std::map<std::string, std::string>& kept) {
    const auto disk = mkfs::DiskImage::open(bytes);
    ASSERT_TRUE(disk) << disk.error().message;
    EXPECT_EQ(disk->check(), std::vector<std::string>{});
    for (const auto& [path, contents] : kept) {
        const auto found = disk->read_file(path);
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_EQ(std::string(reinterpret_cast<const char*>(found->data()), found->size()), contents) << path;
    }
}

void try_cut(const GuestMachine& guest, PowerCut cut, unsigned cpus) {
    SCOPED_TRACE(fmt::format("{} CPUs, cut at write {} after {} bytes", cpus, cut.write, cut.bytes));
    const Outcome cut_off = run(machine_with_cut(guest, cut, cpus));
    const auto kept = promises(cut_off.console);
    expect_sound(cut_off.disk, kept);  // recovered on the host

    Machine again = machine_with_cut(guest, {}, cpus);
    again.set_disk(cut_off.disk);
    const Outcome second = run(std::move(again));  // recovered by the kernel
    EXPECT_EQ(second.status, 0) << second.console;
    const bool was_begun = second.console.find("recovered") != std::string::npos;
    EXPECT_TRUE(was_begun || second.console.find("finished") != std::string::npos) << second.console;
    expect_sound(second.disk, was_begun ? kept : promises(second.console));
}

class PowerCutOnCpus : public testing::TestWithParam<unsigned> {};

TEST_P(PowerCutOnCpus, LeavesASoundDiskAndWhatWasPromised) {
    const GuestMachine guest = with_program("power_cut");
    const Outcome whole = run(machine_with_cut(guest, {}, GetParam()));
    ASSERT_EQ(whole.status, 0) << whole.console;
    ASSERT_GT(whole.writes, 50u);
    expect_sound(whole.disk, promises(whole.console));

    const char* wish = std::getenv("PEACH_POWER_CUT");
    const bool all = wish != nullptr && std::string_view(wish) == "all";
    const uint32_t stride = all ? 1 : GetParam() == 1 ? 11 : 41;
    const uint32_t bytes[] = {0, 100, 512, 2048, 4096};
    for (uint32_t write = 1; write <= whole.writes && !HasFailure(); write += stride) {
        for (uint32_t i = 0; i < (all ? std::size(bytes) : 1); ++i) {
            try_cut(guest, {.write = write, .bytes = bytes[(write + i) % std::size(bytes)]}, GetParam());
        }
    }
}

// fsck on the guest and peach-mkfs --check on the host have the same rules, and say the same.
TEST(Fsck, SaysOnTheGuestWhatTheHostSays) {
    const GuestMachine guest;
    EXPECT_EQ(guest.run({"fsck"}).output, "/dev/disk: sound\n");

    Machine machine = guest.start({"fsck"});
    std::vector<std::byte> disk = machine.disk();
    super_block super;
    std::memcpy(&super, disk.data(), sizeof super);
    const uint32_t last = super.block_count - 1;  // no file has it
    disk[size_t{super.block_bitmap_start} * BLOCK_SIZE + last / 8] |= std::byte{1} << last % 8;
    const std::string problem = fmt::format("block {} is marked as used, but belongs to no file", last);
    EXPECT_EQ(mkfs::DiskImage::open(disk)->check(), std::vector<std::string>{problem});
    machine.set_disk(disk);
    const Outcome outcome = run(std::move(machine));
    EXPECT_EQ(outcome.console, problem + "\n/dev/disk: 1 problems\n");
    EXPECT_EQ(outcome.status, 1);
}

INSTANTIATE_TEST_SUITE_P(Cpus, PowerCutOnCpus, testing::Values(1u, 2u, 4u));

}  // namespace
}  // namespace peach::tests
