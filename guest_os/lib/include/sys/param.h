#pragma once
// Old names of limits, and macros that BSD programs expect.

#include <endian.h>
#include <limits.h>
#include <signal.h>
#include <sys/types.h>

#define MAXPATHLEN PATH_MAX
#define MAXNAMLEN NAME_MAX
#define MAXSYMLINKS SYMLOOP_MAX
#define MAXHOSTNAMELEN HOST_NAME_MAX
#define NGROUPS NGROUPS_MAX
#define NOFILE OPEN_MAX
#define NCARGS ARG_MAX
#define NBBY CHAR_BIT
#define DEV_BSIZE 512

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#define roundup(x, y) (howmany(x, y) * (y))
#define powerof2(x) ((((x) - 1) & (x)) == 0)

// Bits in an array of bytes.
#define setbit(bits, i) ((bits)[(i) / NBBY] |= (unsigned char)(1 << (i) % NBBY))
#define clrbit(bits, i) ((bits)[(i) / NBBY] &= (unsigned char)~(1 << (i) % NBBY))
#define isset(bits, i) (((bits)[(i) / NBBY] & 1 << (i) % NBBY) != 0)
#define isclr(bits, i) (!isset(bits, i))
