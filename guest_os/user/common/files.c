#include "files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *join(const char *folder, const char *name) {
    char *path;
    const bool slash = folder[0] != '\0' && folder[strlen(folder) - 1] == '/';
    if (asprintf(&path, "%s%s%s", folder, slash ? "" : "/", name) >= 0) return path;
    perror("memory");
    exit(1);
}

bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool confirm(const char *question, const char *path) {
    fprintf(stderr, "%s '%s'? ", question, path);
    const int answer = getchar();
    for (int c = answer; c != '\n' && c != EOF;) c = getchar();
    return answer == 'y' || answer == 'Y';
}

static int is_no_dot(const struct dirent *entry) {
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

int for_each_entry(const char *folder, int (*visit)(const char *path)) {
    struct dirent **entries;
    const int count = scandir(folder, &entries, is_no_dot, alphasort);
    int result = count < 0 ? -1 : 0;
    for (int i = 0; i < count; ++i) {
        char *path = join(folder, entries[i]->d_name);
        result |= visit(path);
        free(path);
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    return result;
}

int for_each_target(const char *program, char *operands[], int count, int (*act)(const char *file, const char *name)) {
    if (count < 2) return -1;
    const bool into_folder = is_folder(operands[count - 1]);
    if (count > 2 && !into_folder) {
        fprintf(stderr, "%s: target '%s' is not a directory\n", program, operands[count - 1]);
        return 1;
    }
    int result = 0;
    for (int i = 0; i < count - 1; ++i) {
        char *file = operands[i];
        for (size_t length = strlen(file); length > 1 && file[length - 1] == '/';) file[--length] = '\0';
        char *name = into_folder ? join(operands[count - 1], last_part(file)) : strdup(operands[count - 1]);
        result |= act(file, name);
        free(name);
    }
    return result;
}
