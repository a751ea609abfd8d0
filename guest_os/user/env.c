// env [-i] [-u name] [name=value...] [command [argument...]]: runs a command with a changed environment (-i: an empty
// one); without a command, prints the environment.

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    static char *none[] = {NULL};
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; ++i) {
        if (strcmp(argv[i], "--") == 0) {
            ++i;
            break;
        }
        if (strcmp(argv[i], "-i") == 0 || strcmp(argv[i], "-") == 0) {
            environ = none;
        } else if (strcmp(argv[i], "-u") == 0 && i + 1 < argc) {
            unsetenv(argv[++i]);
        } else {
            fprintf(stderr, "usage: env [-i] [-u name] [name=value...] [command [argument...]]\n");
            return 125;
        }
    }
    for (; i < argc && strchr(argv[i], '=') != NULL; ++i) putenv(argv[i]);
    if (i == argc) {
        for (char **entry = environ; *entry != NULL; ++entry) puts(*entry);
        return 0;
    }
    execvp(argv[i], argv + i);
    const int status = errno == ENOENT ? 127 : 126;
    report("env", argv[i]);
    return status;
}
