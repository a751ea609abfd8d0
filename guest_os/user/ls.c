// ls [-1aAdFilmnpqrRSt] [path...]: lists files. -l tells type and permissions, links, owner, group, size, time, name, and what
// a link stands for, and in front of a folder how many kilobytes its files take; -n with numbers for owner and group. -i the
// inode; -F marks the kinds of files, -p only folders; -q a "?" for what cannot be printed; -m with commas between. -a also
// those that begin with a dot, -A without "." and ".."; -d folders themselves instead of what is in them, -R also what is in
// those. -t the newest first, -S the largest, -r backwards.

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/files.h"

static bool all, almost_all, classified, commas, details, folders_marked, folders_too, inodes, numbers, printable, recursive;
static bool backwards, by_time, by_size;

struct file {
    const char *name;
    char *path;
    struct stat status;
};

// ---- one file ----

static char type_of(unsigned mode) {
    switch (mode & S_IFMT) {
        case S_IFDIR: return 'd';
        case S_IFCHR: return 'c';
        case S_IFIFO: return 'p';
        case S_IFLNK: return 'l';
        default: return '-';
    }
}

static void print_permissions(unsigned mode) {
    char text[] = "?rwxrwxrwx";
    text[0] = type_of(mode);
    for (int i = 1; i <= 9; ++i) {
        if ((mode >> (9 - i) & 1) == 0) text[i] = '-';
    }
    if (mode & S_ISUID) text[3] = mode & S_IXUSR ? 's' : 'S';
    if (mode & S_ISGID) text[6] = mode & S_IXGRP ? 's' : 'S';
    if (mode & S_ISVTX) text[9] = mode & S_IXOTH ? 't' : 'T';
    fputs(text, stdout);
}

static const char *owner_name(uid_t uid) {
    static char name[32];
    static uid_t last = (uid_t)-1;
    if (uid == last) return name;  // mostly all are the same user's
    const struct passwd *user = numbers ? NULL : getpwuid(uid);
    if (user != NULL) snprintf(name, sizeof name, "%s", user->pw_name);
    else snprintf(name, sizeof name, "%u", uid);
    last = uid;
    return name;
}

static const char *group_name(gid_t gid) {
    static char name[32];
    static gid_t last = (gid_t)-1;
    if (gid == last) return name;
    const struct group *group = numbers ? NULL : getgrgid(gid);
    if (group != NULL) snprintf(name, sizeof name, "%s", group->gr_name);
    else snprintf(name, sizeof name, "%u", gid);
    last = gid;
    return name;
}

static void print_details(const struct stat *status) {
    char time[20];
    strftime(time, sizeof time, "%b %e %H:%M", gmtime(&status->st_mtime));
    print_permissions(status->st_mode);
    printf(" %2u %-8s %-8s %8u %s ", status->st_nlink, owner_name(status->st_uid), group_name(status->st_gid),
           (unsigned)status->st_size, time);
}

static const char *mark_of(unsigned mode) {
    if (!classified) return folders_marked && S_ISDIR(mode) ? "/" : "";
    switch (mode & S_IFMT) {
        case S_IFDIR: return "/";
        case S_IFIFO: return "|";
        case S_IFLNK: return details ? "" : "@";
        case S_IFREG: return mode & 0111 ? "*" : "";
        default: return "";
    }
}

static void print_name(const char *name) {
    for (; *name; ++name) putchar(printable && !isprint((unsigned char)*name) ? '?' : *name);
}

static void print_file(const struct file *file) {
    if (inodes) printf("%6u ", (unsigned)file->status.st_ino);
    if (details) print_details(&file->status);
    print_name(file->name);
    fputs(mark_of(file->status.st_mode), stdout);
    char target[256] = "";
    const bool link = details && S_ISLNK(file->status.st_mode);
    if (!link || readlink(file->path, target, sizeof target - 1) < 0) return;
    fputs(" -> ", stdout);
    print_name(target);
}

// ---- many ----

static long long nanoseconds_of(struct timespec time) { return (long long)time.tv_sec * 1000000000 + time.tv_nsec; }

static int compare(const void *left, const void *right) {
    const struct file *a = left, *b = right;
    const long long x = by_time ? nanoseconds_of(a->status.st_mtim) : a->status.st_size;
    const long long y = by_time ? nanoseconds_of(b->status.st_mtim) : b->status.st_size;
    int order = by_time || by_size ? (x < y) - (x > y) : 0;
    if (order == 0) order = strcmp(a->name, b->name);
    return backwards ? -order : order;
}

