// Completion: where a command may stand, builtins, functions and programs; elsewhere, files.

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "editor.h"
#include "shell.h"

static bool begins_with(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static char *joined(const char *folder, const char *name, const char *tail) {
    struct text text = {0};
    append_string(&text, folder);
    append_string(&text, name);
    append_string(&text, tail);
    return (char *)text_of(&text);
}

// Files in the folder (which ends with "/" or is empty) whose names begin so; programs only, if that is asked for.
static void add_files(struct words *found, const char *folder, const char *shown_folder, const char *start, bool programs) {
    DIR *directory = opendir(*folder != '\0' ? folder : ".");
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (!begins_with(entry->d_name, start) || (entry->d_name[0] == '.' && start[0] != '.')) continue;
        struct stat status;
        if (stat(joined(folder, entry->d_name, ""), &status) < 0) continue;
        const bool is_folder = S_ISDIR(status.st_mode);
        if (programs && (is_folder || (status.st_mode & 0111) == 0)) continue;
        add_word(found, joined(shown_folder, entry->d_name, is_folder ? "/" : " "));
    }
    closedir(directory);
}

static void add_commands(struct words *found, const char *start) {
    for (int i = 0; builtin_at(i) != NULL; ++i) {
        if (begins_with(builtin_at(i)->name, start)) add_word(found, joined(builtin_at(i)->name, "", " "));
    }
    const char *path = value_of("PATH");
    while (path != NULL) {
        const size_t length = strcspn(path, ":");
        char *folder = get_string(path);
        folder[length] = '\0';
        add_files(found, joined(folder, "/", ""), "", start, true);
        path = path[length] != '\0' ? path + length + 1 : NULL;
    }
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void remove_twins(struct words *found) {
    int kept = 0;
    for (int i = 0; i < found->count; ++i) {
        if (kept == 0 || strcmp(found->items[kept - 1], found->items[i]) != 0) found->items[kept++] = found->items[i];
    }
    found->count = kept;
}

void find_completions(const char *line, int cursor, int *start, struct words *found) {
    int begin = cursor;
    while (begin > 0 && !strchr(" \t|&;()<>=", line[begin - 1])) --begin;
    int before = begin;
    while (before > 0 && strchr(" \t", line[before - 1])) --before;
    const bool is_command = before == 0 || strchr("|&;(", line[before - 1]) != NULL;
    *start = begin;
    char *word = get_string(line + begin);
    word[cursor - begin] = '\0';
    char *slash = strrchr(word, '/');
    if (slash != NULL) {
        char *folder = get_string(word);
        folder[slash + 1 - word] = '\0';
        const char *home = value_of("HOME");
        const bool tilde = begins_with(folder, "~/") && home != NULL;
        add_files(found, tilde ? joined(home, folder + 1, "") : folder, folder, slash + 1, false);
    } else if (is_command) {
        add_commands(found, word);
    } else {
        add_files(found, "", "", word, false);
    }
    if (found->count > 0) qsort(found->items, (size_t)found->count, sizeof *found->items, by_name);
    remove_twins(found);
}
