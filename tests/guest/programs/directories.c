// What directories tell: names with types, and files asked for from an open directory.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(const char *what, int result) { printf("%s: %s\n", what, result < 0 ? strerror(errno) : "fine"); }

static const char *name_of(int type) {
    switch (type) {
        case DT_REG: return "file";
        case DT_DIR: return "directory";
        case DT_LNK: return "link";
        case DT_FIFO: return "pipe";
        case DT_CHR: return "device";
        default: return "?";
    }
}

static void make_all(void) {
    close(open("file", O_WRONLY | O_CREAT, 0644));
    mkdir("folder", 0755);
    symlink("folder", "link");
    symlink("nothing", "dangling");
    mkfifo("pipe", 0600);
    close(open("folder/inside", O_WRONLY | O_CREAT, 0600));
}

static void list_types(void) {
    puts("-- types");
    struct dirent **entries;
    const int count = scandir(".", &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        printf("%s: %s\n", entries[i]->d_name, name_of(entries[i]->d_type));
        free(entries[i]);
    }
    free(entries);
    DIR *devices = opendir("/dev");
    for (const struct dirent *entry; (entry = readdir(devices)) != NULL;) {
        if (strcmp(entry->d_name, "null") == 0) printf("null: %s\n", name_of(entry->d_type));
    }
    closedir(devices);
    printf("%d %d\n", IFTODT(S_IFDIR) == DT_DIR, DTTOIF(DT_LNK) == S_IFLNK);
}

static void ask_from_a_folder(void) {
    puts("-- from a folder");
    struct stat status, same;
    char path[PATH_MAX];
    const int folder = open("folder", O_RDONLY | O_DIRECTORY);
    const int file = open("file", O_RDONLY);
    tell("inside", fstatat(folder, "inside", &status, 0));
    stat("folder/inside", &same);
    printf("the same: %d\n", status.st_ino == same.st_ino);
    tell("through ..", fstatat(folder, "../link/inside", &status, 0));
    tell("not here", fstatat(folder, "file", &status, 0));
    tell("here", fstatat(AT_FDCWD, "file", &status, 0));
    tell("a link", fstatat(folder, "../link", &status, 0));
    printf("directory: %d\n", S_ISDIR(status.st_mode));
    tell("itself", fstatat(folder, "../link", &status, AT_SYMLINK_NOFOLLOW));
    printf("link: %d\n", S_ISLNK(status.st_mode));
    tell("nothing", fstatat(folder, "", &status, 0));
    tell("of a file", fstatat(file, "x", &status, 0));
    tell("of no descriptor", fstatat(99, "x", &status, 0));
    getcwd(path, sizeof path);
    tell("a whole path", fstatat(99, path, &status, 0));
    tell("odd flags", fstatat(folder, "inside", &status, 0x40000000));
    chdir("folder");
    tell("after chdir", fstatat(folder, "inside", &status, 0));
    chdir("..");
    unlink("folder/inside");
    rmdir("folder");
    tell("of a folder that is gone", fstatat(folder, "inside", &status, 0));
    close(folder);
    close(file);
}

int main(void) {
    char folder[] = "/tmp/directoriesXXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) < 0) return 1;
    make_all();
    list_types();
    ask_from_a_folder();
    unlink("file"), unlink("link"), unlink("dangling"), unlink("pipe");
    chdir("/");
    return rmdir(folder);
}
