#pragma once
// The device registers as data; rows in device_registers.inc. `timer_countdown` and its like are physical
// addresses.

#include <cstdint>
#include <string_view>

#include "emulator/isa/memory_map.h"

namespace peach {

struct DeviceRegister {
    std::string_view device;
    uint32_t address;  // physical
    std::string_view name;
    std::string_view access;  // "ro", "wo", "rw"
    std::string_view sentence;
};

inline constexpr DeviceRegister kDeviceRegisters[] = {
#define DEVICE_REGISTER(device, offset, name, access, sentence) \
    {#device, isa::region::device.first + (offset), #name, access, sentence},
#include "emulator/devices/device_registers.inc"
#undef DEVICE_REGISTER
};

namespace device {
#define DEVICE_REGISTER(device, offset, name, access, sentence) \
    inline constexpr uint32_t device##_##name = isa::region::device.first + (offset);
#include "emulator/devices/device_registers.inc"
#undef DEVICE_REGISTER
}  // namespace device

// The register at a physical address, or nullptr.
constexpr const DeviceRegister* find_device_register(uint32_t address) {
    for (const DeviceRegister& row : kDeviceRegisters) {
        if (row.address == address) return &row;
    }
    return nullptr;
}

}  // namespace peach
