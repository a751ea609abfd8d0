// Open files: one table for all, and the descriptors of a process.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "process.h"

static struct file files[FILE_COUNT];
static struct spinlock files_lock = {.name = "open files"};  // also guards the descriptors of processes with threads

struct file *file_allocate(void) {
    acquire(&files_lock);
    struct file *file = files;
    while (file < files + FILE_COUNT && file->references > 0) file++;
    if (file < files + FILE_COUNT) {
        *file = (struct file){.references = 1};
    } else {
        file = 0;
    }
    release(&files_lock);
    return file;
}

struct file *file_share(struct file *file) {
    acquire(&files_lock);
    file->references++;
    release(&files_lock);
    return file;
}

// A child's descriptors are its parent's, of which another thread may be closing some.
void files_inherit(struct process *child, const struct process *parent) {
    acquire(&files_lock);
    for (int i = 0; i < OPEN_MAX; i++) {
        child->files[i] = parent->files[i];
        if (child->files[i] != 0) child->files[i]->references++;
    }
    child->close_on_exec = parent->close_on_exec;
    release(&files_lock);
}

uint32_t file_count(void) {
    uint32_t count = 0;
    for (const struct file *file = files; file < files + FILE_COUNT; file++) count += file->references > 0;
    return count;
}

// Has somebody opened it for writing? The file system is ours, so nobody opens it now.
bool file_is_being_written(const struct inode *inode) {
    for (const struct file *file = files; file < files + FILE_COUNT; file++) {
        if (file->references > 0 && file->inode == inode && file->writable) return true;
    }
    return false;
}

void file_close(struct file *file) {
    acquire(&files_lock);
    struct file last = *file;
    file->references--;
    release(&files_lock);
    if (last.references > 1) return;
    if (last.operations != 0 && last.operations->close != 0) last.operations->close(&last);
    if (last.inode == 0) return;
    file_system_begin();
    inode_put(last.inode);
    file_system_end();
}

// ---- descriptors ----

// Another thread may close the descriptor while this one still works with the file: so with several threads, the file
// is held until the system call is over.
static struct file *hold(struct process *thread, uint32_t descriptor) {
    acquire(&files_lock);
    struct file *file = thread->leader->files[descriptor];
    if (file != 0 && thread->held_count < HELD_FILES_MAX) {
        file->references++;
        thread->held_files[thread->held_count++] = file;
    }
    release(&files_lock);
    return file;
}

void file_release_held(struct process *thread) {
    while (thread->held_count > 0) file_close(thread->held_files[--thread->held_count]);
}

struct file *file_of(uint32_t descriptor) {
    struct process *p = current_process();
    if (descriptor >= OPEN_MAX) return 0;
    return p->other_threads > 0 ? hold(current_thread(), descriptor) : p->files[descriptor];
}

// files_lock is held.
static void mark(struct process *p, uint32_t descriptor, bool close_on_exec) {
    p->close_on_exec &= ~(1u << descriptor);
    if (close_on_exec) p->close_on_exec |= 1u << descriptor;
}

void file_mark(uint32_t descriptor, bool close_on_exec) {
    acquire(&files_lock);
    mark(current_process(), descriptor, close_on_exec);
    release(&files_lock);
}

// The descriptor stands for another file from now on, or for none; returns which it was.
struct file *file_replace(uint32_t descriptor, struct file *file) {
    struct process *p = current_process();
    acquire(&files_lock);
    struct file *old = p->files[descriptor];
    p->files[descriptor] = file;
    mark(p, descriptor, false);
    release(&files_lock);
    return old;
}

void file_uninstall(uint32_t descriptor, struct file *file) {
    struct process *p = current_process();
    acquire(&files_lock);
    const bool is_there = p->files[descriptor] == file;
    if (is_there) p->files[descriptor] = 0;
    release(&files_lock);
    if (is_there) file_close(file);
}

// From now on another thread may close the descriptor, so it has a reference of its own.
int file_install(struct file *file, uint32_t lowest, bool close_on_exec) {
    struct process *p = current_process();
    int result = -EMFILE;
    const uint32_t limit = min_u32(OPEN_MAX, p->limits[RLIMIT_NOFILE].rlim_cur);
    acquire(&files_lock);
    for (uint32_t i = lowest; i < limit && result < 0; i++) {
        if (p->files[i] != 0) continue;
        p->files[i] = file;
        file->references++;
        mark(p, i, close_on_exec);
        result = (int)i;
    }
    release(&files_lock);
    return result;
}

// ---- what a file does ----

int file_read(struct file *file, void *buffer, uint32_t count) {
    if (!file->readable || file->operations == 0) return -EBADF;
    return file->operations->read == 0 ? -EINVAL : file->operations->read(file, buffer, count);
}

int file_write(struct file *file, const void *buffer, uint32_t count) {
    if (!file->writable || file->operations == 0) return -EBADF;
    return file->operations->write == 0 ? -EINVAL : file->operations->write(file, buffer, count);
}

int file_stat(struct file *file, struct file_status *status) {
    if (file->inode != 0) {
        file_system_begin();
        inode_stat(file->inode, status);
        file_system_end();
    } else {
        const uint32_t type = file->pipe != 0 ? S_IFIFO : S_IFCHR;
        *status = (struct file_status){.mode = type | 0600, .links = 1, .block_size = PIPE_BUF};
        if (file->pipe == 0) status->device_number = FILE_DEVICE_CONSOLE;
    }
    return 0;
}
