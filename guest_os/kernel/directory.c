// Directories: files of names. Only whole entries are ever read and written.

#include "kernel.h"

#include "file_system.h"

static bool read_entry(struct inode *directory, uint32_t offset, struct directory_entry *entry) {
    return inode_read(directory, entry, offset, sizeof *entry) == (int)sizeof *entry;
}

// The entry of that name in a block of a directory; -1 if there is none.
static int find_in_block(const struct directory_entry *entries, const char *name) {
    for (int i = 0; i < (int)(BLOCK_SIZE / DIRECTORY_ENTRY_SIZE); i++) {
        if (entries[i].inode != NO_INODE && entries[i].name[0] == name[0] && strcmp(entries[i].name, name) == 0) return i;
    }
    return -1;
}

// The number of the file of that name, and where the entry is; NO_INODE if there is none.
uint32_t directory_find(struct inode *directory, const char *name, uint32_t *offset) {
    for (uint32_t n = 0; n * BLOCK_SIZE < directory->disk.size; n++) {
        bool hole;
        struct block *block = inode_block(directory, n, &hole);
        if (block == 0) continue;
        const struct directory_entry *entries = block->data;
        const int found = find_in_block(entries, name);
        const uint32_t number = found < 0 ? NO_INODE : entries[found].inode;
        block_put(block);
        if (found < 0) continue;
        if (offset != 0) *offset = n * BLOCK_SIZE + (uint32_t)found * DIRECTORY_ENTRY_SIZE;
        return number;
    }
    return NO_INODE;
}

int directory_add(struct inode *directory, const char *name, uint32_t number) {
    struct directory_entry entry;
    uint32_t offset = 0;
    while (read_entry(directory, offset, &entry) && entry.inode != NO_INODE) offset += sizeof entry;
    entry.inode = number;
    copy_name(entry.name, name, sizeof entry.name);
    const int written = inode_write(directory, &entry, offset, sizeof entry);
    return written < 0 ? written : 0;
}

// Makes the entry at an offset name another file, or none: then it is free.
int directory_set(struct inode *directory, uint32_t offset, const char *name, uint32_t number) {
    struct directory_entry entry = {.inode = number};
    if (number != NO_INODE) copy_name(entry.name, name, sizeof entry.name);
    const int written = inode_write(directory, &entry, offset, sizeof entry);
    return written < 0 ? written : 0;
}

// The second entry is that of the directory above; NO_INODE for one that is removed, which has none any more.
int directory_set_parent(struct inode *directory, uint32_t number) {
    return directory_set(directory, DIRECTORY_ENTRY_SIZE, "..", number);
}

// Nothing but "." and "..", which are the first two entries.
bool directory_is_empty(struct inode *directory) {
    struct directory_entry entry;
    for (uint32_t offset = 2 * sizeof entry; read_entry(directory, offset, &entry); offset += sizeof entry) {
        if (entry.inode != NO_INODE) return false;
    }
    return true;
}

// As many used entries from *offset on as fit; returns their size in bytes.
int directory_entries(struct inode *directory, uint32_t *offset, void *to, uint32_t count) {
    struct directory_entry entry;
    uint32_t copied = 0;
    while (copied + sizeof entry <= count && read_entry(directory, *offset, &entry)) {
        *offset += sizeof entry;
        if (entry.inode == NO_INODE) continue;
        memcpy((char *)to + copied, &entry, sizeof entry);
        copied += sizeof entry;
    }
    return (int)copied;
}
