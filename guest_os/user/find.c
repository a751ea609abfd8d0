// find [path...] [expression]: walks through folders and does for each file what the expression says, or prints it.
//   -name pattern   -path pattern   -type f|d|l|p|c   -size n[c|k]   -links n   -mtime n (days)   -newer file   -empty
//   -perm mode (exactly) | -mode (all of its bits) | /mode (any)   -user name   -maxdepth n   -mindepth n
//   -print   -exec command ... {} ... ;   -exec command ... {} + (many files at a time)   -prune (nothing below)
//   -delete (with all below first)   -depth   ! test   test -o test   test -a test   ( test )
// n is exactly so many, +n more, -n fewer.

#include <ctype.h>
#include <dirent.h>
#include <fnmatch.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/files.h"
#include "common/lines.h"
#include "common/mode.h"

static char **expression;  // the words, ended by NULL
static long most_depth = 1000, least_depth;
static bool has_action, below_first;
static int status;

// ---- what is being looked at ----

static char *path;
static struct stat file;
static bool pruned;  // what is below it is none of our business

// ---- the expression: each part reads its words from *at on, and answers only if it `counts`. What is wrong with a word is
// found without that, so that one evaluation that does not count checks them all. ----

static bool evaluate_or(char ***at, bool counts);

static _Noreturn void refuse(const char *word, const char *why) {
    fprintf(stderr, "find: '%s': %s\n", word, why);
    exit(1);
}

static const char *value_of(char ***at) {
    if (**at == NULL) refuse((*at)[-1], "its value is missing");
    return *(*at)++;
}

static bool has_type(const char *type) {
    static const struct {
        char letter;
        unsigned type;
    } types[] = {{'f', S_IFREG}, {'d', S_IFDIR}, {'l', S_IFLNK}, {'p', S_IFIFO}, {'c', S_IFCHR}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; ++i) {
        if (type[0] == types[i].letter && type[1] == '\0') return (file.st_mode & S_IFMT) == types[i].type;
    }
    refuse(type, "no type: these are f d l p c");
}

// "3", "+3" or "-3"; *end is behind it.
static bool agrees(const char *text, const char **end, unsigned long long value) {
    const char sign = *text == '+' || *text == '-' ? *text++ : '\0';
    if (!isdigit((unsigned char)*text)) refuse(text, "not a number");
    const unsigned long long wanted = strtoull(text, (char **)end, 10);
    return sign == '+' ? value > wanted : sign == '-' ? value < wanted : value == wanted;
}

static bool has_number(const char *text, unsigned long long value) {
    const char *end;
    const bool result = agrees(text, &end, value);
    if (*end != '\0') refuse(text, "not a number");
    return result;
}

static bool has_size(const char *text) {
    const char *end;
    const unsigned long long unit = strchr(text, 'c') != NULL ? 1 : strchr(text, 'k') != NULL ? 1024 : 512;
    const bool result = agrees(text, &end, ((unsigned long long)file.st_size + unit - 1) / unit);
    if (*end == 'c' || *end == 'k') ++end;
    if (*end != '\0') refuse(text, "not a size");
    return result;
}

static bool has_permissions(const char *text) {
    const char how = *text == '-' || *text == '/' ? *text++ : '\0';
    const int mode = change_mode(text, 0, 07777, false);
    if (mode < 0 || *text == '\0') refuse(text, "not a mode");
    const unsigned wanted = (unsigned)mode, common = file.st_mode & wanted;
    return how == '-' ? common == wanted : how == '/' ? common != 0 || wanted == 0 : (file.st_mode & 07777) == wanted;
}

static bool is_of_user(const char *name) {
    static const char *last;  // mostly it is asked for one
    static uid_t uid;
    if (last == NULL || strcmp(name, last) != 0) {
        const struct passwd *user = getpwnam(name);
        if (user == NULL && (*name == '\0' || name[strspn(name, "0123456789")] != '\0')) refuse(name, "no such user");
        uid = user != NULL ? user->pw_uid : (uid_t)strtoul(name, NULL, 10);
        last = name;
    }
    return file.st_uid == uid;
}

static unsigned long long days_old(void) {
    static time_t now;
    if (now == 0) now = time(NULL);
    return file.st_mtime < now ? (unsigned long long)(now - file.st_mtime) / 86400 : 0;
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

// The status of the command, as waitpid tells it; -1 if it could not be started.
static int run(char *command[]) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        _exit(report("find", command[0]) + 126);
    }
    int result;
    return child > 0 && waitpid(child, &result, 0) == child ? result : -1;
}

static bool run_for_one(char *command[], int length) {
    char **words = calloc((size_t)length + 1, sizeof *words);
    if (words == NULL) exit(report("find", "memory"));
    for (int i = 0; i < length; ++i) words[i] = strcmp(command[i], "{}") == 0 ? path : command[i];
    const int result = run(words);
    free(words);
    return result == 0;
}

enum { MOST_WORDS = 500, MOST_BYTES = 16000 };

// The paths that -exec ... {} + has gathered. Each of those in the expression has its own, known by its command.
struct batch {
    struct batch *next;
    char **command;
    int length, count;  // words of the command, and with the paths
    size_t bytes;       // of the paths
    char *words[MOST_WORDS + 1];
};

static struct batch *batches;

