// strtol and its family, atoi, sscanf, bsearch, qsort, div.

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void conversions(void) {
    static const char *const texts[] = {"0",    "42",   "  -42x",  "+7",          "0x1F",       "0x",
                                        "077",  "08",   "zz",      "",            "-",          "2147483647",
                                        "- 5",  "1e5",  "0b11",    "-2147483648", "4294967295", "99999999999999999999",
                                        "0xg",  "\t\n9", "-99999999999999999999"};
    static const int bases[] = {0, 2, 8, 10, 16, 36};
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        for (unsigned b = 0; b < sizeof bases / sizeof bases[0]; ++b) {
            char *end;
            errno = 0;
            const long long value = strtoll(texts[i], &end, bases[b]);
            printf("%lld %d %d, ", value, (int)(end - texts[i]), errno);
            errno = 0;
            const unsigned long long magnitude = strtoull(texts[i], &end, bases[b]);
            printf("%llu %d %d; ", magnitude, (int)(end - texts[i]), errno);
        }
        putchar('\n');
    }
    printf("%d %d %lld\n", atoi("  12abc"), atoi("x"), atoll("-123456789012"));
}

static void scans_of_large_numbers(void) {
    long long signed_one = 0;
    unsigned long long unsigned_one = 0;
    printf("%d", sscanf("99999999999999999999", "%lld", &signed_one));
    printf(" %lld ", signed_one);
    printf("%d", sscanf("-99999999999999999999 99999999999999999999", "%lld %llu", &signed_one, &unsigned_one));
    printf(" %lld %llu ", signed_one, unsigned_one);
    printf("%d", sscanf("18446744073709551615 -1", "%llu %llx", &unsigned_one, (unsigned long long *)&signed_one));
    printf(" %llu %lld\n", unsigned_one, signed_one);
}

static void scans(void) {
    int a = -1, b = -1, c = -1, n = -1;
    char word[20] = "", letters[20] = "", one = '?';
    printf("%d", sscanf("12 -7 0x1f", "%d %d %x", &a, &b, (unsigned *)&c));
    printf(" %d %d %d\n", a, b, c);
    printf("%d", sscanf("key = value!", "%19[a-z] = %19s%n", letters, word, &n));
    printf(" %s %s %d\n", letters, word, n);
    printf("%d", sscanf("a,b", "%c,%*c%d", &one, &a));
    printf(" %c\n", one);
    printf("%d ", sscanf("", "%d", &a));
    printf("%d ", sscanf("x", "%d", &a));
    printf("%d", sscanf("123456", "%3d%2d%i", &a, &b, &c));
    printf(" %d %d %d\n", a, b, c);
    long long large = 0;
    signed char tiny = 0;
    printf("%d", sscanf("-5000000000 77", "%lld %hhd", &large, &tiny));
    printf(" %lld %d\n", large, tiny);
    printf("%d", sscanf("100%", "%d%%", &a));
    printf(" %d\n", a);
    printf("%d", sscanf("017 017", "%i %d", &a, &b));
    printf(" %d %d\n", a, b);
}

static int by_value(const void *a, const void *b) {
    const int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void sorting(void) {
    static int values[1000];
    unsigned seed = 12345;
    for (int i = 0; i < 1000; ++i) {
        seed = seed * 1103515245u + 12345u;
        values[i] = (int)(seed >> 16) % 500;
    }
    for (int count = 0; count < 10; ++count) {
        int few[10];
        memcpy(few, values, sizeof few);
        qsort(few, (size_t)count, sizeof few[0], by_value);
        for (int i = 0; i < count; ++i) printf("%d ", few[i]);
        putchar('\n');
    }
    qsort(values, 1000, sizeof values[0], by_value);
    unsigned sum = 0;
    for (int i = 0; i < 1000; ++i) sum = sum * 31 + (unsigned)values[i];
    printf("%u\n", sum);
    int present = 0;
    for (int key = -5; key < 505; ++key) {
        if (bsearch(&key, values, 1000, sizeof values[0], by_value) != NULL) ++present;
    }
    printf("%d\n", present);
    const char *fruits[] = {"plum", "peach", "apple", "fig", "pear", "cherry"};
    qsort(fruits, 6, sizeof fruits[0], by_text);
    for (int i = 0; i < 6; ++i) printf("%s ", fruits[i]);
    putchar('\n');
}

// As people write it who know PCs only.
static void characters_have_signs(void) {
    char c = (char)200;
    printf("%d %d %d\n", c, CHAR_MIN, CHAR_MAX);
    FILE *nothing = fopen("/dev/null", "r");
    int turns = 0;
    while ((c = (char)getc(nothing)) != EOF && turns < 10) turns++;
    printf("%d\n", turns);
    fclose(nothing);
}

int main(void) {
    characters_have_signs();
    conversions();
    scans();
    scans_of_large_numbers();
    sorting();
    const div_t d = div(-17, 5);
    printf("%d %d %d %lld\n", d.quot, d.rem, abs(-3), llabs(-4000000000ll));
    return 0;
}
