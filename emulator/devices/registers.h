#pragma once
// The devices' registers and datasheets as data; rows in device_registers.inc and datasheets.inc.
// `device::timer_countdown` and its like are physical addresses, `device::console_status_ended` the bits of a
// part of a register, `device::disk_status_done` what a whole register may be.

#include <cstdint>
#include <string_view>

#include "emulator/isa/memory_map.h"

namespace peach {

struct DeviceRegister {
    std::string_view device;
    std::string_view name;
    std::string_view access;  // "ro", "wo", "rw"
    std::string_view sentence;
    uint32_t address;  // physical
    unsigned bits;     // the low ones that mean something
};

struct DeviceField {
    std::string_view device;
    std::string_view register_name;
    std::string_view name;
    unsigned lowest_bit;
    unsigned width;
    std::string_view sentence;
};

struct DeviceValue {
    std::string_view device;
    std::string_view register_name;
    std::string_view name;
    uint32_t value;
    std::string_view sentence;
};

struct Datasheet {
    std::string_view device;
    std::string_view how_it_works;
    std::string_view not_modelled;
};

inline constexpr DeviceRegister kDeviceRegisters[] = {
#define DEVICE_REGISTER(device, offset, name, access, bits, sentence) \
    {#device, #name, access, sentence, isa::region::device.first + (offset), bits},
#include "emulator/devices/device_registers.inc"
};

inline constexpr DeviceField kDeviceFields[] = {
#define DEVICE_FIELD(device, register_name, name, lowest_bit, width, sentence) \
    {#device, #register_name, #name, lowest_bit, width, sentence},
#include "emulator/devices/device_registers.inc"
};

inline constexpr DeviceValue kDeviceValues[] = {
#define DEVICE_VALUE(device, register_name, name, value, sentence) \
    {#device, #register_name, #name, value, sentence},
#include "emulator/devices/device_registers.inc"
};

namespace device {
#define DEVICE_REGISTER(device, offset, name, access, bits, sentence) \
    inline constexpr uint32_t device##_##name = isa::region::device.first + (offset);
#define DEVICE_FIELD(device, register_name, name, lowest_bit, width, sentence) \
    inline constexpr uint32_t device##_##register_name##_##name = ((1u << (width)) - 1) << (lowest_bit);
#define DEVICE_VALUE(device, register_name, name, value, sentence) \
    inline constexpr uint32_t device##_##register_name##_##name = value;
#include "emulator/devices/device_registers.inc"
}  // namespace device

inline constexpr Datasheet kDatasheets[] = {
#define DATASHEET(device, how_it_works, not_modelled) {#device, how_it_works, not_modelled},
#include "emulator/devices/datasheets.inc"
#undef DATASHEET
};

// The register at a physical address, or nullptr.
constexpr const DeviceRegister* find_device_register(uint32_t address) {
    for (const DeviceRegister& row : kDeviceRegisters) {
        if (row.address == address) return &row;
    }
    return nullptr;
}

}  // namespace peach
