#pragma once
// Physical pages, address spaces, and the area of the disk that pages move to when memory is short.
//
//     page.c            frames: the pages of RAM, and who has them
//     page_table.c      two-level tables
//     region.c          what an address space consists of: mmap() and its relatives
//     address_space.c   making, copying, dropping address spaces; putting one in force
//     page_fault.c      a page is wanted: zeros, a part of the program, a copy, or back from the disk
//     swap.c            mechanism: a frame is emptied so that another page can have it
//     replacement_*.c   policy: which one
//     user_memory.c     pointers that come from programs

#include "cpu.h"
#include "lock.h"

#include <peach/abi.h>
#include <peach/machine.h>
#include <peach/memory.h>
#include <stdbool.h>
#include <stdint.h>

struct process;
struct inode;

static inline uint32_t page_round_down(uint32_t address) { return address & ~(uint32_t)(PAGE_SIZE - 1); }
static inline uint32_t page_round_up(uint32_t address) { return page_round_down(address + PAGE_SIZE - 1); }

// Guards all address spaces, what frames say of pages of programs, and the swap area; never the contents of a page. It is
// held while pages move to and from the swap area, but never while a file is read. process_lock comes after it.
extern struct sleep_lock memory_lock;

// ---- page.c: frames ----

enum frame_kind {
    FRAME_FREE,
    FRAME_KERNEL,  // buffers, pipes, blocks of the disk
    FRAME_TABLE,   // a page table
    FRAME_STACK,   // a kernel stack
    FRAME_USER,    // a page of a program
};

// What is known of a page of RAM.
struct frame {
    uint32_t users;  // how many address spaces (or the kernel) use it; 0: free. Changed by atomic instructions
    uint8_t kind;    // enum frame_kind; page_lock guards it

    // The rest is only for FRAME_USER; memory_lock guards it.
    bool is_shared;               // of a MAP_SHARED mapping: it stays in memory, for swapping would take it apart
    bool modified;                // neither zeros nor the program's file nor `slot` have the same contents
    struct address_space *owner;  // one of those that use it...
    uint32_t address;             // ...and where; in all of them it is at the same address
    uint32_t slot;                // of the swap area, with a copy of it; 0: none
    uint32_t age;                 // for the replacement policy
    struct frame *older;          // frames of programs, by when they were filled: see swap.c
    struct frame *newer;
};

extern struct frame *frames;  // one for each page from the start of RAM
extern uint32_t frame_count;
extern struct memory_status memory_counts;  // what has happened; each number is only ever added to

// Pages are counted: a page is free again when the last user has released it.
void page_start(uint32_t ram_end);
void *page_allocate(void);           // for the kernel, filled with zeros; null if there is none
void *page_allocate_unfilled(void);  // filled with anything
void page_share(void *page);         // one user more
void page_release(void *page);       // one user less
bool page_is_shared(const void *page);
uint32_t page_free_count(void);
uint32_t page_user_count(void);
void page_becomes(void *page, enum frame_kind kind);

static inline struct frame *page_frame(const void *page) { return &frames[((uint32_t)page - RAM) / PAGE_SIZE]; }
static inline void *frame_page(const struct frame *frame) { return (void *)(RAM + (uint32_t)(frame - frames) * PAGE_SIZE); }

// ---- page_table.c ----

// An entry with PTE_V has a page. Without PTE_V it is 0: never touched, or dropped; or its upper bits are a slot of the swap
// area, and the lower ones the permissions that the page will have again. (Who holds memory_lock may hide a page for a while:
// then the entry lacks nothing but PTE_V.)
#define PTE_COPY_ON_WRITE (1u << PTE_SOFTWARE_SHIFT)
#define PTE_SWAPPED (2u << PTE_SOFTWARE_SHIFT)
#define PTE_PERMISSIONS (PTE_R | PTE_W | PTE_X | PTE_U)

static inline void *entry_page(uint32_t entry) { return (void *)(entry & PTE_PAGE_MASK); }
static inline bool entry_is_swapped(uint32_t entry) { return (entry & (PTE_V | PTE_SWAPPED)) == PTE_SWAPPED; }
static inline uint32_t entry_slot(uint32_t entry) { return entry >> 12; }

// Another CPU may use the page at the same time, and then its hardware sets PTE_A and PTE_D: so bits are changed in one step.
static inline void entry_set(uint32_t *entry, uint32_t bits) {
    __asm__ volatile("amoor.w zero, %0, (%1)" : : "r"(bits), "r"(entry) : "memory");
}
static inline void entry_clear(uint32_t *entry, uint32_t bits) {
    __asm__ volatile("amoand.w zero, %0, (%1)" : : "r"(~bits), "r"(entry) : "memory");
}

void page_table_start(uint32_t ram_end);  // makes the kernel's table
uint32_t *page_table_kernel(void);
uint32_t *page_table_create(void);        // knows the kernel's half; null if memory is short
void page_table_release_part(uint32_t *table, uint32_t start, uint32_t end);  // second level; no page is left there
void page_table_destroy(uint32_t *table);  // nothing is left in it
uint32_t page_table_spares(void);          // tables that nobody has, kept for the next
void page_table_release_spares(void);
// The second-level entry for an address; with `make`, its table is added if it is missing. Null if there is none.
uint32_t *page_table_entry(uint32_t *table, uint32_t address, bool make);

// ---- region.c ----

#define REGION_COUNT 66  // a program has three; each stack of a thread, with the guard below it, takes two

