// swapper PAGES: writes so many pages, forks, changes half of them in the child, and reads everything back in both.

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS 1024

static unsigned *memory;
static unsigned pages;

static unsigned expected(unsigned page, unsigned word, int child) {
    return page * 2654435761u + word * 40503u + (child && page % 2 != 0 ? 1 : 0);
}

static void fill(int child) {
    for (unsigned page = 0; page < pages; page++) {
        for (unsigned word = 0; word < WORDS; word += 64) memory[page * WORDS + word] = expected(page, word, child);
    }
}

static int sound(int child) {
    for (unsigned page = pages; page-- > 0;) {
        for (unsigned word = 0; word < WORDS; word += 64) {
            if (memory[page * WORDS + word] != expected(page, word, child)) return 0;
        }
    }
    return 1;
}

int main(int argc, char *argv[]) {
    pages = argc > 1 ? (unsigned)atoi(argv[1]) : 100;
    memory = malloc(pages * WORDS * sizeof *memory + 4096);
    memory = (unsigned *)(((unsigned)memory + 4095) & ~4095u);
    fill(0);
    printf("parent %s\n", sound(0) ? "sound" : "damaged");
    fflush(stdout);
    const int pid = fork();
    if (pid == 0) {
        fill(1);
        printf("child %s\n", sound(1) ? "sound" : "damaged");
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    printf("parent still %s\n", sound(0) ? "sound" : "damaged");
    return 0;
}
