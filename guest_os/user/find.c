// find [path...] [-name pattern] [-type f|d|l|p|c] [-maxdepth n] [-exec command ... {} ... ;] [-print]: walks through folders
// and names what passes all the tests.

#include <dirent.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/lines.h"

static const char *name_pattern;
static char type;
static long most_depth = 1000;
static char **command;  // of -exec, up to its ";"
static int status;

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void execute(char *path) {
    const pid_t child = fork();
    if (child < 0) status = report("find", command[0]);
    if (child == 0) {
        for (char **word = command; *word != NULL; ++word) {
            if (strcmp(*word, "{}") == 0) *word = path;
        }
        execvp(command[0], command);
        _exit(report("find", command[0]) + 126);
    }
    waitpid(child, NULL, 0);
}

static char type_of(unsigned mode) {
    switch (mode & S_IFMT) {
        case S_IFDIR: return 'd';
        case S_IFLNK: return 'l';
        case S_IFIFO: return 'p';
        case S_IFCHR: return 'c';
        default: return 'f';
    }
}

static void visit(char *path, long depth) {
    struct stat file;
    if (lstat(path, &file) < 0) {
        status = report("find", path);
        return;
    }
    const bool folder = S_ISDIR(file.st_mode);
    const bool named = name_pattern == NULL || fnmatch(name_pattern, name_of(path), 0) == 0;
    if (named && (type == '\0' || type == type_of(file.st_mode))) {
        if (command != NULL) execute(path);
        else puts(path);
        fflush(stdout);
    }
    if (!folder || depth >= most_depth) return;
    DIR *directory = opendir(path);
    if (directory == NULL) {
        status = report("find", path);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char *below = malloc(strlen(path) + strlen(entry->d_name) + 2);
        if (below == NULL) break;
        sprintf(below, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
        visit(below, depth + 1);
        free(below);
    }
    closedir(directory);
}

static int usage(void) {
    fprintf(stderr, "usage: find [path...] [-name pattern] [-type f|d|l|p|c] [-maxdepth n] [-exec command {} ;] [-print]\n");
    return 1;
}

int main(int argc, char *argv[]) {
    int paths = 1;
    while (paths < argc && argv[paths][0] != '-') ++paths;
    for (int i = paths; i < argc; ++i) {
        if (strcmp(argv[i], "-print") == 0) continue;
        if (i + 1 == argc) return usage();
        if (strcmp(argv[i], "-name") == 0) name_pattern = argv[++i];
        else if (strcmp(argv[i], "-type") == 0) type = argv[++i][0];
        else if (strcmp(argv[i], "-maxdepth") == 0) most_depth = number_or_exit("find", argv[++i], 1);
        else if (strcmp(argv[i], "-exec") == 0) {
            command = argv + i + 1;
            while (i < argc && strcmp(argv[i], ";") != 0) ++i;
            if (i == argc) return usage();
            argv[i] = NULL;
        } else return usage();
    }
    char here[] = ".";
    if (paths == 1) visit(here, 0);
    for (int i = 1; i < paths; ++i) visit(argv[i], 0);
    return status;
}
