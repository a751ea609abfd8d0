// ln file name: gives a file a second name.

#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "usage: ln file name\n");
        return 1;
    }
    if (link(argv[1], argv[2]) == 0) return 0;
    fprintf(stderr, "ln: failed to create link '%s': ", argv[2]);
    perror(NULL);
    return 1;
}
