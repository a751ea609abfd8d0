#pragma once
// Decoded instructions, by physical page.
//
// A page of code becomes 1024 records and one more that stands for the page's end. Each begins as "not
// decoded yet" and decodes itself when it is first executed; a store to the page makes the records it touches
// undecoded again. So data and code may share a page.
//
//     page of RAM          records
//     +-----------+        +---------+----+-----+-----+-----------+
//     | 20A BFFFD | -----> | handler | rd | rs1 | rs2 | immediate |
//     | ...       |        | handler | ...                        |
//     +-----------+        | handler: end of page                 |
//                          +--------------------------------------+
//
// Two handlers are laid over a record: one before which the run's limit lies, and those of stop addresses.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"
#include "emulator/memory.h"

namespace peach {

struct Record {
    const void* handler;  // a label of the execution loop
    int32_t immediate;    // distances inside a page are in bytes of records
    uint8_t rd;           // kNowhere instead of zero
    uint8_t rs1;
    uint8_t rs2;
};
static_assert(sizeof(Record) == 16);

inline constexpr uint8_t kNowhere = isa::kRegisterCount;  // a register that nobody reads
inline constexpr uint32_t kWordsPerPage = isa::kPageSize / 4;
inline constexpr uintptr_t kRecordsSpan = kWordsPerPage * sizeof(Record);
inline constexpr uintptr_t kRecordBytesPerByte = sizeof(Record) / 4;

// The labels of the execution loop.
enum class Handler : uint8_t {
#define INSTRUCTION(id, ...) id,
#include "emulator/isa/instructions.inc"
#undef INSTRUCTION
    decode,
    page_end,
    limit,
    stop,
    illegal,
    beq_far,  // targets in another page
    bne_far,
    blt_far,
    bge_far,
    bltu_far,
    bgeu_far,
    jal_far,
    jump,  // jal zero inside the page
    move,
    load_constant,
    count,
};
using HandlerTable = std::array<const void*, static_cast<size_t>(Handler::count)>;

struct DecodedPage {
    std::array<Record, kWordsPerPage + 1> records;
    uint32_t physical_page = 0;  // counted from the start of RAM
    uint32_t virtual_page = 0;   // through which it was entered
    bool entered = false;
    bool several_virtual_pages = false;
};

class CodeCache {
  public:
    CodeCache(uint32_t ram_pages, const HandlerTable& handlers);

    DecodedPage* find(uint32_t physical_page) const { return by_physical_page_[physical_page].get(); }
    bool full() const { return pages_.size() >= kMostPages; }
    DecodedPage& add(uint32_t physical_page);
    void clear();

    // To be called when a page becomes reachable through a virtual page.
    void enter(DecodedPage& page, uint32_t virtual_page);
    // Makes the record of this word executable; returns the handler to continue with.
    const void* decode(DecodedPage& page, uint32_t index, uint32_t word);
    // What the record would do without a stop address on it.
    const void* handler_below_stop(uint32_t index, uint32_t word) const;

    void forget(DecodedPage& page, uint32_t first_byte, uint32_t byte_count);
    void forget_changes(DecodedPage& page, const std::byte* old_bytes, const std::byte* new_bytes);

    // The record at which the limit lies, if that is in the page that executes.
    void mark_limit(Record* record);
    void clear_limit();

    void set_stop_addresses(std::span<const uint32_t> addresses);
    bool is_stop_address(uint32_t pc) const;
    std::span<const uint32_t> stop_addresses() const { return stop_addresses_; }

    const std::vector<DecodedPage*>& pages() const { return pages_; }

  private:
    static constexpr size_t kMostPages = 4096;  // 64 MiB of records

    const void* label(Handler handler) const { return handlers_[static_cast<size_t>(handler)]; }
    Record decoded(uint32_t index, uint32_t word) const;
    void set_handler(Record& record, const void* handler);
    bool has_stop(const DecodedPage& page, uint32_t index) const;
    void forget_at(std::span<const uint32_t> addresses);

    HandlerTable handlers_;
    std::vector<std::unique_ptr<DecodedPage>> by_physical_page_;
    std::vector<DecodedPage*> pages_;
    std::vector<uint32_t> stop_addresses_;  // sorted
    Record* limit_record_ = nullptr;
    const void* below_limit_ = nullptr;
};

}  // namespace peach
