#pragma once
// Exit statuses of BSD's, for programs that tell their mistakes apart.

#define EX_OK 0
#define EX_USAGE 64        // wrong options
#define EX_DATAERR 65      // wrong input
#define EX_NOINPUT 66      // no input file
#define EX_NOUSER 67
#define EX_NOHOST 68
#define EX_UNAVAILABLE 69
#define EX_SOFTWARE 70     // a mistake of the program's own
#define EX_OSERR 71
#define EX_OSFILE 72
#define EX_CANTCREAT 73    // an output file cannot be made
#define EX_IOERR 74
#define EX_TEMPFAIL 75     // another time, perhaps
#define EX_PROTOCOL 76
#define EX_NOPERM 77
#define EX_CONFIG 78
