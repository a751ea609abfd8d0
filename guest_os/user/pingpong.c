// pingpong [rounds]: two processes pass a byte to and fro through two pipes. Watch them wake each other up.

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    const int rounds = argc > 1 ? atoi(argv[1]) : 5;
    int there[2], back[2];
    if (pipe(there) < 0 || pipe(back) < 0) {
        perror("pingpong");
        return 1;
    }
    char ball = 'o';
    const pid_t child = fork();
    if (child < 0) {
        perror("pingpong");
        return 1;
    }
    if (child == 0) {
        for (int i = 1; i <= rounds; ++i) {
            read(there[0], &ball, 1);
            printf("  pong %d\n", i);
            fflush(stdout);
            write(back[1], &ball, 1);
        }
        return 0;
    }
    for (int i = 1; i <= rounds; ++i) {
        printf("ping %d\n", i);
        fflush(stdout);
        write(there[1], &ball, 1);
        read(back[0], &ball, 1);
    }
    wait(NULL);
    return 0;
}
