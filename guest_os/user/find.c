// find [path...] [expression]: walks through folders and does for each file what the expression says, or prints it.
//   -name pattern   -type f|d|l|p|c   -size [+-]n[c]   -newer file   -perm mode   -empty   -maxdepth n   -mindepth n
//   -print   -exec command ... {} ... ;   -delete (with all below first)   ! test   test -o test   test -a test   ( test )

#include <dirent.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/files.h"
#include "common/lines.h"

static char **expression;  // the words, ended by NULL
static long most_depth = 1000, least_depth;
static bool has_action, below_first;
static int status;

// ---- what is being looked at ----

static char *path;
static struct stat file;

// ---- the expression: each part reads its words from *at on, and answers only if it `counts` ----

static bool evaluate_or(char ***at, bool counts);

static _Noreturn void wrong(const char *word) {
    fprintf(stderr, "find: what is '%s'?\n", word != NULL ? word : "behind the end");
    exit(1);
}

static const char *argument(char ***at) {
    if (**at == NULL) wrong(NULL);
    return *(*at)++;
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

static bool has_size(const char *text) {
    const char sign = *text == '+' || *text == '-' ? *text++ : '\0';
    char *end;
    const unsigned long long wanted = strtoull(text, &end, 10);
    const unsigned long long unit = *end == 'c' ? 1 : *end == 'k' ? 1024 : 512;
    const unsigned long long size = ((unsigned long long)file.st_size + unit - 1) / unit;
    return sign == '+' ? size > wanted : sign == '-' ? size < wanted : size == wanted;
}

static bool is_newer(const char *other) {
    struct stat old;
    if (stat(other, &old) < 0) exit(report("find", other));
    if (file.st_mtim.tv_sec != old.st_mtim.tv_sec) return file.st_mtim.tv_sec > old.st_mtim.tv_sec;
    return file.st_mtim.tv_nsec > old.st_mtim.tv_nsec;
}

static int count_nothing(const char *entry) {
    (void)entry;
    return 1;
}

static bool is_empty(void) {
    return S_ISDIR(file.st_mode) ? for_each_entry(path, count_nothing) == 0 : S_ISREG(file.st_mode) && file.st_size == 0;
}

static bool execute(char ***at, bool counts) {
    char **command = *at;
    int length = 0;
    while (command[length] != NULL && strcmp(command[length], ";") != 0) ++length;
    if (command[length] == NULL || length == 0) wrong("-exec");
    *at += length + 1;
    if (!counts) return false;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        command[length] = NULL;
        for (int i = 0; i < length; ++i) {
            if (strcmp(command[i], "{}") == 0) command[i] = path;
        }
        execvp(command[0], command);
        _exit(report("find", command[0]) + 126);
    }
    int result;
    return child > 0 && waitpid(child, &result, 0) == child && result == 0;
}

static bool delete(bool counts) {
    if (!counts || strcmp(path, ".") == 0) return counts;
    if ((S_ISDIR(file.st_mode) ? rmdir : unlink)(path) == 0) return true;
    status = report("find", path);
    return false;
}

static bool evaluate_test(char ***at, bool counts) {
    const char *word = argument(at);
    if (strcmp(word, "-print") == 0) return counts && puts(path) >= 0;
    if (strcmp(word, "-exec") == 0) return execute(at, counts);
    if (strcmp(word, "-delete") == 0) return delete(counts);
    if (strcmp(word, "-empty") == 0) return counts && is_empty();
    if (strcmp(word, "-depth") == 0) return true;
    const char *value = argument(at);
    if (strcmp(word, "-maxdepth") == 0 || strcmp(word, "-mindepth") == 0) return true;
    if (strcmp(word, "-name") == 0) return counts && fnmatch(value, last_part(path), 0) == 0;
    if (strcmp(word, "-type") == 0) return counts && type_of(file.st_mode) == value[0];
    if (strcmp(word, "-size") == 0) return counts && has_size(value);
    if (strcmp(word, "-newer") == 0) return counts && is_newer(value);
    if (strcmp(word, "-perm") == 0) return counts && (file.st_mode & 07777) == strtoul(value, NULL, 8);
    wrong(word);
}

static bool next_is(char ***at, const char *word) {
    if (**at == NULL || strcmp(**at, word) != 0) return false;
    ++*at;
    return true;
}

static bool evaluate_not(char ***at, bool counts) {
    if (next_is(at, "!")) return !evaluate_not(at, counts);
    if (!next_is(at, "(")) return evaluate_test(at, counts);
    const bool result = evaluate_or(at, counts);
    if (!next_is(at, ")")) wrong(**at);
    return result;
}

static bool evaluate_and(char ***at, bool counts) {
    bool result = evaluate_not(at, counts);
    while (**at != NULL && strcmp(**at, "-o") != 0 && strcmp(**at, ")") != 0) {
        next_is(at, "-a");
        const bool another = evaluate_not(at, counts && result);
        result = result && another;
    }
    return result;
}

static bool evaluate_or(char ***at, bool counts) {
    bool result = evaluate_and(at, counts);
    while (next_is(at, "-o")) {
        const bool another = evaluate_and(at, counts && !result);
        result = result || another;
    }
    return result;
}

// ---- the walk ----

static void judge(char *name, const struct stat *status_of_it) {
    char **at = expression;
    path = name;
    file = *status_of_it;
    const bool wanted = *at == NULL || evaluate_or(&at, true);
    if (*at != NULL) wrong(*at);
    if (wanted && !has_action) puts(name);
}

static void visit(char *name, long depth) {
    struct stat status_of_it;
    if (lstat(name, &status_of_it) < 0) {
        status = report("find", name);
        return;
    }
    if (!below_first && depth >= least_depth) judge(name, &status_of_it);
    DIR *folder = S_ISDIR(status_of_it.st_mode) && depth < most_depth ? opendir(name) : NULL;
    if (folder == NULL && S_ISDIR(status_of_it.st_mode) && depth < most_depth) status = report("find", name);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char *below = join(name, entry->d_name);
        visit(below, depth + 1);
        free(below);
    }
    if (folder != NULL) closedir(folder);
    if (below_first && depth >= least_depth) judge(name, &status_of_it);
}

// What concerns the whole walk.
static void read_settings(void) {
    for (char **word = expression; *word != NULL; ++word) {
        const bool deletes = strcmp(*word, "-delete") == 0;
        has_action = has_action || deletes || strcmp(*word, "-print") == 0 || strcmp(*word, "-exec") == 0;
        below_first = below_first || deletes || strcmp(*word, "-depth") == 0;
        if (word[1] != NULL && strcmp(*word, "-maxdepth") == 0) most_depth = number_or_exit("find", word[1], 1);
        if (word[1] != NULL && strcmp(*word, "-mindepth") == 0) least_depth = number_or_exit("find", word[1], 1);
    }
}

int main(int argc, char *argv[]) {
    char here[] = ".";
    int paths = 1;
    while (paths < argc && argv[paths][0] != '-' && strcmp(argv[paths], "!") != 0 && strcmp(argv[paths], "(") != 0) ++paths;
    expression = argv + paths;
    read_settings();
    if (paths == 1) visit(here, 0);
    for (int i = 1; i < paths; ++i) visit(argv[i], 0);
    return status;
}
