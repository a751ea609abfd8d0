// umask, type, command: builtins about the process and about files.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/mode.h"
#include "builtins.h"
#include "jobs.h"
#include "parser.h"
#include "shell.h"

static void print_allowed(const char *who, unsigned bits, const char *end) {
    printf("%s=%s%s%s%s", who, bits & 4 ? "r" : "", bits & 2 ? "w" : "", bits & 1 ? "x" : "", end);
}

// A mask in octal says what is not allowed; one in letters, what is.
int builtin_umask(int argc, char **argv) {
    const mode_t mask = umask(0);
    const bool symbolic = argc > 1 && strcmp(argv[1], "-S") == 0;
    umask(mask);
    if (argc == 1) {
        printf("%04o\n", mask);
    } else if (symbolic && argc == 2) {
        print_allowed("u", ~mask >> 6, ",");
        print_allowed("g", ~mask >> 3, ",");
        print_allowed("o", ~mask, "\n");
    } else {
        const char *text = argv[symbolic ? 2 : 1];
        const bool octal = text[0] >= '0' && text[0] <= '7';
        const int mode = change_mode(text, ~mask & 0777, 0777, false);
        if (mode < 0 || mode > 0777) {
            complain("umask: %s: not a mask", text);
            return 2;
        }
        umask((mode_t)(octal ? mode : ~mode & 0777));
    }
    return 0;
}

const char *search(const char *list, const char *name, bool (*fits)(const char *path)) {
    for (const char *at = list; at != NULL;) {
        const char *end = strchrnul(at, ':');
        struct text candidate = {0};
        for (; at < end; ++at) append(&candidate, *at);
        if (candidate.length > 0) append(&candidate, '/');
        append_string(&candidate, name);
        if (fits(candidate.bytes)) return candidate.bytes;
        at = *end != '\0' ? end + 1 : NULL;
    }
    return NULL;
}

static bool is_program(const char *path) { return access(path, X_OK) == 0; }

// Where a program is; NULL if it is nowhere. In scratch memory.
static const char *find_program(const char *name) {
    if (strchr(name, '/') != NULL) return is_program(name) ? name : NULL;
    const char *path = value_of("PATH");
    return search(path != NULL ? path : "/bin", name, is_program);
}

static int describe(const char *name, bool verbose) {
    const struct builtin *builtin = find_builtin(name);
    const char *program = find_program(name), *alias = value_of_alias(name);
    if (is_reserved_word(name)) {
        printf(verbose ? "%s is a shell keyword\n" : "%s\n", name);
    } else if (alias != NULL && verbose) {
        printf("%s is an alias for %s\n", name, alias);
    } else if (alias != NULL) {
        printf("alias %s=", name);
        print_value(alias);
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

// Here programs are not remembered; so this only tells whether they are there.
int builtin_hash(int argc, char **argv) {
    int status = 0;
    for (int i = argc > 1 && strcmp(argv[1], "-r") == 0 ? 2 : 1; i < argc; ++i) {
        if (find_builtin(argv[i]) != NULL || find_function(argv[i]) != NULL || find_program(argv[i]) != NULL) continue;
        complain("hash: %s: not found", argv[i]);
        status = 1;
    }
    return status;
}

// command name...: as if there were no function of that name. -v tells what it is, -p looks where the system's programs are.
int builtin_command(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "-p") == 0) {
        const struct saved_variable *const variables = saved_variables();
        save_variable("PATH");
        set_variable("PATH", "/bin");
        const int status = builtin_command(argc - 1, argv + 1);
        restore_variables(variables);
        return status;
    }
    if (argc > 2 && (strcmp(argv[1], "-v") == 0 || strcmp(argv[1], "-V") == 0)) return describe(argv[2], argv[1][1] == 'V');
    if (argc < 2) return 0;
    const struct builtin *builtin = find_builtin(argv[1]);
    if (builtin != NULL) return builtin->run(argc - 1, argv + 1);
    struct job *job = make_job(argv[1]);
    if (start_child(job, FOREGROUND) != 0) return wait_for_job(job);
    execute(argv + 1);
}
