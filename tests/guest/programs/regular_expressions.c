// regex.h: what patterns match, and what their groups do.

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 5 };

static void show(const regmatch_t *match, const char *text) {
    if (match->rm_so < 0) printf(" -");
    else printf(" %d-%d'%.*s'", (int)match->rm_so, (int)match->rm_eo, (int)(match->rm_eo - match->rm_so), text + match->rm_so);
}

static void try(const char *pattern, int flags, const char *text, int run_flags) {
    regex_t regex;
    regmatch_t matches[MOST];
    printf("%s on '%s':", pattern, text);
    if (regcomp(&regex, pattern, flags) != 0) {
        printf(" invalid\n");
        return;
    }
    const int result = regexec(&regex, text, MOST, matches, run_flags);
    if (result == REG_NOMATCH) printf(" none");
    else if (result != 0) printf(" error %d", result);
    for (size_t i = 0; result == 0 && i <= regex.re_nsub && i < MOST; ++i) show(&matches[i], text);
    printf("; %d groups\n", (int)regex.re_nsub);
    regfree(&regex);
}

static void basic(void) {
    static const char *const lines[][2] = {
        {"abc", "xxabcxx"}, {"a*", "aaab"}, {"a*", "baaa"}, {"ba*", "xbaaax"}, {"^a", "ba"}, {"^a", "ab"}, {"a$", "aba"},
        {"^$", ""}, {"a.c", "abc a.c"}, {"a\\.c", "abc a.c"}, {"*a", "b*a"}, {"^*a", "*a"}, {"a^b", "a^b"}, {"a$b", "a$b"},
        {"[a-c]*", "abcd"}, {"[^a-c]", "abcd"}, {"[]x]*", "]x]"}, {"[^]x]", "]xy"}, {"[a-]*", "a-a"}, {"[[:digit:]]*", "42x"},
        {"x[[:alpha:]_][[:alnum:]_]*", "9x_1y-"}, {"\\(a\\)\\(b*\\)", "abbb"}, {"\\(a*\\)b\\(c*\\)", "aabcc"}, {"a\\{2\\}", "aaa"},
        {"a\\{2,\\}", "baaaa"}, {"a\\{1,2\\}b", "aaab"}, {"\\(ab\\)\\{2\\}", "ababab"}, {"\\(ab\\)*c", "ababc"}, {"a\\{0\\}b", "ab"},
        {"a+b", "a+b"}, {"a|b", "a|b"}, {"(a)", "(a)"}, {"a\\+", "caaa"}, {"ca\\?t", "ct"}, {"one\\|two", "a two"},
        {"\\(.\\)\\1", "abccd"}, {"\\(a*\\)x\\1", "aaxaaa"}, {"^\\(.*\\)\\n\\1$", "ab\nab"}, {"\\(a\\)\\(b\\)\\2\\1", "xabbax"},
        {"\\([a-z]*\\) \\1 \\1", "no no go go go!"}, {"\\(a\\)\\{2\\}\\1", "aaaa"}, {"[0-9]\\{1,3\\}\\.", "1234."},
        {"\\(/[^/]*\\)*$", "/usr/local/bin"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; ++i) try(lines[i][0], 0, lines[i][1], 0);
}

static void extended(void) {
    static const char *const lines[][2] = {
        {"a|ab|abc", "abcd"}, {"(a|ab)(c|bcd)", "abcd"}, {"x*|yy", "yyx"}, {"(foo|bar)+", "xfoobarfoo"}, {"a{2,3}", "aaaa"},
        {"(a{2}){2}", "aaaaa"}, {"a?b?c?", "bc"}, {"^(a|b)*$", "abab"}, {"^(a|b)*$", "abac"}, {"(^a|b)c", "bc ac"}, {"a\\+b", "a+b"},
        {"\\(a\\)", "(a)"}, {"[+*?]+", "a*+?b"}, {"(0|[1-9][0-9]*)(\\.[0-9]+)?", "v 10.25"}, {"([a-z]+)@([a-z]+)\\.com", "to: me@host.com."},
        {"((a)(b)?)+", "abaab"}, {"(a*)(ab)*(b*)", "abb"}, {"^([^:]*):([^:]*):", "root:x:0:0"}, {"(ab|a)(bc)?", "abc"},
        {"([a-f0-9]{2}:){3}", "de:ad:be:ef"}, {"$^", ""}, {"a.{3}b", "axyzb"}, {"(a)(b)(c)(d)(e)", "abcde"}, {"^.*b", "abcbd"},
        {"(.)(.)\\2\\1", "xabbay"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; ++i) try(lines[i][0], REG_EXTENDED, lines[i][1], 0);
}

static void flags(void) {
    try("peach", REG_ICASE, "A PeAcH", 0);
    try("[a-c]x", REG_ICASE, "Bx", 0);
    try("[^a]", REG_ICASE, "Aab", 0);
    try("\\(a\\)\\1", REG_ICASE, "aA", 0);
    try("^b", 0, "a\nb", 0);
    try("^b$", REG_NEWLINE, "a\nb\nc", 0);
    try("a.b", REG_NEWLINE, "a\nb", 0);
    try("a.b", 0, "a\nb", 0);
    try("a[^x]b", REG_NEWLINE, "a\nb", 0);
    try("^a", 0, "a", REG_NOTBOL);
    try("a$", 0, "a", REG_NOTEOL);
    regex_t regex;
    printf("%d", regcomp(&regex, "(b+)", REG_EXTENDED | REG_NOSUB));
    printf(" %d", regexec(&regex, "abb", 0, NULL, 0));
    printf(" %d\n", regexec(&regex, "acc", 0, NULL, 0) == REG_NOMATCH);
    regfree(&regex);
}

static void invalid(void) {
    static const char *const basic[] = {"[[:nosuch:]]", "\\(a", "a\\)", "a\\{2", "a\\{2,1\\}", "a\\{x\\}", "a\\", "\\1", "[z-a]", "[a"};
    static const int basic_errors[] = {REG_ECTYPE, REG_EPAREN, REG_EPAREN, REG_EBRACE, REG_BADBR,
                                       REG_BADBR,  REG_EESCAPE, REG_ESUBREG, REG_ERANGE, REG_EBRACK};
    regex_t regex;
    for (size_t i = 0; i < sizeof basic / sizeof basic[0]; ++i) {
        const int error = regcomp(&regex, basic[i], 0);
        printf("%s: %s\n", basic[i], error == basic_errors[i] ? "as it should" : "another error");
    }
    printf("%d\n", regcomp(&regex, "(a", REG_EXTENDED) == REG_EPAREN);
    char text[4];
    const size_t size = regerror(REG_EPAREN, &regex, text, sizeof text);
    printf("%d %d\n", size > sizeof text, (int)strlen(text));
}

// Patterns that take others for ever, and long texts.
static void patience(void) {
    char *text = malloc(5001);
    memset(text, 'a', 5000);
    text[5000] = '\0';
    regex_t regex;
    regmatch_t match;
    regcomp(&regex, "(a*)*b", REG_EXTENDED);
    printf("%d\n", regexec(&regex, text, 1, &match, 0) == REG_NOMATCH);
    regfree(&regex);
    regcomp(&regex, "a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaa", REG_EXTENDED);
    printf("%d", regexec(&regex, "aaaaaaaaaaaa", 1, &match, 0));
    printf(" %d %d\n", (int)match.rm_so, (int)match.rm_eo);
    regfree(&regex);
    text[2500] = 'b';
    regcomp(&regex, "ba\\{100,200\\}$", 0);
    printf("%d\n", regexec(&regex, text, 1, &match, 0) == REG_NOMATCH);
    regfree(&regex);
    regcomp(&regex, "a*ba*", 0);
    printf("%d", regexec(&regex, text, 1, &match, 0));
    printf(" %d %d\n", (int)match.rm_so, (int)match.rm_eo);
    regfree(&regex);
    free(text);
}

int main(void) {
    basic();
    extended();
    flags();
    invalid();
    patience();
    return 0;
}
