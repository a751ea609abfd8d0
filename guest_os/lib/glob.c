// glob: the names of the files that a pattern describes, one component of the path after the other.

#include <glob.h>

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
    glob_t *found;
    int flags;
    int (*trouble)(const char *path, int error);
    int error;  // why to stop, or 0
};

// ---- text ----

static bool has_wildcards(const char *pattern, int flags) {
    for (; *pattern; ++pattern) {
        if (*pattern == '\\' && pattern[1] != '\0' && !(flags & GLOB_NOESCAPE)) ++pattern;
        else if (strchr("*?[", *pattern)) return true;
    }
    return false;
}

static void remove_backslashes(char *text) {
    char *to = text;
    for (const char *from = text; *from; ++from) {
        if (*from == '\\' && from[1] != '\0') ++from;
        *to++ = *from;
    }
    *to = '\0';
}

static char *joined(struct search *search, const char *folder, const char *name, const char *tail) {
    char *path = malloc(strlen(folder) + strlen(name) + strlen(tail) + 1);
    if (path == NULL) search->error = GLOB_NOSPACE;
    else strcat(strcat(strcpy(path, folder), name), tail);
    return path;
}

// ---- what was found ----

static size_t offset_of(const struct search *search) { return search->flags & GLOB_DOOFFS ? search->found->gl_offs : 0; }

// The path is the list's from now on.
static void add(struct search *search, char *path) {
    glob_t *found = search->found;
    if (path == NULL) return;
    const size_t used = offset_of(search) + found->gl_pathc;
    char **list = realloc(found->gl_pathv, (used + 2) * sizeof *list);
    if (list == NULL) {
        search->error = GLOB_NOSPACE;
        free(path);
        return;
    }
    if (found->gl_pathv == NULL) memset(list, 0, used * sizeof *list);
    list[used] = path;
    list[used + 1] = NULL;
    found->gl_pathv = list;
    ++found->gl_pathc;
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void add_marked(struct search *search, const char *path) {
    add(search, joined(search, path, search->flags & GLOB_MARK && is_folder(path) ? "/" : "", ""));
}

// ---- the search ----

static void search_below(struct search *search, const char *folder, const char *pattern);

// `name` fits the first component; `rest` is the pattern behind its slash, null if it is the last.
static void go_on(struct search *search, const char *folder, const char *name, const char *rest) {
    char *path = joined(search, folder, name, "");
    struct stat status;
    if (path == NULL) return;
    if (rest == NULL) {
        if (lstat(*path != '\0' ? path : ".", &status) == 0) add_marked(search, path);
    } else if (is_folder(path)) {
        char *below = joined(search, path, "/", "");
        if (below != NULL) search_below(search, below, rest);
        free(below);
    }
    free(path);
}

static void match_names(struct search *search, const char *folder, const char *pattern, const char *rest) {
    const int flags = FNM_PERIOD | (search->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
    DIR *directory = opendir(*folder != '\0' ? folder : ".");
    if (directory == NULL) {
        const bool stop = search->trouble != NULL && search->trouble(folder, errno) != 0;
        if (stop || search->flags & GLOB_ERR) search->error = GLOB_ABORTED;
        return;
    }
    for (const struct dirent *entry; search->error == 0 && (entry = readdir(directory)) != NULL;) {
        if (fnmatch(pattern, entry->d_name, flags) == 0) go_on(search, folder, entry->d_name, rest);
    }
    closedir(directory);
}

// `folder` ends with "/", or is empty.
static void search_below(struct search *search, const char *folder, const char *pattern) {
    const size_t slashes = strspn(pattern, "/");
    char *start = joined(search, folder, "", ""), *component = joined(search, pattern + slashes, "", "");
    for (size_t i = 0; start != NULL && i < slashes; ++i) {
        char *longer = joined(search, start, "/", "");
        free(start);
        start = longer;
    }
    if (start != NULL && component != NULL) {
        char *rest = strchr(component, '/');
        if (rest != NULL) *rest++ = '\0';
        if (has_wildcards(component, search->flags)) {
            match_names(search, start, component, rest);
        } else {
            if (!(search->flags & GLOB_NOESCAPE)) remove_backslashes(component);
            go_on(search, start, component, rest);
        }
    }
    free(start);
    free(component);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int glob(const char *restrict pattern, int flags, int (*trouble)(const char *path, int error), glob_t *restrict found) {
    struct search search = {.found = found, .flags = flags, .trouble = trouble};
    if (!(flags & GLOB_APPEND)) {
        found->gl_pathc = 0;
        found->gl_pathv = NULL;
    }
    const size_t before = found->gl_pathc;
    search_below(&search, "", pattern);
    if (search.error == 0 && found->gl_pathc == before) {
        if (!(flags & GLOB_NOCHECK)) return GLOB_NOMATCH;
        add(&search, joined(&search, pattern, "", ""));
    }
    if (search.error == 0 && !(flags & GLOB_NOSORT)) {
        char **first = found->gl_pathv + offset_of(&search) + before;
        qsort(first, found->gl_pathc - before, sizeof *first, by_name);
    }
    return search.error;
}

// The null pointers in front are still there if gl_offs is.
void globfree(glob_t *found) {
    char **list = found->gl_pathv;
    if (list == NULL) return;
    while (*list == NULL && found->gl_pathc > 0) ++list;
    for (; found->gl_pathc > 0; --found->gl_pathc) free(*list++);
    free(found->gl_pathv);
    found->gl_pathv = NULL;
}