static struct batch *batch_of(char *command[], int length) {
    struct batch **link = &batches;
    while (*link != NULL && (*link)->command != command) link = &(*link)->next;
    if (*link != NULL) return *link;
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL || length >= MOST_WORDS) refuse(command[0], "the command is too long");
    batch->command = command;
    batch->length = batch->count = length;
    memcpy(batch->words, command, (size_t)length * sizeof *command);
    return *link = batch;
}

static void run_batch(struct batch *batch) {
    if (batch->count == batch->length) return;
    batch->words[batch->count] = NULL;
    if (run(batch->words) != 0) status = 1;
    while (batch->count > batch->length) free(batch->words[--batch->count]);
    batch->bytes = 0;
}

static void add_to_batch(struct batch *batch) {
    batch->words[batch->count++] = strdup(path);
    batch->bytes += strlen(path) + 1;
    if (batch->count == MOST_WORDS || batch->bytes > MOST_BYTES) run_batch(batch);
}

static bool execute(char ***at, bool counts) {
    char **command = *at;
    int length = 0;
    bool many = false;
    for (; command[length] != NULL && strcmp(command[length], ";") != 0 && !many; ++length) {
        many = length > 1 && strcmp(command[length], "+") == 0 && strcmp(command[length - 1], "{}") == 0;
    }
    if (many) length -= 2;  // without "{} +"
    else if (command[length] == NULL) refuse("-exec", "the ';' or '{} +' at its end is missing");
    if (length == 0) refuse("-exec", "the command is missing");
    *at += length + (many ? 2 : 1);
    if (counts && many) add_to_batch(batch_of(command, length));
    return counts && (many || run_for_one(command, length));
}

static bool delete(bool counts) {
    if (!counts || strcmp(path, ".") == 0) return counts;
    if ((S_ISDIR(file.st_mode) ? rmdir : unlink)(path) == 0) return true;
    status = report("find", path);
    return false;
}

static bool prune(bool counts) {
    pruned = pruned || counts;
    return true;
}

static bool evaluate_test(char ***at, bool counts) {
    const char *word = *(*at)++;
    if (strcmp(word, "-print") == 0) return counts && puts(path) >= 0;
    if (strcmp(word, "-exec") == 0) return execute(at, counts);
    if (strcmp(word, "-delete") == 0) return delete(counts);
    if (strcmp(word, "-empty") == 0) return counts && is_empty();
    if (strcmp(word, "-depth") == 0) return true;
    if (strcmp(word, "-prune") == 0) return prune(counts);
    if (strcmp(word, "-maxdepth") == 0 || strcmp(word, "-mindepth") == 0) return value_of(at) != NULL;
    if (strcmp(word, "-name") == 0) return fnmatch(value_of(at), last_part(path), 0) == 0 && counts;
    if (strcmp(word, "-path") == 0) return fnmatch(value_of(at), path, 0) == 0 && counts;
    if (strcmp(word, "-type") == 0) return has_type(value_of(at)) && counts;
    if (strcmp(word, "-size") == 0) return has_size(value_of(at)) && counts;
    if (strcmp(word, "-links") == 0) return has_number(value_of(at), file.st_nlink) && counts;
    if (strcmp(word, "-mtime") == 0) return has_number(value_of(at), days_old()) && counts;
    if (strcmp(word, "-newer") == 0) return is_newer(value_of(at)) && counts;
    if (strcmp(word, "-perm") == 0) return has_permissions(value_of(at)) && counts;
    if (strcmp(word, "-user") == 0) return is_of_user(value_of(at)) && counts;
    refuse(word, "no such test or action");
}

static bool next_is(char ***at, const char *word) {
    if (**at == NULL || strcmp(**at, word) != 0) return false;
    ++*at;
    return true;
}

static bool evaluate_not(char ***at, bool counts) {
    if (next_is(at, "!")) return !evaluate_not(at, counts);
    if (**at == NULL) refuse((*at)[-1], "what follows it is missing");
    if (!next_is(at, "(")) return evaluate_test(at, counts);
    const bool result = evaluate_or(at, counts);
    if (!next_is(at, ")")) refuse("(", "its ')' is missing");
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
    pruned = false;
    const bool wanted = *at == NULL || evaluate_or(&at, true);
    if (wanted && !has_action) puts(name);
}

static void visit(char *name, long depth) {
    struct stat status_of_it;
    if (lstat(name, &status_of_it) < 0) {
        status = report("find", name);
        return;
    }
    const bool judged_now = !below_first && depth >= least_depth;
    if (judged_now) judge(name, &status_of_it);
    const bool goes_on = S_ISDIR(status_of_it.st_mode) && depth < most_depth && !(judged_now && pruned);
    DIR *folder = goes_on ? opendir(name) : NULL;
    if (folder == NULL && goes_on) status = report("find", name);
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

static void check_expression(void) {
    static char nowhere[] = "";
    char **at = expression;
    path = nowhere;
    if (*at != NULL) evaluate_or(&at, false);
    if (*at != NULL) refuse(*at, "no '(' is open");
}

int main(int argc, char *argv[]) {
    char here[] = ".";
    int paths = 1;
    while (paths < argc && argv[paths][0] != '-' && strcmp(argv[paths], "!") != 0 && strcmp(argv[paths], "(") != 0) ++paths;
    expression = argv + paths;
    check_expression();
    read_settings();
    if (paths == 1) visit(here, 0);
    for (int i = 1; i < paths; ++i) visit(argv[i], 0);
    for (struct batch *batch = batches; batch != NULL; batch = batch->next) run_batch(batch);
    return status;
}
