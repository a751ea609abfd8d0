// poweroff [status]: brings the disk up to date and switches the machine off; `peach run` exits with the status.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char *end = "";
    const long status = argc > 1 ? strtol(argv[1], &end, 10) : 0;
    if (argc > 2 || *end != '\0' || status < 0 || status > 255) {
        fprintf(stderr, "usage: poweroff [status, 0 to 255]\n");
        return 1;
    }
    poweroff((int)status);
    fprintf(stderr, "poweroff: %s\n", strerror(errno));
    return 1;
}
