// The disk driver: one request at a time, and the process that made it sleeps until the interrupt.

#include "kernel.h"

#include "file_system.h"
#include "process.h"

#define COMMAND_READ 1
#define COMMAND_WRITE 2
#define STATUS_DONE 2

// The lock guards these. Only the holder of the file system's lock makes requests.
static struct spinlock disk_lock = {.name = "disk"};
static bool finished;
static bool succeeded;

uint32_t disk_block_count(void) { return device_read(DISK_BLOCK_COUNT); }

bool disk_transfer(uint32_t block, void *page, bool write) {
    acquire(&disk_lock);
    finished = false;
    device_write(DISK_BLOCK, block);
    device_write(DISK_ADDRESS, (uint32_t)page);
    device_write(DISK_COMMAND, write ? COMMAND_WRITE : COMMAND_READ);
    while (!finished) sleep(&finished, &disk_lock, write ? "writing to the disk" : "reading from the disk");
    const bool result = succeeded;
    release(&disk_lock);
    return result;
}

void disk_interrupt(void) {
    acquire(&disk_lock);
    succeeded = device_read(DISK_STATUS) == STATUS_DONE;
    finished = true;
    device_write(DISK_ACKNOWLEDGE, 1);
    wakeup(&finished, "the disk has finished");
    release(&disk_lock);
}
