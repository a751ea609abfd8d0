#pragma once
// How the debugger looks at guest memory: one small interface, whoever stands behind it. Reading never has
// side effects; a read that touches anything that is not there fails as a whole.

#include <cstddef>
#include <cstdint>
#include <span>

namespace peach {
class Machine;
}

namespace peach::debugger {

class ElfImage;

class MemoryReader {
  public:
    virtual ~MemoryReader() = default;
    virtual bool read(uint32_t address, std::span<std::byte> out) const = 0;
};

// The kernel's view: virtual = physical.
class PhysicalMemory final : public MemoryReader {
  public:
    explicit PhysicalMemory(const Machine& machine) : machine_(machine) {}
    bool read(uint32_t address, std::span<std::byte> out) const override;

  private:
    const Machine& machine_;
};

// What a CPU sees at this moment, through its page table if paging is on, whatever the permissions.
class CpuMemory final : public MemoryReader {
  public:
    CpuMemory(const Machine& machine, unsigned cpu) : machine_(machine), cpu_(cpu) {}
    bool read(uint32_t address, std::span<std::byte> out) const override;

  private:
    const Machine& machine_;
    unsigned cpu_;
};

// An executable as its loader would lay it out, before the first instruction. For tests and tools.
class ImageMemory final : public MemoryReader {
  public:
    explicit ImageMemory(const ElfImage& image) : image_(image) {}
    bool read(uint32_t address, std::span<std::byte> out) const override;

  private:
    const ElfImage& image_;
};

}  // namespace peach::debugger
