#pragma once
// Is a file system sound? These are the rules, for peach-mkfs on the host (C++) and fsck on the guest (C): so this is in
// the common part of both languages. Everything that can be reached from "/" is walked and compared with what the bitmaps,
// the inode table and the link counts claim. Any bytes may be checked.

#include "file_system.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK_MOST_PROBLEMS 100  // a heap of rubbish needs no complete list

// A directory that is still to be looked into.
struct check_directory {
    uint32_t inode;
    uint32_t parent;
    char *path;
    struct check_directory *next;
};

struct disk_check {
    // From the caller.
    struct super_block super;  // of which file_system_layout_is_sound()
    void *context;
    void (*read_block)(void *context, uint32_t number, void *to);  // all zeros if it cannot be read
    void (*report)(void *context, const char *problem);

    // The check's own.
    uint32_t problems;
    uint32_t *names;   // of each inode: directory entries that lead to it
    uint8_t *walked;   // of each inode: it has been met
    uint32_t *owners;  // of each block: the inode it belongs to, or 0
    struct check_directory *waiting;
    uint32_t cached_number;  // which block is in `cached`
    uint8_t cached[BLOCK_SIZE];
};

// The areas must follow each other, large enough for what they describe, inside the disk.
static inline int check_area_follows(uint64_t *next, uint32_t start, uint32_t blocks) {
    const int in_order = start >= *next;
    *next = (uint64_t)start + blocks;
    return in_order;
}

static inline int file_system_layout_is_sound(const struct super_block *s) {
    uint64_t next = 1;
    return s->journal_blocks > 0 && check_area_follows(&next, s->journal_start, s->journal_blocks) &&
           check_area_follows(&next, s->swap_start, s->swap_blocks) &&
           check_area_follows(&next, s->inode_bitmap_start, s->inode_bitmap_blocks) &&
           check_area_follows(&next, s->block_bitmap_start, s->block_bitmap_blocks) &&
           check_area_follows(&next, s->inode_table_start, s->inode_table_blocks) && s->data_start >= next &&
           s->data_start <= s->block_count && s->inode_count > ROOT_INODE &&
           (uint64_t)s->inode_bitmap_blocks * BITS_PER_BLOCK >= s->inode_count &&
           (uint64_t)s->block_bitmap_blocks * BITS_PER_BLOCK >= s->block_count &&
           (uint64_t)s->inode_table_blocks * INODES_PER_BLOCK >= s->inode_count;
}

__attribute__((format(printf, 2, 3))) static inline void check_report(struct disk_check *check, const char *format,
                                                                      ...) {
    char problem[512];
    va_list arguments;
    if (check->problems++ >= CHECK_MOST_PROBLEMS) return;
    va_start(arguments, format);
    vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    check->report(check->context, problem);
}

// ---- looking ----

static inline const uint8_t *check_block(struct disk_check *check, uint32_t number) {
    if (check->cached_number != number) check->read_block(check->context, number, check->cached);
    check->cached_number = number;
    return check->cached;
}

static inline int check_bit(struct disk_check *check, uint32_t bitmap_start, uint32_t number) {
    const uint8_t *bits = check_block(check, bitmap_start + number / BITS_PER_BLOCK);
    return bits[number % BITS_PER_BLOCK / 8] >> (number & 7) & 1;
}

static inline struct disk_inode check_inode(struct disk_check *check, uint32_t number) {
    struct disk_inode inode;
    const uint8_t *block = check_block(check, check->super.inode_table_start + number / INODES_PER_BLOCK);
    memcpy(&inode, block + number % INODES_PER_BLOCK * sizeof inode, sizeof inode);
    return inode;
}

static inline uint32_t check_pointer(struct disk_check *check, uint32_t table, uint32_t index) {
    uint32_t pointer;
    if (table < check->super.data_start || table >= check->super.block_count) return 0;
    memcpy(&pointer, check_block(check, table) + (size_t)index * sizeof pointer, sizeof pointer);
    return pointer;
}

// The disk's number of block `n` of a file; 0: a hole, or damaged.
static inline uint32_t check_file_block(struct disk_check *check, const struct disk_inode *inode, uint32_t n) {
    if (n < DIRECT_BLOCKS) return inode->direct[n];
    n -= DIRECT_BLOCKS;
    if (n < POINTERS_PER_BLOCK) return check_pointer(check, inode->indirect, n);
    n -= POINTERS_PER_BLOCK;
    const uint32_t table = check_pointer(check, inode->double_indirect, n / POINTERS_PER_BLOCK);
    return check_pointer(check, table, n % POINTERS_PER_BLOCK);
}

// ---- whose is each block? ----

static inline int check_claim(struct disk_check *check, uint32_t owner, uint32_t block, const char *path) {
    if (block < check->super.data_start || block >= check->super.block_count) {
        check_report(check, "%s: block %u is outside the data area", path, (unsigned)block);
        return 0;
    }
    if (check->owners[block] != 0) {
        check_report(check, "%s: block %u also belongs to inode %u", path, (unsigned)block, (unsigned)check->owners[block]);
        return 0;
    }
    check->owners[block] = owner;
    return 1;
}

