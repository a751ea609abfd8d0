// ls [-al] [path...]: lists files. -l tells type and permissions, links, size and name; -a also those that begin
// with a dot.

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool all, details;

static void print_permissions(unsigned mode) {
    putchar(S_ISDIR(mode) ? 'd' : S_ISCHR(mode) ? 'c' : '-');
    for (int bit = 8; bit >= 0; --bit) putchar(mode >> bit & 1 ? "xwr"[bit % 3] : '-');
}

static void print_file(const char *path, const char *name) {
    struct stat status;
    if (details && stat(path, &status) == 0) {
        print_permissions(status.st_mode);
        printf(" %2u %8u ", status.st_nlink, status.st_size);
    }
    puts(name);
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

static int list(const char *path, bool with_title) {
    struct stat status;
    if (stat(path, &status) < 0) {
        fprintf(stderr, "ls: cannot access '%s': ", path);
        perror(NULL);
        return 2;
    }
    if (!S_ISDIR(status.st_mode)) {
        print_file(path, path);
        return 0;
    }
    if (with_title) printf("%s:\n", path);
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

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "al1")) != -1;) {
        if (option == 'a') all = true;
        else if (option == 'l') details = true;
        else if (option != '1') return 2;
    }
    if (optind == argc) return list(".", false);
    const bool with_titles = argc - optind > 1;
    int result = 0;
    for (int i = optind; i < argc; ++i) {
        if (with_titles && i > optind) putchar('\n');
        const int status = list(argv[i], with_titles);
        if (status > result) result = status;
    }
    return result;
}
