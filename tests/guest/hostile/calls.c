// System calls, as the kernel's own table says them: with random arguments, and with sensible arguments but for one that
// points to where nothing may be read or written.

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "hostile.h"

enum { CALLS = 300, PAGE = 4096, NUMBERS = 128 };

// ---- the table ----

static const struct row {
    unsigned number;
    const char *name;
    const char *prototype;
} rows[] = {
#define SYSCALL(number, name, prototype, sentence) {number, #name, prototype},
#include <peach/syscalls.inc>
#undef SYSCALL
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int has(const char *start, const char *end, const char *word) {
    const char *found = strstr(start, word);
    return found != NULL && found + strlen(word) <= end;
}

static enum argument_kind kind_of(const char *start, const char *end) {
    if (has(start, end, "*") || has(start, end, "[")) return has(start, end, "char *path") || has(start, end, "_path") ? ARGUMENT_PATH : ARGUMENT_POINTER;
    if (has(start, end, "descriptor")) return ARGUMENT_DESCRIPTOR;
    if (has(start, end, "count") || has(start, end, "size") || has(start, end, "length")) return ARGUMENT_COUNT;
    return ARGUMENT_NUMBER;
}

static void read_prototype(struct call *call, const char *prototype) {
    const char *at = strchr(prototype, '(') + 1;
    const char *const close = strchr(at, ')');
    while (at < close && strncmp(at, "void)", 5) != 0 && call->argument_count < ARGUMENTS_MAX) {
        const char *end = strchr(at, ',');
        if (end == NULL || end > close) end = close;
        call->kinds[call->argument_count++] = kind_of(at, end);
        at = end + 1;
    }
}

unsigned call_table(const struct call **calls) {
    static struct call table[ROWS];
    for (unsigned i = 0; i < ROWS && table[i].name == NULL; i++) {
        table[i] = (struct call){.number = rows[i].number, .name = rows[i].name};
        read_prototype(&table[i], rows[i].prototype);
    }
    *calls = table;
    return ROWS;
}

void make_call(unsigned number, const uint32_t arguments[ARGUMENTS_MAX]) {
    register uint32_t a0 __asm__("a0") = arguments[0];
    register uint32_t a1 __asm__("a1") = arguments[1];
    register uint32_t a2 __asm__("a2") = arguments[2];
    register uint32_t a3 __asm__("a3") = arguments[3];
    register uint32_t a4 __asm__("a4") = arguments[4];
    register uint32_t a5 __asm__("a5") = number;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
}

// ---- arguments ----

static uint32_t area[2 * PAGE / sizeof(uint32_t)];

const char *random_path(void) {
    static const char *const paths[] = {
        "a",    "b",         "d",          "d/a",        "d/e",      "d/../b",        "../arena/a", ".",
        "..",   "/",         "",           "/tmp",       "/bin/sh",  "/bin/true",     "/dev/null",  "/dev/zero",
        "link", "/dev/full", "/dev/tty",   "/dev/disk",  "/proc/1/status", "/proc/files", "/proc", "/etc/passwd",
        "d/",   "a/b",       "/dev/random", "/no/such/", "/bin/cat", "./././a",       "fifth",      "/dev/console"};
    return paths[below(sizeof paths / sizeof paths[0])];
}

uint32_t sensible_argument(enum argument_kind kind) {
    switch (kind) {
        case ARGUMENT_DESCRIPTOR: return below(10);
        case ARGUMENT_COUNT: return below(4) == 0 ? below(3 * PAGE) : below(100);
        case ARGUMENT_PATH: return (uint32_t)random_path();
        case ARGUMENT_POINTER: return (uint32_t)area + 4 * below(PAGE / 4);
        default: return below(5) == 0 ? 0u - below(3) : below(40);
    }
}

// At the end of a page that nothing comes after.
static uint32_t edge(void) {
    static uint32_t page;
    if (page == 0) {
        page = (uint32_t)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        munmap((void *)(page + PAGE), PAGE);
        memset((void *)page, 'x', PAGE);
    }
    return page + PAGE - below(16);
}

uint32_t wild_argument(void) {
    switch (below(12)) {
        case 0: return 0;
        case 1: return below(PAGE);
        case 2: return edge();
        case 3: return 0x80000000u + below(1u << 22);
        case 4: return 0x80000000u - below(64);
        case 5: return 0xF0000000u + below(8 * PAGE);
        case 6: return 0xFFFFFFFFu - below(64);
        case 7: return (uint32_t)&call_table + below(64);  // may be read and executed only
        case 8: return 0x7FC00000u + below(PAGE);          // the stack has not come so far
        case 9: return (uint32_t)sbrk(0) + below(PAGE);
        case 10: return (uint32_t)area + 1 + 2 * below(PAGE);
        default: return next_random();
    }
}

static uint32_t random_argument(void) {
    switch (below(10)) {
        case 0: return next_random();
        case 1: return wild_argument();
        case 2: return 0u - below(5);
        case 3: return 0x80000000u + below(4) - 2;
        case 4: return below(100000);
        case 5: return 1u << below(32);
        default: return sensible_argument(below(ARGUMENT_POINTER + 1));
    }
}

// ---- attacks ----

static void do_nothing(int signal) { (void)signal; }

void interrupt_what_waits(void) {
    const struct itimerval often = {{0, 5000}, {0, 5000}};
    const struct sigaction action = {.sa_handler = do_nothing};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
}

static void fill_area(void) {
    for (unsigned i = 0; i < sizeof area / sizeof area[0]; i++) {
        area[i] = below(3) == 0 ? random_argument() : below(20);
    }
}

// Not those that would only end the experiment early: exit always, and most forks.
static int is_worth_it(unsigned number) {
    if (number == 1 || number == 61) return below(100) == 0;
    return number != 2 || below(10) == 0;
}

void attack_with_calls(void) {
    interrupt_what_waits();
    fill_area();
    for (int i = 0; i < CALLS; i++) {
        uint32_t arguments[ARGUMENTS_MAX];
        const unsigned number = below(NUMBERS);
        for (int a = 0; a < ARGUMENTS_MAX; a++) arguments[a] = random_argument();
        if (below(16) == 0) fill_area();
        if (is_worth_it(number)) make_call(number, arguments);
    }
}

// Every call that takes a pointer, in random order; one of its arguments is wild.
void attack_with_pointers(void) {
    const struct call *calls;
    const unsigned count = call_table(&calls);
    interrupt_what_waits();
    fill_area();
    for (unsigned i = 0; i < 2 * count; i++) {
        const struct call *call = &calls[below(count)];
        uint32_t arguments[ARGUMENTS_MAX] = {0};
        unsigned pointers = 0, wild;
        for (unsigned a = 0; a < call->argument_count; a++) {
            arguments[a] = sensible_argument(call->kinds[a]);
            pointers += call->kinds[a] >= ARGUMENT_PATH;
        }
        if (pointers == 0) continue;
        do wild = below(call->argument_count);
        while (call->kinds[wild] < ARGUMENT_PATH);
        arguments[wild] = wild_argument();
        make_call(call->number, arguments);
    }
}
