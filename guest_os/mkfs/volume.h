#pragma once
// The lower half of mkfs: blocks, bitmaps, inodes and the blocks of a file. Knows no paths. Reading tolerates
// any bytes: what points outside the volume reads as zeros, so that a damaged image can be looked at.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/error.h"
#include "guest_os/include/peach/file_system.h"

namespace peach::mkfs {

class Volume {
  public:
    static std::expected<Volume, Error> create(uint64_t size_bytes, uint64_t swap_bytes = 0);
    static std::expected<Volume, Error> open(std::vector<std::byte> bytes, std::string_view name);

    const std::vector<std::byte>& bytes() const { return bytes_; }
    std::vector<std::byte> take_bytes() && { return std::move(bytes_); }
    const super_block& super() const { return super_; }

    disk_inode inode(uint32_t number) const;
    void set_inode(uint32_t number, const disk_inode& inode);
    bool inode_is_used(uint32_t number) const { return bit(super_.inode_bitmap_start, number); }
    bool block_is_used(uint32_t number) const { return bit(super_.block_bitmap_start, number); }
    std::optional<uint32_t> take_inode();
    void release_inode(uint32_t number) { set_bit(super_.inode_bitmap_start, number, false); }

    std::span<const std::byte> block_bytes(uint32_t number) const { return block(number); }

    // The words of a block of block numbers.
    std::vector<uint32_t> pointers(uint32_t block) const;

    // The contents of a file. Setting them changes blocks, size and nothing else; on failure the file is
    // empty.
    std::vector<std::byte> contents(uint32_t inode_number) const;
    bool set_contents(uint32_t inode_number, std::span<const std::byte> contents);

  private:
    Volume(std::vector<std::byte> bytes, const super_block& super)
        : bytes_(std::move(bytes)), super_(super) {}

    void recover();
    void free_orphans();
    void set_journal_header(journal_header header);
    std::span<const std::byte> block(uint32_t number) const;
    std::span<std::byte> block(uint32_t number);
    bool bit(uint32_t bitmap_start, uint32_t number) const;
    void set_bit(uint32_t bitmap_start, uint32_t number, bool value);
    uint32_t take_block();  // 0 if there is none
    uint32_t file_block(const disk_inode& inode, uint32_t index) const;
    bool set_file_block(disk_inode& inode, uint32_t index, uint32_t block_number);
    bool set_pointer(uint32_t& table_block, uint32_t index, uint32_t block_number);
    void release_tree(uint32_t block_number, int levels);
    void release_blocks(disk_inode& inode);

    std::vector<std::byte> bytes_;
    super_block super_;
};

}  // namespace peach::mkfs
