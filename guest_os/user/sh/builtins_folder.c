// cd and pwd. The shell remembers the way by which it came to the current directory: if `link` stands for /a/b, then after
// `cd /link` that way is /link, and `cd ..` leads to /, where the kernel's own .. would lead to /a. -P goes the kernel's way.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtins.h"
#include "shell.h"

static char *here;  // an absolute path; NULL if the directory has none any more

static void tell(const char *variable, const char *path) {
    set_variable(variable, path);
    declare(variable)->exported = true;  // a shell that this one starts may go on from there
}

static bool is_here(const char *path) {
    struct stat named, current;
    return path != NULL && path[0] == '/' && stat(path, &named) == 0 && stat(".", &current) == 0 &&
           named.st_dev == current.st_dev && named.st_ino == current.st_ino;
}

void find_folder(void) {
    const char *inherited = value_of("PWD");
    here = is_here(inherited) ? must_have(strdup(inherited)) : getcwd(NULL, 0);
    if (here != NULL) tell("PWD", here);
}

// Takes -L and -P, of which the last counts; returns where the other arguments begin, or 0 if there is another option.
static int take_options(int argc, char **argv, bool *physical) {
    int i = 1;
    *physical = false;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; ++i) {
        if (strcmp(argv[i], "--") == 0) return i + 1;
        for (const char *letter = argv[i] + 1; *letter; ++letter) {
            if (*letter != 'L' && *letter != 'P') {
                complain("%s: illegal option %s", argv[0], argv[i]);
                return 0;
            }
            *physical = *letter == 'P';
        }
    }
    return i;
}

// ---- cd

// "/a/b" and "../c/./d" make "/a/c/d". In scratch memory.
static char *join(const char *from, const char *way) {
    struct text path = {0};
    append_string(&path, way[0] == '/' || strcmp(from, "/") == 0 ? "" : from);
    while (*way) {
        const int length = (int)strcspn(way, "/");
        if (length == 2 && strncmp(way, "..", 2) == 0) {
            while (path.length > 0 && path.bytes[--path.length] != '/') continue;
        } else if (length > 0 && !(length == 1 && way[0] == '.')) {
            append(&path, '/');
            for (int i = 0; i < length; ++i) append(&path, way[i]);
        }
        way += length + (way[length] == '/');
    }
    if (path.length == 0) return get_string("/");
    path.bytes[path.length] = '\0';
    return path.bytes;
}

// A long path that the kernel does not take as a whole may still begin here.
static bool go(const char *path, const char *way) {
    return chdir(path) == 0 || (errno == ENAMETOOLONG && chdir(way) == 0);
}

static bool go_to(const char *way, bool physical) {
    const char *path = physical || here == NULL ? NULL : join(here, way);
    if (!(path != NULL ? go(path, way) : chdir(way) == 0)) return false;
    if (here != NULL) tell("OLDPWD", here);
    free(here);
    here = path != NULL ? must_have(strdup(path)) : getcwd(NULL, 0);
    tell("PWD", here != NULL ? here : way);
    return true;
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

// A way that begins with a name may begin in the directories of CDPATH.
static const char *by_list(const char *way) {
    const int first = (int)strcspn(way, "/");
    const bool says_where = first == 0 || strncmp(way, ".", (size_t)first) == 0 || strncmp(way, "..", (size_t)first) == 0;
    const char *list = value_of("CDPATH");
    const char *found = says_where || list == NULL ? NULL : search(list, way, is_folder);
    return found != NULL ? found : way;
}

int builtin_cd(int argc, char **argv) {
    bool physical;
    const int first = take_options(argc, argv, &physical);
    if (first == 0) return 2;
    const char *const given = first < argc ? argv[first] : NULL;
    const bool back = given != NULL && strcmp(given, "-") == 0;
    const char *folder = back ? value_of("OLDPWD") : given != NULL ? given : value_of("HOME");
    if (folder == NULL) {
        complain("cd: %s not set", back ? "OLDPWD" : "HOME");
        return 2;
    }
    const char *way = by_list(get_string(folder));
    if (!go_to(way, physical)) {
        complain("cd: can't cd to %s", folder);
        return 2;
    }
    if (back || strcmp(way, folder) != 0) puts(value_of("PWD"));  // else one would not know where that is
    return 0;
}

// ---- pwd

int builtin_pwd(int argc, char **argv) {
    bool physical;
    if (take_options(argc, argv, &physical) == 0) return 2;
    char *path = physical || here == NULL ? getcwd(NULL, 0) : here;
    if (path == NULL) {
        complain("pwd: %s", strerror(errno));
        return 1;
    }
    puts(path);
    if (path != here) free(path);
    return 0;
}
