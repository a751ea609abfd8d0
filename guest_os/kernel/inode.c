// Inodes: files without names.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"

// Every open file, current directory and program, and what one operation works with: it never is full.
#define INODES_IN_MEMORY (FILE_COUNT + PROCESS_COUNT + SPACE_COUNT + 16)

// The file system's lock guards the inodes; count_lock only `references` and the current directories of processes, so that
// fork need not wait for the disk.
static struct inode inodes[INODES_IN_MEMORY];
static struct inode *inodes_end = inodes;  // those behind it have never been used
static struct spinlock count_lock = {.name = "inode count"};

static uint32_t table_block(uint32_t number) {
    return file_system_super()->inode_table_start + number / INODES_PER_BLOCK;
}


// ---- mounting ----

static void check_super_block(const struct super_block *super) {
    if (super->magic != FILE_SYSTEM_MAGIC) panic("the disk holds no PeachOS file system: make one with mkfs");
    if (super->version != FILE_SYSTEM_VERSION) panic("the disk's file system has version %u, not %u", super->version,
                                                     FILE_SYSTEM_VERSION);
    if (super->block_count > disk_block_count()) {
        panic("the disk is cut off: it has %u blocks, its file system %u", disk_block_count(), super->block_count);
    }
}

static void read_super_block(void) {
    void *page = page_allocate();
    if (page == 0 || !disk_transfer(0, page, false)) panic("the disk cannot be read");
    check_super_block(page);
    memcpy(file_system_super(), page, sizeof(struct super_block));
    page_release(page);
}

static bool recovering;  // there may be files without a name that nobody has opened

uint32_t inode_orphan_count(void) {
    uint32_t count = recovering ? 1 : 0;
    for (const struct inode *inode = inodes; inode < inodes_end; inode++) {
        if (inode->references > 0 && inode->disk.links == 0) count++;
    }
    return count;
}

uint32_t inode_count_used(void) {
    uint32_t count = 0;
    for (const struct inode *inode = inodes; inode < inodes_end; inode++) count += inode->references > 0;
    return count;
}

// Files that were open without a name when the power went. To put them frees them.
static void free_orphans(void) {
    recovering = true;
    for (uint32_t number = ROOT_INODE + 1; number < file_system_super()->inode_count; number++) {
        file_system_begin();
        struct inode *inode = inode_get(number);
        if (inode != 0) inode_put(inode);
        file_system_end();
    }
    recovering = false;
}

void file_system_mount(struct process *p) {
    if (disk_block_count() == 0) panic("there is no disk");
    read_super_block();
    swap_start(file_system_super()->swap_start, file_system_super()->swap_blocks);
    if (journal_recover()) free_orphans();
    file_system_begin();
    p->directory = inode_get(ROOT_INODE);
    file_system_end();
    if (p->directory == 0 || inode_type(p->directory) != FILE_TYPE_DIRECTORY) panic("the disk has no root directory");
}

// ---- in memory ----

static struct inode *find_or_unused(uint32_t number) {
    struct inode *unused = 0;
    for (struct inode *inode = inodes; inode < inodes_end; inode++) {
        if (inode->references > 0 && inode->number == number) return inode;
        if (inode->references == 0 && unused == 0) unused = inode;
    }
    if (unused != 0) return unused;
    return inodes_end < inodes + INODES_IN_MEMORY ? inodes_end++ : 0;
}

static bool read_from_table(struct inode *inode) {
    if (inode->number == NO_INODE || inode->number >= file_system_super()->inode_count) return false;
    struct block *block = block_get(table_block(inode->number));
    if (block == 0) return false;
    inode->operations = &disk_operations;
    inode->disk = ((struct disk_inode *)block->data)[inode->number % INODES_PER_BLOCK];
    block_put(block);
    return true;
}

struct inode *inode_get(uint32_t number) {
    struct inode *inode = find_or_unused(number);
    if (inode == 0) return 0;
    if (inode->references > 0) return inode_share(inode);
    inode->number = number;
    const bool exists = number >= PROC_ROOT ? proc_inode_fill(inode) : read_from_table(inode);
    return exists ? inode_share(inode) : 0;
}

struct inode *inode_share(struct inode *inode) {
    acquire(&count_lock);
    inode->references++;
    release(&count_lock);
    return inode;
}

// The current directory is read by fork, which does not hold the file system's lock, while another thread changes it.
struct inode *directory_inherit(const struct process *p) {
    acquire(&count_lock);
    struct inode *directory = p->directory;
    directory->references++;
    release(&count_lock);
    return directory;
}

