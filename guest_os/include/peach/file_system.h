#pragma once
// The file system on the disk. The kernel (C) and mkfs on the host (C++) both include this, so it is the common
// part of both languages. Numbers are little-endian.
//
//     block 0   1         ...    ...      ...      ...     ...
//     +--------+---------+------+--------+--------+-------+------------------ - - --+
//     | super  | journal | swap | inode  | block  | inode | files and               |
//     | block  |         | area | bitmap | bitmap | table | directories             |
//     +--------+---------+------+--------+--------+-------+------------------ - - --+
//
// In a bitmap, bit (n & 7) of byte (n / 8) is set if n is in use. The block bitmap has a bit for every block of the
// disk; those before data_start are in use from the beginning. Block number 0 in an inode means "no block": a hole
// that reads as zeros.

#include <stdint.h>

#define FILE_SYSTEM_MAGIC 0x68636570u  // "pech"
#define FILE_SYSTEM_VERSION 2
#define BLOCK_SIZE 4096
#define BITS_PER_BLOCK (BLOCK_SIZE * 8)

#define NO_INODE 0    // an inode number that no file has
#define ROOT_INODE 1  // the directory "/"

struct super_block {
    uint32_t magic;
    uint32_t version;
    uint32_t block_count;         // of the whole disk
    uint32_t inode_count;         // numbers 0 to inode_count - 1; 0 is marked as used and is never a file
    uint32_t journal_start;       // first block of the journal: its header
    uint32_t journal_blocks;      // with the header
    uint32_t swap_start;          // pages of processes, for as long as the machine runs; no part of any file
    uint32_t swap_blocks;         // 0: there is none
    uint32_t inode_bitmap_start;  // first block
    uint32_t inode_bitmap_blocks;
    uint32_t block_bitmap_start;
    uint32_t block_bitmap_blocks;
    uint32_t inode_table_start;
    uint32_t inode_table_blocks;
    uint32_t data_start;  // first block that a file may have
};

// The journal: a header and blocks that have their place elsewhere. A change of the file system first goes there whole;
// when the header says so it has happened, and only then are the blocks written to their own places. After a power cut
// they are written there again: nothing is ever half done.
//
//     header: count = 3, numbers = 12, 57, 913 | new contents of 12 | of 57 | of 913 | not used ...
//
// A header whose checksum is wrong was being written when the power went: it counts as empty, for the change before
// it is already in place.
#define JOURNAL_MAGIC 0x6C6E726Au  // "jrnl"
#define JOURNAL_MOST 128           // blocks of a change, at most
#define JOURNAL_DEFAULT 49         // blocks of a journal that mkfs makes
struct journal_header {
    uint32_t magic;
    uint32_t checksum;
    uint32_t sequence;  // grows by one with every change
    uint32_t orphans;   // files without a name that are still open, after this change: to be freed after a power cut
    uint32_t count;
    uint32_t numbers[JOURNAL_MOST];
};

static inline uint32_t journal_checksum(const struct journal_header *header) {
    uint32_t sum = 0x9E3779B9u ^ header->sequence ^ header->orphans;
    for (uint32_t i = 0; i <= header->count && i <= JOURNAL_MOST; i++) {
        sum = (sum << 5 | sum >> 27) + (i == 0 ? header->count : header->numbers[i - 1]);
    }
    return sum;
}

static inline int journal_header_is_valid(const struct journal_header *header) {
    return header->magic == JOURNAL_MAGIC && header->count <= JOURNAL_MOST &&
           header->checksum == journal_checksum(header);
}

// File types, in the bits that S_IFMT masks; the lower 12 bits of the mode are permissions (0755 ...).
#define FILE_TYPE_MASK 0170000
#define FILE_TYPE_FIFO 0010000  // a pipe with a name
#define FILE_TYPE_DEVICE 0020000
#define FILE_TYPE_DIRECTORY 0040000
#define FILE_TYPE_REGULAR 0100000
#define FILE_TYPE_LINK 0120000  // symbolic: its contents are the path that it stands for

// A device inode has no blocks: direct[0] holds its number, made of two as Unix does.
#define FILE_DEVICE_NUMBER(major, minor) ((major) << 8 | (minor))
#define FILE_DEVICE_NULL FILE_DEVICE_NUMBER(1, 3)
#define FILE_DEVICE_ZERO FILE_DEVICE_NUMBER(1, 5)
#define FILE_DEVICE_FULL FILE_DEVICE_NUMBER(1, 7)
#define FILE_DEVICE_RANDOM FILE_DEVICE_NUMBER(1, 8)
#define FILE_DEVICE_TTY FILE_DEVICE_NUMBER(5, 0)
#define FILE_DEVICE_CONSOLE FILE_DEVICE_NUMBER(5, 1)
#define FILE_DEVICE_DISK FILE_DEVICE_NUMBER(8, 0)  // the blocks of the file system, to read only

#define DIRECT_BLOCKS 16
#define POINTERS_PER_BLOCK (BLOCK_SIZE / 4)
#define MAX_FILE_BLOCKS (DIRECT_BLOCKS + POINTERS_PER_BLOCK + POINTERS_PER_BLOCK * POINTERS_PER_BLOCK)

// An inode: a file without its name. 32 of them fill a block of the inode table.
//
//     direct[0..15] ----------------------------> the first 16 blocks of the file
//     indirect -------> 1,024 block numbers ----> the next 1,024
//     double_indirect -> 1,024 block numbers ---> 1,024 block numbers each -> the rest
struct disk_inode {
    uint16_t mode;   // type and permissions; 0: free
    uint16_t links;  // directory entries that name it
    uint32_t size;   // bytes
    uint16_t uid;
    uint16_t gid;
    uint32_t reserved;
    uint64_t modified;  // cycle of the last change of the contents
    uint32_t direct[DIRECT_BLOCKS];
    uint32_t indirect;
    uint32_t double_indirect;
    uint64_t changed;   // cycle of the last change of anything
    uint64_t accessed;  // only utimes() sets it
    uint32_t padding[4];  // up to 128 bytes
};

#define DISK_INODE_SIZE 128
#define INODES_PER_BLOCK (BLOCK_SIZE / DISK_INODE_SIZE)

// A directory is a file of these, 64 a block. Free entries have inode 0. Every directory begins with "." and ".."
// (the root's ".." is itself), and its link count includes ".", its name and the ".." of each subdirectory.
// getdents() returns the used ones in this format.
#define FILE_NAME_MAX 59
struct directory_entry {
    uint32_t inode;
    char name[FILE_NAME_MAX + 1];  // ends with NUL, the rest of the field zeros
};

#define DIRECTORY_ENTRY_SIZE 64
