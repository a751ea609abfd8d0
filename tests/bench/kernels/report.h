// How a kernel says what it computed: prints "NAME CHECKSUM" and returns main's exit status, 0 if the checksum is the
// expected one. The same kernels run natively (native.c) and on the bare machine (bare.c).
#ifndef PEACH_BENCH_REPORT_H
#define PEACH_BENCH_REPORT_H

#include <stdint.h>

int report(const char *name, uint32_t checksum, uint32_t expected);

#endif
