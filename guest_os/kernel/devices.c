// The devices that are hardly more than a number: an inode of type device names one by its number.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "process.h"

// ---- null, zero, full ----

static int read_nothing(struct file *, void *, uint32_t) { return 0; }

static int read_zeros(struct file *, void *buffer, uint32_t count) {
    memset(buffer, 0, count);
    return (int)count;
}

static int write_into_nothing(struct file *, const void *, uint32_t count) { return (int)count; }

static int write_to_full(struct file *, const void *, uint32_t) { return -ENOSPC; }

static const struct file_operations null_operations = {.read = read_nothing, .write = write_into_nothing, .has_offset = true};
static const struct file_operations zero_operations = {.read = read_zeros, .write = write_into_nothing, .has_offset = true};
static const struct file_operations full_operations = {.read = read_zeros, .write = write_to_full, .has_offset = true};

// ---- random ----

// Not for secrets: the machine is deterministic, and so is this. The clock of each read goes into the sequence.
static struct spinlock random_lock = {.name = "random"};
static uint32_t random_state = 0x2545F491;  // random_lock guards it

static uint8_t random_byte(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return (uint8_t)(random_state >> 11);
}

static void random_stir(uint32_t value) {
    random_state ^= value * 0x9E3779B9u;
    if (random_state == 0) random_state = 1;
}

static int read_random(struct file *, void *buffer, uint32_t count) {
    uint8_t *to = buffer;
    for (uint32_t done = 0; done < count;) {
        uint8_t piece[64];
        const uint32_t part = min_u32(count - done, sizeof piece);
        acquire(&random_lock);
        if (done == 0) random_stir((uint32_t)now());
        for (uint32_t i = 0; i < part; i++) piece[i] = random_byte();
        release(&random_lock);
        memcpy(to + done, piece, part);
        done += part;
    }
    return (int)count;
}

static int write_random(struct file *, const void *buffer, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t byte = ((const uint8_t *)buffer)[i];
        acquire(&random_lock);
        random_stir(byte);
        release(&random_lock);
    }
    return (int)count;
}

static const struct file_operations random_operations = {.read = read_random, .write = write_random, .has_offset = true};

// ---- the disk as it is, for fsck ----

static int read_disk(struct file *file, void *buffer, uint32_t count) {
    uint32_t done = 0;
    file_system_begin();
    while (done < count && file->offset / BLOCK_SIZE < file_system_super()->block_count) {
        struct block *block = block_get(file->offset / BLOCK_SIZE);
        if (block == 0) break;
        const uint32_t place = file->offset % BLOCK_SIZE;
        const uint32_t part = min_u32(count - done, BLOCK_SIZE - place);
        memcpy((char *)buffer + done, (char *)block->data + place, part);
        block_put(block);
        done += part;
        file->offset += part;
    }
    file_system_end();
    return (int)done;
}

static const struct file_operations disk_file_operations = {.read = read_disk, .has_offset = true};

// ---- by number ----

const struct file_operations *device_operations(uint32_t device) {
    switch (device) {
        case FILE_DEVICE_TTY:
        case FILE_DEVICE_CONSOLE: return &console_operations;
        case FILE_DEVICE_NULL: return &null_operations;
        case FILE_DEVICE_ZERO: return &zero_operations;
        case FILE_DEVICE_FULL: return &full_operations;
        case FILE_DEVICE_RANDOM: return &random_operations;
        case FILE_DEVICE_DISK: return &disk_file_operations;
        default: return 0;
    }
}
