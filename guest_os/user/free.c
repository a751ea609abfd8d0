// free: memory and swap area, in pages; with -v also what has moved since the start.
//     free lazy|eager           how exec loads programs from now on: each page when it is touched, or all at once
//     free frames N             how many pages of programs may be in memory (0: as many as there is room for)
//     free clock|fifo|random|aging   which page goes when there is no room

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void show(int verbose) {
    struct memory_status s;
    struct memory_settings choice;
    memory_status(&s);
    memory_settings(NULL, &choice);
    printf("        total   used   free\n");
    printf("frames %6u %6u %6u   programs %u, kernel %u\n", s.frames, s.frames - s.free_frames, s.free_frames, s.user_frames,
           s.frames - s.free_frames - s.user_frames);
    printf("swap   %6u %6u %6u\n", s.swap_slots, s.swap_slots - s.free_swap_slots, s.free_swap_slots);
    if (!verbose) return;
    printf("replacement %s, frames for programs %u, exec loads %s\n", replacement_names[choice.replacement],
           choice.frame_limit, choice.eager ? "eagerly" : "lazily");
    printf("pages: %u zeroed, %u loaded, %u copied on write\n", s.zero_fills, s.loads, s.copies);
    printf("swap: %u in, %u out, %u dropped, %u processes killed\n", s.swap_ins, s.swap_outs, s.drops, s.kills);
}

static int choose(int argc, char *argv[]) {
    struct memory_settings choice;
    memory_settings(NULL, &choice);
    int known = 1;
    if (strcmp(argv[1], "lazy") == 0) choice.eager = 0;
    else if (strcmp(argv[1], "eager") == 0) choice.eager = 1;
    else if (strcmp(argv[1], "frames") == 0 && argc > 2) choice.frame_limit = (unsigned)atoi(argv[2]);
    else known = 0;
    for (unsigned i = 0; i < REPLACEMENT_COUNT; ++i) {
        if (strcmp(argv[1], replacement_names[i]) != 0) continue;
        choice.replacement = i;
        known = 1;
    }
    if (!known) {
        fprintf(stderr, "usage: free [-v | lazy | eager | frames N | clock | fifo | random | aging]\n");
        return 2;
    }
    if (memory_settings(&choice, NULL) == 0) return 0;
    perror("free");
    return 1;
}

int main(int argc, char *argv[]) {
    if (argc > 1 && strcmp(argv[1], "-v") != 0) return choose(argc, argv);
    show(argc > 1);
    return 0;
}
