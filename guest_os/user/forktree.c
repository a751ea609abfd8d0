// forktree [depth]: every process makes two, down to a depth (3); each tells who it is when its children have ended.

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void grow(const char *name, int depth) {
    for (char branch = 'l'; depth > 0 && branch <= 'r'; branch += 'r' - 'l') {
        const pid_t child = fork();
        if (child < 0) {
            perror("forktree");
            exit(1);
        }
        if (child == 0) {
            char child_name[32];
            snprintf(child_name, sizeof child_name, "%s%c", name, branch);
            grow(child_name, depth - 1);
            exit(0);
        }
        waitpid(child, NULL, 0);
    }
    printf("%*s%s\n", depth * 2, "", name);
    fflush(stdout);
}

int main(int argc, char *argv[]) {
    grow("root", argc > 1 ? atoi(argv[1]) : 3);
    return 0;
}
