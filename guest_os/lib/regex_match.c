// regexec: runs the program of a regular expression (regex_program.h) on a text.

#include "regex_program.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Where groups begin and end: [2 * group] and [2 * group + 1]; -1: not yet. Group 0 is the whole.
typedef regoff_t position;

// Some places of the program, in the order of preference.
struct places {
    int count;
    int *numbers;         // of instructions
    position *positions;  // those of each place, `width` of them
};

struct run {
    const regex_t *regex;
    const char *text;
    int flags;       // of regexec
    size_t width;    // how many positions are kept
    position *best;  // those of the best match so far
    bool found;
    int *seen;  // for each instruction: the step at which it was last put among the places
    int step;
};

// ---- what every way of running shares ----

static bool holds(const struct run *run, const struct __regex_instruction *instruction, position at) {
    const bool lines = (run->regex->__flags & REG_NEWLINE) != 0;
    if (instruction->operation == LINE_BEGIN) {
        return at == 0 ? !(run->flags & REG_NOTBOL) : lines && run->text[at - 1] == '\n';
    }
    return run->text[at] == '\0' ? !(run->flags & REG_NOTEOL) : lines && run->text[at] == '\n';
}

static bool accepts(const struct run *run, const struct __regex_instruction *instruction, char character) {
    const int c = (unsigned char)character;
    if (c == '\0') return false;
    switch (instruction->operation) {
        case ONE:
            return c == instruction->value || ((run->regex->__flags & REG_ICASE) && tolower(c) == tolower(instruction->value));
        case ANY: return c != '\n' || !(run->regex->__flags & REG_NEWLINE);
        case SET: return (run->regex->__sets[instruction->value][c / 8] >> c % 8 & 1) != 0;
        default: return false;
    }
}

// Which of the positions an instruction sets; at least run->width if that one is not kept.
static size_t position_set_by(const struct __regex_instruction *instruction) {
    return 2 * (size_t)instruction->value + (instruction->operation == GROUP_END);
}

static void keep_if_better(struct run *run, const position *positions, position end) {
    if (run->found && (positions[0] > run->best[0] || (positions[0] == run->best[0] && end <= run->best[1]))) return;
    memcpy(run->best, positions, run->width * sizeof *positions);
    run->best[1] = end;
    run->found = true;
}

// ---- in all places at once ----

// Adds a place and, if a character is not what it needs, those that it leads to. `positions` is as it was afterwards.
static void add(struct run *run, struct places *places, int number, position *positions, position at) {
    for (;;) {
        if (run->seen[number] == run->step) return;
        run->seen[number] = run->step;
        const struct __regex_instruction *instruction = &run->regex->__code[number];
        switch (instruction->operation) {
            case JUMP: number += instruction->value; continue;
            case SPLIT:
                add(run, places, number + 1, positions, at);
                number += instruction->value;
                continue;
            case LINE_BEGIN:
            case LINE_END:
                if (!holds(run, instruction, at)) return;
                ++number;
                continue;
            case GROUP_BEGIN:
            case GROUP_END: {
                const size_t set = position_set_by(instruction);
                if (set < run->width) {
                    const position before = positions[set];
                    positions[set] = at;
                    add(run, places, number + 1, positions, at);
                    positions[set] = before;
                    return;
                }
                ++number;
                continue;
            }
            default:
                places->numbers[places->count] = number;
                memcpy(places->positions + (size_t)places->count++ * run->width, positions, run->width * sizeof *positions);
                return;
        }
    }
}

static void begin_at(struct run *run, struct places *places, position at) {
    position positions[run->width];
    for (size_t i = 0; i < run->width; ++i) positions[i] = -1;
    positions[0] = at;
    add(run, places, 0, positions, at);
}

// What the places lead to with the character at `at`, or the end that stands there.
static void go_on(struct run *run, const struct places *now, struct places *then, position at) {
    then->count = 0;
    ++run->step;
    for (int i = 0; i < now->count; ++i) {
        const int number = now->numbers[i];
        position *positions = now->positions + (size_t)i * run->width;
        if (run->found && positions[0] > run->best[0]) continue;
        if (run->regex->__code[number].operation == FOUND) keep_if_better(run, positions, at);
        else if (accepts(run, &run->regex->__code[number], run->text[at])) add(run, then, number + 1, positions, at + 1);
    }
}

