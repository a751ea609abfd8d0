// Complaints that begin with the program's name.

#include <err.h>
#include <errno.h>
#include <error.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *__program_name(void);

static void complain_about(int number, const char *format, va_list arguments, bool with_reason) {
    fflush(stdout);
    fprintf(stderr, "%s: ", __program_name());
    if (format != NULL) vfprintf(stderr, format, arguments);
    if (with_reason) fprintf(stderr, "%s%s", format != NULL ? ": " : "", strerror(number));
    fputc('\n', stderr);
}

static void complain(const char *format, va_list arguments, bool with_reason) {
    complain_about(errno, format, arguments, with_reason);
}

void err(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments, true);
    va_end(arguments);
    exit(status);
}

void errx(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments, false);
    va_end(arguments);
    exit(status);
}

void warn(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments, true);
    va_end(arguments);
}

void warnx(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments, false);
    va_end(arguments);
}

unsigned error_message_count;

void error(int status, int number, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain_about(number, format, arguments, number != 0);
    va_end(arguments);
    ++error_message_count;
    if (status != 0) exit(status);
}
