// expr: computes its arguments:  | & = != < <= > >= + - * / %  string : pattern  length text  ( ).
// 0: the result is neither empty nor 0, 1: it is, 2: wrong usage.

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/lines.h"
#include "common/pattern.h"

static char **words;

static const char *parse_or(void);

static _Noreturn void wrong(const char *what) {
    fprintf(stderr, "expr: %s\n", what);
    exit(2);
}

static const char *from_number(long value) {
    char digits[16];
    sprintf(digits, "%ld", value);
    return strdup(digits);
}

static bool is_number(const char *text) {
    if (*text == '-') ++text;
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static long to_number(const char *text) {
    if (!is_number(text)) wrong("non-integer argument");
    return strtol(text, NULL, 10);
}

static bool is_false(const char *text) { return *text == '\0' || (is_number(text) && to_number(text) == 0); }

static const char *accept(const char *const operators[]) {
    for (; *operators != NULL; ++operators) {
        if (*words != NULL && strcmp(*words, *operators) == 0) return *words++;
    }
    return NULL;
}

static const char *parse_primary(void) {
    static const char *const open[] = {"(", NULL}, *const close[] = {")", NULL}, *const length[] = {"length", NULL};
    if (accept(open)) {
        const char *value = parse_or();
        if (!accept(close)) wrong("syntax error: expecting ')'");
        return value;
    }
    if (*words == NULL) wrong("syntax error: an argument is missing");
    if (words[1] != NULL && accept(length)) return from_number((long)strlen(parse_primary()));
    return *words++;
}

static const char *parse_match(void) {
    static const char *const operators[] = {":", NULL};
    const char *left = parse_primary();
    while (accept(operators)) {
        const char *pattern = parse_primary();
        const int length = match_pattern_at(pattern + (*pattern == '^'), left);
        left = from_number(length > 0 ? length : 0);
    }
    return left;
}

static const char *parse_product(void) {
    static const char *const operators[] = {"*", "/", "%", NULL};
    const char *left = parse_match(), *op;
    while ((op = accept(operators)) != NULL) {
        const long a = to_number(left), b = to_number(parse_match());
        if (*op != '*' && b == 0) wrong("division by zero");
        left = from_number(*op == '*' ? a * b : *op == '/' ? a / b : a % b);
    }
    return left;
}

static const char *parse_sum(void) {
    static const char *const operators[] = {"+", "-", NULL};
    const char *left = parse_product(), *op;
    while ((op = accept(operators)) != NULL) {
        const long a = to_number(left), b = to_number(parse_product());
        left = from_number(*op == '+' ? a + b : a - b);
    }
    return left;
}

static const char *parse_comparison(void) {
    static const char *const operators[] = {"=", "==", "!=", "<", "<=", ">", ">=", NULL};
    const char *left = parse_sum(), *op;
    while ((op = accept(operators)) != NULL) {
        const char *right = parse_sum();
        const bool numbers = is_number(left) && is_number(right);
        const long a = numbers ? to_number(left) : strcmp(left, right), b = numbers ? to_number(right) : 0;
        const bool equal = op[1] == '=' || op[0] == '=';
        const bool result = op[0] == '!' ? a != b : op[0] == '=' ? a == b
                            : op[0] == '<' ? (equal ? a <= b : a < b) : (equal ? a >= b : a > b);
        left = from_number(result);
    }
    return left;
}

static const char *parse_and(void) {
    static const char *const operators[] = {"&", NULL};
    const char *left = parse_comparison();
    while (accept(operators)) {
        const char *right = parse_comparison();
        if (is_false(left) || is_false(right)) left = "0";
    }
    return left;
}

static const char *parse_or(void) {
    static const char *const operators[] = {"|", NULL};
    const char *left = parse_and();
    while (accept(operators)) {
        const char *right = parse_and();
        if (is_false(left)) left = is_false(right) ? "0" : right;
    }
    return left;
}

int main(int argc, char *argv[]) {
    if (argc < 2) {
        fprintf(stderr, "usage: expr expression\n");
        return 2;
    }
    words = argv + 1;
    const char *result = parse_or();
    if (*words != NULL) wrong("syntax error: unexpected argument");
    puts(result);
    return is_false(result) ? 1 : 0;
}
