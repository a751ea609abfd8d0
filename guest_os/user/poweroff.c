// poweroff [status]: switches the machine off, when the disk has everything. The status is what `peach run` exits with.

#include <stdlib.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    const long status = argc > 1 ? number_or_exit("poweroff", argv[1], 1) : 0;
    poweroff((int)(status & 0xFF));
    return report("poweroff", "only root may");
}
