// Children that make random system calls with random arguments, or execute random words. Argument: the seed.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "outlive.h"

enum { CHILDREN = 60, CALLS = 300, WORDS = 512, AREA = 8192 };

static unsigned state;

static unsigned next_random(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static char area[AREA];

static unsigned random_argument(void) {
    static const char *const names[] = {"/bin/sh", "/tmp/x",       "/tmp/y",    "/tmp/d", "/tmp/d/e",    "..",
                                        "/",       "/dev/console", "/dev/null", "",       "/tmp/d/../x", "/dev/zero"};
    switch (next_random() % 8) {
        case 0: return next_random();
        case 1: return next_random() % 20;
        case 2: return (unsigned)area + next_random() % AREA;
        case 3: return (unsigned)names[next_random() % (sizeof names / sizeof names[0])];
        case 4: return 0u - next_random() % 5;
        case 5: return 0x80000000u + next_random() % 4 - 2;
        case 6: return (unsigned)area;
        default: return next_random() % 100000;
    }
}

static void call(unsigned number, unsigned a, unsigned b, unsigned c) {
    register unsigned a0 __asm__("a0") = a;
    register unsigned a1 __asm__("a1") = b;
    register unsigned a2 __asm__("a2") = c;
    register unsigned a5 __asm__("a5") = number;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a5) : "memory");
}

// Not those that would end the experiment: exit, kill, poweroff; nor those that make it long: wait, reading or
// writing the console, changing policy or foreground group.
static int is_allowed(unsigned number, unsigned first_argument) {
    switch (number) {
        case 1: case 4: case 5: case 28: case 30: case 35: return 0;
        case 2: return next_random() % 20 == 0;  // fork
        case 15: case 16: return first_argument >= 3;  // read, write
        default: return 1;
    }
}

static void call_at_random(void) {
    for (int i = 0; i < CALLS; i++) {
        const unsigned number = next_random() % 120;
        unsigned a = random_argument(), b = random_argument();
        if (number == 8) a %= 2000, b = 0;  // sleep_cycles
        if (is_allowed(number, a)) call(number, a, b, random_argument());
    }
}

// Only the program's text may be executed and nothing can be written there, so the words are made at compile time.
__attribute__((section(".text.words"))) static const unsigned words[WORDS] = {
#define W(n) 0x10000000u + (n) * 0x01234567u, 0x60000000u ^ (n) * 0x00ABCDEFu, 0x50000000u + (n) * 0x000F1357u, (n) * 0x9E3779B9u
#define W4(n) W(n), W(n + 1), W(n + 2), W(n + 3)
#define W16(n) W4(n), W4(n + 4), W4(n + 8), W4(n + 12)
    W16(1), W16(17), W16(33), W16(49), W16(65), W16(81), W16(97), W16(113)};

static void execute_at_random(void) { ((void (*)(void))(words + next_random() % WORDS))(); }

int main(int argc, char *argv[]) {
    state = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    for (int i = 0; i < CHILDREN; i++) {
        const unsigned seed = next_random() | 1;
        const int pid = fork();
        if (pid == 0) {
            state = seed;
            setpgid(0, 0);
            i % 3 == 0 ? execute_at_random() : call_at_random();
            _exit(0);
        }
        outlive(pid, 400);
    }
    printf("survived\n");
    return 0;
}
