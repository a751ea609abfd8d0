// The lock of the file system, and the journal, which makes every operation happen as a whole or not at all, whenever
// the power goes.
//
// Operations collect the blocks they change. Between two operations, and as soon as the disk has done with those
// before, what has been collected is committed: without the processes' doing, one interrupt of the disk after another.
//
//     collecting --> LOGGING: each block to its place in the journal
//                    COMMITTING: the header that names them. From here on, the change has happened
//                    INSTALLING: each block to its own place
//                    CLEARING: an empty header --> IDLE
//
// Operations go on meanwhile: an operation that changes a block that is on its way gets a copy of the page.

#include "kernel.h"

#include "file_system.h"
#include "lock.h"
#include "memory.h"
#include "process.h"

// What an operation changes at most, beside the bitmap of blocks: data of file_write(), tables, directories, inodes.
#define OPERATION_BLOCKS 18
#define LOOKED_AT 6  // blocks that it refers to at the same time, and does not change

enum journal_state { IDLE, LOGGING, COMMITTING, INSTALLING, CLEARING };

// A block on its way to the disk.
struct journal_entry {
    void *page;
    struct block *block;  // null: an operation has gone on with a copy, so the page is only ours
};

static struct sleep_lock file_system_lock = {.wait_reason = "waiting for the file system"};

static struct {
    struct spinlock lock;  // guards the rest, but what says otherwise
    bool operating;        // between file_system_begin() and file_system_end()
    uint32_t capacity;     // blocks that a change may have; never changes

    // The change that is collected. The file system's lock guards these, and `operating` being false.
    struct block *collected[JOURNAL_MOST];
    uint32_t collected_count;
    uint32_t collected_sequence;  // its number

    // The change that is on its way.
    enum journal_state state;
    uint32_t next;  // the entry whose transfer is under way
    struct journal_entry entries[JOURNAL_MOST];
    struct journal_header *header;  // a page, which the disk reads
    struct disk_request request;
    uint32_t durable_sequence;  // the newest change that has happened
} journal = {.lock = {.name = "journal"}, .collected_sequence = 1};

// ---- to the disk, step by step; the journal's lock is held ----

static void step_done(struct disk_request *request);

static void transfer(uint32_t block, void *page) {
    journal.request = (struct disk_request){.block = block, .page = page, .write = true, .done = step_done};
    disk_submit(&journal.request);
}

static void transfer_header(void) {
    journal.header->checksum = journal_checksum(journal.header);
    transfer(file_system_super()->journal_start, journal.header);
}

static void transfer_entry(void) {
    const uint32_t logged = file_system_super()->journal_start + 1 + journal.next;
    const uint32_t own = journal.header->numbers[journal.next];
    transfer(journal.state == LOGGING ? logged : own, journal.entries[journal.next].page);
}

static void commit(void) {
    if (journal.state != IDLE || journal.operating || journal.collected_count == 0) return;
    struct journal_header *header = journal.header;
    header->magic = JOURNAL_MAGIC;
    header->sequence = journal.collected_sequence++;
    header->orphans = inode_orphan_count();
    header->count = journal.collected_count;
    for (uint32_t i = 0; i < header->count; i++) {
        struct block *block = journal.collected[i];
        header->numbers[i] = block->number;
        journal.entries[i] = (struct journal_entry){.page = block->data, .block = block};
        block->writing = &journal.entries[i];
        block->changed = false;
    }
    journal.collected_count = 0;
    journal.state = LOGGING;
    journal.next = 0;
    transfer_entry();
}

static void release_entries(void) {
    for (uint32_t i = 0; i < journal.header->count; i++) {
        const struct journal_entry *entry = &journal.entries[i];
        if (entry->block != 0) {
            entry->block->writing = 0;
        } else {
            page_release(entry->page);
        }
    }
}

// Whether there was another entry, whose transfer is now under way.
static bool next_entry(void) {
    if (++journal.next == journal.header->count) return false;
    transfer_entry();
    return true;
}

static void next_step(void) {
    switch (journal.state) {
        case LOGGING:
            if (next_entry()) return;
            journal.state = COMMITTING;
            transfer_header();
            return;
        case COMMITTING:
            journal.durable_sequence = journal.header->sequence;
            wakeup(&journal, "the journal holds what was changed");
            journal.state = INSTALLING;
            journal.next = 0;
            transfer_entry();
            return;
        case INSTALLING:
            if (next_entry()) return;
            release_entries();
            journal.state = CLEARING;
            journal.header->count = 0;
            transfer_header();
            return;
        default:
            journal.state = IDLE;
            wakeup(&journal, "the journal is empty");
            commit();
    }
}

