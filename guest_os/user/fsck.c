// fsck [device]: is the file system on the disk sound? It only looks. Exit status 0: yes; 1: no; 2: it cannot be told.
// Files that others change meanwhile may look wrong: it is for a quiet machine.

#include <fcntl.h>
#include <peach/file_system_check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct disk_check check;

static void read_block(void *context, uint32_t number, void *to) {
    const int device = *(const int *)context;
    memset(to, 0, BLOCK_SIZE);
    if (lseek(device, (off_t)number * BLOCK_SIZE, SEEK_SET) < 0 || read(device, to, BLOCK_SIZE) != BLOCK_SIZE) {
        fprintf(stderr, "fsck: block %u cannot be read\n", (unsigned)number);
    }
}

static void report(void *context, const char *problem) {
    (void)context;
    puts(problem);
}

static const char *what_is_wrong(const struct super_block *super) {
    if (super->magic != FILE_SYSTEM_MAGIC) return "holds no PeachOS file system";
    if (super->version != FILE_SYSTEM_VERSION) return "has a file system of another version";
    if (!file_system_layout_is_sound(super)) return "has a damaged super block";
    return NULL;
}

int main(int argc, char *argv[]) {
    const char *name = argc > 1 ? argv[1] : "/dev/disk";
    int device = open(name, O_RDONLY);
    if (argc > 2 || device < 0) {
        fprintf(stderr, "fsck: ");
        if (device < 0) perror(name);
        else fprintf(stderr, "usage: fsck [device]\n");
        return 2;
    }
    static uint8_t block[BLOCK_SIZE];
    read_block(&device, 0, block);
    memcpy(&check.super, block, sizeof check.super);
    if (what_is_wrong(&check.super) != NULL) {
        fprintf(stderr, "fsck: %s %s\n", name, what_is_wrong(&check.super));
        return 2;
    }
    sync();
    check.context = &device;
    check.read_block = read_block;
    check.report = report;
    const uint32_t problems = file_system_check(&check);
    if (problems == 0) printf("%s: sound\n", name);
    else printf("%s: %u problems\n", name, (unsigned)problems);
    return problems != 0;
}
