#include <errno.h>
#include <sys/mman.h>

void *__mmap(void *address, size_t length, int protection, int flags);

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    (void)descriptor;
    (void)offset;
    return __mmap(address, length, protection, flags);
}

const char *const replacement_names[REPLACEMENT_COUNT] = {
#define REPLACEMENT(number, constant, name, object, sentence) [number] = name,
#include <peach/replacements.inc>
#undef REPLACEMENT
};
