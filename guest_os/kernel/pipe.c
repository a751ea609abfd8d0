// Pipes: a ring of bytes with a reading and a writing end.

#include "kernel.h"

#include "file.h"
#include "memory.h"
#include "process.h"

#include <peach/poll.h>
#include <peach/signal.h>

#define PIPE_SIZE PAGE_SIZE  // a power of 2
#define PIPE_COUNT 64        // more than open files could need

struct pipe {
    struct spinlock lock;  // guards the rest
    uint32_t taken;        // bytes ever read and ever written; modulo PIPE_SIZE they are places in data
    uint32_t given;
    bool read_open;
    bool write_open;
    char *data;  // a page; null: this pipe does not exist
};

static struct pipe pipes[PIPE_COUNT];
static struct spinlock pipes_lock = {.name = "pipes"};  // guards which of them exist

static struct pipe *allocate(void) {
    char *data = page_allocate_unfilled();
    if (data == 0) return 0;
    acquire(&pipes_lock);
    struct pipe *pipe = pipes;
    while (pipe < pipes + PIPE_COUNT && pipe->data != 0) pipe++;
    if (pipe < pipes + PIPE_COUNT) {
        *pipe = (struct pipe){.lock = {.name = "pipe"}, .read_open = true, .write_open = true, .data = data};
    } else {
        pipe = 0;
    }
    release(&pipes_lock);
    if (pipe == 0) page_release(data);
    return pipe;
}

static void destroy(struct pipe *pipe) {
    page_release(pipe->data);
    acquire(&pipes_lock);
    pipe->data = 0;
    release(&pipes_lock);
}

static void wake(const void *channel, const char *reason) {
    wakeup(channel, reason);
    poll_wakeup();
}

static void close_end(struct file *file) {
    struct pipe *pipe = file->pipe;
    acquire(&pipe->lock);
    if (file->writable) {
        pipe->write_open = false;
        wake(&pipe->given, "the pipe has no writer any more");
    } else {
        pipe->read_open = false;
        wake(&pipe->taken, "the pipe has no reader any more");
    }
    const bool unused = !pipe->read_open && !pipe->write_open;
    release(&pipe->lock);
    if (unused) destroy(pipe);
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

static int pipe_read(struct file *file, void *buffer, uint32_t count) {
    struct pipe *pipe = file->pipe;
    int error = 0;
    acquire(&pipe->lock);
    while (pipe->taken == pipe->given && pipe->write_open && error == 0) {
        if (file->flags & O_NONBLOCK) {
            error = -EAGAIN;
        } else if (!sleep_interruptible(&pipe->given, &pipe->lock, "waiting for data in a pipe")) {
            error = -EINTR;
        }
    }
    count = min_u32(count, pipe->given - pipe->taken);
    if (error == 0 && count > 0) {
        take(pipe, buffer, count);
        wake(&pipe->taken, "there is room in the pipe");
    }
    release(&pipe->lock);
    return error < 0 ? error : (int)count;
}

static uint32_t room(const struct pipe *pipe) { return PIPE_SIZE - (pipe->given - pipe->taken); }

// Sleeps until there is room for `needed` bytes. Returns 0, -EPIPE, -EAGAIN or -EINTR.
static int wait_for_room(const struct file *file, uint32_t needed) {
    struct pipe *pipe = file->pipe;
    while (pipe->read_open && room(pipe) < needed) {
        if (file->flags & O_NONBLOCK) return -EAGAIN;
        if (!sleep_interruptible(&pipe->taken, &pipe->lock, "waiting for room in a pipe")) return -EINTR;
    }
    return pipe->read_open ? 0 : -EPIPE;
}

// A write of up to PIPE_BUF bytes goes in whole; a longer one in the pieces that fit.
static int pipe_write(struct file *file, const void *buffer, uint32_t count) {
    struct pipe *pipe = file->pipe;
    const char *from = buffer;
    uint32_t done = 0;
    int error = 0;
    acquire(&pipe->lock);
    while (done < count && error == 0) {
        error = wait_for_room(file, count <= PIPE_BUF ? count : 1);
        if (error != 0) break;
        const uint32_t part = min_u32(count - done, room(pipe));
        give(pipe, from + done, part);
        done += part;
        wake(&pipe->given, "there is data in the pipe");
    }
    release(&pipe->lock);
    if (error == -EPIPE) process_kill(current_process()->pid, SIGPIPE);
    return done > 0 && error != -EPIPE ? (int)done : error;
}

static uint32_t pipe_poll(struct file *file) {
    struct pipe *pipe = file->pipe;
    uint32_t ready = 0;
    acquire(&pipe->lock);
    if (file->writable) {
        if (room(pipe) >= PIPE_BUF || !pipe->read_open) ready |= POLLOUT;
        if (!pipe->read_open) ready |= POLLERR;
    } else {
        if (pipe->given != pipe->taken) ready |= POLLIN;
        if (!pipe->write_open) ready |= POLLHUP;
    }
    release(&pipe->lock);
    return ready;
}

static const struct file_operations pipe_operations = {
    .read = pipe_read,
    .write = pipe_write,
    .poll = pipe_poll,
    .close = close_end,
};

int pipe_create(struct file *read_end, struct file *write_end) {
    struct pipe *pipe = allocate();
    if (pipe == 0) return -ENFILE;
    *read_end = (struct file){.operations = &pipe_operations, .references = 1, .readable = true, .pipe = pipe};
    *write_end = (struct file){.operations = &pipe_operations, .references = 1, .writable = true, .pipe = pipe};
    return 0;
}
