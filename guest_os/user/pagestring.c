// pagestring FRAMES PAGE,PAGE,...: touches pages of a mapping in this order, when so many of them may be in memory, and says
// what the kernel counted. -w: stores, so that pages that leave must be written to the swap area; -p NAME: the replacement.

#include <peach/process_status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/process_status.h>
#include <unistd.h>

#define PAGE 4096
#define PAGES_MAX 256
#define TOUCHES_MAX 512

static unsigned faults(void) {
    static int own_slot = -1;
    struct process_status status;
    if (own_slot < 0) {
        const int pid = getpid();
        do {
            process_status(++own_slot, &status);
        } while (status.pid != pid);
    }
    process_status(own_slot, &status);
    return status.faults;
}

static int choose_replacement(const char *name, unsigned seed) {
    struct memory_settings choice;
    memory_settings(NULL, &choice);
    choice.seed = seed;
    for (unsigned i = 0; i < REPLACEMENT_COUNT; i++) {
        if (strcmp(name, replacement_names[i]) != 0) continue;
        choice.replacement = i;
        return memory_settings(&choice, NULL);
    }
    fprintf(stderr, "pagestring: %s: no such replacement policy\n", name);
    exit(2);
}

static int read_string(char *text, unsigned pages[TOUCHES_MAX]) {
    int count = 0;
    for (char *word = strtok(text, ","); word != NULL && count < TOUCHES_MAX; word = strtok(NULL, ",")) {
        pages[count] = (unsigned)atoi(word);
        if (pages[count++] >= PAGES_MAX) {
            fprintf(stderr, "pagestring: page %s: there are pages 0 to %d\n", word, PAGES_MAX - 1);
            exit(2);
        }
    }
    return count;
}

int main(int argc, char *argv[]) {
    static unsigned pages[TOUCHES_MAX];
    static char result[TOUCHES_MAX];
    int store = 0;
    struct memory_settings before;
    memory_settings(NULL, &before);
    for (int option; (option = getopt(argc, argv, "wp:")) != -1;) {
        if (option == 'w') store = 1;
        else if (option == 'p') choose_replacement(optarg, 1);
        else return 2;
    }
    if (argc - optind != 2) {
        fprintf(stderr, "usage: pagestring [-w] [-p POLICY] FRAMES PAGE,PAGE,...\n");
        return 2;
    }
    volatile char *memory = mmap(NULL, PAGES_MAX * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memory_limit((void *)memory, (unsigned)atoi(argv[optind]));
    const int count = read_string(argv[optind + 1], pages);
    faults();
    int misses = 0;
    for (int i = 0; i < count; i++) {
        const unsigned before_touch = faults();
        if (store) memory[pages[i] * PAGE] = 1;
        else (void)memory[pages[i] * PAGE];
        result[i] = faults() != before_touch ? 'm' : 'h';
        misses += result[i] == 'm';
    }
    memory_settings(&before, NULL);
    printf("%.*s\n%d hits, %d misses\n", count, result, count - misses, misses);
    return 0;
}
