// The disk driver. Requests wait in a queue; the device works on the first one while processes run. Its interrupt
// finishes that request and starts the next.
//
//     head: being transferred --> waiting --> waiting --> 0
//
// Whoever made a request either sleeps until it is finished, or has left word what is to be called then.

#include "kernel.h"

#include "disk.h"
#include "process.h"

// The lock guards the queue, the device, and the last three fields of every request in the queue.
static struct spinlock disk_lock = {.name = "disk"};
static struct disk_request *head;

uint32_t disk_block_count(void) { return device_read(DISK_BLOCK_COUNT); }

static void start(const struct disk_request *request) {
    device_write(DISK_BLOCK, request->block);
    device_write(DISK_ADDRESS, (uint32_t)request->page);
    device_write(DISK_COMMAND, request->write ? DISK_COMMAND_WRITE : DISK_COMMAND_READ);
}

static void enqueue(struct disk_request *request) {
    struct disk_request **link = &head;
    while (*link != 0) link = &(*link)->next;
    *link = request;
    request->next = 0;
    request->finished = false;
    if (request == head) start(request);
}

void disk_submit(struct disk_request *request) {
    acquire(&disk_lock);
    enqueue(request);
    release(&disk_lock);
}

bool disk_transfer(uint32_t block, void *page, bool write) {
    struct disk_request request = {.block = block, .page = page, .write = write};
    acquire(&disk_lock);
    enqueue(&request);
    while (!request.finished) sleep(&request, &disk_lock, write ? "writing to the disk" : "reading from the disk");
    release(&disk_lock);
    return request.succeeded;
}

// The request may be gone as soon as it is finished: its maker owns it.
void disk_interrupt(void) {
    acquire(&disk_lock);
    struct disk_request *request = head;
    const bool succeeded = device_read(DISK_STATUS) == DISK_STATUS_DONE;
    device_write(DISK_ACKNOWLEDGE, 1);
    head = request->next;
    if (head != 0) start(head);
    void (*done)(struct disk_request *) = request->done;
    request->succeeded = succeeded;
    request->finished = true;
    if (done == 0) wakeup(request, "the disk has finished");
    release(&disk_lock);
    if (done != 0) done(request);
}
