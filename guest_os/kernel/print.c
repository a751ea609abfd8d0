// What the kernel itself says on the console, and its last words.

#include "kernel.h"

#include "file.h"
#include "process.h"

#include <peach/abi.h>

static void print_text(const char *text) {
    for (; *text != 0; text++) console_put(*text);
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
    if (value < 0) console_put('-');
    print_decimal(value < 0 ? 0 - (uint32_t)value : (uint32_t)value);
}

static void print_hex(uint32_t value) {
    for (int shift = 28; shift >= 0; shift -= 4) console_put("0123456789abcdef"[(value >> shift) & 15]);
}

static void print_arguments(const char *format, va_list arguments) {
    for (; *format != 0; format++) {
        if (*format != '%') {
            console_put(*format);
            continue;
        }
        switch (*++format) {
            case 'd': print_signed(va_arg(arguments, int)); break;
            case 'u': print_decimal(va_arg(arguments, uint32_t)); break;
            case 'x': print_hex(va_arg(arguments, uint32_t)); break;
            case 's': print_text(va_arg(arguments, const char *)); break;
            case 'c': console_put((char)va_arg(arguments, int)); break;
            default: console_put(*format);
        }
    }
}

void kprintf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_arguments(format, arguments);
    va_end(arguments);
}

// The kernel has found a mistake of its own: nothing that it knows can be trusted any more.
_Noreturn void panic(const char *format, ...) {
    interrupts_off();
    kprintf("kernel panic on CPU %u: ", READ_CONTROL(cpuid));
    va_list arguments;
    va_start(arguments, format);
    print_arguments(format, arguments);
    va_end(arguments);
    console_put('\n');
    device_write(POWER_OFF, PANIC_EXIT_STATUS);
    for (;;) __asm__ volatile("wfi");
}
