// report() for a hosted program: native, or on PeachOS.
#include <stdio.h>

#include "kernels/report.h"

int report(const char *name, uint32_t checksum, uint32_t expected) {
    printf("%s %08x\n", name, (unsigned)checksum);
    return checksum == expected ? 0 : 1;
}