// levels 0: a block of the file; 1 and 2: a block of pointers. `first` is the first block of the file below it.
static inline void check_claim_tree(struct disk_check *check, uint32_t owner, uint64_t size, uint32_t block,
                                    int levels, uint64_t first, const char *path) {
    if (block == 0 || !check_claim(check, owner, block, path)) return;
    if (first * BLOCK_SIZE >= size) {
        check_report(check, "%s: block %u lies beyond the file's %u bytes", path, (unsigned)block, (unsigned)size);
        return;
    }
    const uint64_t span = levels == 2 ? POINTERS_PER_BLOCK : 1;
    for (uint32_t i = 0; levels > 0 && i < POINTERS_PER_BLOCK; i++) {
        check_claim_tree(check, owner, size, check_pointer(check, block, i), levels - 1, first + i * span, path);
    }
}

static inline void check_claim_blocks(struct disk_check *check, uint32_t number, const struct disk_inode *inode,
                                      const char *path) {
    for (uint32_t i = 0; i < DIRECT_BLOCKS; i++) check_claim_tree(check, number, inode->size, inode->direct[i], 0, i, path);
    check_claim_tree(check, number, inode->size, inode->indirect, 1, DIRECT_BLOCKS, path);
    check_claim_tree(check, number, inode->size, inode->double_indirect, 2, DIRECT_BLOCKS + POINTERS_PER_BLOCK, path);
}

// ---- from name to name ----

static inline void check_look_into_later(struct disk_check *check, uint32_t inode, uint32_t parent, const char *path) {
    struct check_directory *directory = (struct check_directory *)malloc(sizeof *directory);
    char *copy = (char *)malloc(strlen(path) + 1);
    if (directory == 0 || copy == 0) {
        check_report(check, "%s: not looked into: there is too little memory", path);
        free(directory);
        free(copy);
        return;
    }
    strcpy(copy, path);
    directory->inode = inode;
    directory->parent = parent;
    directory->path = copy;
    directory->next = check->waiting;
    check->waiting = directory;
}

// A name in a directory leads to an inode: the file is looked at when it is met first.
static inline void check_visit(struct disk_check *check, uint32_t number, const char *path, uint32_t parent) {
    const int first_time = !check->walked[number];
    check->walked[number] = 1;
    if (!check_bit(check, check->super.inode_bitmap_start, number)) {
        check_report(check, "%s: inode %u is free in the inode bitmap", path, (unsigned)number);
    }
    const struct disk_inode inode = check_inode(check, number);
    switch (inode.mode & FILE_TYPE_MASK) {
        case FILE_TYPE_DIRECTORY:
            if (!first_time) {
                check_report(check, "%s: directory %u has a second name", path, (unsigned)number);
                return;
            }
            check_claim_blocks(check, number, &inode, path);
            check_look_into_later(check, number, parent, path);
            break;
        case FILE_TYPE_REGULAR:
        case FILE_TYPE_LINK:
            if (first_time) check_claim_blocks(check, number, &inode, path);
            break;
        case FILE_TYPE_FIFO:
        case FILE_TYPE_DEVICE: break;
        default:
            check_report(check, "%s: inode %u has mode %o, which is no type of file", path, (unsigned)number,
                         (unsigned)inode.mode);
    }
}

// One entry. Returns 1 for "." and 2 for "..".
static inline int check_entry(struct disk_check *check, const struct check_directory *directory, uint32_t index,
                              const struct directory_entry *entry) {
    char path[400];
    char name[FILE_NAME_MAX + 2];
    if (entry->inode >= check->super.inode_count) {
        check_report(check, "%s: entry %u names inode %u, which does not exist", directory->path, (unsigned)index,
                     (unsigned)entry->inode);
        return 0;
    }
    memcpy(name, entry->name, FILE_NAME_MAX + 1);
    name[FILE_NAME_MAX + 1] = 0;
    if (name[0] == 0 || strlen(name) > FILE_NAME_MAX || strchr(name, '/') != 0) {
        check_report(check, "%s: entry %u has a name that is none", directory->path, (unsigned)index);
    }
    check->names[entry->inode]++;
    const int dots = strcmp(name, ".") == 0 ? 1 : strcmp(name, "..") == 0 ? 2 : 0;
    if (dots != 0) {
        const uint32_t expected = dots == 1 ? directory->inode : directory->parent;
        if (entry->inode != expected) {
            check_report(check, "%s: \"%s\" is inode %u, not %u", directory->path, name, (unsigned)entry->inode,
                         (unsigned)expected);
        }
        return dots;
    }
    snprintf(path, sizeof path, "%s%s%s", directory->path, strcmp(directory->path, "/") == 0 ? "" : "/", name);
    check_visit(check, entry->inode, path, directory->inode);
    return 0;
}

