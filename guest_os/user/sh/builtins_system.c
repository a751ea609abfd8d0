// cd, pwd, umask, type, command: builtins about the process and about files.

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtins.h"
#include "jobs.h"
#include "shell.h"

int builtin_cd(int argc, char **argv) {
    const char *folder = argc > 1 ? argv[1] : value_of("HOME");
    const bool back = argc > 1 && strcmp(argv[1], "-") == 0;
    if (back) folder = value_of("OLDPWD");
    if (folder == NULL) folder = "/";
    if (chdir(folder) < 0) {
        complain("cd: can't cd to %s", folder);
        return 2;
    }
    if (back) puts(folder);
    char path[PATH_MAX];
    if (value_of("PWD") != NULL) set_variable("OLDPWD", value_of("PWD"));
    if (getcwd(path, sizeof path) != NULL) set_variable("PWD", path);
    return 0;
}

int builtin_pwd(int argc, char **argv) {
    (void)argc, (void)argv;
    char path[PATH_MAX];
    if (getcwd(path, sizeof path) == NULL) {
        complain("pwd: %s", strerror(errno));
        return 1;
    }
    puts(path);
    return 0;
}

int builtin_umask(int argc, char **argv) {
    if (argc == 1) {
        const mode_t mask = umask(0);
        umask(mask);
        printf("%04o\n", mask);
        return 0;
    }
    char *end;
    const long mask = strtol(argv[1], &end, 8);
    if (*end != '\0' || end == argv[1] || mask < 0 || mask > 0777) {
        complain("umask: %s: not an octal mask", argv[1]);
        return 2;
    }
    umask((mode_t)mask);
    return 0;
}

// Where a program is; NULL if it is nowhere. In scratch memory.
static const char *find_program(const char *name) {
    if (strchr(name, '/') != NULL) return access(name, X_OK) == 0 ? name : NULL;
    const char *path = value_of("PATH");
    for (const char *at = path != NULL ? path : "/bin"; at != NULL;) {
        const char *end = strchrnul(at, ':');
        struct text candidate = {0};
        for (; at < end; ++at) append(&candidate, *at);
        if (candidate.length > 0) append(&candidate, '/');
        append_string(&candidate, name);
        if (access(candidate.bytes, X_OK) == 0) return candidate.bytes;
        at = *end != '\0' ? end + 1 : NULL;
    }
    return NULL;
}

static bool is_reserved_word(const char *name) {
    static const char *const words[] = {"!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for",
                                        "if", "in", "then", "until", "while"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
        if (strcmp(words[i], name) == 0) return true;
    }
    return false;
}

static int describe(const char *name, bool verbose) {
    const struct builtin *builtin = find_builtin(name);
    const char *program = find_program(name);
    if (is_reserved_word(name)) {
        printf(verbose ? "%s is a shell keyword\n" : "%s\n", name);
    } else if (find_function(name) != NULL) {
        printf(verbose ? "%s is a shell function\n" : "%s\n", name);
    } else if (builtin != NULL) {
        printf(!verbose ? "%s\n" : builtin->special ? "%s is a special shell builtin\n" : "%s is a shell builtin\n", name);
    } else if (program != NULL) {
        if (verbose) printf("%s is %s\n", name, program);
        else printf("%s\n", program);
    } else {
        if (verbose) printf("%s: not found\n", name);
        return 127;
    }
    return 0;
}

int builtin_type(int argc, char **argv) {
    int status = 0;
    for (int i = 1; i < argc; ++i) status |= describe(argv[i], true);
    return status;
}

// command name...: as if there were no function of that name. -v tells what it is.
int builtin_command(int argc, char **argv) {
    if (argc > 2 && (strcmp(argv[1], "-v") == 0 || strcmp(argv[1], "-V") == 0)) return describe(argv[2], argv[1][1] == 'V');
    if (argc < 2) return 0;
    const struct builtin *builtin = find_builtin(argv[1]);
    if (builtin != NULL) return builtin->run(argc - 1, argv + 1);
    struct job *job = make_job(argv[1]);
    if (start_child(job, FOREGROUND) != 0) return wait_for_job(job);
    execute(argv + 1);
}
