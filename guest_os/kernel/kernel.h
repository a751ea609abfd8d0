#pragma once
// What every file of the kernel may use.

#include <peach/errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define ASSERT(condition) \
    ((condition) ? (void)0 : panic("%s, line %d: %s does not hold", __FILE_NAME__, __LINE__, #condition))

static inline uint32_t min_u32(uint32_t a, uint32_t b) { return a < b ? a : b; }

// print.c: formats %d %u %x (8 digits) %s %c %%. What the kernel has to report goes into a log, not on the console, where
// it would stand in the middle of some program's output: `dmesg` shows it.
void kprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

// string.c: the compiler calls the first four on its own, too.
void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *to, int byte, size_t count);
int memcmp(const void *a, const void *b, size_t count);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
void copy_name(char *to, const char *from, size_t size);  // cuts to size - 1 bytes, fills up with NULs
