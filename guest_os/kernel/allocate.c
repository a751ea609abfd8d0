// Who is in use? The bitmaps of blocks and inodes.

#include "kernel.h"

#include "file_system.h"

static struct super_block super;

struct super_block *file_system_super(void) { return &super; }

// Sets the first bit that is 0 in a bitmap of `count` bits; returns its number, or 0 if there is none. (Bit 0 is
// always set: there is no file 0, and block 0 is the super block.) `hint` is where to begin to look.
static uint32_t take_bit(uint32_t bitmap_start, uint32_t count, uint32_t hint) {
    for (uint32_t n = hint & ~7u; n < count;) {
        const uint32_t block = bitmap_start + n / BITS_PER_BLOCK;
        uint8_t *bits = block_read(block);
        if (bits == 0) return 0;
        const uint32_t end = min_u32(count, (n | (BITS_PER_BLOCK - 1)) + 1);
        while (n < end && bits[n % BITS_PER_BLOCK / 8] == 0xFF) n += 8;
        for (; n < end; n++) {
            uint8_t *byte = &bits[n % BITS_PER_BLOCK / 8];
            if (*byte & 1 << n % 8) continue;
            *byte |= (uint8_t)(1 << n % 8);
            block_changed(block);
            return n;
        }
        n = end;
    }
    return 0;
}

static void give_bit(uint32_t bitmap_start, uint32_t n) {
    const uint32_t block = bitmap_start + n / BITS_PER_BLOCK;
    uint8_t *bits = block_read(block);
    if (bits == 0) return;  // the disk fails: the bit is lost until the disk is checked
    bits[n % BITS_PER_BLOCK / 8] &= (uint8_t)~(1 << n % 8);
    block_changed(block);
}

static uint32_t lowest_free_block;  // a lower one is never free

uint32_t block_allocate(void) {
    const uint32_t hint = lowest_free_block > super.data_start ? lowest_free_block : super.data_start;
    const uint32_t number = take_bit(super.block_bitmap_start, super.block_count, hint);
    if (number == 0) return 0;
    lowest_free_block = number + 1;
    return block_zero(number) != 0 ? number : 0;
}

void block_free(uint32_t number) {
    if (number < super.data_start || number >= super.block_count) return;  // a damaged file: touch nothing else
    lowest_free_block = min_u32(lowest_free_block, number);
    give_bit(super.block_bitmap_start, number);
}

uint32_t inode_number_allocate(void) { return take_bit(super.inode_bitmap_start, super.inode_count, ROOT_INODE); }

void inode_number_free(uint32_t number) { give_bit(super.inode_bitmap_start, number); }