// A part of an address space whose pages come into being when they are touched. Heap and stack are kept apart.
struct region {
    uint32_t start, end;     // whole pages; start == end: the slot is free
    uint32_t permissions;    // PTE_R, PTE_W, PTE_X
    bool is_shared;          // MAP_SHARED: its pages are there from the beginning, and fork does not copy them
    uint32_t data_address;   // from here on...
    uint32_t data_size;      // ...so many bytes are...
    uint32_t data_offset;    // ...in the program's file from here on; all others are zeros
    uint32_t frame_limit;    // how many of its pages may be in memory at a time; 0: all
};

struct address_space {
    // memory_lock guards all of this, but for the first two.
    int users;            // processes that have it: 0, the slot is free; space_lock guards it
    int pid;              // of one of them
    uint32_t generation;  // changes when translation buffers may know too much: see address_space_load()
    uint32_t *page_table;
    uint32_t heap_start;   // first page after the program
    uint32_t heap_end;     // what sbrk() moves
    uint32_t stack_start;  // lowest page of the stack so far
    uint32_t stack_most;   // bytes that it may grow to
    uint32_t arguments_start, arguments_end;  // argv's strings, one after the other, on the stack
    struct inode *program;  // the file that regions with data read
    bool being_made;        // exec fills its pages: none may go yet
    bool being_copied;      // by fork: see user_check()
    bool is_scattered;      // there may be page tables where nothing is any more
    uint32_t resident;      // pages in memory
    uint32_t swapped;       // and in the swap area
    uint32_t region_slots;  // so many of these have ever been used: the others are not looked at, nor cleared
    struct region regions[REGION_COUNT];
};

struct region *region_find(struct address_space *space, uint32_t address);  // null if there is none
struct region *region_add(struct address_space *space, uint32_t start, uint32_t end, uint32_t permissions);
int region_map(struct address_space *space, uint32_t address, uint32_t length, uint32_t permissions, bool fixed);
int region_share(struct address_space *space, uint32_t address);  // the region becomes a MAP_SHARED one
int region_unmap(struct address_space *space, uint32_t address, uint32_t length);
int region_protect(struct address_space *space, uint32_t address, uint32_t length, uint32_t permissions);
int region_limit(struct address_space *space, uint32_t address, uint32_t limit);
int heap_move_end(struct address_space *space, int increment);  // returns the old end

// ---- address_space.c ----

extern struct address_space address_spaces[SPACE_COUNT];

struct address_space *address_space_create(void);  // empty; null if memory is short
struct address_space *address_space_share(struct address_space *space);  // one user more: a thread
void address_space_release(struct address_space *space);
bool inode_is_running(const struct inode *inode);  // as a program, in any address space
struct address_space *address_space_copy(struct address_space *parent);
void address_space_drop_pages(struct address_space *space, uint32_t start, uint32_t end);
void address_space_load_kernel(void);  // puts the kernel's table in force on this CPU
void address_space_load(struct address_space *space);
void address_space_changed(struct address_space *space);  // after a change that translation buffers must not miss
void address_space_check(void);  // another CPU has changed the one in force here
void address_space_page_changed(struct address_space *space, uint32_t address);

// ---- page_fault.c ----

enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_EXECUTE };

static inline bool entry_allows(uint32_t entry, enum access access) {
    static const uint32_t needed[] = {
        [ACCESS_READ] = PTE_V | PTE_U | PTE_R,
        [ACCESS_WRITE] = PTE_V | PTE_U | PTE_W,
        [ACCESS_EXECUTE] = PTE_V | PTE_U | PTE_X,
    };
    return (entry & needed[access]) == needed[access];
}

// What a page fault asks for: makes the page usable. -EFAULT if the process has no business there, or -ENOMEM.
int page_fault(struct process *p, uint32_t address, enum access access);
// Makes pages before anybody asks, in a space that is being made: of program and stack.
int page_fault_in(struct address_space *space, uint32_t start, uint32_t end);
int page_fill(struct address_space *space, uint32_t start, uint32_t end);  // the same, for one who has memory_lock
int page_copy_out(struct address_space *space, uint32_t address, const void *from, uint32_t count);
// Copies from an address space that need not be in force, for one who has memory_lock. Pages come back from the swap area.
// Ends at a page that was never touched, and returns how many bytes there were before it.
uint32_t page_copy_in(struct address_space *space, uint32_t address, void *to, uint32_t count);
bool out_of_memory(struct process *p);  // chooses a process and ends it; p has tried in vain

// ---- swap.c ----

extern struct memory_settings memory_settings;

void *swap_page_allocate(struct region *region, struct address_space *space);  // empties another frame if need be
bool swap_make_reserve(void);  // before the kernel takes pages itself for fork, exec or a pipe
void *swap_in(uint32_t slot, struct region *region, struct address_space *space);
void swap_slot_share(uint32_t slot);
void swap_slot_release(uint32_t slot);
void swap_start(uint32_t first_block, uint32_t blocks);
void swap_describe(struct memory_status *status);
void resident_add(struct frame *frame, struct address_space *owner, uint32_t address);
void resident_remove(struct frame *frame);
int memory_choose(const struct memory_settings *settings);

// ---- user_memory.c ----

// Pointers that came from the current process: 0, or -EFAULT if it could not itself access these bytes (-ENOMEM: not
// now). After that the kernel uses them like its own, until the system call is over: the address space is in force, and the
// pages stay.
int user_check(uint32_t address, uint32_t count, enum access access);
void user_forget_checked(void);  // they are not pinned any more
int user_string(char *to, uint32_t address, uint32_t size);  // copies; -EFAULT, or -ENAMETOOLONG if it does not fit
int user_word(uint32_t *to, uint32_t address);
bool user_executes(uint32_t pc, const uint32_t *instruction);  // is this the word at pc, as far as it is in memory?
int user_put_word(uint32_t address, uint32_t value);
bool user_page_is_pinned(const struct frame *frame);