static int is_shown(const struct dirent *entry) {
    const char *name = entry->d_name;
    if (all || name[0] != '.') return 1;
    return almost_all && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static int complain(const char *path) {
    const int error = errno;
    fflush(stdout);
    fprintf(stderr, "ls: cannot access '%s': %s\n", path, strerror(error));
    return 2;
}

// In lines of at most 80 characters.
static void print_with_commas(const struct file *files, int count) {
    size_t column = 0;
    for (int i = 0; i < count; ++i) {
        const size_t width = (inodes ? 7 : 0) + strlen(files[i].name) + strlen(mark_of(files[i].status.st_mode));
        const bool fits = column + width + 3 <= 80;
        if (i > 0) fputs(fits ? ", " : ",\n", stdout);
        column = (i > 0 && fits ? column + 2 : 0) + width;
        print_file(&files[i]);
    }
    if (count > 0) putchar('\n');
}

static void print_files(const struct file *files, int count) {
    if (commas) {
        print_with_commas(files, count);
        return;
    }
    for (int i = 0; i < count; ++i) {
        print_file(&files[i]);
        putchar('\n');
    }
}

static void print_total(const struct file *files, int count) {
    unsigned long long blocks = 0;
    for (int i = 0; i < count; ++i) blocks += files[i].status.st_blocks;
    printf("total %llu\n", (blocks + 1) / 2);
}

static int list_folder(const char *path);

static int list_folders_in(const struct file *files, int count) {
    int result = 0;
    for (int i = 0; i < count; ++i) {
        if (!S_ISDIR(files[i].status.st_mode) || strcmp(files[i].name, ".") == 0 || strcmp(files[i].name, "..") == 0) continue;
        printf("\n%s:\n", files[i].path);
        result |= list_folder(files[i].path);
    }
    return result;
}

static int list_folder(const char *path) {
    struct dirent **entries;
    const int count = scandir(path, &entries, is_shown, NULL);
    struct file *files = count > 0 ? calloc((size_t)count, sizeof *files) : NULL;
    int result = count < 0 ? complain(path) : 0;
    for (int i = 0; i < count; ++i) {
        files[i] = (struct file){.name = entries[i]->d_name, .path = join(path, entries[i]->d_name)};
        if (lstat(files[i].path, &files[i].status) < 0) result = complain(files[i].path);
    }
    if (count > 0) qsort(files, (size_t)count, sizeof *files, compare);
    if (details && count >= 0) print_total(files, count);
    print_files(files, count);
    if (recursive && count > 0) result |= list_folders_in(files, count);
    for (int i = 0; i < count; ++i) free(files[i].path), free((void *)entries[i]);
    free(files);
    return result;
}

// A link to a folder is the folder, unless it is about the link itself.
static int look_up(char *path, struct file *file) {
    *file = (struct file){.name = path, .path = path};
    if (!details && !folders_too && !classified && stat(path, &file->status) == 0) return 0;
    return lstat(path, &file->status);
}

// Files first, then folders, each under its name if there are several.
static int list_all(char *paths[], int path_count) {
    struct file *files = calloc((size_t)path_count, sizeof *files), *folders = calloc((size_t)path_count, sizeof *folders);
    if (files == NULL || folders == NULL) return complain("memory");
    int result = 0, file_count = 0, folder_count = 0;
    for (int i = 0; i < path_count; ++i) {
        struct file file;
        if (look_up(paths[i], &file) < 0) result = complain(paths[i]);
        else if (S_ISDIR(file.status.st_mode) && !folders_too) folders[folder_count++] = file;
        else files[file_count++] = file;
    }
    qsort(files, (size_t)file_count, sizeof *files, compare);
    qsort(folders, (size_t)folder_count, sizeof *folders, compare);
    print_files(files, file_count);
    for (int i = 0; i < folder_count; ++i) {
        if (path_count > 1 || recursive) printf("%s%s:\n", i > 0 || file_count > 0 ? "\n" : "", folders[i].name);
        result |= list_folder(folders[i].path);
    }
    free(files);
    free(folders);
    return result;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "1aAdFilmnpqrRSt")) != -1;) {
        switch (option) {
            case '1': commas = false; break;  // as it is anyway
            case 'a': all = true; break;
            case 'A': almost_all = true; break;
            case 'd': folders_too = true; break;
            case 'F': classified = true; break;
            case 'i': inodes = true; break;
            case 'n': numbers = true;  // fall through
            case 'l': details = true, commas = false; break;
            case 'm': details = false, commas = true; break;
            case 'p': folders_marked = true; break;
            case 'q': printable = true; break;
            case 'r': backwards = true; break;
            case 'R': recursive = true; break;
            case 'S': by_size = true; break;
            case 't': by_time = true; break;
            default: fprintf(stderr, "usage: ls [-1aAdFilmnpqrRSt] [path...]\n"); return 2;
        }
    }
    static char dot[] = ".";
    char *here[] = {dot};
    return optind == argc ? list_all(here, 1) : list_all(argv + optind, argc - optind);
}
