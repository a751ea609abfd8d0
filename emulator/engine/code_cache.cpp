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

// The handler of two instructions, by those of each; `decode` if they are no pair.
constexpr size_t kHandlersAlone = static_cast<size_t>(Handler::load_constant) + 1;
static_assert(kHandlersAlone <= UINT8_MAX);
constexpr auto kPairs = [] {
    std::array<std::array<Handler, kHandlersAlone>, kHandlersAlone> pairs{};
    for (auto& row : pairs) row.fill(Handler::decode);
#define PAIR(kind1, id1, kind2, id2) \
    pairs[static_cast<size_t>(Handler::id1)][static_cast<size_t>(Handler::id2)] = Handler::id1##_then_##id2;
#include "emulator/engine/pairs.inc"
#undef PAIR
    return pairs;
}();

}  // namespace

uint32_t word_at(const std::byte* page, uint32_t index) {
    uint32_t word = 0;
    std::memcpy(&word, page + index * sizeof word, sizeof word);
    return word;
}

CodeCache::CodeCache(uint32_t ram_pages, const HandlerTable& handlers)
    : handlers_(handlers), by_physical_page_(ram_pages) {}

DecodedPage& CodeCache::add(uint32_t physical_page) {
    auto page = std::make_unique<DecodedPage>();
    page->records.fill({label(Handler::decode), 0, 0, 0, 0, 0});
    page->records[kWordsPerPage].handler = label(Handler::page_end);
    page->physical_page = physical_page;
    pages_.push_back(page.get());
    by_physical_page_[physical_page] = std::move(page);
    return *pages_.back();
}

void CodeCache::clear() {
    clear_mark();
    for (const DecodedPage* page : pages_) by_physical_page_[page->physical_page].reset();
    pages_.clear();
}

void CodeCache::set_handlers(const HandlerTable& handlers) {
    clear();
    handlers_ = handlers;
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
    const auto record = [&](Handler handler, const Decoded& d) {
        const uint8_t rd = d.rd == 0 ? kNowhere : d.rd;
        return Record{label(handler), d.immediate, rd, d.rs1, d.rs2, static_cast<uint8_t>(handler)};
    };
    std::optional<Decoded> d = isa::decode(word);
    if (!d) return record(Handler::illegal, {});
    if (!has_target(d->op)) return record(plain_handler(*d), *d);
    const int64_t target = int64_t{index} + d->immediate / 4;
    if (target < 0 || target >= kWordsPerPage) return record(far_handler(d->op), *d);
    d->immediate *= static_cast<int32_t>(kRecordBytesPerByte);
    const bool forgets_origin = d->op == Op::jal && d->rd == 0;
    return record(forgets_origin ? Handler::jump : static_cast<Handler>(d->op), *d);
}

const void* CodeCache::decode(DecodedPage& page, uint32_t index, const std::byte* bytes) {
    Record& record = page.records[index];
    PEACH_ASSERT(&record != marked_);  // the mark would have been met first
    record = decoded(index, word_at(bytes, index));
    set_handler(record, has_stop(page, index) ? label(Handler::stop) : with_next(page, index, bytes));
    return record.handler;
}

// The handler of a decoded record: of the pair that it makes with the next one, if it does. Then that one
// gets its operands; what happens when one arrives there is left as it is.
const void* CodeCache::with_next(DecodedPage& page, uint32_t index, const std::byte* bytes) {
    const uint8_t alone = page.records[index].alone;
    if (index + 1 == kWordsPerPage || has_stop(page, index + 1)) return handlers_[alone];
    Record next = decoded(index + 1, word_at(bytes, index + 1));
    const Handler pair = kPairs[alone][next.alone];
    if (pair == Handler::decode || label(pair) == nullptr) return handlers_[alone];
    next.handler = page.records[index + 1].handler;
    page.records[index + 1] = next;
    return label(pair);
}

// The handler of a record behind which the mark stands.
const void* CodeCache::without_next(const Record& record, const void* handler) const {
    const bool one = handler == label(Handler::decode) || handler == label(Handler::stop);
    return one ? handler : handlers_[record.alone];
}

const void* CodeCache::handler_below_stop(const DecodedPage& page, uint32_t index) const {
    return handlers_[page.records[index].alone];
}

void CodeCache::set_handler(Record& record, const void* handler) {
    if (&record == marked_) {
        below_mark_ = handler;
    } else if (&record == before_marked_) {
        below_before_marked_ = handler;
        record.handler = without_next(record, handler);
    } else {
        record.handler = handler;
    }
}

void CodeCache::forget(DecodedPage& page, uint32_t first_byte, uint32_t byte_count) {
    const uint32_t first = first_byte / 4;
    for (uint32_t index = first - (first > 0 ? 1 : 0); index < (first_byte + byte_count + 3) / 4; ++index) {
        set_handler(page.records[index], label(Handler::decode));
    }
}

void CodeCache::forget_changes(DecodedPage& page, const std::byte* old_bytes, const std::byte* new_bytes) {
    for (uint32_t byte = 0; byte < isa::kPageSize; byte += 4) {
        if (std::memcmp(old_bytes + byte, new_bytes + byte, 4) != 0) forget(page, byte, 4);
    }
}

void CodeCache::set_mark(DecodedPage& page, uint64_t index) {
    clear_mark();
    marked_ = &page.records[index];
    below_mark_ = marked_->handler;
    marked_->handler = label(Handler::mark);
    if (index == 0) return;
    before_marked_ = marked_ - 1;
    set_handler(*before_marked_, before_marked_->handler);
}

void CodeCache::clear_mark() {
    if (marked_ != nullptr) marked_->handler = below_mark_;
    if (before_marked_ != nullptr) before_marked_->handler = below_before_marked_;
    marked_ = before_marked_ = nullptr;
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
