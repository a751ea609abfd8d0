// What programs expect of a C library beyond the standard: temporary files, paths, groups, sorting, numbers by chance.

#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void show(const char *what, int result) { printf("%s: %s\n", what, result < 0 ? strerror(errno) : "fine"); }

static void chance(void) {
    printf("%d %d %ld\n", rand(), rand(), random());
    srand(42);
    printf("%d %d %d\n", rand() % 100, rand() % 100, rand());
    srand(0);
    printf("%d\n", rand());
    for (int i = 0; i < 1000; ++i) rand();
    unsigned seed = 7;
    printf("%d %d %d\n", rand(), rand_r(&seed), rand_r(&seed));
    srand48(5);
    printf("%.9f %ld %ld\n", drand48(), lrand48(), mrand48());
}

struct pair {
    int key, place;
};

static int by_key(const void *a, const void *b) { return ((const struct pair *)a)->key - ((const struct pair *)b)->key; }

static int backwards(const void *a, const void *b, void *calls) {
    ++*(int *)calls;
    return *(const char *)b - *(const char *)a;
}

static void sorting(void) {
    struct pair pairs[200];
    for (int i = 0; i < 200; ++i) pairs[i] = (struct pair){i * 7919 % 10, i};
    qsort(pairs, 200, sizeof pairs[0], by_key);
    int wrong = 0;
    for (int i = 1; i < 200; ++i) {
        wrong += pairs[i - 1].key > pairs[i].key || (pairs[i - 1].key == pairs[i].key && pairs[i - 1].place > pairs[i].place);
    }
    char letters[] = "sortthese";
    int calls = 0;
    qsort_r(letters, 9, 1, backwards, &calls);
    printf("wrong %d, %s, asked %d\n", wrong, letters, calls > 0);
}

static void temporary(void) {
    char name[] = "fileXXXXXX", folder[] = "folderXXXXXX", bad[] = "fileXXXXX";
    const int file = mkstemp(name);
    struct stat status;
    fstat(file, &status);
    printf("%d %o %d\n", strcmp(name, "fileXXXXXX") != 0, status.st_mode & 0777, access(name, F_OK));
    show("mkdtemp", mkdtemp(folder) == NULL ? -1 : 0);
    show("without X", mkstemp(bad));
    FILE *nameless = tmpfile();
    fputs("kept", nameless);
    rewind(nameless);
    char text[8];
    printf("%s\n", fgets(text, sizeof text, nameless));
    unlink(name);
    rmdir(folder);
}

static void show_path(const char *path, size_t skip) {
    char resolved[4096];
    const char *result = realpath(path, resolved);
    printf("%s: %s\n", path, result != NULL ? result + (strlen(result) > skip ? skip : 0) : strerror(errno));
}

static void paths(void) {
    char here[4096];
    mkdir("a", 0755);
    mkdir("a/b", 0755);
    close(open("a/b/file", O_CREAT | O_WRONLY, 0644));
    symlink("b/file", "a/link");
    symlink("../a/./b", "a/folder");
    symlink("loop", "loop");
    const size_t skip = strlen(realpath(".", here));
    const char *const names[] = {"a/b/../b/file", "a/link", "a/folder/file", "a//folder/.", "nosuch", "a/b/nosuch",
                                 "a/link/x", "loop", "", "a/folder/../link"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; ++i) show_path(names[i], skip);
    show_path("/", 0);
    show_path("/../..", 0);

    struct dirent **entries;
    const int count = scandir("a", &entries, NULL, alphasort);
    for (int i = 0; i < count; ++i) printf("%s ", entries[i]->d_name);
    printf("%d\n", scandir("nosuch", &entries, NULL, NULL));
}

static void words(void) {
    char text[16] = "abcdefgh";
    printf("%s %s %d %d %d\n", index(text, 'c'), rindex("a/b/c", '/'), ffs(0), ffs(40), bcmp("a", "a", 1));
    bzero(text + 4, 4);
    bcopy(text, text + 1, 3);
    printf("%s %s\n", text, strcasestr("Hay STACK", "st"));
    char to[16];
    printf("%d %d\n", (int)((char *)mempcpy(to, "xyz", 4) - to), memccpy(to, "stop.here", '.', 9) == to + 5);
    printf("%d %.5s\n", (int)(stpncpy(to, "ab", 5) - to), to);
    printf("%s %s\n", setlocale(LC_ALL, "C"), localeconv()->decimal_point);
}

static void last(void) { printf("last of all\n"); }
static void told(int status, void *argument) { printf("ends with %d: %s\n", status, (char *)argument); }

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    chance();
    sorting();
    temporary();
    paths();
    words();
    struct utsname name;
    printf("%d %ld %ld %d\n", uname(&name), sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK), sysconf(_SC_NPROCESSORS_ONLN) > 0);
    const struct timeval early = {1, 5}, late = {1, 6};
    printf("%d %d %d\n", timercmp(&early, &late, <), timercmp(&early, &late, ==), timerisset(&early));
    struct timespec now;
    printf("%d %d\n", timespec_get(&now, TIME_UTC), clock_getres(CLOCK_MONOTONIC, &now));
    printf("%p %5s|\n", (void *)0, "x");
    errno = ENOENT;
    warn("about %s", "something");
    warnx("no reason");
    atexit(last);
    on_exit(told, "so be it");
    errno = EACCES;
    err(3, "over");
}