static int run_everywhere(struct run *run) {
    const size_t count = (size_t)run->regex->__count;
    int *numbers = calloc(3 * count, sizeof *numbers);
    position *positions = calloc(2 * count * run->width, sizeof *positions);
    if (numbers == NULL || positions == NULL) {
        free(numbers);
        free(positions);
        return REG_ESPACE;
    }
    run->seen = numbers + 2 * count;
    struct places now = {0, numbers, positions}, then = {0, numbers + count, positions + count * run->width};
    run->step = 1;
    for (position at = 0;; ++at) {
        if (!run->found) begin_at(run, &now, at);
        go_on(run, &now, &then, at);
        if (run->text[at] == '\0' || (run->found && then.count == 0)) break;
        const struct places other = now;
        now = then;
        then = other;
    }
    free(numbers);
    free(positions);
    return run->found ? 0 : REG_NOMATCH;
}

// ---- one way after the other ----

// For patterns with references to groups: there the way by which a place was reached decides how it goes on. That can take
// very long. `idle`: instructions since the last character; whoever goes round without one goes nowhere.
static void try_all(struct run *run, int number, position *positions, position at, int idle) {
    for (;; ++idle) {
        if (idle > run->regex->__count) return;
        const struct __regex_instruction *instruction = &run->regex->__code[number];
        switch (instruction->operation) {
            case FOUND: keep_if_better(run, positions, at); return;
            case JUMP: number += instruction->value; break;
            case SPLIT:
                try_all(run, number + 1, positions, at, idle + 1);
                number += instruction->value;
                break;
            case LINE_BEGIN:
            case LINE_END:
                if (!holds(run, instruction, at)) return;
                ++number;
                break;
            case GROUP_BEGIN:
            case GROUP_END: {
                const size_t set = position_set_by(instruction);
                const position before = positions[set];
                positions[set] = at;
                try_all(run, number + 1, positions, at, idle + 1);
                positions[set] = before;
                return;
            }
            case SAME_AS_GROUP: {
                const position *group = positions + 2 * instruction->value;
                if (group[0] < 0 || group[1] < group[0]) return;
                for (position i = group[0]; i < group[1]; ++i, ++at) {
                    const struct __regex_instruction same = {ONE, (unsigned char)run->text[i]};
                    if (!accepts(run, &same, run->text[at])) return;
                    idle = 0;
                }
                ++number;
                break;
            }
            default:
                if (!accepts(run, instruction, run->text[at])) return;
                ++at;
                ++number;
                idle = 0;
        }
    }
}

static int run_one_by_one(struct run *run) {
    position positions[run->width];
    for (position at = 0; !run->found; ++at) {
        for (size_t i = 0; i < run->width; ++i) positions[i] = -1;
        positions[0] = at;
        try_all(run, 0, positions, at, 0);
        if (run->text[at] == '\0') break;
    }
    return run->found ? 0 : REG_NOMATCH;
}

int regexec(const regex_t *__restrict regex, const char *__restrict text, size_t count, regmatch_t *__restrict matches, int flags) {
    if (regex->__flags & REG_NOSUB) count = 0;
    const size_t groups = regex->re_nsub + 1;
    const size_t kept = regex->__has_references || count > groups ? groups : count > 0 ? count : 1;
    position best[2 * kept];
    struct run run = {.regex = regex, .text = text, .flags = flags, .width = 2 * kept, .best = best};
    const int result = regex->__has_references ? run_one_by_one(&run) : run_everywhere(&run);
    if (result != 0) return result;
    for (size_t i = 0; i < count; ++i) {
        const bool is_part = i < groups && best[2 * i] >= 0 && best[2 * i + 1] >= 0;
        matches[i] = is_part ? (regmatch_t){best[2 * i], best[2 * i + 1]} : (regmatch_t){-1, -1};
    }
    return 0;
}
