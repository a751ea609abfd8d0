#include "guest_os/mkfs/volume.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "emulator/base/assert.h"
#include "guest_os/include/peach/file_system_check.h"

namespace peach::mkfs {

static_assert(std::endian::native == std::endian::little, "the structures are copied as they stand");
static_assert(sizeof(disk_inode) == DISK_INODE_SIZE && sizeof(directory_entry) == DIRECTORY_ENTRY_SIZE);

namespace {

constexpr uint64_t kBlockSize = BLOCK_SIZE;
constexpr uint64_t kLeastBlocks = 128;
constexpr uint32_t kBlocksPerInode = 4;  // one file for every 16 KiB: enough for sources and small programs

constexpr uint32_t divide_up(uint32_t a, uint32_t b) {
    return (a + b - 1) / b;
}

super_block plan_layout(uint32_t block_count, uint32_t swap_blocks) {
    super_block s{};
    s.magic = FILE_SYSTEM_MAGIC;
    s.version = FILE_SYSTEM_VERSION;
    s.block_count = block_count;
    s.inode_count = divide_up(block_count / kBlocksPerInode, INODES_PER_BLOCK) * INODES_PER_BLOCK;
    s.journal_start = 1;
    s.journal_blocks = JOURNAL_DEFAULT;
    s.swap_start = s.journal_start + s.journal_blocks;
    s.swap_blocks = swap_blocks;
    s.inode_bitmap_start = s.swap_start + s.swap_blocks;
    s.inode_bitmap_blocks = divide_up(s.inode_count, BITS_PER_BLOCK);
    s.block_bitmap_start = s.inode_bitmap_start + s.inode_bitmap_blocks;
    s.block_bitmap_blocks = divide_up(block_count, BITS_PER_BLOCK);
    s.inode_table_start = s.block_bitmap_start + s.block_bitmap_blocks;
    s.inode_table_blocks = s.inode_count / INODES_PER_BLOCK;
    s.data_start = s.inode_table_start + s.inode_table_blocks;
    return s;
}

}  // namespace

std::expected<Volume, Error> Volume::create(uint64_t size_bytes, uint64_t swap_bytes) {
    const uint64_t block_count = size_bytes / BLOCK_SIZE;
    const uint64_t swap_blocks = swap_bytes / BLOCK_SIZE;
    if (block_count < kLeastBlocks || block_count > std::numeric_limits<uint32_t>::max() / BLOCK_SIZE) {
        return std::unexpected(
            Error{fmt::format("a disk of {} bytes cannot be made: choose from {} KiB to 4 GiB", size_bytes,
                              kLeastBlocks * kBlockSize / 1024)});
    }
    if (swap_blocks > block_count / 2) {
        return std::unexpected(
            Error{fmt::format("a swap area of {} bytes leaves no room for files on a disk of {} bytes: at "
                              "most half can be swap",
                              swap_bytes, size_bytes)});
    }
    const super_block super =
        plan_layout(static_cast<uint32_t>(block_count), static_cast<uint32_t>(swap_blocks));
    Volume volume(std::vector<std::byte>(block_count * BLOCK_SIZE), super);
    std::memcpy(volume.bytes_.data(), &super, sizeof super);
    for (uint32_t b = 0; b < super.data_start; ++b) volume.set_bit(super.block_bitmap_start, b, true);
    volume.set_bit(super.inode_bitmap_start, NO_INODE, true);
    volume.set_journal_header({});
    return volume;
}

std::expected<Volume, Error> Volume::open(std::vector<std::byte> bytes, std::string_view name) {
    super_block super{};
    if (bytes.size() >= sizeof super) std::memcpy(&super, bytes.data(), sizeof super);
    const auto refuse = [&](std::string reason) {
        return std::unexpected(Error{fmt::format("{}: {}", name, reason)});
    };
    if (super.magic != FILE_SYSTEM_MAGIC) {
        return refuse("not a PeachOS disk image: make one with peach-mkfs, or check the file's name");
    }
    if (super.version != FILE_SYSTEM_VERSION) {
        return refuse(fmt::format("made for version {} of the file system, this is version {}: make it again",
                                  super.version, FILE_SYSTEM_VERSION));
    }
    if (uint64_t{super.block_count} * BLOCK_SIZE != bytes.size()) {
        return refuse(
            fmt::format("the image is {} bytes long, but says that it has {} blocks of {}: it was "
                        "truncated or not copied whole",
                        bytes.size(), super.block_count, BLOCK_SIZE));
    }
    if (!file_system_layout_is_sound(&super))
        return refuse("the super block is damaged: make the image again");
    Volume volume(std::move(bytes), super);
    volume.recover();
    return volume;
}

void Volume::set_journal_header(journal_header header) {
    header.magic = JOURNAL_MAGIC;
    header.checksum = journal_checksum(&header);
    std::memcpy(block(super_.journal_start).data(), &header, sizeof header);
}

// What the kernel does when it starts: a change that is whole in the journal goes to its place, and files
// that were open without a name when the power went are freed.
void Volume::recover() {
    journal_header header;
    std::memcpy(&header, std::as_const(*this).block(super_.journal_start).data(), sizeof header);
    const bool valid = journal_header_is_valid(&header) != 0;
    for (uint32_t i = 0; valid && i < header.count && i + 1 < super_.journal_blocks; ++i) {
        const uint32_t home = header.numbers[i];
        if (home < super_.inode_bitmap_start || home >= super_.block_count) continue;
        std::ranges::copy(std::as_const(*this).block(super_.journal_start + 1 + i), block(home).begin());
    }
    if (!valid || header.orphans != 0) free_orphans();
    if (!valid || header.orphans != 0 || header.count != 0) set_journal_header({});
}

void Volume::free_orphans() {
    for (uint32_t n = ROOT_INODE + 1; n < super_.inode_count; ++n) {
        disk_inode file = inode(n);
        if (file.mode == 0 || file.links != 0) continue;
        if ((file.mode & FILE_TYPE_MASK) != FILE_TYPE_DEVICE) release_blocks(file);
        set_inode(n, {});
        release_inode(n);
    }
}

std::span<const std::byte> Volume::block(uint32_t number) const {
    static constexpr std::byte kZeros[BLOCK_SIZE]{};
    if (number >= super_.block_count) return kZeros;
    return std::span(bytes_).subspan(size_t{number} * BLOCK_SIZE, BLOCK_SIZE);
}

std::span<std::byte> Volume::block(uint32_t number) {
    PEACH_ASSERT(number < super_.block_count);
    return std::span(bytes_).subspan(size_t{number} * BLOCK_SIZE, BLOCK_SIZE);
}

bool Volume::bit(uint32_t bitmap_start, uint32_t number) const {
    const std::byte byte = block(bitmap_start + number / BITS_PER_BLOCK)[number % BITS_PER_BLOCK / 8];
    return (byte >> (number & 7) & std::byte{1}) != std::byte{0};
}

void Volume::set_bit(uint32_t bitmap_start, uint32_t number, bool value) {
    std::byte& byte = block(bitmap_start + number / BITS_PER_BLOCK)[number % BITS_PER_BLOCK / 8];
    const std::byte mask = std::byte{1} << (number & 7);
    byte = value ? byte | mask : byte & ~mask;
}

disk_inode Volume::inode(uint32_t number) const {
    disk_inode inode{};
    if (number >= super_.inode_count) return inode;
    const auto table_block = block(super_.inode_table_start + number / INODES_PER_BLOCK);
    std::memcpy(&inode, table_block.data() + number % INODES_PER_BLOCK * sizeof inode, sizeof inode);
    return inode;
}

void Volume::set_inode(uint32_t number, const disk_inode& inode) {
    PEACH_ASSERT(number < super_.inode_count);
    const auto table_block = block(super_.inode_table_start + number / INODES_PER_BLOCK);
    std::memcpy(table_block.data() + number % INODES_PER_BLOCK * sizeof inode, &inode, sizeof inode);
}

std::optional<uint32_t> Volume::take_inode() {
    for (uint32_t n = ROOT_INODE; n < super_.inode_count; ++n) {
        if (inode_is_used(n)) continue;
        set_bit(super_.inode_bitmap_start, n, true);
        return n;
    }
    return std::nullopt;
}

uint32_t Volume::take_block() {
    for (uint32_t n = super_.data_start; n < super_.block_count; ++n) {
        if (block_is_used(n)) continue;
        set_bit(super_.block_bitmap_start, n, true);
        std::ranges::fill(block(n), std::byte{0});
        return n;
    }
    return 0;
}

std::vector<uint32_t> Volume::pointers(uint32_t block_number) const {
    std::vector<uint32_t> result(POINTERS_PER_BLOCK);
    std::memcpy(result.data(), block(block_number).data(), BLOCK_SIZE);
    return result;
}

uint32_t Volume::file_block(const disk_inode& inode, uint32_t index) const {
    if (index < DIRECT_BLOCKS) return inode.direct[index];
    index -= DIRECT_BLOCKS;
    const auto entry = [&](uint32_t table, uint32_t i) -> uint32_t {
        if (table == 0) return 0;
        uint32_t value;
        std::memcpy(&value, std::as_const(*this).block(table).data() + size_t{i} * 4, 4);
        return value;
    };
    if (index < POINTERS_PER_BLOCK) return entry(inode.indirect, index);
    index -= POINTERS_PER_BLOCK;
    return entry(entry(inode.double_indirect, index / POINTERS_PER_BLOCK), index % POINTERS_PER_BLOCK);
}

bool Volume::set_pointer(uint32_t& table_block, uint32_t index, uint32_t block_number) {
    if (table_block == 0) table_block = take_block();
    if (table_block == 0) return false;
    std::memcpy(block(table_block).data() + size_t{index} * 4, &block_number, 4);
    return true;
}

bool Volume::set_file_block(disk_inode& inode, uint32_t index, uint32_t block_number) {
    if (index < DIRECT_BLOCKS) {
        inode.direct[index] = block_number;
        return true;
    }
    index -= DIRECT_BLOCKS;
    if (index < POINTERS_PER_BLOCK) return set_pointer(inode.indirect, index, block_number);
    index -= POINTERS_PER_BLOCK;
    uint32_t table =
        inode.double_indirect != 0 ? pointers(inode.double_indirect)[index / POINTERS_PER_BLOCK] : 0;
    return set_pointer(table, index % POINTERS_PER_BLOCK, block_number) &&
           set_pointer(inode.double_indirect, index / POINTERS_PER_BLOCK, table);
}

std::vector<std::byte> Volume::contents(uint32_t inode_number) const {
    const disk_inode file = inode(inode_number);
    const size_t size = std::min<uint64_t>(file.size, bytes_.size());  // a damaged size stays affordable
    std::vector<std::byte> result(size);
    for (size_t at = 0; at < size; at += BLOCK_SIZE) {
        const uint32_t number = file_block(file, static_cast<uint32_t>(at / BLOCK_SIZE));
        if (number != 0)
            std::ranges::copy(block(number).first(std::min<size_t>(BLOCK_SIZE, size - at)), &result[at]);
    }
    return result;
}

bool Volume::set_contents(uint32_t inode_number, std::span<const std::byte> contents) {
    disk_inode file = inode(inode_number);
    release_blocks(file);
    bool complete = contents.size() <= uint64_t{MAX_FILE_BLOCKS} * BLOCK_SIZE;
    for (size_t at = 0; complete && at < contents.size(); at += BLOCK_SIZE) {
        const uint32_t number = take_block();
        complete = number != 0 && set_file_block(file, static_cast<uint32_t>(at / BLOCK_SIZE), number);
        if (complete) {
            std::ranges::copy(contents.subspan(at, std::min<size_t>(BLOCK_SIZE, contents.size() - at)),
                              block(number).begin());
        }
    }
    if (!complete) release_blocks(file);
    file.size = complete ? static_cast<uint32_t>(contents.size()) : 0;
    set_inode(inode_number, file);
    return complete;
}

// levels 0: a block of a file; 1 and 2: a block of pointers, whose blocks are released first.
void Volume::release_tree(uint32_t block_number, int levels) {
    if (block_number < super_.data_start || block_number >= super_.block_count) return;
    if (!block_is_used(block_number)) return;  // of a damaged file: it has been here before
    if (levels > 0) {
        for (const uint32_t pointer : pointers(block_number)) release_tree(pointer, levels - 1);
    }
    set_bit(super_.block_bitmap_start, block_number, false);
}

void Volume::release_blocks(disk_inode& inode) {
    for (uint32_t& number : inode.direct) release_tree(std::exchange(number, 0), 0);
    release_tree(std::exchange(inode.indirect, 0), 1);
    release_tree(std::exchange(inode.double_indirect, 0), 2);
    inode.size = 0;
}

}  // namespace peach::mkfs
