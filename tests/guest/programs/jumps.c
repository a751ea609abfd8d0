// setjmp and longjmp, getopt, variable arguments, static data, function pointers, recursion.

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static jmp_buf place;

static void dive(int depth) {
    if (depth == 0) longjmp(place, 42);
    dive(depth - 1);
    puts("never");
}

static int sum_of(int count, ...) {
    va_list list;
    va_start(list, count);
    int sum = 0;
    for (int i = 0; i < count; ++i) sum += va_arg(list, int);
    va_end(list);
    return sum;
}

static long long mixed(const char *types, ...) {
    va_list list;
    va_start(list, types);
    long long sum = 0;
    for (; *types; ++types) {
        if (*types == 'i') sum = sum * 7 + va_arg(list, int);
        if (*types == 'l') sum = sum * 7 + va_arg(list, long long);
        if (*types == 's') sum = sum * 7 + (long long)strlen(va_arg(list, char *));
    }
    va_end(list);
    return sum;
}

struct triple {
    int a;
    char b[5];
    long long c;
};

static struct triple make_triple(int seed) {
    struct triple t = {seed, "four", seed * 10000000000ll};
    return t;
}

static int twice(int x) { return 2 * x; }
static int square(int x) { return x * x; }

static void options(int argc, char *argv[]) {
    optind = 1;
    for (int option; (option = getopt(argc, argv, "ab:c")) != -1;) {
        printf("option %c %s\n", option, option == 'b' ? optarg : "");
    }
    for (int i = optind; i < argc; ++i) printf("operand %s\n", argv[i]);
}

int main(void) {
    const int value = setjmp(place);
    printf("setjmp %d\n", value);
    if (value == 0) dive(10);

    printf("%d %d\n", sum_of(0), sum_of(9, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    printf("%lld\n", mixed("ilsil", 1, 20000000000ll, "three", 4, -5ll));
    struct triple t = make_triple(3), u = t;
    u.b[0] = 'F';
    printf("%d %s %s %lld\n", u.a, t.b, u.b, u.c);
    int (*const functions[])(int) = {twice, square, twice};
    int x = 3;
    for (int i = 0; i < 3; ++i) x = functions[i](x);
    printf("%d\n", x);

    char *first[] = {"prog", "-ab", "value", "-c", "rest", NULL};
    options(5, first);
    char *second[] = {"prog", "-bstuck", "--", "-a", NULL};
    options(4, second);
    return 5;
}
