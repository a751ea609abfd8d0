// df [-i] [path...]: how much room there is on the disk, in units of 1,024 bytes; with -i, how many more files it can have.

#include <stdbool.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "common/lines.h"

struct amount {
    unsigned long all, unused;
};

static unsigned percent_used(struct amount a) {
    if (a.all == 0) return 0;
    return (unsigned)(((a.all - a.unused) * 100 + a.all - 1) / a.all);  // rounded up
}

static int show(const char *path, bool count_files) {
    struct statvfs s;
    if (statvfs(path, &s) < 0) return report("df", path);
    const unsigned long unit = s.f_frsize / 1024;
    const struct amount a = count_files ? (struct amount){s.f_files, s.f_ffree}
                                        : (struct amount){s.f_blocks * unit, s.f_bfree * unit};
    const bool is_disk = s.f_blocks != 0;
    printf("%-10s %9lu %9lu %9lu %3u%% %s\n", is_disk ? "/dev/disk" : "proc", a.all, a.all - a.unused, a.unused,
           percent_used(a), is_disk ? "/" : "/proc");
    return 0;
}

int main(int argc, char *argv[]) {
    bool count_files = false;
    for (int option; (option = getopt(argc, argv, "ik")) != -1;) {
        if (option == 'i') count_files = true;
        else if (option != 'k') return 1;
    }
    printf("%-10s %9s %9s %9s %4s %s\n", "Filesystem", count_files ? "Inodes" : "1K-blocks", "Used", "Free", "Use%", "Mounted on");
    if (optind == argc) return show("/", count_files);
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= show(argv[i], count_files);
    return status;
}
