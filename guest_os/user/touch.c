// touch file...: makes files that do not exist yet.

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    int status = 0;
    for (int i = 1; i < argc; ++i) {
        const int file = open(argv[i], O_WRONLY | O_CREAT, 0666);
        if (file < 0) {
            fprintf(stderr, "touch: cannot touch '%s': ", argv[i]);
            perror(NULL);
            status = 1;
            continue;
        }
        close(file);
    }
    return status;
}
