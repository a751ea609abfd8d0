// rmdir directory...: removes empty directories.

#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    int status = 0;
    for (int i = 1; i < argc; ++i) {
        if (rmdir(argv[i]) == 0) continue;
        fprintf(stderr, "rmdir: failed to remove '%s': ", argv[i]);
        perror(NULL);
        status = 1;
    }
    return status;
}
