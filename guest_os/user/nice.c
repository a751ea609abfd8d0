// nice [-n increment] [command [argument...]]: runs a command with another nice value, 10 more if none is said: from -20,
// for more of the CPU (root only), to 19, for less. Without a command it prints its own.

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    long increment = 10;
    for (int option; (option = getopt(argc, argv, "+n:")) != -1;) {
        if (option != 'n') {
            fprintf(stderr, "usage: nice [-n increment] [command [argument...]]\n");
            return 125;
        }
        increment = optarg[0] == '-' ? -number_or_exit("nice", optarg + 1, 125) : number_or_exit("nice", optarg, 125);
    }
    if (optind == argc) {
        printf("%d\n", getpriority(PRIO_PROCESS, 0));
        return 0;
    }
    errno = 0;
    if (nice((int)increment) == -1 && errno != 0) report("nice", "cannot set the nice value");
    execvp(argv[optind], argv + optind);
    const int status = errno == ENOENT ? 127 : 126;
    report("nice", argv[optind]);
    return status;
}
