// Copy-on-write pages.

#include "emulator/memory.h"

#include <gtest/gtest.h>

namespace peach {
namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

constexpr uint64_t kPage = PagedMemory::kPageSize;

uint64_t hash_of(const PagedMemory& memory) {
    Hasher hasher;
    memory.hash_into(hasher);
    return hasher.result();
}

std::byte first_byte(const PagedMemory& memory, uint32_t page) {
    return memory.page(page)[0];
}

TEST(PagedMemory, BeginsAsZeros) {
    const PagedMemory memory(300);
    for (const uint32_t page : {0u, 127u, 128u, 299u}) EXPECT_EQ(first_byte(memory, page), std::byte{0});
    EXPECT_EQ(memory.size_bytes(), 300u * 4096);
}

TEST(PagedMemory, WritesCrossPages) {
    PagedMemory memory(3);
    memory.write(4094, bytes_of({1, 2, 3, 4}));
    std::vector<std::byte> back(6);
    memory.read(4093, back);
    EXPECT_EQ(back, bytes_of({0, 1, 2, 3, 4, 0}));
}

TEST(PagedMemory, ACopyKeepsWhatItSaw) {
    PagedMemory memory(200);
    memory.write(150 * kPage, bytes_of({1}));
    const PagedMemory copy = memory;
    EXPECT_TRUE(memory.same_page(copy, 150));
    memory.write(150 * kPage, bytes_of({2}));
    memory.write(151 * kPage, bytes_of({3}));
    EXPECT_EQ(first_byte(copy, 150), std::byte{1});
    EXPECT_EQ(first_byte(copy, 151), std::byte{0});
    EXPECT_EQ(first_byte(memory, 150), std::byte{2});
    EXPECT_FALSE(memory.same_page(copy, 150));
    EXPECT_EQ(memory.pages_not_shared_with(copy), 2u);
    EXPECT_EQ(copy.pages_not_shared_with(memory), 1u);
}

TEST(PagedMemory, APageIsExclusiveAgainWhenTheCopyIsGone) {
    PagedMemory memory(10);
    memory.write(0, bytes_of({1}));
    EXPECT_TRUE(memory.page_is_exclusive(0));
    {
        const std::vector<PagedMemory> copies(1, memory);
        EXPECT_FALSE(memory.page_is_exclusive(0));
    }
    EXPECT_TRUE(memory.page_is_exclusive(0));
    const std::byte* where = memory.page(0);
    EXPECT_EQ(memory.writable_page(0), where);
}

TEST(PagedMemory, EqualityAndHashAreByContent) {
    PagedMemory one(300);
    PagedMemory two(300);
    one.write(5 * kPage, bytes_of({7, 8}));
    EXPECT_FALSE(one == two);
    EXPECT_NE(hash_of(one), hash_of(two));
    two.write(5 * kPage, bytes_of({7, 8}));
    two.write(200 * kPage, bytes_of({0}));  // a page that exists and is zero
    EXPECT_TRUE(one == two);
    EXPECT_EQ(hash_of(one), hash_of(two));
}

TEST(PagedMemory, TheSameBytesOnAnotherPageAreAnotherMemory) {
    PagedMemory one(10);
    PagedMemory two(10);
    one.write(4096, bytes_of({1}));
    two.write(8192, bytes_of({1}));
    EXPECT_NE(hash_of(one), hash_of(two));
}

TEST(PagedMemory, SharedPagesPartWhenWritten) {
    PagedMemory disk(4);
    PagedMemory ram(4);
    disk.write(4096, bytes_of({9}));
    ram.share_page(3, disk, 1);
    EXPECT_EQ(first_byte(ram, 3), std::byte{9});
    ram.write(3 * kPage, bytes_of({1}));
    EXPECT_EQ(first_byte(disk, 1), std::byte{9});
    disk.share_page(0, ram, 3);
    ram.write(3 * kPage, bytes_of({2}));
    EXPECT_EQ(first_byte(disk, 0), std::byte{1});
}

}  // namespace
}  // namespace peach
