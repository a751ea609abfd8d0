#pragma once
// A second Peach-32, deliberately plain: one switch, one look at the TLB for each access, one instruction
// after the other, nothing remembered that the manual does not know. It was written from docs/isa.md and
// docs/memory-map.md and includes nothing of the emulator, down to the numbers, so that the two machines can
// be wrong independently. Tests run both in lockstep (tests/reference/lockstep.h).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace peach::reference {

inline constexpr uint64_t kNever = ~uint64_t{0};
inline constexpr uint32_t kRamBase = 0x80000000;
inline constexpr uint32_t kPageBytes = 4096;

struct Settings {
    uint32_t cpus = 1;
    uint32_t ram_bytes = 1 << 20;
    uint32_t disk_latency = 1000;
    uint32_t slice = 100;
    uint32_t slice_seed = 0;
    bool book_clock = false;
    uint32_t power_cut_write = 0;
    uint32_t power_cut_bytes = 0;
};

struct PlainTlbEntry {
    bool valid = false;
    uint32_t page = 0;  // the virtual page number
    uint32_t entry = 0;
    uint32_t space = 0;
};
using PlainTlb = std::array<PlainTlbEntry, 256>;

struct PlainCpu {
    std::array<uint32_t, 16> x{};
    uint32_t pc = kRamBase;
    uint32_t status = 0, epc = 0, cause = 0, badaddr = 0, tvec = 0, ptbr = 0, scratch = 0;
    bool waiting = false;
    std::optional<uint32_t> reservation;  // physical address
    PlainTlb fetch_tlb{}, data_tlb{};

    bool user() const { return (status & 2) != 0; }
};

struct PlainDisk {
    uint32_t block = 0, address = 0, status = 0;
    uint32_t moving_block = 0, moving_address = 0, moving_command = 0;
    uint64_t due = kNever;
    uint64_t writes = 0;
    std::vector<uint8_t> bytes;
};

enum class Kind : uint8_t { fetch, load, store };

class PlainMachine {
  public:
    PlainMachine(const Settings& settings, std::vector<uint8_t> ram, std::vector<uint8_t> disk_bytes);

    void run_until(uint64_t end_cycle);

    // What comes in from outside.
    void type(const std::string& characters) { typed += characters; }
    void end_input() { input_ended = true; }
    void move_switch(unsigned index, uint32_t value);
    void edit_register(unsigned cpu, unsigned reg, uint32_t value);
    void edit_memory(uint32_t physical, const std::vector<uint8_t>& bytes);

    uint64_t clock() const { return cycle - uncounted; }

    // The whole state, for whoever compares.
    Settings set;
    std::vector<PlainCpu> cpus;
    std::vector<uint8_t> ram;
    uint64_t cycle = 0;
    uint64_t uncounted = 0;
    uint64_t slice_random = 0;
    uint32_t current = 0;
    uint32_t slice_left = 0;
    std::array<uint32_t, 8> enabled{};
    std::array<bool, 8> interprocessor{};
    std::array<uint64_t, 8> deadline{};
    std::array<bool, 8> timer_raised{};
    std::string typed;
    bool input_ended = false;
    PlainDisk disk;
    std::array<uint32_t, 4> switches{}, lamps{};
    bool switch_moved = false;
    bool off = false;
    bool power_cut = false;
    uint8_t exit_status = 0;
    std::string sent;  // what the console was told to show

  private:
    // plain_machine.cpp: time, turns, interrupts
    void before_instruction();
    void finish_disk();
    void choose_cpu();
    uint32_t length_of_slice();
    uint32_t raised_lines(unsigned cpu) const;
    uint64_t next_event() const;
    void enter_trap(uint32_t cause, uint32_t bad);
    void step();

    // plain_instructions.cpp. False: the instruction has trapped.
    bool execute();
    bool arithmetic(uint32_t opcode, uint32_t word);
    bool immediate_arithmetic(uint32_t opcode, uint32_t word);
    bool multiply_divide(uint32_t opcode, uint32_t word);
    bool load(uint32_t opcode, uint32_t word);
    bool store(uint32_t opcode, uint32_t word);
    bool branch(uint32_t opcode, uint32_t word);
    bool atomic(uint32_t opcode, uint32_t word);
    bool store_conditional(uint32_t word);
    bool system(uint32_t opcode, uint32_t word);
    bool control_register(uint32_t opcode, uint32_t word);
    uint32_t read_control(uint32_t number) const;
    void write_control(uint32_t number, uint32_t value);
    bool illegal(uint32_t word) { return trap(0x1, word); }
    bool trap(uint32_t cause, uint32_t bad);
    void set_x(uint32_t reg, uint32_t value) {
        if (reg != 0) cpu().x[reg] = value;
    }

    // plain_memory.cpp. No value: the access has trapped.
    std::optional<uint32_t> translate(uint32_t address, Kind kind);
    std::optional<uint32_t> walk(uint32_t address, Kind kind);
    bool is_ram(uint32_t physical) const { return uint64_t{physical - kRamBase} < ram.size(); }
    uint32_t ram_read(uint32_t physical, uint32_t size) const;
    // `by`: the CPU whose own reservation the store leaves alone; -1 for the hardware.
    void ram_write(uint32_t physical, uint32_t value, uint32_t size, int by);
    void break_reservations(uint32_t physical, uint64_t size, int by);
    std::optional<uint32_t> device_read(uint32_t physical);
    bool device_write(uint32_t physical, uint32_t value);

    PlainCpu& cpu() { return cpus[current]; }
    const PlainCpu& cpu() const { return cpus[current]; }

    uint32_t next_pc_ = 0;
};

}  // namespace peach::reference
