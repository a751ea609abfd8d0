// touch [-acm] [-r file | -t [[CC]YY]MMDDhhmm[.SS]] file...: makes files that do not exist yet (not with -c), and says of the
// others that they were used and changed now; -r when that file was, -t at that time. -a only used, -m only changed.

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/lines.h"

static struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};  // used, changed

static int touch(const char *path, bool make) {
    if (utimensat(AT_FDCWD, path, times, 0) == 0) return 0;
    if (errno != ENOENT) return report("touch", path);
    const int file = make ? open(path, O_WRONLY | O_CREAT, 0666) : -1;
    if (file < 0) return make ? report("touch", path) : 0;
    close(file);
    return utimensat(AT_FDCWD, path, times, 0) == 0 ? 0 : report("touch", path);
}

static int usage(void) {
    fprintf(stderr, "usage: touch [-acm] [-r file | -t [[CC]YY]MMDDhhmm[.SS]] file...\n");
    return 1;
}

static bool take_times_of(const char *path) {
    struct stat file;
    if (stat(path, &file) < 0) return report("touch", path) == 0;
    times[0] = file.st_atim;
    times[1] = file.st_mtim;
    return true;
}

static int two_digits(const char *text) { return (text[0] - '0') * 10 + text[1] - '0'; }

// The year, as the number of those since 1900, from none, two or four digits.
static int read_year(const char *text, size_t digits) {
    const time_t now = time(NULL);
    if (digits == 0) return gmtime(&now)->tm_year;
    if (digits == 4) return two_digits(text) * 100 + two_digits(text + 2) - 1900;
    return two_digits(text) < 69 ? two_digits(text) + 100 : two_digits(text);
}

static bool read_time(const char *text) {
    const size_t digits = strspn(text, "0123456789");
    const char *seconds = text + digits;
    const bool has_seconds = seconds[0] == '.' && strspn(seconds + 1, "0123456789") == 2 && seconds[3] == '\0';
    if ((digits != 8 && digits != 10 && digits != 12) || (*seconds != '\0' && !has_seconds)) return false;
    const char *rest = seconds - 8;
    struct tm t = {.tm_year = read_year(text, digits - 8), .tm_mon = two_digits(rest) - 1, .tm_mday = two_digits(rest + 2),
                   .tm_hour = two_digits(rest + 4), .tm_min = two_digits(rest + 6)};
    if (has_seconds) t.tm_sec = two_digits(seconds + 1);
    if (t.tm_mon < 0 || t.tm_mon > 11 || t.tm_mday < 1 || t.tm_mday > 31 || t.tm_hour > 23 || t.tm_min > 59) return false;
    times[0] = times[1] = (struct timespec){.tv_sec = mktime(&t)};
    return times[0].tv_sec >= 0;  // there was nothing before 1970
}

int main(int argc, char *argv[]) {
    bool make = true, only_used = false, only_changed = false;
    for (int option; (option = getopt(argc, argv, "acmr:t:")) != -1;) {
        switch (option) {
            case 'a': only_used = true; break;
            case 'c': make = false; break;
            case 'm': only_changed = true; break;
            case 'r':
                if (!take_times_of(optarg)) return 1;
                break;
            case 't':
                if (read_time(optarg)) break;
                fprintf(stderr, "touch: %s: not a time\n", optarg);
                return 1;
            default: return usage();
        }
    }
    if (optind == argc) return usage();
    if (only_used && !only_changed) times[1].tv_nsec = UTIME_OMIT;
    if (only_changed && !only_used) times[0].tv_nsec = UTIME_OMIT;
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= touch(argv[i], make);
    return status;
}
