// malloc, free, realloc, calloc under a random load; every block keeps its contents.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 100, ROUNDS = 5000 };

static unsigned char *blocks[SLOTS];
static size_t sizes[SLOTS];

static unsigned next_random(void) {
    static unsigned state = 1;
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

static void check(int slot) {
    for (size_t i = 0; i < sizes[slot]; ++i) {
        if (blocks[slot][i] != (unsigned char)(slot + (int)i)) {
            printf("block %d is damaged at byte %u\n", slot, (unsigned)i);
            exit(1);
        }
    }
}

static void fill(int slot) {
    for (size_t i = 0; i < sizes[slot]; ++i) blocks[slot][i] = (unsigned char)(slot + (int)i);
}

int main(void) {
    for (int round = 0; round < ROUNDS; ++round) {
        const int slot = (int)(next_random() % SLOTS);
        check(slot);
        const size_t size = next_random() % (round % 50 == 0 ? 20000 : 300);
        if (blocks[slot] != NULL && next_random() % 3 == 0) {
            free(blocks[slot]);
            blocks[slot] = NULL;
            sizes[slot] = 0;
            continue;
        }
        const size_t kept = size < sizes[slot] ? size : sizes[slot];
        blocks[slot] = realloc(blocks[slot], size);
        if (size > 0 && blocks[slot] == NULL) {
            printf("out of memory\n");
            return 1;
        }
        if (((uintptr_t)blocks[slot] & 7) != 0) printf("not aligned\n");
        sizes[slot] = kept;
        check(slot);
        sizes[slot] = size;
        fill(slot);
    }
    for (int slot = 0; slot < SLOTS; ++slot) {
        check(slot);
        free(blocks[slot]);
    }
    int *zeros = calloc(1000, sizeof *zeros);
    int sum = 0;
    for (int i = 0; i < 1000; ++i) sum |= zeros[i];
    printf("%d\n", sum);
    free(zeros);
    free(NULL);
    char *large = malloc(1 << 20);
    memset(large, 7, 1 << 20);
    printf("%d %d\n", large[0], large[(1 << 20) - 1]);
    free(large);
    puts("sound");
    return 0;
}
