// The language of test(1). With up to four arguments the standard says what is meant; beyond that, as in
//
//   or  =  and { "-o" and }     and  =  not { "-a" not }     not  =  ["!"] primary
//   primary  =  "(" or ")"  |  -f file  |  a = b  |  text

#include "test_expression.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct test {
    const char *name;
    char **words;
    int at, count;
    bool wrong;
};

static bool test_or(struct test *t);

static bool complain(struct test *t, const char *what, const char *word) {
    if (!t->wrong) fprintf(stderr, "%s: %s%s%s\n", t->name, word, *word ? ": " : "", what);
    t->wrong = true;
    return false;
}

static long long number_of(struct test *t, const char *word) {
    char *end;
    errno = 0;
    const long long value = strtoll(word, &end, 10);
    while (*end == ' ') ++end;
    if (end == word || *end != '\0') complain(t, "bad number", word);
    return value;
}

static bool is_unary(const char *word) {
    return word[0] == '-' && word[1] != '\0' && word[2] == '\0' && strchr("bcdefghknprstuwxzLOGS", word[1]);
}

static bool test_file(char letter, const char *path) {
    struct stat status;
    if (letter == 't') return isatty(atoi(path));
    if (letter == 'r') return access(path, R_OK) == 0;
    if (letter == 'w') return access(path, W_OK) == 0;
    if (letter == 'x') return access(path, X_OK) == 0;
    if (letter == 'h' || letter == 'L') {
#ifdef S_ISLNK
        return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
#else
        return false;
#endif
    }
    if (stat(path, &status) < 0) return false;
    switch (letter) {
        case 'd': return S_ISDIR(status.st_mode);
        case 'f': return S_ISREG(status.st_mode);
        case 'c': return S_ISCHR(status.st_mode);
        case 'p': return S_ISFIFO(status.st_mode);
        case 's': return status.st_size > 0;
        case 'u': return (status.st_mode & 04000) != 0;
        case 'g': return (status.st_mode & 02000) != 0;
        case 'k': return (status.st_mode & 01000) != 0;
        case 'e': return true;
        default: return false;  // -b, -S: there are no such files
    }
}

static bool test_unary(const char *op, const char *word) {
    if (op[1] == 'n') return *word != '\0';
    if (op[1] == 'z') return *word == '\0';
    return test_file(op[1], word);
}

static bool is_binary(const char *word) {
    static const char *const operators[] = {"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt",
                                            "-ot", "-ef"};
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; ++i) {
        if (strcmp(operators[i], word) == 0) return true;
    }
    return false;
}

static bool test_two_files(const char *a, char op, const char *b) {
    struct stat left, right;
    const bool has_left = stat(a, &left) == 0, has_right = stat(b, &right) == 0;
    if (op == 'e') return has_left && has_right && left.st_ino == right.st_ino && left.st_dev == right.st_dev;
    if (op == 'n') return has_left && (!has_right || left.st_mtime > right.st_mtime);
    return has_right && (!has_left || left.st_mtime < right.st_mtime);
}

static bool test_binary(struct test *t, const char *a, const char *op, const char *b) {
    if (op[0] == '=') return strcmp(a, b) == 0;
    if (op[0] == '!') return strcmp(a, b) != 0;
    if (op[0] == '<') return strcmp(a, b) < 0;
    if (op[0] == '>') return strcmp(a, b) > 0;
    if (strcmp(op, "-nt") == 0 || strcmp(op, "-ot") == 0 || strcmp(op, "-ef") == 0) return test_two_files(a, op[1], b);
    const long long x = number_of(t, a), y = number_of(t, b);
    if (strcmp(op, "-eq") == 0) return x == y;
    if (strcmp(op, "-ne") == 0) return x != y;
    if (strcmp(op, "-lt") == 0) return x < y;
    if (strcmp(op, "-le") == 0) return x <= y;
    if (strcmp(op, "-gt") == 0) return x > y;
    return x >= y;
}

static const char *word_at(const struct test *t, int offset) {
    return t->at + offset < t->count ? t->words[t->at + offset] : NULL;
}

static bool test_primary(struct test *t) {
    const char *word = word_at(t, 0), *second = word_at(t, 1), *third = word_at(t, 2);
    if (word == NULL) return complain(t, "an argument is missing", "");
    if (second != NULL && third != NULL && is_binary(second)) {
        t->at += 3;
        return test_binary(t, word, second, third);
    }
    if (strcmp(word, "(") == 0 && second != NULL) {
        ++t->at;
        const bool result = test_or(t);
        if (word_at(t, 0) == NULL || strcmp(word_at(t, 0), ")") != 0) return complain(t, "')' is missing", "");
        ++t->at;
        return result;
    }
    if (second != NULL && is_unary(word)) {
        t->at += 2;
        return test_unary(word, second);
    }
    ++t->at;
    return *word != '\0';
}

static bool test_not(struct test *t) {
    const char *word = word_at(t, 0), *second = word_at(t, 1);
    const bool binary = second != NULL && word_at(t, 2) != NULL && is_binary(second);
    if (word != NULL && second != NULL && strcmp(word, "!") == 0 && !binary) {
        ++t->at;
        return !test_not(t);
    }
    return test_primary(t);
}

static bool accept(struct test *t, const char *op) {
    if (word_at(t, 0) == NULL || strcmp(word_at(t, 0), op) != 0) return false;
    ++t->at;
    return true;
}

static bool test_and(struct test *t) {
    bool result = test_not(t);
    while (!t->wrong && accept(t, "-a")) result = test_not(t) && result;
    return result;
}

static bool test_or(struct test *t) {
    bool result = test_and(t);
    while (!t->wrong && accept(t, "-o")) result = test_and(t) || result;
    return result;
}

int test_expression(int argc, char **argv) {
    struct test t = {.name = argv[0], .words = argv + 1, .count = argc - 1};
    if (strcmp(argv[0], "[") == 0) {
        if (t.count == 0 || strcmp(argv[argc - 1], "]") != 0) {
            complain(&t, "missing ]", "");
            return 2;
        }
        --t.count;
    }
    if (t.count == 0) return 1;
    if (t.count == 3 && strcmp(t.words[0], "(") == 0 && strcmp(t.words[2], ")") == 0 && !is_binary(t.words[1])) {
        return t.words[1][0] == '\0';
    }
    const bool result = test_or(&t);
    if (!t.wrong && t.at < t.count) complain(&t, "unexpected operator", t.words[t.at]);
    return t.wrong ? 2 : !result;
}
