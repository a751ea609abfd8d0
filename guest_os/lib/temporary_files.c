// Files with a name that nobody has yet.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_TRIES = 100 };

// Replaces the six X at the end of the template; the clock and the process's number make it another one each time.
static int fill_in(char *template) {
    static unsigned tries;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char *end = template + strlen(template);
    if (end - template < 6 || strcmp(end - 6, "XXXXXX") != 0) {
        errno = EINVAL;
        return -1;
    }
    unsigned long long cycles;
    clock_cycles(&cycles);
    unsigned value = ((unsigned)cycles ^ (unsigned)getpid() << 20) + ++tries * 0x9E3779B9u;
    for (char *at = end - 6; at < end; ++at) {
        *at = letters[value % (sizeof letters - 1)];
        value = value / (sizeof letters - 1) ^ value << 13;
    }
    return 0;
}

static int make_file(const char *path, int flags) { return open(path, flags | O_RDWR | O_CREAT | O_EXCL, 0600); }

static int make_directory(const char *path, int flags) {
    (void)flags;
    return mkdir(path, 0700);
}

static int make(char *template, int flags, int (*attempt)(const char *path, int flags)) {
    char *const end = template + strlen(template);
    for (int i = 0; i < MOST_TRIES; ++i) {
        if (fill_in(template) < 0) return -1;
        const int result = attempt(template, flags);
        if (result >= 0 || errno != EEXIST) return result;
        memcpy(end - 6, "XXXXXX", 6);
    }
    return -1;
}

int mkstemp(char *template) { return make(template, 0, make_file); }

int mkostemp(char *template, int flags) { return make(template, flags & ~O_ACCMODE, make_file); }

char *mkdtemp(char *template) { return make(template, 0, make_directory) < 0 ? NULL : template; }

static int must_be_free(const char *path, int flags) {
    (void)flags;
    if (access(path, F_OK) < 0) return 0;
    errno = EEXIST;
    return -1;
}

char *tmpnam(char *name) {
    static char own[L_tmpnam];
    if (name == NULL) name = own;
    strcpy(name, "/tmp/file.XXXXXX");
    return make(name, 0, must_be_free) < 0 ? NULL : name;
}

FILE *tmpfile(void) {
    char name[] = "/tmp/file.XXXXXX";
    const int descriptor = mkstemp(name);
    if (descriptor < 0) return NULL;
    unlink(name);  // it goes when it is closed
    return fdopen(descriptor, "w+");
}
