#include "emulator/engine/code_cache.h"

#include <algorithm>
#include <cstring>

#include "emulator/base/assert.h"

namespace peach {

namespace {

using isa::Decoded;
using isa::Op;

Handler far_handler(Op op) {
    switch (op) {
        case Op::beq:
            return Handler::beq_far;
        case Op::bne:
            return Handler::bne_far;
        case Op::blt:
            return Handler::blt_far;
        case Op::bge:
            return Handler::bge_far;
        case Op::bltu:
            return Handler::bltu_far;
        case Op::bgeu:
            return Handler::bgeu_far;
        case Op::jal:
            return Handler::jal_far;
        default:
            break;
    }
    PEACH_ASSERT(!"an instruction with a target");
    return Handler::illegal;
}

bool has_target(Op op) {
    const isa::ImmediateKind kind = isa::layout(op).immediate;
    return kind == isa::ImmediateKind::distance16 || kind == isa::ImmediateKind::distance20;
}

// The handler by the instruction alone, with the common idioms that deserve one of their own.
Handler plain_handler(const Decoded& d) {
    if (d.op == Op::addi && d.immediate == 0) return Handler::move;
    if (d.op == Op::lui || (d.op == Op::addi && d.rs1 == 0)) return Handler::load_constant;
    return static_cast<Handler>(d.op);
}

}  // namespace

CodeCache::CodeCache(uint32_t ram_pages, const HandlerTable& handlers)
    : handlers_(handlers), by_physical_page_(ram_pages) {}

DecodedPage& CodeCache::add(uint32_t physical_page) {
    auto page = std::make_unique<DecodedPage>();
    page->records.fill({label(Handler::decode), 0, 0, 0, 0});
    page->records[kWordsPerPage].handler = label(Handler::page_end);
    page->physical_page = physical_page;
    pages_.push_back(page.get());
    by_physical_page_[physical_page] = std::move(page);
    return *pages_.back();
}

void CodeCache::clear() {
    clear_limit();
    for (const DecodedPage* page : pages_) by_physical_page_[page->physical_page].reset();
    pages_.clear();
}

void CodeCache::enter(DecodedPage& page, uint32_t virtual_page) {
    if (page.entered && page.virtual_page != virtual_page && !page.several_virtual_pages) {
        page.several_virtual_pages = true;
        forget(page, 0, isa::kPageSize);  // a record may now be a stop address under its other name
    }
    page.entered = true;
    page.virtual_page = virtual_page;
}

Record CodeCache::decoded(uint32_t index, uint32_t word) const {
    const std::optional<Decoded> d = isa::decode(word);
    if (!d) return {label(Handler::illegal), 0, 0, 0, 0};
    const uint8_t rd = d->rd == 0 ? kNowhere : d->rd;
    Record record{label(plain_handler(*d)), d->immediate, rd, d->rs1, d->rs2};
    if (!has_target(d->op)) return record;
    const int64_t target = int64_t{index} + d->immediate / 4;
    if (target < 0 || target >= kWordsPerPage) {
        record.handler = label(far_handler(d->op));
    } else {
        record.immediate = d->immediate * static_cast<int32_t>(kRecordBytesPerByte);
        if (d->op == Op::jal && d->rd == 0) record.handler = label(Handler::jump);
    }
    return record;
}

const void* CodeCache::decode(DecodedPage& page, uint32_t index, uint32_t word) {
    Record fresh = decoded(index, word);
    if (has_stop(page, index)) fresh.handler = label(Handler::stop);
    Record& record = page.records[index];
    PEACH_ASSERT(&record != limit_record_);  // the limit would have stopped before it
    record = fresh;
    return record.handler;
}

const void* CodeCache::handler_below_stop(uint32_t index, uint32_t word) const {
    return decoded(index, word).handler;
}

void CodeCache::set_handler(Record& record, const void* handler) {
    if (&record == limit_record_) {
        below_limit_ = handler;
    } else {
        record.handler = handler;
    }
}

void CodeCache::forget(DecodedPage& page, uint32_t first_byte, uint32_t byte_count) {
    for (uint32_t index = first_byte / 4; index < (first_byte + byte_count + 3) / 4; ++index) {
        set_handler(page.records[index], label(Handler::decode));
    }
}

void CodeCache::forget_changes(DecodedPage& page, const std::byte* old_bytes, const std::byte* new_bytes) {
    for (uint32_t byte = 0; byte < isa::kPageSize; byte += 4) {
        if (std::memcmp(old_bytes + byte, new_bytes + byte, 4) != 0) forget(page, byte, 4);
    }
}

void CodeCache::mark_limit(Record* record) {
    if (record == limit_record_) return;
    clear_limit();
    limit_record_ = record;
    below_limit_ = record->handler;
    record->handler = label(Handler::limit);
}

void CodeCache::clear_limit() {
    if (limit_record_ == nullptr) return;
    limit_record_->handler = below_limit_;
    limit_record_ = nullptr;
}

bool CodeCache::is_stop_address(uint32_t pc) const {
    return std::ranges::binary_search(stop_addresses_, pc);
}

bool CodeCache::has_stop(const DecodedPage& page, uint32_t index) const {
    if (stop_addresses_.empty()) return false;
    if (!page.several_virtual_pages) return is_stop_address(page.virtual_page * isa::kPageSize + index * 4);
    return std::ranges::any_of(stop_addresses_,
                               [&](uint32_t pc) { return pc % isa::kPageSize == index * 4; });
}

void CodeCache::forget_at(std::span<const uint32_t> addresses) {
    for (const uint32_t address : addresses) {
        if (address % 4 != 0) continue;
        for (DecodedPage* page : pages_) {
            if (page->several_virtual_pages || page->virtual_page == address / isa::kPageSize) {
                forget(*page, address % isa::kPageSize, 4);
            }
        }
    }
}

void CodeCache::set_stop_addresses(std::span<const uint32_t> addresses) {
    std::vector<uint32_t> sorted(addresses.begin(), addresses.end());
    std::ranges::sort(sorted);
    std::vector<uint32_t> changed;
    std::ranges::set_symmetric_difference(sorted, stop_addresses_, std::back_inserter(changed));
    stop_addresses_ = std::move(sorted);
    forget_at(changed);
}

}  // namespace peach