struct inode *directory_exchange(struct process *p, struct inode *directory) {
    acquire(&count_lock);
    struct inode *old = p->directory;
    p->directory = directory;
    release(&count_lock);
    return old;
}

static void free_inode(struct inode *inode) {
    inode_truncate(inode, 0);
    inode->disk.mode = 0;
    inode_update(inode);
    inode_number_free(inode->number);
}

void inode_put(struct inode *inode) {
    const bool is_nameless = inode->disk.links == 0 && inode->disk.mode != 0 && inode->operations == &disk_operations;
    if (inode->references == 1 && is_nameless) free_inode(inode);
    acquire(&count_lock);
    inode->references--;
    release(&count_lock);
}

// Files that are open and have lost their names would stay on the disk until the next start.
void file_system_stop(void) {
    file_system_begin();
    for (struct inode *inode = inodes; inode < inodes_end; inode++) {
        if (inode->references == 0 || inode->disk.links > 0) continue;
        free_inode(inode);
        file_system_make_room();
    }
    file_system_drain();
}

struct inode *inode_allocate(uint32_t mode) {
    const uint32_t number = inode_number_allocate();
    if (number == 0) return 0;
    struct inode *inode = inode_get(number);
    if (inode == 0) {
        inode_number_free(number);
        return 0;
    }
    const struct process *p = current_process();
    const uint64_t time = now();
    inode->disk = (struct disk_inode){.mode = (uint16_t)mode, .uid = (uint16_t)p->euid, .gid = (uint16_t)p->egid,
                                      .modified = time, .changed = time, .accessed = time};
    return inode;
}

