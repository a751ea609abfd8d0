// $((expression)): C's integer operators, 64 bits, with variables.

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"
#include "shell.h"

struct calculation {
    const char *at;
    const char *whole;
    bool skipped;  // the branch of ?: && || that is not taken: nothing is assigned, nothing divided
};

static long long parse_assignment(struct calculation *c);

static _Noreturn void wrong(const struct calculation *c, const char *what) {
    fail(2, "arithmetic expression: %s: \"%s\"", what, c->whole);
}

static void skip_blanks(struct calculation *c) {
    while (isspace((unsigned char)*c->at)) ++c->at;
}

// Takes the operator if it stands here and is not the beginning of a longer one.
static bool accept(struct calculation *c, const char *op) {
    skip_blanks(c);
    const size_t length = strlen(op);
    if (strncmp(c->at, op, length) != 0) return false;
    const char next = c->at[length];
    if (length == 1 && next == *op && strchr("<>&|", next)) return false;
    if (next == '=' && strchr("+-*/%<>&|^=!", *op) && strcmp(op, "==") != 0 && strcmp(op, "!=") != 0 &&
        strcmp(op, "<=") != 0 && strcmp(op, ">=") != 0) {
        return false;
    }
    c->at += length;
    return true;
}

static long long number_of(const struct calculation *c, const char *text) {
    char *end;
    const long long value = strtoll(text, &end, 0);
    while (isspace((unsigned char)*end)) ++end;
    if (*end != '\0') wrong(c, "expecting a number");
    return value;
}

static long long value_of_name(const struct calculation *c, const char *name) {
    const char *value = value_of(name);
    if (value == NULL && shell.error_on_unset) fail(2, "%s: parameter not set", name);
    return value == NULL || *value == '\0' ? 0 : number_of(c, value);
}

static char *take_name(struct calculation *c) {
    skip_blanks(c);
    const int length = name_length(c->at);
    char *name = get((size_t)length + 1);
    memcpy(name, c->at, (size_t)length);
    c->at += length;
    return name;
}

static long long parse_primary(struct calculation *c) {
    if (accept(c, "(")) {
        const long long value = parse_assignment(c);
        if (!accept(c, ")")) wrong(c, "expecting ')'");
        return value;
    }
    if (accept(c, "-")) return -(unsigned long long)parse_primary(c);
    if (accept(c, "+")) return parse_primary(c);
    if (accept(c, "!")) return !parse_primary(c);
    if (accept(c, "~")) return ~parse_primary(c);
    skip_blanks(c);
    if (name_length(c->at) > 0) return value_of_name(c, take_name(c));
    char *end;
    const long long value = strtoll(c->at, &end, 0);
    if (end == c->at) wrong(c, "expecting a number or a name");
    c->at = end;
    return value;
}

static const struct level {
    const char *operators[5];
} levels[] = {  // the loosest first
    {{"||"}}, {{"&&"}}, {{"|"}}, {{"^"}}, {{"&"}}, {{"==", "!="}}, {{"<=", ">=", "<", ">"}}, {{"<<", ">>"}},
    {{"+", "-"}}, {{"*", "/", "%"}},
};
enum { LEVEL_COUNT = sizeof levels / sizeof levels[0] };

static long long divide(const struct calculation *c, const char *op, long long a, long long b) {
    if (c->skipped) return 0;
    if (b == 0) wrong(c, "division by zero");
    if (b == -1) return *op == '/' ? (long long)-(unsigned long long)a : 0;  // the one quotient that does not fit
    return *op == '/' ? a / b : a % b;
}

static long long apply(const struct calculation *c, const char *op, long long a, long long b) {
    const unsigned long long x = (unsigned long long)a, y = (unsigned long long)b;
    switch (op[0]) {
        case '|': return op[1] == '|' ? a || b : a | b;
        case '&': return op[1] == '&' ? a && b : a & b;
        case '^': return a ^ b;
        case '=': return a == b;
        case '!': return a != b;
        case '<': return op[1] == '<' ? (long long)(x << (b & 63)) : op[1] == '=' ? a <= b : a < b;
        case '>': return op[1] == '>' ? a >> (b & 63) : op[1] == '=' ? a >= b : a > b;
        case '+': return (long long)(x + y);
        case '-': return (long long)(x - y);
        case '*': return (long long)(x * y);
        default: return divide(c, op, a, b);
    }
}

static long long parse_level(struct calculation *c, int level) {
    if (level == LEVEL_COUNT) return parse_primary(c);
    long long left = parse_level(c, level + 1);
    for (;;) {
        const char *const *op = levels[level].operators;
        while (*op != NULL && !accept(c, *op)) ++op;
        if (*op == NULL) return left;
        const bool skipped = c->skipped;
        if (strcmp(*op, "||") == 0 && left != 0) c->skipped = true;
        if (strcmp(*op, "&&") == 0 && left == 0) c->skipped = true;
        const long long right = parse_level(c, level + 1);
        c->skipped = skipped;
        left = apply(c, *op, left, right);
    }
}

static long long parse_choice(struct calculation *c) {
    const long long condition = parse_level(c, 0);
    if (!accept(c, "?")) return condition;
    const bool skipped = c->skipped;
    c->skipped = skipped || condition == 0;
    const long long then = parse_assignment(c);
    if (!accept(c, ":")) wrong(c, "expecting ':'");
    c->skipped = skipped || condition != 0;
    const long long otherwise = parse_choice(c);
    c->skipped = skipped;
    return condition != 0 ? then : otherwise;
}

// name = value, name += value, ...
static const char *accept_assignment(struct calculation *c) {
    static const char *const operators[] = {"+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="};
    skip_blanks(c);
    if (c->at[0] == '=' && c->at[1] != '=') {
        ++c->at;
        return "=";
    }
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; ++i) {
        if (strncmp(c->at, operators[i], strlen(operators[i])) != 0) continue;
        c->at += strlen(operators[i]);
        return operators[i];
    }
    return NULL;
}

static long long parse_assignment(struct calculation *c) {
    skip_blanks(c);
    const char *const start = c->at;
    if (name_length(start) > 0) {
        const char *name = take_name(c);
        const char *op = accept_assignment(c);
        if (op != NULL) {
            long long value = parse_assignment(c);
            if (c->skipped) return value;
            if (op[1] != '\0') value = apply(c, op, value_of_name(c, name), value);
            char digits[24];
            snprintf(digits, sizeof digits, "%lld", value);
            set_variable(name, digits);
            return value;
        }
        c->at = start;
    }
    return parse_choice(c);
}

long long evaluate(const char *expression) {
    struct calculation c = {expression, expression, false};
    skip_blanks(&c);
    if (*c.at == '\0') return 0;
    const long long value = parse_assignment(&c);
    skip_blanks(&c);
    if (*c.at != '\0') wrong(&c, "unexpected text");
    return value;
}
