#pragma once
// What the kernel has given out at the moment, and whether it has all come back.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/process_status.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct counts {
    struct memory_status memory;
    unsigned kernel_frames;  // pages of RAM that are neither free nor a program's
    unsigned free_blocks, free_inodes;
    unsigned open_files, inodes_in_memory;  // of all processes
    unsigned descriptors;                   // of this one
    unsigned processes;
};

static unsigned number_after(const char *text, const char *label) {
    const char *found = strstr(text, label);
    return found == NULL ? 0 : (unsigned)strtoul(found + strlen(label), NULL, 10);
}

static void count_files(struct counts *counts) {
    char text[256] = "";
    const int file = open("/proc/files", O_RDONLY);
    read(file, text, sizeof text - 1);
    close(file);
    counts->open_files = number_after(text, "open files");
    counts->inodes_in_memory = number_after(text, "inodes in use");
}

static void count_everything(struct counts *counts) {
    struct statvfs disk;
    struct process_status process;
    memset(counts, 0, sizeof *counts);
    statvfs("/", &disk);
    counts->free_blocks = disk.f_bfree;
    counts->free_inodes = disk.f_ffree;
    count_files(counts);
    for (int i = 0; i < OPEN_MAX; i++) counts->descriptors += fcntl(i, F_GETFD) >= 0;
    for (int slot = 0, found; (found = process_status(slot, &process)) >= 0; slot++) counts->processes += found == 1;
    memory_status(&counts->memory);
    counts->kernel_frames = counts->memory.frames - counts->memory.free_frames - counts->memory.user_frames;
}

// If pages have moved, some of those that go on running may have stayed out: they come back when they are touched.
static int pages_are_restored(const struct memory_status *before, const struct memory_status *after) {
    const unsigned slots = before->free_swap_slots - after->free_swap_slots;
    const int moved = before->swap_outs != after->swap_outs || before->drops != after->drops;
    if (!moved) return before->user_frames == after->user_frames && slots == 0;
    return after->user_frames <= before->user_frames && (int)slots <= (int)(before->user_frames - after->user_frames);
}

static int are_restored(const struct counts *before, const struct counts *after) {
    return before->kernel_frames == after->kernel_frames && pages_are_restored(&before->memory, &after->memory) &&
           before->free_blocks == after->free_blocks && before->free_inodes == after->free_inodes &&
           before->open_files == after->open_files && before->inodes_in_memory == after->inodes_in_memory &&
           before->descriptors == after->descriptors && before->processes == after->processes;
}

// Orphans are collected, and the disk is brought up to date, in a moment.
static int come_to_be_restored(const struct counts *before, struct counts *after) {
    for (int patience = 0; patience < 50; patience++) {
        count_everything(after);
        if (are_restored(before, after)) return 1;
        usleep(4000);
    }
    return 0;
}

static void print_one(const char *what, unsigned before, unsigned after) {
    if (before != after) printf(" %s %u, then %u;", what, before, after);
}

static void print_differences(const struct counts *before, const struct counts *after) {
    print_one("the kernel's frames", before->kernel_frames, after->kernel_frames);
    print_one("programs' frames", before->memory.user_frames, after->memory.user_frames);
    print_one("free swap slots", before->memory.free_swap_slots, after->memory.free_swap_slots);
    print_one("free blocks", before->free_blocks, after->free_blocks);
    print_one("free inodes", before->free_inodes, after->free_inodes);
    print_one("open files", before->open_files, after->open_files);
    print_one("inodes in memory", before->inodes_in_memory, after->inodes_in_memory);
    print_one("descriptors", before->descriptors, after->descriptors);
    print_one("processes", before->processes, after->processes);
}

// The kernel keeps pages for blocks of the disk, up to a number: after this it has them all.
static void fill_block_cache(void) {
    enum { BLOCKS = 160 };
    static char block[4096];
    const int file = open("/tmp/cached", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < BLOCKS; i++) write(file, block, sizeof block);
    close(file);
    unlink("/tmp/cached");
    sync();
}
