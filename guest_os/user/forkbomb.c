// forkbomb: forks without end, in every process that comes of it. See what the limits do, and whether the shell still
// answers; `kill` by process group, or ^C, ends it.

#include <unistd.h>

int main(void) {
    for (;;) fork();
}
