// sleep seconds: sleeps; 0.25 is a quarter of a second. A second is a million cycles.

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// "1.25" as a time; 0 if it is no number.
static int parse(const char *text, struct timespec *time) {
    if (!isdigit((unsigned char)*text) && *text != '.') return 0;
    *time = (struct timespec){0, 0};
    for (; isdigit((unsigned char)*text); ++text) time->tv_sec = time->tv_sec * 10 + (*text - '0');
    if (*text == '.') {
        long unit = 100000000;
        for (++text; isdigit((unsigned char)*text); ++text, unit /= 10) time->tv_nsec += unit * (*text - '0');
    }
    return *text == '\0';
}

int main(int argc, char *argv[]) {
    struct timespec time;
    if (argc > 1 && strcmp(argv[1], "--") == 0) --argc, ++argv;
    if (argc != 2 || !parse(argv[1], &time)) {
        fprintf(stderr, "usage: sleep seconds\n");
        return 1;
    }
    nanosleep(&time, NULL);
    return 0;
}
