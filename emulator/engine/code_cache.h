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
// Two handlers are laid over a record: the mark that stands before the run's limit (execute.cpp), and those
// of stop addresses.
//
// Where an instruction and the next make a pair (pairs.inc), the first one's record has the handler of both.
// The next has a record all the same: the pair's handler takes its operands from there, and one may jump to
// it. So whatever makes a record undecoded does the same to the one before it, and no pair is made, or it is
// taken apart, if its second record has a stop address or the mark.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "emulator/isa/instructions.h"
#include "emulator/isa/registers.h"
#include "emulator/memory.h"

namespace peach {

// The labels of the execution loop.
enum class Handler : uint16_t {
#define INSTRUCTION(id, ...) id,
#include "emulator/isa/instructions.inc"
#undef INSTRUCTION
    decode,
    page_end,
    mark,
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
#define PAIR(kind1, id1, kind2, id2) id1##_then_##id2,
#include "emulator/engine/pairs.inc"
#undef PAIR
    count,
};

struct Record {
    const void* handler;  // a label of the execution loop
    int32_t immediate;    // distances inside a page are in bytes of records
    uint8_t rd;           // kNowhere instead of zero
    uint8_t rs1;
    uint8_t rs2;
    uint8_t alone;  // for this instruction without the next
};
static_assert(sizeof(Record) == 16);

inline constexpr uint8_t kNowhere = isa::kRegisterCount;  // a register that nobody reads
inline constexpr uint32_t kWordsPerPage = isa::kPageSize / 4;
inline constexpr uintptr_t kRecordsSpan = kWordsPerPage * sizeof(Record);
inline constexpr uintptr_t kRecordBytesPerByte = sizeof(Record) / 4;

using HandlerTable = std::array<const void*, static_cast<size_t>(Handler::count)>;

struct DecodedPage {
    std::array<Record, kWordsPerPage + 1> records;
    uint32_t physical_page = 0;  // counted from the start of RAM
    uint32_t virtual_page = 0;   // through which it was entered
    bool entered = false;
    bool several_virtual_pages = false;
};

// The instruction with this index in a page of memory.
uint32_t word_at(const std::byte* page, uint32_t index);

class CodeCache {
  public:
    CodeCache(uint32_t ram_pages, const HandlerTable& handlers);

    DecodedPage* find(uint32_t physical_page) const { return by_physical_page_[physical_page].get(); }
    bool full() const { return pages_.size() >= kMostPages; }
    DecodedPage& add(uint32_t physical_page);
    void clear();
    void set_handlers(const HandlerTable& handlers);  // clears; a pair whose handler is nullptr is not made

    // To be called when a page becomes reachable through a virtual page.
    void enter(DecodedPage& page, uint32_t virtual_page);
    // Makes a record executable, from the page's bytes; returns the handler to continue with.
    const void* decode(DecodedPage& page, uint32_t index, const std::byte* bytes);
    // What the record would do without a stop address on it.
    const void* handler_below_stop(const DecodedPage& page, uint32_t index) const;

    void forget(DecodedPage& page, uint32_t first_byte, uint32_t byte_count);
    void forget_changes(DecodedPage& page, const std::byte* old_bytes, const std::byte* new_bytes);

    // One record may be marked: when it is reached, the handler `mark` runs.
    void set_mark(DecodedPage& page, uint64_t index);
    void clear_mark();
    uintptr_t mark() const { return reinterpret_cast<uintptr_t>(marked_); }  // 0 if there is none

    void set_stop_addresses(std::span<const uint32_t> addresses);
    bool is_stop_address(uint32_t pc) const;
    std::span<const uint32_t> stop_addresses() const { return stop_addresses_; }

    const std::vector<DecodedPage*>& pages() const { return pages_; }

  private:
    static constexpr size_t kMostPages = 4096;  // 64 MiB of records

    const void* label(Handler handler) const { return handlers_[static_cast<size_t>(handler)]; }
    Record decoded(uint32_t index, uint32_t word) const;
    const void* with_next(DecodedPage& page, uint32_t index, const std::byte* bytes);
    const void* without_next(const Record& record, const void* handler) const;
    void set_handler(Record& record, const void* handler);
    bool has_stop(const DecodedPage& page, uint32_t index) const;
    void forget_at(std::span<const uint32_t> addresses);

    HandlerTable handlers_;
    std::vector<std::unique_ptr<DecodedPage>> by_physical_page_;
    std::vector<DecodedPage*> pages_;
    std::vector<uint32_t> stop_addresses_;  // sorted
    Record* marked_ = nullptr;
    Record* before_marked_ = nullptr;  // unless that is the first of its page
    const void* below_mark_ = nullptr;
    const void* below_before_marked_ = nullptr;
};

}  // namespace peach
