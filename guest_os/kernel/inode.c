// Inodes: files without names.

#include "kernel.h"

#include "file_system.h"
#include "process.h"

#define INODES_IN_MEMORY 256  // more than all open files and current directories, so that it never is full

// The file system's lock guards the inodes; count_lock only `references`, so that fork need not wait for the disk.
static struct inode inodes[INODES_IN_MEMORY];
static struct inode *inodes_end = inodes;  // those behind it have never been used
static struct spinlock count_lock = {.name = "inode count"};

static uint32_t table_block(uint32_t number) {
    return file_system_super()->inode_table_start + number / INODES_PER_BLOCK;
}

static struct disk_inode *table_entry(uint32_t number) {
    struct disk_inode *entries = block_read(table_block(number));
    return entries == 0 ? 0 : &entries[number % INODES_PER_BLOCK];
}

// ---- in memory ----

static void check_super_block(const struct super_block *super) {
    if (super->magic != FILE_SYSTEM_MAGIC) panic("the disk holds no PeachOS file system: make one with mkfs");
    if (super->version != FILE_SYSTEM_VERSION) panic("the disk's file system has version %u, not %u", super->version,
                                                     FILE_SYSTEM_VERSION);
    if (super->block_count > disk_block_count()) {
        panic("the disk is cut off: it has %u blocks, its file system %u", disk_block_count(), super->block_count);
    }
}

void file_system_mount(struct process *p) {
    if (disk_block_count() == 0) panic("there is no disk");
    file_system_begin();
    const struct super_block *on_disk = block_read(0);
    if (on_disk == 0) panic("the disk cannot be read");
    check_super_block(on_disk);
    *file_system_super() = *on_disk;
    p->directory = inode_get(ROOT_INODE);
    file_system_end();
    if (p->directory == 0 || inode_type(p->directory) != FILE_TYPE_DIRECTORY) panic("the disk has no root directory");
}

static struct inode *find_or_unused(uint32_t number) {
    struct inode *unused = 0;
    for (struct inode *inode = inodes; inode < inodes_end; inode++) {
        if (inode->references > 0 && inode->number == number) return inode;
        if (inode->references == 0 && unused == 0) unused = inode;
    }
    if (unused != 0) return unused;
    return inodes_end < inodes + INODES_IN_MEMORY ? inodes_end++ : 0;
}

struct inode *inode_get(uint32_t number) {
    if (number == NO_INODE || number >= file_system_super()->inode_count) return 0;
    struct inode *inode = find_or_unused(number);
    if (inode == 0) return 0;
    if (inode->references > 0) return inode_share(inode);
    const struct disk_inode *entry = table_entry(number);
    if (entry == 0) return 0;
    inode->number = number;
    inode->disk = *entry;
    return inode_share(inode);
}

struct inode *inode_share(struct inode *inode) {
    acquire(&count_lock);
    inode->references++;
    release(&count_lock);
    return inode;
}

static void free_inode(struct inode *inode) {
    inode_truncate(inode);
    inode->disk.mode = 0;
    inode_update(inode);
    inode_number_free(inode->number);
}

void inode_put(struct inode *inode) {
    if (inode->references == 1 && inode->disk.links == 0) free_inode(inode);
    acquire(&count_lock);
    inode->references--;
    release(&count_lock);
}

// Files that are open and have lost their names would stay on the disk for ever. The lock is never given back.
void file_system_stop(void) {
    file_system_begin();
    for (struct inode *inode = inodes; inode < inodes_end; inode++) {
        if (inode->references > 0 && inode->disk.links == 0) free_inode(inode);
    }
    file_system_write_changes();
}

struct inode *inode_allocate(uint32_t mode) {
    const uint32_t number = inode_number_allocate();
    if (number == 0) return 0;
    struct inode *inode = inode_get(number);
    if (inode == 0) {
        inode_number_free(number);
        return 0;
    }
    inode->disk = (struct disk_inode){.mode = (uint16_t)mode};
    return inode;
}

int inode_update(struct inode *inode) {
    struct disk_inode *entry = table_entry(inode->number);
    if (entry == 0) return -EIO;
    inode->disk.modified = now();
    *entry = inode->disk;
    block_changed(table_block(inode->number));
    return 0;
}

// ---- the blocks of a file ----

// The block that *number says, which is allocated first if it is 0 and `make` is set. 0 if there is none.
static uint32_t block_at(uint32_t *number, bool make) {
    if (*number == 0 && make) *number = block_allocate();
    return *number;
}

