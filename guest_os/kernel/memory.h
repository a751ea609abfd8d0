#pragma once
// Physical pages and address spaces.

#include <peach/abi.h>
#include <peach/machine.h>
#include <stdbool.h>
#include <stdint.h>

struct process;

// ---- page.c: physical pages ----

// Pages are counted: a page is free again when the last user has released it.
void page_start(uint32_t ram_end);
void *page_allocate(void);        // filled with zeros; null if there is none
void *page_allocate_unfilled(void);  // filled with anything
void page_share(void *page);      // one user more
void page_release(void *page);    // one user less
bool page_is_shared(const void *page);

// ---- address_space.c ----

static inline uint32_t page_round_down(uint32_t address) { return address & ~(uint32_t)(PAGE_SIZE - 1); }
static inline uint32_t page_round_up(uint32_t address) { return page_round_down(address + PAGE_SIZE - 1); }

void address_space_start(uint32_t ram_end);  // makes the kernel's table
void address_space_load_kernel(void);        // and puts it in force on this CPU
void address_space_load(struct process *p);  // puts a process's table in force on this CPU
void address_space_changed(struct process *p);  // after a change that translation buffers must not miss

uint32_t *page_table_create(void);  // knows the kernel's half; null if memory is short
void page_table_destroy(uint32_t *table, uint32_t heap_end, uint32_t stack_start);
void *page_table_add(uint32_t *table, uint32_t address, uint32_t permissions);  // a new zeroed page; null: no memory
void page_table_remove(uint32_t *table, uint32_t start, uint32_t end);
int page_table_copy_out(uint32_t *table, uint32_t address, const void *from, uint32_t count);
int address_space_copy(struct process *child, struct process *parent);

enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_EXECUTE };

// What a page fault asks for: makes the page usable. -EFAULT if the process has no business there, or -ENOMEM.
int page_fault(struct process *p, uint32_t address, enum access access);

// Pointers that came from the current process: 0, or -EFAULT if it could not itself access these bytes (-ENOMEM: not
// now). After that the kernel uses them like its own: the address space is in force.
int user_check(uint32_t address, uint32_t count, enum access access);
int user_string(char *to, uint32_t address, uint32_t size);  // copies; -EFAULT, or -ENAMETOOLONG if it does not fit
int user_word(uint32_t *to, uint32_t address);
bool user_executes(uint32_t pc, const uint32_t *instruction);  // is this the word at pc, as far as it is in memory?
int user_put_word(uint32_t address, uint32_t value);
