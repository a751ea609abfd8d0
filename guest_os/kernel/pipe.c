// Pipes: a ring of bytes with a reading and a writing end. The ring and its accounts share a page.

#include "kernel.h"

#include "file.h"
#include "memory.h"
#include "process.h"

#include <peach/signal.h>

#define PIPE_SIZE 2048  // a power of 2

struct pipe {
    struct spinlock lock;  // guards the rest
    uint32_t taken;        // bytes ever read and ever written; modulo PIPE_SIZE they are places in data
    uint32_t given;
    bool read_open;
    bool write_open;
    _Alignas(uint32_t) char data[PIPE_SIZE];
};

_Static_assert(sizeof(struct pipe) <= PAGE_SIZE, "a pipe is one page");

int pipe_create(struct file *read_end, struct file *write_end) {
    struct pipe *pipe = page_allocate();
    if (pipe == 0) return -ENOMEM;
    pipe->lock.name = "pipe";
    pipe->read_open = pipe->write_open = true;
    *read_end = (struct file){.kind = FILE_PIPE, .references = 1, .readable = true, .pipe = pipe};
    *write_end = (struct file){.kind = FILE_PIPE, .references = 1, .writable = true, .pipe = pipe};
    return 0;
}

void pipe_close(struct pipe *pipe, bool write_end) {
    acquire(&pipe->lock);
    if (write_end) {
        pipe->write_open = false;
        wakeup(&pipe->given, "the pipe has no writer any more");
    } else {
        pipe->read_open = false;
        wakeup(&pipe->taken, "the pipe has no reader any more");
    }
    const bool unused = !pipe->read_open && !pipe->write_open;
    release(&pipe->lock);
    if (unused) page_release(pipe);
}

// Bytes from `place` to the end of the ring, but not more than `count`.
static uint32_t piece(uint32_t place, uint32_t count) { return min_u32(count, PIPE_SIZE - place % PIPE_SIZE); }

static void take(struct pipe *pipe, char *to, uint32_t count) {
    while (count > 0) {
        const uint32_t part = piece(pipe->taken, count);
        memcpy(to, pipe->data + pipe->taken % PIPE_SIZE, part);
        pipe->taken += part;
        to += part;
        count -= part;
    }
}

static void give(struct pipe *pipe, const char *from, uint32_t count) {
    while (count > 0) {
        const uint32_t part = piece(pipe->given, count);
        memcpy(pipe->data + pipe->given % PIPE_SIZE, from, part);
        pipe->given += part;
        from += part;
        count -= part;
    }
}

int pipe_read(struct pipe *pipe, void *buffer, uint32_t count) {
    acquire(&pipe->lock);
    while (pipe->taken == pipe->given && pipe->write_open) {
        if (sleep_interruptible(&pipe->given, &pipe->lock, "waiting for data in a pipe")) continue;
        release(&pipe->lock);
        return -EINTR;
    }
    count = min_u32(count, pipe->given - pipe->taken);
    take(pipe, buffer, count);
    wakeup(&pipe->taken, "there is room in the pipe");
    release(&pipe->lock);
    return (int)count;
}

static uint32_t room(const struct pipe *pipe) { return PIPE_SIZE - (pipe->given - pipe->taken); }

// Sleeps until there is room for `needed` bytes. Returns 0, -EPIPE or -EINTR.
static int wait_for_room(struct pipe *pipe, uint32_t needed) {
    while (pipe->read_open && room(pipe) < needed) {
        if (!sleep_interruptible(&pipe->taken, &pipe->lock, "waiting for room in a pipe")) return -EINTR;
    }
    return pipe->read_open ? 0 : -EPIPE;
}

// A write of up to PIPE_BUF bytes goes in whole; a longer one in the pieces that fit.
int pipe_write(struct pipe *pipe, const void *buffer, uint32_t count) {
    const char *from = buffer;
    uint32_t done = 0;
    int error = 0;
    acquire(&pipe->lock);
    while (done < count && error == 0) {
        error = wait_for_room(pipe, count <= PIPE_BUF ? count : 1);
        if (error != 0) break;
        const uint32_t part = min_u32(count - done, room(pipe));
        give(pipe, from + done, part);
        done += part;
        wakeup(&pipe->given, "there is data in the pipe");
    }
    release(&pipe->lock);
    if (error == -EPIPE) process_kill(current_process()->pid, SIGPIPE);
    return done > 0 && error != -EPIPE ? (int)done : error;
}