// The same for entry `index` of a block of block numbers.
static uint32_t block_in(uint32_t table, uint32_t index, bool make) {
    if (table == 0) return 0;
    uint32_t *numbers = block_read(table);
    if (numbers == 0) return 0;
    if (numbers[index] != 0 || !make) return numbers[index];
    const uint32_t number = block_allocate();
    numbers = block_read(table);  // to the front of the cache again
    if (number == 0 || numbers == 0) return 0;
    numbers[index] = number;
    block_changed(table);
    return number;
}

// The disk's number of block `n` of a file; 0 if it is a hole, the disk is full, or the file is damaged.
static uint32_t block_of(struct inode *inode, uint32_t n, bool make) {
    struct disk_inode *disk = &inode->disk;
    uint32_t number;
    if (n < DIRECT_BLOCKS) {
        number = block_at(&disk->direct[n], make);
    } else if (n < DIRECT_BLOCKS + POINTERS_PER_BLOCK) {
        number = block_in(block_at(&disk->indirect, make), n - DIRECT_BLOCKS, make);
    } else {
        n -= DIRECT_BLOCKS + POINTERS_PER_BLOCK;
        const uint32_t table = block_in(block_at(&disk->double_indirect, make), n / POINTERS_PER_BLOCK, make);
        number = block_in(table, n % POINTERS_PER_BLOCK, make);
    }
    return number < file_system_super()->block_count ? number : 0;
}

int inode_read(struct inode *inode, void *to, uint32_t offset, uint32_t count) {
    if (offset >= inode->disk.size) return 0;
    count = min_u32(count, inode->disk.size - offset);
    for (uint32_t done = 0; done < count;) {
        const uint32_t place = (offset + done) % BLOCK_SIZE;
        const uint32_t part = min_u32(count - done, BLOCK_SIZE - place);
        const uint32_t number = block_of(inode, (offset + done) / BLOCK_SIZE, false);
        const char *data = number != 0 ? block_read(number) : 0;
        if (number != 0 && data == 0) return -EIO;
        if (data != 0) {
            memcpy((char *)to + done, data + place, part);
        } else {
            memset((char *)to + done, 0, part);
        }
        done += part;
    }
    return (int)count;
}

// Writes as much as fits on the disk.
int inode_write(struct inode *inode, const void *from, uint32_t offset, uint32_t count) {
    uint32_t done = 0;
    while (done < count) {
        const uint32_t n = (offset + done) / BLOCK_SIZE;
        const uint32_t place = (offset + done) % BLOCK_SIZE;
        const uint32_t part = min_u32(count - done, BLOCK_SIZE - place);
        const uint32_t number = n < MAX_FILE_BLOCKS ? block_of(inode, n, true) : 0;
        if (number == 0) break;
        char *data = block_read(number);
        if (data == 0) break;
        memcpy(data + place, (const char *)from + done, part);
        block_changed(number);
        done += part;
    }
    if (offset + done > inode->disk.size) inode->disk.size = offset + done;
    const int error = inode_update(inode);
    if (error < 0) return error;
    return done > 0 || count == 0 ? (int)done : -ENOSPC;
}

// Frees a block of block numbers and what it names; `depth` says how many tables are above the files' blocks.
static void free_table(uint32_t table, int depth) {
    if (table == 0) return;
    for (uint32_t i = 0; i < POINTERS_PER_BLOCK; i++) {
        const uint32_t *numbers = block_read(table);
        if (numbers == 0) return;
        const uint32_t number = numbers[i];
        if (number == 0) continue;
        if (depth > 1) {
            free_table(number, depth - 1);
        } else {
            block_free(number);
        }
    }
    block_free(table);
}

void inode_truncate(struct inode *inode) {
    struct disk_inode *disk = &inode->disk;
    if (inode_type(inode) != FILE_TYPE_DEVICE) {
        for (int i = 0; i < DIRECT_BLOCKS; i++) {
            if (disk->direct[i] != 0) block_free(disk->direct[i]);
            disk->direct[i] = 0;
        }
        free_table(disk->indirect, 1);
        free_table(disk->double_indirect, 2);
        disk->indirect = disk->double_indirect = 0;
    }
    disk->size = 0;
    inode_update(inode);
}

void inode_stat(struct inode *inode, struct stat *status) {
    const struct disk_inode *disk = &inode->disk;
    *status = (struct stat){
        .st_dev = 1,
        .st_ino = inode->number,
        .st_mode = disk->mode,
        .st_nlink = disk->links,
        .st_uid = disk->uid,
        .st_gid = disk->gid,
        .st_rdev = inode_type(inode) == FILE_TYPE_DEVICE ? disk->direct[0] : 0,
        .st_size = disk->size,
        .st_blksize = BLOCK_SIZE,
        .st_blocks = (disk->size + BLOCK_SIZE - 1) / BLOCK_SIZE * (BLOCK_SIZE / 512),
        .st_mtime = disk->modified,
    };
}
