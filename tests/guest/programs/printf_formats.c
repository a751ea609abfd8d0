// Every integer and string format, with flags, widths and precisions.

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static int count_of(const char *format, ...) {
    char text[100];
    va_list arguments;
    va_start(arguments, format);
    const int count = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    printf("%s ", text);
    return count;
}

static void by_number(void) {
    char text[40];
    printf("[%2$s %1$s] [%1$s%1$s]\n", "one", "two");
    printf("[%1$*2$d] [%1$-*2$d] [%3$.*2$f] [%3$*2$.*4$f]\n", 42, 6, 2.5, 1);
    printf("[%3$lld] [%2$.2f] [%1$c] [%4$s] [%3$llx]\n", 'c', 1.25, 5000000000ll, "end");
    printf("[%2$08d] [%1$+d] [%2$#x]\n", 1, 255);
    snprintf(text, sizeof text, "%3$d-%2$d-%1$d", 1, 2, 3);
    puts(text);
    printf("%d\n", count_of("%2$Lf %1$hhd %%", 257, 2.0L));
    int count = 0;
    printf("%2$s%1$n\n", &count, "abc");
    printf("%d\n", count);
}

static void error_words(void) {
    char text[60];
    errno = ENOENT;
    printf("[%m] [%30m] [%-30m] [%.7m]\n");
    errno = EACCES;
    printf("%d ", snprintf(text, sizeof text, "%s: %m", "file"));
    puts(text);
    fprintf(stdout, "%d %m %d\n", 1, 2);
}

int main(void) {
    static const int values[] = {0, 1, -1, 42, -42, 123456, INT_MAX, INT_MIN};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; ++i) {
        const int v = values[i];
        printf("[%d] [%i] [%u] [%o] [%x] [%X] [%#o] [%#x] [%#X]\n", v, v, (unsigned)v, (unsigned)v, (unsigned)v,
               (unsigned)v, (unsigned)v, (unsigned)v, (unsigned)v);
        printf("[%8d] [%-8d] [%08d] [%+d] [% d] [%+8d] [%-+8d]\n", v, v, v, v, v, v, v);
        printf("[%.3d] [%8.3d] [%-8.3d] [%.0d] [%*d] [%-*d] [%.*d]\n", v, v, v, v, 7, v, 7, v, 5, v);
        printf("[%hhd] [%hd] [%hhu] [%hu]\n", (signed char)v, (short)v, (unsigned char)v, (unsigned short)v);
        printf("[%lld] [%llu] [%llx] [%llo]\n", v * 5000000000ll, v * 5000000000ull, v * 5000000000ull,
               v * 5000000000ull);
        printf("[%20lld] [%-20lld] [%020lld] [%#llx]\n", v * 5000000000ll, v * 5000000000ll, v * 5000000000ll,
               v * 5000000000ull);
        printf("[%08x] [%#010x] [%-#10x] [%#.5x] [%8.5x]\n", (unsigned)v, (unsigned)v, (unsigned)v, (unsigned)v,
               (unsigned)v);
    }
    printf("[%lld] [%lld] [%llu]\n", LLONG_MAX, LLONG_MIN, ULLONG_MAX);
    printf("[%s] [%10s] [%-10s] [%.2s] [%10.2s] [%-10.2s|] [%.*s]\n", "peach", "peach", "peach", "peach", "peach",
           "peach", 3, "peach");
    printf("[%c] [%5c] [%-5c] [%%] [%5s] [%.0s]\n", 'x', 'y', 'z', "", "gone");
    printf("[%zu] [%zd] [%jd] [%td]\n", sizeof(int), (size_t)17, (__INTMAX_TYPE__)-9, (ptrdiff_t)-3);
    printf("[%'d] [%'12d] [%-'12u] [%'.3f]\n", 1234567, -1234567, 1234567u, 1234.5);
    int count = -1;
    printf("count%n", &count);
    printf(" %d\n", count);

    char text[8];
    const int length = snprintf(text, sizeof text, "%d", 1234567890);
    printf("%d [%s]\n", length, text);
    printf("%d\n", snprintf(NULL, 0, "%s %d", "hello", 5));
    sprintf(text, "%s", "abc");
    printf("%s %d\n", text, (int)strlen(text));
    by_number();
    error_words();
    puts("done");
    return 0;
}
