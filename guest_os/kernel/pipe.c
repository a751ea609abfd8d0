// Pipes: a ring of bytes with a reading and a writing end. A FIFO is a pipe with a name: an inode leads to it as long as
// somebody has it open.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"

#include <peach/poll.h>
#include <peach/signal.h>

#define PIPE_SIZE PAGE_SIZE  // a power of 2
#define PIPE_COUNT FILE_COUNT  // each has at least one end open

struct pipe {
    struct spinlock lock;  // guards the rest
    uint32_t taken;        // bytes ever read and ever written; modulo PIPE_SIZE they are places in data
    uint32_t given;
    uint32_t readers;      // open files
    uint32_t writers;
    uint32_t readers_ever;  // how often it was opened for reading, and for writing
    uint32_t writers_ever;
    char *data;  // a page; null: this pipe does not exist. pipes_lock guards it
};

static struct pipe pipes[PIPE_COUNT];
static struct spinlock pipes_lock = {.name = "pipes"};  // which of them exist, and which inodes lead to them

// pipes_lock is held.
static struct pipe *allocate(void) {
    struct pipe *pipe = pipes;
    while (pipe < pipes + PIPE_COUNT && pipe->data != 0) pipe++;
    char *data = pipe < pipes + PIPE_COUNT ? page_allocate_unfilled() : 0;
    if (data == 0) return 0;
    *pipe = (struct pipe){.lock = {.name = "pipe"}, .data = data};
    return pipe;
}

static void wake(const void *channel, const char *reason) {
    wakeup(channel, reason);
    poll_wakeup();
}

static void open_end(struct file *file, struct pipe *pipe) {
    file->operations = &pipe_operations;
    file->pipe = pipe;
    acquire(&pipe->lock);
    if (file->readable) {
        pipe->readers++, pipe->readers_ever++;
        wake(&pipe->taken, "the pipe has a reader");
    }
    if (file->writable) {
        pipe->writers++, pipe->writers_ever++;
        wake(&pipe->given, "the pipe has a writer");
    }
    release(&pipe->lock);
}

static void close_end(struct file *file) {
    struct pipe *pipe = file->pipe;
    acquire(&pipes_lock);
    acquire(&pipe->lock);
    if (file->writable && --pipe->writers == 0) wake(&pipe->given, "the pipe has no writer any more");
    if (file->readable && --pipe->readers == 0) wake(&pipe->taken, "the pipe has no reader any more");
    const bool unused = pipe->readers == 0 && pipe->writers == 0;
    release(&pipe->lock);
    if (unused) {
        page_release(pipe->data);
        pipe->data = 0;
        if (file->inode != 0) file->inode->pipe = 0;
    }
    release(&pipes_lock);
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

static bool has_nothing_yet(const struct pipe *pipe) { return pipe->taken == pipe->given && pipe->writers > 0; }

static int pipe_read(struct file *file, void *buffer, uint32_t count) {
    struct pipe *pipe = file->pipe;
    int error = 0;
    acquire(&pipe->lock);
    while (has_nothing_yet(pipe) && error == 0) {
        if (file->flags & O_NONBLOCK) {
            error = -EAGAIN;
        } else if (!sleep_interruptible(&pipe->given, &pipe->lock, "waiting for data in a pipe")) {
            if (has_nothing_yet(pipe)) error = -EINTR;
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
    while (pipe->readers > 0 && room(pipe) < needed) {
        if (file->flags & O_NONBLOCK) return -EAGAIN;
        if (!sleep_interruptible(&pipe->taken, &pipe->lock, "waiting for room in a pipe")) return -EINTR;
    }
    return pipe->readers > 0 ? 0 : -EPIPE;
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
    if (error == -EPIPE) signal_send_to_caller(SIGPIPE);
    return done > 0 && error != -EPIPE ? (int)done : error;
}

static uint32_t pipe_poll(struct file *file) {
    struct pipe *pipe = file->pipe;
    uint32_t ready = 0;
    acquire(&pipe->lock);
    if (file->writable) {
        if (room(pipe) >= PIPE_BUF || pipe->readers == 0) ready |= POLLOUT;
        if (pipe->readers == 0) ready |= POLLERR;
    }
    if (file->readable) {
        if (pipe->given != pipe->taken) ready |= POLLIN;
        if (pipe->writers == 0 && pipe->writers_ever > 0) ready |= POLLHUP;
    }
    release(&pipe->lock);
    return ready;
}

const struct file_operations pipe_operations = {
    .read = pipe_read,
    .write = pipe_write,
    .poll = pipe_poll,
    .close = close_end,
};

int pipe_create(struct file *read_end, struct file *write_end) {
    swap_make_reserve();
    acquire(&pipes_lock);
    struct pipe *pipe = allocate();
    release(&pipes_lock);
    if (pipe == 0) return -ENFILE;
    read_end->readable = write_end->writable = true;
    open_end(read_end, pipe);
    open_end(write_end, pipe);
    return 0;
}

// ---- FIFOs ----

int fifo_attach(struct file *file) {
    swap_make_reserve();
    acquire(&pipes_lock);
    struct pipe *pipe = file->inode->pipe != 0 ? file->inode->pipe : allocate();
    if (pipe != 0) {
        file->inode->pipe = pipe;
        open_end(file, pipe);
    }
    release(&pipes_lock);
    return pipe == 0 ? -ENFILE : 0;
}

// Who opens one end waits until the other has been opened, too, though that one may be closed again by then. Without
// patience (O_NONBLOCK) a reader goes on alone; a writer could only fail.
int fifo_wait_for_other_end(struct file *file) {
    struct pipe *pipe = file->pipe;
    if (file->readable && file->writable) return 0;
    uint32_t *const others = file->readable ? &pipe->writers : &pipe->readers;
    uint32_t *const others_ever = file->readable ? &pipe->writers_ever : &pipe->readers_ever;
    const void *const channel = file->readable ? &pipe->given : &pipe->taken;
    int error = 0;
    acquire(&pipe->lock);
    const uint32_t seen = *others_ever;
    if (*others == 0 && (file->flags & O_NONBLOCK)) {
        error = file->readable ? 0 : -ENXIO;
    } else {
        while (*others == 0 && *others_ever == seen && error == 0) {
            if (!sleep_interruptible(channel, &pipe->lock, "waiting for the other end of a FIFO")) error = -EINTR;
        }
    }
    release(&pipe->lock);
    return error;
}
