// strftime and <inttypes.h>.

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// The days around each New Year of forty years.
static void weeks(void) {
    for (int year = 70; year < 110; ++year) {
        for (int day = -4; day < 6; ++day) {
            struct tm date = {.tm_year = year, .tm_mday = day, .tm_hour = 12};
            char text[80];
            mktime(&date);
            strftime(text, sizeof text, "%F %G-W%V-%u %g %U %W %j %a", &date);
            puts(text);
        }
    }
}

static void formats(void) {
    struct tm date = {.tm_year = 97, .tm_mon = 6, .tm_mday = 4, .tm_hour = 16, .tm_min = 56, .tm_sec = 55};
    static const char *const letters = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYZ%";
    mktime(&date);
    for (const char *letter = letters; *letter != '\0'; ++letter) {
        char format[8], text[80] = "";
        sprintf(format, "<%%%c>", *letter);
        strftime(text, sizeof text, format, &date);
        printf("%c %s\n", *letter, *letter == 'Z' ? "" : text);
    }
}

static void largest(void) {
    int8_t tiny = 0;
    uint16_t small = 0;
    int32_t middle = 0;
    uint64_t large = 0;
    char *end;
    printf("%d", sscanf("-5 65535 -70000 ffffffffff", "%" SCNd8 " %" SCNu16 " %" SCNd32 " %" SCNx64, &tiny, &small, &middle, &large));
    printf(" %" PRId8 " %" PRIu16 " %" PRIi32 " %" PRIX64 "\n", tiny, small, middle, large);
    printf("%" PRIdMAX " %" PRIuMAX "\n", strtoimax("-9999999999999999999", &end, 10), strtoumax("077x", &end, 0));
    const imaxdiv_t parts = imaxdiv(-10000000001, 10);
    printf("%s %" PRIdMAX " %" PRIdMAX " %" PRIdMAX "\n", end, parts.quot, parts.rem, imaxabs(-5000000000));
    printf("%" PRIdLEAST16 " %" PRIoFAST64 " %" PRIxPTR "\n", (int_least16_t)-3, (uint_fast64_t)8, (uintptr_t)255);
}

int main(void) {
    weeks();
    formats();
    largest();
    return 0;
}
