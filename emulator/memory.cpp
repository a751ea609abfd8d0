#include "emulator/memory.h"

#include <algorithm>
#include <cstring>

#include "emulator/base/assert.h"

namespace peach {

namespace {

alignas(64) constexpr std::array<std::byte, PagedMemory::kPageSize> kZeroPage{};

bool is_zero(const std::byte* bytes) {
    return std::memcmp(bytes, kZeroPage.data(), kZeroPage.size()) == 0;
}

}  // namespace

PagedMemory::PagedMemory(uint32_t page_count)
    : page_count_(page_count), chunks_((uint64_t{page_count} + kPagesPerChunk - 1) / kPagesPerChunk) {}

const PagedMemory::Page* PagedMemory::find_page(uint32_t number) const {
    PEACH_ASSERT(number < page_count_);
    const Chunk* chunk = chunks_[number / kPagesPerChunk].get();
    return chunk == nullptr ? nullptr : chunk->pages[number % kPagesPerChunk].get();
}

const std::byte* PagedMemory::page(uint32_t number) const {
    const Page* found = find_page(number);
    return found == nullptr ? kZeroPage.data() : found->bytes.data();
}

// The place of a page in a chunk that nobody else uses.
Shared<PagedMemory::Page>& PagedMemory::writable_slot(uint32_t number) {
    PEACH_ASSERT(number < page_count_);
    Shared<Chunk>& chunk = chunks_[number / kPagesPerChunk];
    if (chunk.get() == nullptr) {
        chunk = Shared<Chunk>(new Chunk());
    } else if (!chunk.exclusive()) {
        chunk = Shared<Chunk>(new Chunk(*chunk.get()));
    }
    return chunk.get()->pages[number % kPagesPerChunk];
}

std::byte* PagedMemory::writable_page(uint32_t number) {
    Shared<Page>& slot = writable_slot(number);
    if (!slot.exclusive()) {
        const std::byte* old = slot.get() == nullptr ? kZeroPage.data() : slot.get()->bytes.data();
        auto* fresh = new Page;
        std::memcpy(fresh->bytes.data(), old, kPageSize);
        slot = Shared<Page>(fresh);
    }
    return slot.get()->bytes.data();
}

bool PagedMemory::page_is_exclusive(uint32_t number) const {
    PEACH_ASSERT(number < page_count_);
    const Shared<Chunk>& chunk = chunks_[number / kPagesPerChunk];
    return chunk.exclusive() && chunk.get()->pages[number % kPagesPerChunk].exclusive();
}

void PagedMemory::share_page(uint32_t number, const PagedMemory& from, uint32_t from_number) {
    PEACH_ASSERT(from_number < from.page_count_);
    const Chunk* chunk = from.chunks_[from_number / kPagesPerChunk].get();
    writable_slot(number) = chunk == nullptr ? Shared<Page>() : chunk->pages[from_number % kPagesPerChunk];
}

bool PagedMemory::same_page(const PagedMemory& other, uint32_t number) const {
    return find_page(number) == other.find_page(number);
}

void PagedMemory::read(uint64_t address, std::span<std::byte> out) const {
    PEACH_ASSERT(address + out.size() <= size_bytes());
    while (!out.empty()) {
        const size_t offset = address % kPageSize;
        const size_t count = std::min(out.size(), kPageSize - offset);
        std::memcpy(out.data(), page(static_cast<uint32_t>(address / kPageSize)) + offset, count);
        out = out.subspan(count);
        address += count;
    }
}

void PagedMemory::write(uint64_t address, std::span<const std::byte> bytes) {
    PEACH_ASSERT(address + bytes.size() <= size_bytes());
    while (!bytes.empty()) {
        const size_t offset = address % kPageSize;
        const size_t count = std::min(bytes.size(), kPageSize - offset);
        std::memcpy(writable_page(static_cast<uint32_t>(address / kPageSize)) + offset, bytes.data(), count);
        bytes = bytes.subspan(count);
        address += count;
    }
}

size_t PagedMemory::pages_not_shared_with(const PagedMemory& other) const {
    PEACH_ASSERT(page_count_ == other.page_count_);
    size_t count = 0;
    for (size_t i = 0; i < chunks_.size(); ++i) {
        const Chunk* mine = chunks_[i].get();
        const Chunk* theirs = other.chunks_[i].get();
        if (mine == theirs || mine == nullptr) continue;
        for (uint32_t slot = 0; slot < kPagesPerChunk; ++slot) {
            const Page* page = mine->pages[slot].get();
            if (page != nullptr && (theirs == nullptr || theirs->pages[slot].get() != page)) ++count;
        }
    }
    return count;
}

bool PagedMemory::operator==(const PagedMemory& other) const {
    if (page_count_ != other.page_count_) return false;
    for (uint32_t number = 0; number < page_count_; ++number) {
        const size_t chunk = number / kPagesPerChunk;
        if (chunks_[chunk].get() == other.chunks_[chunk].get()) {
            number |= kPagesPerChunk - 1;
            continue;
        }
        if (same_page(other, number)) continue;
        if (std::memcmp(page(number), other.page(number), kPageSize) != 0) return false;
    }
    return true;
}

// The size, then number and bytes of each page, then a number that no page has.
void PagedMemory::save_into(ByteWriter& out) const {
    out.number(page_count_, 4);
    for_each_page([&](uint32_t number, std::span<const std::byte, kPageSize> bytes) {
        if (is_zero(bytes.data())) return;
        out.number(number, 4);
        out.raw(bytes);
    });
    out.number(page_count_, 4);
}

void PagedMemory::load_from(ByteReader& in) {
    constexpr uint64_t kMostPages = uint64_t{1} << 20;
    const uint64_t count = in.number(4);
    if (count > kMostPages) return in.fail();
    *this = PagedMemory(static_cast<uint32_t>(count));
    uint64_t least = 0;  // they come in order, each once
    for (uint64_t number = in.number(4); number != count; number = in.number(4)) {
        const auto bytes = in.raw(kPageSize);
        if (number < least || number > count || bytes.empty()) return in.fail();
        write(number * kPageSize, bytes);
        least = number + 1;
    }
}

void PagedMemory::hash_into(Hasher& hasher) const {
    hasher.add(page_count_);
    for_each_page([&](uint32_t number, std::span<const std::byte, kPageSize> bytes) {
        if (is_zero(bytes.data())) return;
        hasher.add(number);
        hasher.add(hash_bytes(bytes));
    });
}

}  // namespace peach
