// Who is in use? The bitmaps of blocks and inodes.

#include "kernel.h"

#include "file_system.h"

static struct super_block super;

struct super_block *file_system_super(void) { return &super; }

// The first of bits [from, end) that is 0; `end` if there is none.
static uint32_t find_zero(const uint8_t *bits, uint32_t from, uint32_t end) {
    for (uint32_t n = from; n < end; n++) {
        if (n % 8 == 0 && bits[n / 8] == 0xFF) {
            n += 7;
        } else if ((bits[n / 8] & 1 << n % 8) == 0) {
            return n;
        }
    }
    return end;
}

// Sets the first bit that is 0 in a bitmap of `count` bits; returns its number, or 0 if there is none. (Bit 0 is
// always set: there is no file 0, and block 0 is the super block.) `hint` is where to begin to look.
static uint32_t take_bit(uint32_t bitmap_start, uint32_t count, uint32_t hint) {
    for (uint32_t n = hint; n < count;) {
        const uint32_t first = n - n % BITS_PER_BLOCK;  // of this block of the bitmap
        const uint32_t end = min_u32(count - first, BITS_PER_BLOCK);
        struct block *block = block_get(bitmap_start + first / BITS_PER_BLOCK);
        if (block == 0) return 0;
        const uint32_t found = find_zero(block->data, n - first, end);
        if (found < end) ((uint8_t *)block_change(block))[found / 8] |= (uint8_t)(1 << found % 8);
        block_put(block);
        if (found < end) return first + found;
        n = first + end;
    }
    return 0;
}

static void give_bit(uint32_t bitmap_start, uint32_t n) {
    struct block *block = block_get(bitmap_start + n / BITS_PER_BLOCK);
    if (block == 0) return;  // the disk fails: the bit is lost until the disk is checked
    uint8_t *bits = block_change(block);
    bits[n % BITS_PER_BLOCK / 8] &= (uint8_t)~(1 << n % 8);
    block_put(block);
}

static uint32_t lowest_free_block;  // a lower one is never free

uint32_t block_allocate(void) {
    const uint32_t hint = lowest_free_block > super.data_start ? lowest_free_block : super.data_start;
    const uint32_t number = take_bit(super.block_bitmap_start, super.block_count, hint);
    if (number == 0) return 0;
    lowest_free_block = number + 1;
    block_put(block_get_zeroed(number));
    return number;
}

void block_free(uint32_t number) {
    if (number < super.data_start || number >= super.block_count) return;  // a damaged file: touch nothing else
    lowest_free_block = min_u32(lowest_free_block, number);
    give_bit(super.block_bitmap_start, number);
}

uint32_t inode_number_allocate(void) { return take_bit(super.inode_bitmap_start, super.inode_count, ROOT_INODE); }

void inode_number_free(uint32_t number) { give_bit(super.inode_bitmap_start, number); }

// ---- how much is left ----

static uint32_t count_zeros(uint32_t bitmap_start, uint32_t count) {
    uint32_t zeros = 0;
    for (uint32_t first = 0; first < count; first += BITS_PER_BLOCK) {
        struct block *block = block_get(bitmap_start + first / BITS_PER_BLOCK);
        if (block == 0) continue;
        const uint8_t *bits = block->data;
        const uint32_t end = min_u32(count - first, BITS_PER_BLOCK);
        for (uint32_t n = find_zero(bits, 0, end); n < end; n = find_zero(bits, n + 1, end)) zeros++;
        block_put(block);
    }
    return zeros;
}

uint32_t block_count_free(void) { return count_zeros(super.block_bitmap_start, super.block_count); }
uint32_t inode_count_free(void) { return count_zeros(super.inode_bitmap_start, super.inode_count); }