// Does another entry before this one have the same name?
static inline int check_is_repeated(const struct directory_entry *entries, uint32_t index) {
    for (uint32_t i = 0; i < index; i++) {
        if (entries[i].inode != NO_INODE && strncmp(entries[i].name, entries[index].name, FILE_NAME_MAX + 1) == 0) return 1;
    }
    return 0;
}

static inline void check_entries(struct disk_check *check, const struct check_directory *directory,
                                 const struct directory_entry *entries, uint32_t count) {
    int dots = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (entries[i].inode == NO_INODE) continue;
        if (check_is_repeated(entries, i)) {
            check_report(check, "%s: two entries are called \"%.*s\"", directory->path, FILE_NAME_MAX, entries[i].name);
        }
        dots |= check_entry(check, directory, i, &entries[i]);
    }
    if (dots != 3) check_report(check, "%s: \".\" or \"..\" is missing", directory->path);
}

static inline void check_walk(struct disk_check *check, const struct check_directory *directory) {
    const struct disk_inode inode = check_inode(check, directory->inode);
    uint32_t blocks = inode.size / BLOCK_SIZE + (inode.size % BLOCK_SIZE != 0);
    if (blocks > check->super.block_count) blocks = check->super.block_count;  // a damaged size stays affordable
    if (inode.size % DIRECTORY_ENTRY_SIZE != 0) {
        check_report(check, "%s: the directory's size, %u, is no multiple of an entry's", directory->path,
                     (unsigned)inode.size);
    }
    uint8_t *contents = (uint8_t *)calloc(blocks + 1, BLOCK_SIZE);
    if (contents == 0) {
        check_report(check, "%s: not looked into: there is too little memory", directory->path);
        return;
    }
    for (uint32_t n = 0; n < blocks; n++) {
        const uint32_t number = check_file_block(check, &inode, n);
        if (number == 0 || number >= check->super.block_count) continue;
        memcpy(contents + (size_t)n * BLOCK_SIZE, check_block(check, number), BLOCK_SIZE);
    }
    uint64_t count = inode.size / DIRECTORY_ENTRY_SIZE;
    const uint64_t most = (uint64_t)blocks * (BLOCK_SIZE / DIRECTORY_ENTRY_SIZE);
    if (count > most) count = most;
    check_entries(check, directory, (const struct directory_entry *)contents, (uint32_t)count);
    free(contents);
}

// ---- the comparison ----

static inline void check_compare(struct disk_check *check) {
    for (uint32_t n = ROOT_INODE; n < check->super.inode_count; n++) {
        const struct disk_inode inode = check_inode(check, n);
        if (check->walked[n] && inode.links != check->names[n]) {
            check_report(check, "inode %u says it has %u links, but %u entries name it", (unsigned)n, (unsigned)inode.links,
                         (unsigned)check->names[n]);
        }
    }
    for (uint32_t n = ROOT_INODE; n < check->super.inode_count; n++) {
        if (!check->walked[n] && check_bit(check, check->super.inode_bitmap_start, n)) {
            check_report(check, "inode %u is marked as used, but has no name", (unsigned)n);
        }
    }
    for (uint32_t b = 0; b < check->super.block_count; b++) {
        const int needed = b < check->super.data_start || check->owners[b] != 0;
        const int used = check_bit(check, check->super.block_bitmap_start, b);
        if (needed && !used) check_report(check, "block %u is used, but free in the block bitmap", (unsigned)b);
        if (!needed && used) check_report(check, "block %u is marked as used, but belongs to no file", (unsigned)b);
    }
}

// Reports everything that is wrong; returns how much that was.
static inline uint32_t file_system_check(struct disk_check *check) {
    check->problems = 0;
    check->waiting = 0;
    check->cached_number = UINT32_MAX;
    check->names = (uint32_t *)calloc(check->super.inode_count, sizeof *check->names);
    check->walked = (uint8_t *)calloc(check->super.inode_count, sizeof *check->walked);
    check->owners = (uint32_t *)calloc(check->super.block_count, sizeof *check->owners);
    if (check->names == 0 || check->walked == 0 || check->owners == 0) {
        check_report(check, "there is too little memory for a check");
    } else if ((check_inode(check, ROOT_INODE).mode & FILE_TYPE_MASK) != FILE_TYPE_DIRECTORY) {
        check_report(check, "inode %u is not a directory, so there is no \"/\"", ROOT_INODE);
    } else {
        check_visit(check, ROOT_INODE, "/", ROOT_INODE);
        while (check->waiting != 0) {
            struct check_directory *directory = check->waiting;
            check->waiting = directory->next;
            check_walk(check, directory);
            free(directory->path);
            free(directory);
        }
        check_compare(check);
    }
    free(check->names);
    free(check->walked);
    free(check->owners);
    return check->problems;
}