int inode_update(struct inode *inode) {
    struct block *block = block_get(table_block(inode->number));
    if (block == 0) return -EIO;
    struct disk_inode *entries = block_change(block);
    entries[inode->number % INODES_PER_BLOCK] = inode->disk;
    block_put(block);
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
    struct block *block = table == 0 ? 0 : block_get(table);
    if (block == 0) return 0;
    uint32_t number = ((uint32_t *)block->data)[index];
    if (number == 0 && make) {
        number = block_allocate();
        if (number != 0) ((uint32_t *)block_change(block))[index] = number;
    }
    block_put(block);
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

// Block `n` of a file; null, with *hole set, if it is a hole, and null if the disk fails.
struct block *inode_block(struct inode *inode, uint32_t n, bool *hole) {
    const uint32_t number = n < MAX_FILE_BLOCKS ? block_of(inode, n, false) : 0;
    *hole = number == 0;
    return number == 0 ? 0 : block_get(number);
}

int inode_read(struct inode *inode, void *to, uint32_t offset, uint32_t count) {
    if (offset >= inode->disk.size) return 0;
    count = min_u32(count, inode->disk.size - offset);
    for (uint32_t done = 0; done < count;) {
        const uint32_t place = (offset + done) % BLOCK_SIZE;
        const uint32_t part = min_u32(count - done, BLOCK_SIZE - place);
        bool hole;
        struct block *block = inode_block(inode, (offset + done) / BLOCK_SIZE, &hole);
        if (block == 0 && !hole) return -EIO;
        if (block != 0) {
            memcpy((char *)to + done, (char *)block->data + place, part);
            block_put(block);
        } else {
            memset((char *)to + done, 0, part);
        }
        done += part;
    }
    return (int)count;
}

// Writes into one block; false if there is none.
static bool write_part(struct inode *inode, const void *from, uint32_t offset, uint32_t count) {
    const uint32_t n = offset / BLOCK_SIZE;
    const uint32_t number = n < MAX_FILE_BLOCKS ? block_of(inode, n, true) : 0;
    struct block *block = number == 0 ? 0 : block_get(number);
    if (block == 0) return false;
    memcpy((char *)block_change(block) + offset % BLOCK_SIZE, from, count);
    block_put(block);
    return true;
}

// Writes as much as fits on the disk.
int inode_write(struct inode *inode, const void *from, uint32_t offset, uint32_t count) {
    uint32_t done = 0;
    while (done < count) {
        const uint32_t part = min_u32(count - done, BLOCK_SIZE - (offset + done) % BLOCK_SIZE);
        if (!write_part(inode, (const char *)from + done, offset + done, part)) break;
        done += part;
    }
    if (offset + done > inode->disk.size && done > 0) inode->disk.size = offset + done;
    if (done < count) inode_truncate(inode, inode->disk.size);  // tables that were made for nothing
    inode->disk.modified = inode->disk.changed = now();
    inode->disk.mode &= (uint16_t)~(S_ISUID | S_ISGID);  // who writes a program does not become its owner
    const int error = inode_update(inode);
    if (error < 0) return error;
    return done > 0 || count == 0 ? (int)done : -ENOSPC;
}

// Frees what belongs to blocks `keep` and later of a file, in the tree below *number, which begins with block `first`.
//
//     depth 2: a table of tables     1: a table of blocks     0: a block
static void free_tree(uint32_t *number, int depth, uint32_t first, uint32_t keep) {
    static const uint32_t spans[] = {1, POINTERS_PER_BLOCK, POINTERS_PER_BLOCK * POINTERS_PER_BLOCK};
    if (*number == 0 || first + spans[depth] <= keep) return;
    struct block *block = depth > 0 ? block_get(*number) : 0;
    for (uint32_t i = 0; block != 0 && i < POINTERS_PER_BLOCK; i++) {
        uint32_t below = ((uint32_t *)block->data)[i];
        if (below == 0) continue;
        free_tree(&below, depth - 1, first + i * spans[depth - 1], keep);
        if (below == 0 && first < keep) ((uint32_t *)block_change(block))[i] = 0;
    }
    if (block != 0) block_put(block);
    if (first < keep) return;
    block_free(*number);
    *number = 0;
}

// What remains of the last block must be zeros, for the file may grow again.
static void clear_rest(struct inode *inode, uint32_t size) {
    bool hole;
    struct block *block = inode_block(inode, size / BLOCK_SIZE, &hole);
    if (block == 0) return;
    memset((char *)block_change(block) + size % BLOCK_SIZE, 0, BLOCK_SIZE - size % BLOCK_SIZE);
    block_put(block);
}

// Cuts a file off, or lets it grow by a hole.
int inode_truncate(struct inode *inode, uint32_t size) {
    struct disk_inode *disk = &inode->disk;
    const uint32_t keep = (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
    if (inode_type(inode) != FILE_TYPE_DEVICE) {
        for (uint32_t i = 0; i < DIRECT_BLOCKS; i++) free_tree(&disk->direct[i], 0, i, keep);
        free_tree(&disk->indirect, 1, DIRECT_BLOCKS, keep);
        free_tree(&disk->double_indirect, 2, DIRECT_BLOCKS + POINTERS_PER_BLOCK, keep);
        if (size < disk->size && size % BLOCK_SIZE != 0) clear_rest(inode, size);
    }
    disk->size = size;
    disk->modified = disk->changed = now();
    return inode_update(inode);
}

// The same for a process, which may have a limit.
int inode_resize(struct inode *inode, uint32_t size) {
    return size > inode->disk.size && !limit_allows_file(size) ? -EFBIG : inode_truncate(inode, size);
}

static uint32_t count_in_tree(uint32_t number, int depth) {
    if (number == 0) return 0;
    struct block *block = depth > 0 ? block_get(number) : 0;
    uint32_t count = 1;
    for (uint32_t i = 0; block != 0 && i < POINTERS_PER_BLOCK; i++) {
        count += count_in_tree(((uint32_t *)block->data)[i], depth - 1);
    }
    if (block != 0) block_put(block);
    return count;
}

static uint32_t count_blocks(const struct disk_inode *disk) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < DIRECT_BLOCKS; i++) count += disk->direct[i] != 0;
    return count + count_in_tree(disk->indirect, 1) + count_in_tree(disk->double_indirect, 2);
}

void inode_stat(const struct inode *inode, struct file_status *status) {
    const struct disk_inode *disk = &inode->disk;
    const bool is_device = inode_type(inode) == FILE_TYPE_DEVICE;
    const bool has_blocks = !is_device && inode->operations == &disk_operations;
    *status = (struct file_status){
        .device = inode->operations->device,
        .inode = inode->number,
        .mode = disk->mode,
        .links = disk->links,
        .uid = disk->uid,
        .gid = disk->gid,
        .device_number = is_device ? disk->direct[0] : 0,
        .size = disk->size,
        .block_size = BLOCK_SIZE,
        .blocks = has_blocks ? count_blocks(disk) * (BLOCK_SIZE / 512) : 0,
        .accessed = disk->accessed,
        .modified = disk->modified,
        .changed = disk->changed,
    };
}

const struct inode_operations disk_operations = {
    .find = directory_find,
    .entries = directory_entries,
    .read = inode_read,
    .device = 1,
};
