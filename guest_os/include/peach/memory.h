#pragma once
// What the calls about memory speak of: memory_status(), memory_settings(), mmap().

#include <stdint.h>

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4

#define MAP_SHARED 1  // processes made by fork have the same pages, which never leave memory
#define MAP_PRIVATE 0x02
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20

// How the page is chosen that leaves memory when there is no room for another: memory_settings(), or the program `free`.
enum replacement_number {
#define REPLACEMENT(number, constant, name, object, sentence) REPLACEMENT_##constant = number,
#include <peach/replacements.inc>
#undef REPLACEMENT
    REPLACEMENT_COUNT
};

struct memory_settings {
    uint32_t replacement;  // REPLACEMENT_...
    uint32_t frame_limit;  // pages of programs in memory at a time; 0: as many as there is room for
    uint32_t eager;        // 1: exec reads the whole program at once; 0: each page when it is touched
    uint32_t seed;         // of the random replacement
};

struct memory_status {
    uint32_t frames;       // pages of RAM, those of the kernel itself too
    uint32_t free_frames;
    uint32_t user_frames;  // with pages of programs; all others are the kernel's
    uint32_t swap_slots;   // pages that the swap area holds
    uint32_t free_swap_slots;

    // Since the start of the machine.
    uint32_t zero_fills;  // pages that began as zeros
    uint32_t loads;       // pages that were read from a program's file
    uint32_t copies;      // pages copied on write
    uint32_t swap_ins;    // pages read back from the swap area
    uint32_t swap_outs;   // pages written to it
    uint32_t drops;       // pages that could go without being written
    uint32_t kills;       // processes ended for want of memory
};
