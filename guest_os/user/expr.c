// expr: computes its arguments:  | & = != < <= > >= + - * / %  string : pattern  length text  ( ).
// 0: the result is neither empty nor 0, 1: it is, 2: wrong usage.

#include <errno.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/lines.h"

static char **words;

static const char *parse_or(void);

static _Noreturn void wrong(const char *what) {
    fprintf(stderr, "expr: %s\n", what);
    exit(2);
}

static const char *from_number(long long value) {
    char digits[24];
    sprintf(digits, "%lld", value);
    return strdup(digits);
}

static bool is_number(const char *text) {
    if (*text == '-') ++text;
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static long long to_number(const char *text) {
    if (!is_number(text)) wrong("non-integer argument");
    errno = 0;
    const long long value = strtoll(text, NULL, 10);
    if (errno != 0) wrong("the number is too large");
    return value;
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

// What the pattern's first group matches, or, if it has none, how long the match is.
static const char *match_at_beginning(const char *text, const char *pattern) {
    regex_t regex;
    regmatch_t matches[2];
    if (regcomp(&regex, pattern, 0) != 0) wrong("invalid pattern");
    const bool found = regexec(&regex, text, 2, matches, 0) == 0 && matches[0].rm_so == 0;
    const bool has_group = regex.re_nsub > 0;
    regfree(&regex);
    if (!has_group) return from_number(found ? matches[0].rm_eo : 0);
    if (!found || matches[1].rm_so < 0) return "";
    return strndup(text + matches[1].rm_so, (size_t)(matches[1].rm_eo - matches[1].rm_so));
}

static const char *parse_match(void) {
    static const char *const operators[] = {":", NULL};
    const char *left = parse_primary();
    while (accept(operators)) left = match_at_beginning(left, parse_primary());
    return left;
}

static const char *parse_product(void) {
    static const char *const operators[] = {"*", "/", "%", NULL};
    const char *left = parse_match(), *op;
    while ((op = accept(operators)) != NULL) {
        const long long a = to_number(left), b = to_number(parse_match());
        long long result;
        if (*op != '*' && b == 0) wrong("division by zero");
        if (*op == '*' ? __builtin_mul_overflow(a, b, &result) : *op == '/' && b == -1 && __builtin_sub_overflow(0, a, &result)) {
            wrong("the result is too large");
        }
        if (*op != '*') result = *op == '/' ? (b == -1 ? -a : a / b) : (b == -1 ? 0 : a % b);
        left = from_number(result);
    }
    return left;
}

static const char *parse_sum(void) {
    static const char *const operators[] = {"+", "-", NULL};
    const char *left = parse_product(), *op;
    while ((op = accept(operators)) != NULL) {
        const long long a = to_number(left), b = to_number(parse_product());
        long long result;
        if (*op == '+' ? __builtin_add_overflow(a, b, &result) : __builtin_sub_overflow(a, b, &result)) {
            wrong("the result is too large");
        }
        left = from_number(result);
    }
    return left;
}

static const char *parse_comparison(void) {
    static const char *const operators[] = {"=", "==", "!=", "<", "<=", ">", ">=", NULL};
    const char *left = parse_sum(), *op;
    while ((op = accept(operators)) != NULL) {
        const char *right = parse_sum();
        const bool numbers = is_number(left) && is_number(right);
        const long long a = numbers ? to_number(left) : strcmp(left, right), b = numbers ? to_number(right) : 0;
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
    words = argv + 1 + (strcmp(argv[1], "--") == 0);
    const char *result = parse_or();
    if (*words != NULL) wrong("syntax error: unexpected argument");
    puts(result);
    return is_false(result) ? 1 : 0;
}
