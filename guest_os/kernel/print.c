// What the kernel itself says: reports, kept in a log for those who ask, and its last words, on the console.

#include "kernel.h"

#include "file.h"
#include "lock.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"

#include <peach/abi.h>

#define LOG_SIZE 4096  // a power of 2

static struct {
    struct spinlock lock;  // guards the rest
    uint32_t length;       // of all that was ever written; modulo LOG_SIZE the place of the next character
    char text[LOG_SIZE];
} log = {.lock = {.name = "log"}};

static bool is_panicking;  // then everything goes to the console at once

static void put(char c) {
    if (is_panicking) {
        console_put(c);
    } else {
        log.text[log.length++ % LOG_SIZE] = c;
    }
}

static void print_text(const char *text) {
    for (; *text != 0; text++) put(*text);
}

static void print_decimal(uint32_t value) {
    char digits[11];
    char *d = digits + sizeof digits;
    *--d = 0;
    do {
        *--d = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    print_text(d);
}

static void print_signed(int32_t value) {
    if (value < 0) put('-');
    print_decimal(value < 0 ? 0 - (uint32_t)value : (uint32_t)value);
}

static void print_hex(uint32_t value) {
    for (int shift = 28; shift >= 0; shift -= 4) put("0123456789abcdef"[(value >> shift) & 15]);
}

static void print_arguments(const char *format, va_list arguments) {
    for (; *format != 0; format++) {
        if (*format != '%') {
            put(*format);
            continue;
        }
        switch (*++format) {
            case 'd': print_signed(va_arg(arguments, int)); break;
            case 'u': print_decimal(va_arg(arguments, uint32_t)); break;
            case 'x': print_hex(va_arg(arguments, uint32_t)); break;
            case 's': print_text(va_arg(arguments, const char *)); break;
            case 'c': put((char)va_arg(arguments, int)); break;
            default: put(*format);
        }
    }
}

void kprintf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (!is_panicking) acquire(&log.lock);
    print_arguments(format, arguments);
    if (!is_panicking) release(&log.lock);
    va_end(arguments);
}

int system_kernel_log(const uint32_t *argument) {
    const uint32_t size = min_u32(argument[1], LOG_SIZE);
    if (user_check(argument[0], size, ACCESS_WRITE) < 0) return -EFAULT;
    char *to = (char *)argument[0];
    acquire(&log.lock);
    const uint32_t count = min_u32(size, log.length);
    for (uint32_t i = 0; i < count; i++) to[i] = log.text[(log.length - count + i) % LOG_SIZE];
    release(&log.lock);
    return (int)count;
}

// The kernel has found a mistake of its own: nothing that it knows can be trusted any more.
_Noreturn void panic(const char *format, ...) {
    interrupts_off();
    is_panicking = true;
    kprintf("kernel panic on CPU %u: ", READ_CONTROL(cpuid));
    va_list arguments;
    va_start(arguments, format);
    print_arguments(format, arguments);
    va_end(arguments);
    put('\n');
    device_write(POWER_OFF, PANIC_EXIT_STATUS);
    for (;;) __asm__ volatile("wfi");
}
