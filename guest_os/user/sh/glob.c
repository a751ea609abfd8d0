// A pattern becomes the sorted names of the files that it describes; if there are none, it stays as it was written.

#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell.h"

static bool has_wildcards(const char *pattern) {
    for (; *pattern; ++pattern) {
        if (*pattern == '\\' && pattern[1] != '\0') ++pattern;
        else if (strchr("*?[", *pattern)) return true;
    }
    return false;
}

static char *without_backslashes(const char *pattern) {
    struct text text = {0};
    for (; *pattern; ++pattern) {
        if (*pattern == '\\' && pattern[1] != '\0') ++pattern;
        append(&text, *pattern);
    }
    return (char *)text_of(&text);
}

static char *joined(const char *folder, const char *name) {
    struct text text = {0};
    append_string(&text, folder);
    append_string(&text, name);
    return (char *)text_of(&text);
}

static void expand_below(struct words *found, const char *folder, const char *pattern);

static void match_names(struct words *found, const char *folder, const char *pattern, const char *rest) {
    DIR *directory = opendir(*folder != '\0' ? folder : ".");
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.' && pattern[0] != '.') continue;
        if (fnmatch(pattern, entry->d_name, 0) != 0) continue;
        char *path = joined(folder, entry->d_name);
        struct stat status;
        if (rest == NULL) add_word(found, path);
        else if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) expand_below(found, joined(path, "/"), rest);
    }
    closedir(directory);
}

// The pattern's first component, in the folder (which ends with "/" or is empty), then the rest.
static void expand_below(struct words *found, const char *folder, const char *pattern) {
    while (*pattern == '/') {
        folder = joined(folder, "/");
        ++pattern;
    }
    char *component = get_string(pattern);
    char *slash = strchr(component, '/');
    const char *rest = NULL;
    if (slash != NULL) {
        *slash = '\0';
        rest = slash + 1;
    }
    if (has_wildcards(component)) {
        match_names(found, folder, component, rest);
        return;
    }
    char *path = joined(folder, without_backslashes(component));
    if (slash != NULL) {
        expand_below(found, joined(path, "/"), rest);
        return;
    }
    struct stat status;
    if (stat(*path != '\0' ? path : ".", &status) == 0) add_word(found, path);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void expand_glob(struct words *result, char *pattern, char *text) {
    struct words found = {0};
    if (has_wildcards(pattern)) expand_below(&found, "", pattern);
    if (found.count == 0) {
        add_word(result, text);
        return;
    }
    qsort(found.items, (size_t)found.count, sizeof *found.items, by_name);
    for (int i = 0; i < found.count; ++i) add_word(result, found.items[i]);
}
