// renice [-n] value pid...: gives processes another nice value, from -20 (more of the CPU, root only) to 19 (less).

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    const int first = argc > 1 && strcmp(argv[1], "-n") == 0 ? 2 : 1;
    if (argc < first + 2) {
        fprintf(stderr, "usage: renice [-n] value pid...\n");
        return 1;
    }
    const char *value = argv[first];
    const long nice_value = value[0] == '-' ? -number_or_exit("renice", value + 1, 1) : number_or_exit("renice", value, 1);
    int status = 0;
    for (int i = first + 1; i < argc; ++i) {
        const int pid = (int)number_or_exit("renice", argv[i], 1);
        if (setpriority(PRIO_PROCESS, pid, (int)nice_value) < 0) status = report("renice", argv[i]);
    }
    return status;
}