// From the disk's interrupt.
static void step_done(struct disk_request *request) {
    if (!request->succeeded) kprintf("disk: block %u cannot be written\n", request->block);
    acquire(&journal.lock);
    next_step();
    release(&journal.lock);
}

static void wait_for_step(void) { sleep(&journal, &journal.lock, "waiting for the journal"); }

// ---- operations ----

// In the journal for what the next operation changes, and in memory so that it cannot fail half-way.
static bool has_room(void) {
    const uint32_t most = OPERATION_BLOCKS + file_system_super()->block_bitmap_blocks;
    const uint32_t on_their_way = journal.state == IDLE ? 0 : journal.header->count;
    const uint32_t collected = journal.collected_count + most;
    return collected <= journal.capacity && block_cache_holds(collected + on_their_way + LOOKED_AT);
}

void file_system_begin(void) {
    sleep_lock_acquire(&file_system_lock);
    file_system_make_room();
}

void file_system_make_room(void) {
    acquire(&journal.lock);
    journal.operating = false;
    while (!has_room()) {
        commit();
        if (journal.state == IDLE) panic("there is too little memory for the file system");
        if (!has_room()) wait_for_step();
    }
    journal.operating = true;
    release(&journal.lock);
}

void file_system_end(void) {
    acquire(&journal.lock);
    journal.operating = false;
    commit();
    release(&journal.lock);
    sleep_lock_release(&file_system_lock);
}

bool file_system_is_mine(void) { return sleep_lock_holding(&file_system_lock); }

// What has been collected is committed when the operation under way ends, and the change before has been installed.
void file_system_flush(void) {
    acquire(&journal.lock);
    const uint32_t newest = journal.collected_sequence - (journal.collected_count == 0 ? 1 : 0);
    while ((int32_t)(journal.durable_sequence - newest) < 0) wait_for_step();
    release(&journal.lock);
}

// For good: nothing changes the disk any more.
void file_system_drain(void) {
    acquire(&journal.lock);
    journal.operating = false;
    commit();
    while (journal.state != IDLE || journal.collected_count > 0) wait_for_step();
    journal.operating = true;
    release(&journal.lock);
}

// The page is on its way to the disk and must stay as it is: the block gets a copy. Without memory for one, the block
// is our own again when it has been written.
static void leave_page_to_journal(struct block *block) {
    void *copy = page_allocate_unfilled();
    acquire(&journal.lock);
    while (copy == 0 && block->writing != 0) wait_for_step();
    if (copy != 0 && block->writing != 0) {
        memcpy(copy, block->data, BLOCK_SIZE);
        block->writing->block = 0;
        block->writing = 0;
        block->data = copy;
        copy = 0;
    }
    release(&journal.lock);
    if (copy != 0) page_release(copy);
}

void *block_change(struct block *block) {
    ASSERT(file_system_is_mine() && block->references > 0);
    if (block->writing != 0) leave_page_to_journal(block);
    if (!block->changed) {
        ASSERT(journal.collected_count < journal.capacity);
        journal.collected[journal.collected_count++] = block;
        block->changed = true;
    }
    return block->data;
}

// ---- at the start ----

static void repeat(const struct journal_header *header, void *page) {
    const struct super_block *super = file_system_super();
    for (uint32_t i = 0; i < header->count && i + 1 < super->journal_blocks; i++) {
        const uint32_t home = header->numbers[i];
        if (home < super->inode_bitmap_start || home >= super->block_count) continue;
        if (!disk_transfer(super->journal_start + 1 + i, page, false) || !disk_transfer(home, page, true)) {
            panic("the journal cannot be put into place");
        }
    }
}

// Repeats the last change if it is whole in the journal. Returns whether there may be files without names.
bool journal_recover(void) {
    const struct super_block *super = file_system_super();
    struct journal_header *header = journal.header = page_allocate();
    void *page = page_allocate();
    journal.capacity = min_u32(super->journal_blocks - 1, JOURNAL_DEFAULT - 1);
    if (header == 0 || page == 0) panic("there is too little memory for the journal");
    if (super->journal_blocks == 0 || journal.capacity < OPERATION_BLOCKS + super->block_bitmap_blocks) {
        panic("the disk's journal is too small: make the disk with mkfs");
    }
    if (!disk_transfer(super->journal_start, header, false)) panic("the journal cannot be read");
    const bool valid = journal_header_is_valid(header);
    const bool orphans = !valid || header->orphans > 0;
    if (valid && header->count > 0) {
        kprintf("disk: %u blocks were still in the journal: repeated\n", header->count);
        repeat(header, page);
        header->count = 0;
        header->checksum = journal_checksum(header);
        disk_transfer(super->journal_start, header, true);
    }
    page_release(page);
    return orphans;
}
