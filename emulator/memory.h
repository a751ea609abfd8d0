#pragma once
// Memory in copy-on-write pages: a value whose copy costs microseconds, whatever its size.
//
//     PagedMemory         chunk (128 pages)        page (4 KiB)
//     +---+               +---+---+-----+          +------------+
//     | o-+-------------->| o |null| ...|   +----->| bytes      |
//     | o-+--- null       +-|-+---+-----+   |      | owners: 2  |   null: all zeros
//     |...|                 +---------------+      +------------+
//     +---+
//
// Copying a memory shares its chunks; the first store to a shared chunk copies 128 pointers, the first store
// to a shared page copies 4 KiB. So a history of copies costs what changed between them.
//
// Owner counts are atomic: copies may be handed to other threads, each copy used by one thread at a time.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "emulator/base/byte_stream.h"
#include "emulator/base/hasher.h"
#include "emulator/isa/memory_map.h"

namespace peach {

// A counted reference to a T that has a member `std::atomic<uint32_t> owners`, which begins at 0.
template <class T>
class Shared {
  public:
    Shared() = default;
    explicit Shared(T* object) : object_(object) { acquire(); }
    Shared(const Shared& other) : object_(other.object_) { acquire(); }
    Shared(Shared&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Shared& operator=(Shared other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Shared() {
        if (object_ != nullptr && object_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete object_;
    }

    T* get() const { return object_; }
    bool exclusive() const {
        return object_ != nullptr && object_->owners.load(std::memory_order_acquire) == 1;
    }

  private:
    void acquire() {
        if (object_ != nullptr) object_->owners.fetch_add(1, std::memory_order_relaxed);
    }

    T* object_ = nullptr;
};

class PagedMemory {
  public:
    static constexpr uint32_t kPageSize = isa::kPageSize;
    static constexpr uint32_t kPagesPerChunk = 128;

    PagedMemory() = default;
    explicit PagedMemory(uint32_t page_count);

    uint32_t page_count() const { return page_count_; }
    uint64_t size_bytes() const { return uint64_t{page_count_} * kPageSize; }

    // The bytes of a page; a page never written is all zeros. Valid until the page is next written or the
    // memory dies.
    const std::byte* page(uint32_t number) const;
    // The same for writing. Valid until this memory is next copied, or the page replaced.
    std::byte* writable_page(uint32_t number);
    // Whether writable_page() would return the very bytes that page() returns.
    bool page_is_exclusive(uint32_t number) const;
    // Makes a page share the bytes of another memory's page: what a disk transfer does.
    void share_page(uint32_t number, const PagedMemory& from, uint32_t from_number);
    // Whether both memories hold the very same page object: a quick "certainly equal".
    bool same_page(const PagedMemory& other, uint32_t number) const;

    void read(uint64_t address, std::span<std::byte> out) const;
    void write(uint64_t address, std::span<const std::byte> bytes);

    // How many pages this memory does not share with `other` of the same size: what keeping both costs, in
    // pages.
    size_t pages_not_shared_with(const PagedMemory& other) const;
    // Calls visit(page number, bytes) for every page that may differ from zero.
    template <class Visit>
    void for_each_page(Visit visit) const;

    bool operator==(const PagedMemory& other) const;  // by content
    void hash_into(Hasher& hasher) const;             // by content; costs nothing for pages never written
    void save_into(ByteWriter& out) const;            // the same: only pages that are not all zeros
    void load_from(ByteReader& in);

  private:
    struct Page {
        alignas(64) std::array<std::byte, kPageSize> bytes;
        std::atomic<uint32_t> owners{0};
    };
    struct Chunk {
        Chunk() = default;
        Chunk(const Chunk& other) : pages(other.pages) {}
        std::array<Shared<Page>, kPagesPerChunk> pages;
        std::atomic<uint32_t> owners{0};
    };

    const Page* find_page(uint32_t number) const;
    Shared<Page>& writable_slot(uint32_t number);

    uint32_t page_count_ = 0;
    std::vector<Shared<Chunk>> chunks_;
};

template <class Visit>
void PagedMemory::for_each_page(Visit visit) const {
    for (uint32_t number = 0; number < page_count_; ++number) {
        const Chunk* chunk = chunks_[number / kPagesPerChunk].get();
        if (chunk == nullptr) {
            number |= kPagesPerChunk - 1;  // the loop steps to the next chunk
            continue;
        }
        const Page* page = chunk->pages[number % kPagesPerChunk].get();
        if (page != nullptr) visit(number, std::span<const std::byte, kPageSize>(page->bytes));
    }
}

}  // namespace peach
