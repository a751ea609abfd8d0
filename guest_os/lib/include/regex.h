#pragma once
// Regular expressions: basic ones, and extended ones with REG_EXTENDED.
//
//   .  any character      *  the one before, any number of times     ^  $  begin and end of the text
//   [a-z]  [^a-z]  [[:alpha:]]  one of, none of     \  takes the meaning away
//   \( \)  a group        \{2,5\}  so many times       \1  what the first group has matched
//   \+  once or more     \?  once or not at all    \|  or
//
// and in extended ones all of  ( ) { } + ? |  without the backslashes. Of all matches the first counts, and of those that begin
// there the longest.
//
// Not modelled: classes such as [[=a=]] and [[.a.]], whose letters have no meaning in the locale "C".

#include <stddef.h>

typedef int regoff_t;

typedef struct {
    size_t re_nsub;  // groups
    struct __regex_instruction *__code;
    unsigned char (*__sets)[32];
    int __count, __set_count, __flags, __has_references;
} regex_t;

typedef struct {
    regoff_t rm_so, rm_eo;  // the first byte, and the first behind; -1: not part of the match
} regmatch_t;

#define REG_EXTENDED 1
#define REG_ICASE 2    // "a" matches "A"
#define REG_NEWLINE 4  // lines are texts of their own: ^ and $ match at their ends, and only a "\n" matches one
#define REG_NOSUB 8    // only whether it matches

#define REG_NOTBOL 1  // the text does not begin a line
#define REG_NOTEOL 2  // or does not end one

#define REG_NOMATCH 1
#define REG_BADPAT 2
#define REG_ECOLLATE 3
#define REG_ECTYPE 4
#define REG_EESCAPE 5
#define REG_ESUBREG 6
#define REG_EBRACK 7
#define REG_EPAREN 8
#define REG_EBRACE 9
#define REG_BADBR 10
#define REG_ERANGE 11
#define REG_ESPACE 12
#define REG_BADRPT 13

// 0, or one of the errors.
int regcomp(regex_t *__restrict regex, const char *__restrict pattern, int flags);
// What the whole and the groups have matched. 0, REG_NOMATCH, or REG_ESPACE.
int regexec(const regex_t *__restrict regex, const char *__restrict text, size_t count, regmatch_t *__restrict matches, int flags);
size_t regerror(int error, const regex_t *__restrict regex, char *__restrict text, size_t size);
void regfree(regex_t *regex);
