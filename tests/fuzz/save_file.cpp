// Save files: whatever the bytes, they are refused in words or become a machine that runs and saves again.

#include "emulator/save_file.h"

#include <cstdint>
#include <vector>

#include "emulator/base/assert.h"
#include "emulator/base/byte_stream.h"
#include "emulator/base/sealed_file.h"
#include "emulator/engine.h"

namespace {

using namespace peach;

// The fuzzer invents payloads; the seal, which would refuse nearly all of them, is put around here.
std::vector<std::byte> sealed(std::span<const std::byte> payload) {
    return seal({.magic = "PEACHSAV", .version = 1, .noun = "", .how_made = ""}, payload);
}

void check_loading(std::span<const std::byte> file) {
    constexpr uint64_t kMostRamBytes = 64 << 20;
    auto machine = load_machine(file, "it");
    if (!machine || machine->config().ram_bytes > kMostRamBytes) return;
    const auto again = load_machine(save_machine(*machine), "it");
    PEACH_ASSERT(again.has_value() && *again == *machine);
    const uint64_t end = machine->cycle() + 2000;
    Engine engine(*std::move(machine));
    RunOutput output;
    engine.run(end, output);
}

// A machine that really ran, for the fuzzer to change. Offsets come from the input.
std::vector<std::byte> changed_machine(std::span<const std::byte> changes) {
    MachineConfig config;
    config.ram_bytes = 2 * isa::kPageSize;
    config.cpu_count = 2;
    ByteWriter out;
    write_value(out, Machine(config));
    std::vector<std::byte> payload = out.take();
    ByteReader in(changes);
    while (in.bytes_left() >= 3) {
        const size_t offset = in.number(2) % payload.size();
        payload[offset] = static_cast<std::byte>(in.number(1));
    }
    return payload;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    switch (data[0] % 3) {
        case 0:
            check_loading(bytes);
            break;
        case 1:
            check_loading(sealed(bytes));
            break;
        default:
            check_loading(sealed(changed_machine(bytes)));
    }
    return 0;
}
