// glob: which names a pattern gives, in which order, and what the flags change.

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int complain(const char *path, int error) {
    printf("trouble with %s: %d\n", path, error != 0);
    return 0;
}

static void show(const char *pattern, int flags) {
    glob_t found;
    const int result = glob(pattern, flags, complain, &found);
    printf("%s %d: %d", pattern, flags, result);
    if (result == 0) {
        printf(" (%u)", (unsigned)found.gl_pathc);
        for (size_t i = 0; i < found.gl_pathc; ++i) printf(" %s", found.gl_pathv[i]);
        printf(found.gl_pathv[found.gl_pathc] == NULL ? " end" : " no end");
        globfree(&found);
    }
    printf("\n");
}

static void touch(const char *name) { close(open(name, O_CREAT | O_WRONLY, 0644)); }

int main(void) {
    mkdir("folder", 0755);
    mkdir("folder/inner", 0755);
    mkdir("other", 0755);
    const char *const names[] = {"b.c", "a.c", "c.h", ".hidden", "folder/x.c", "folder/inner/y.c", "other/x.c", "we*rd"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; ++i) touch(names[i]);
    symlink("nowhere", "dangling.c");

    const char *const patterns[] = {"[!g]*", "*.c", "?.c", "[ab].c", "[!a]*.c", ".*d*", "*/*.c", "*/*/*.c", "folder/*", "nosuch*",
                                    "a.c", "nosuch", "*/", "./*.h", "folder//x.c", "we\\*rd", "we\\*", "*\\*", "folder/x*/y"};
    for (unsigned i = 0; i < sizeof patterns / sizeof patterns[0]; ++i) {
        show(patterns[i], 0);
        show(patterns[i], GLOB_MARK | GLOB_NOCHECK);
        show(patterns[i], GLOB_NOESCAPE);
    }

    glob_t found = {.gl_offs = 2};
    glob("*.c", GLOB_DOOFFS, NULL, &found);
    glob("*.h", GLOB_DOOFFS | GLOB_APPEND, NULL, &found);
    printf("%u:", (unsigned)found.gl_pathc);
    for (size_t i = 0; i < found.gl_pathc + 2; ++i) printf(" %s", found.gl_pathv[i] != NULL ? found.gl_pathv[i] : "-");
    printf("\n");
    globfree(&found);
    return 0;
}
