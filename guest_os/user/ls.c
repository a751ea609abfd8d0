// ls [-adl] [path...]: lists files. -l tells type and permissions, links, owner, size, name, and what a link stands for;
// -a also those that begin with a dot; -d folders themselves instead of what is in them.

#include <dirent.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool all, details, folders_too;

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
    const struct passwd *user = getpwuid(uid);
    if (user != NULL) snprintf(name, sizeof name, "%s", user->pw_name);
    else snprintf(name, sizeof name, "%u", uid);
    last = uid;
    return name;
}

static void print_file(const char *path, const char *name) {
    struct stat status;
    const bool known = details && lstat(path, &status) == 0;
    if (known) {
        print_permissions(status.st_mode);
        printf(" %2u %-8s %8u ", status.st_nlink, owner_name(status.st_uid), status.st_size);
    }
    char target[256];
    const ssize_t length = known && S_ISLNK(status.st_mode) ? readlink(path, target, sizeof target) : -1;
    if (length < 0) puts(name);
    else printf("%s -> %.*s\n", name, (int)length, target);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

// The names in a directory, sorted; returns how many, -1 if it cannot be read.
static int read_names(const char *path, char ***names) {
    DIR *directory = opendir(path);
    if (directory == NULL) return -1;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.' && !all) continue;
        *names = realloc(*names, (size_t)(count + 1) * sizeof **names);
        (*names)[count++] = strdup(entry->d_name);
    }
    closedir(directory);
    qsort(*names, (size_t)count, sizeof **names, by_name);
    return count;
}

static int list_directory(const char *path) {
    char **names = NULL;
    const int count = read_names(path, &names);
    for (int i = 0; i < count; ++i) {
        char full[512];
        snprintf(full, sizeof full, "%s/%s", path, names[i]);
        print_file(full, names[i]);
        free(names[i]);
    }
    free(names);
    return count < 0 ? 2 : 0;
}

enum kind { MISSING, FILE_ITSELF, DIRECTORY };

static enum kind kind_of(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0 && lstat(path, &status) < 0) return MISSING;
    return S_ISDIR(status.st_mode) && !folders_too ? DIRECTORY : FILE_ITSELF;
}

// Files first, then directories, each under its name if there are several.
static int list_all(char *paths[], int count) {
    int result = 0;
    bool printed = false;
    qsort(paths, (size_t)count, sizeof *paths, by_name);
    for (int i = 0; i < count; ++i) {
        const enum kind kind = kind_of(paths[i]);
        if (kind == MISSING) {
            fprintf(stderr, "ls: cannot access '%s': ", paths[i]);
            perror(NULL);
            result = 2;
        } else if (kind == FILE_ITSELF) {
            print_file(paths[i], paths[i]);
            printed = true;
        }
    }
    for (int i = 0; i < count; ++i) {
        if (kind_of(paths[i]) != DIRECTORY) continue;
        if (count > 1) printf("%s%s:\n", printed ? "\n" : "", paths[i]);
        printed = true;
        if (list_directory(paths[i]) != 0) result = 2;
    }
    return result;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "adl1")) != -1;) {
        if (option == 'a') all = true;
        else if (option == 'd') folders_too = true;
        else if (option == 'l') details = true;
        else if (option != '1') return 2;
    }
    char *here[] = {"."};
    return optind == argc ? list_all(here, 1) : list_all(argv + optind, argc - optind);
}
