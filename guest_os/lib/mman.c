// mmap: anonymous memory from the kernel. A private mapping of a file is a copy of that part of it, made at once.

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

void *__mmap(void *address, size_t length, int protection, int flags);

// False, with errno, if the file cannot be read. What lies behind its end is zeros.
static bool read_all(int descriptor, char *to, size_t length, off_t offset) {
    for (size_t done = 0; done < length;) {
        const ssize_t count = pread(descriptor, to + done, length - done, offset + (off_t)done);
        if (count < 0) return false;
        if (count == 0) break;
        done += (size_t)count;
    }
    return true;
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    if (flags & MAP_ANONYMOUS) return __mmap(address, length, protection, flags);
    if (offset % getpagesize() != 0 || offset < 0) {
        errno = EINVAL;
        return MAP_FAILED;
    }
    if (flags & MAP_SHARED && protection & PROT_WRITE) {  // not modelled: what is stored would have to reach the file
        errno = ENODEV;
        return MAP_FAILED;
    }
    const int kind = (flags & ~MAP_SHARED) | MAP_PRIVATE | MAP_ANONYMOUS;
    void *memory = __mmap(address, length, PROT_READ | PROT_WRITE, kind);
    if (memory == MAP_FAILED) return MAP_FAILED;
    if (read_all(descriptor, memory, length, offset) && mprotect(memory, length, protection) == 0) return memory;
    const int error = errno;
    munmap(memory, length);
    errno = error;
    return MAP_FAILED;
}

const char *const replacement_names[REPLACEMENT_COUNT] = {
#define REPLACEMENT(number, constant, name, object, sentence) [number] = name,
#include <peach/replacements.inc>
#undef REPLACEMENT
};
