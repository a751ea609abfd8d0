#pragma once

#include <peach/memory.h>
#include <stddef.h>
#include <sys/types.h>

#define MAP_ANON MAP_ANONYMOUS
#define MAP_NORESERVE 0  // memory is never reserved
#define MAP_STACK 0
#define MAP_FAILED ((void *)-1)

// Of a file: a copy that the file does not see; a shared one that can be written is ENODEV.
void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset);
int munmap(void *address, size_t length);
int mprotect(void *address, size_t length, int protection);

// Peach's own: see <peach/memory.h>. `set` may be null, and so may `old`.
int memory_status(struct memory_status *status);
int memory_settings(const struct memory_settings *set, struct memory_settings *old);
// How many pages of the mapping at this address may be in memory at a time; 0: all.
int memory_limit(void *address, unsigned frames);

extern const char *const replacement_names[REPLACEMENT_COUNT];
