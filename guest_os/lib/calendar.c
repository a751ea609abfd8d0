// Calendar arithmetic. There is one time zone, UTC.

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_PER_DAY = 86400 };

static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"};

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
static int days_in_year(int year) { return is_leap(year) ? 366 : 365; }

static int days_in_month(int year, int month) {
    static const char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month] + (month == 1 && is_leap(year));
}

struct tm *gmtime_r(const time_t *seconds, struct tm *result) {
    long day = *seconds / SECONDS_PER_DAY, rest = *seconds % SECONDS_PER_DAY;
    if (rest < 0) {
        rest += SECONDS_PER_DAY;
        --day;
    }
    *result = (struct tm){.tm_sec = (int)(rest % 60), .tm_min = (int)(rest / 60 % 60), .tm_hour = (int)(rest / 3600),
                          .tm_wday = (int)(((day + 4) % 7 + 7) % 7)};  // it began on a Thursday
    int year = 1970;
    for (; day < 0; day += days_in_year(year)) --year;
    for (; day >= days_in_year(year); ++year) day -= days_in_year(year);
    result->tm_year = year - 1900;
    result->tm_yday = (int)day;
    for (; day >= days_in_month(year, result->tm_mon); ++result->tm_mon) day -= days_in_month(year, result->tm_mon);
    result->tm_mday = (int)day + 1;
    return result;
}

void tzset(void) {}

struct tm *localtime_r(const time_t *seconds, struct tm *result) { return gmtime_r(seconds, result); }

static struct tm latest;
struct tm *gmtime(const time_t *seconds) { return gmtime_r(seconds, &latest); }
struct tm *localtime(const time_t *seconds) { return gmtime_r(seconds, &latest); }

// Fields may be out of range: the 32nd of January is the 1st of February.
time_t mktime(struct tm *t) {
    int year = t->tm_year + 1900 + t->tm_mon / 12, month = t->tm_mon % 12;
    if (month < 0) {
        month += 12;
        --year;
    }
    long day = t->tm_mday - 1;
    for (int i = 0; i < month; ++i) day += days_in_month(year, i);
    for (int y = 1970; y < year; ++y) day += days_in_year(y);
    for (int y = year; y < 1970; ++y) day -= days_in_year(y);
    const time_t result = day * SECONDS_PER_DAY + t->tm_hour * 3600l + t->tm_min * 60l + t->tm_sec;
    gmtime_r(&result, t);
    return result;
}

time_t timegm(struct tm *t) { return mktime(t); }
double difftime(time_t end, time_t start) { return (double)(end - start); }

char *asctime_r(const struct tm *t, char *text) {
    strftime(text, 26, "%a %b %e %H:%M:%S %Y\n", t);
    return text;
}

char *asctime(const struct tm *t) {
    static char text[26];
    return asctime_r(t, text);
}

char *ctime(const time_t *seconds) { return asctime(gmtime(seconds)); }

char *ctime_r(const time_t *seconds, char *text) {
    struct tm t;
    return asctime_r(gmtime_r(seconds, &t), text);
}

static int week_of_year(const struct tm *t, int first_day) {
    return (t->tm_yday + 7 - (t->tm_wday - first_day + 7) % 7) / 7;
}

// A year of ISO 8601 has 52 or 53 whole weeks, from Monday on, and the 4th of January is in the first. So the days around
// the New Year may belong to the other year: *year becomes that.
static int iso_week(const struct tm *t, int *year) {
    const int weekday = (t->tm_wday + 6) % 7;  // Monday: 0
    *year = t->tm_year + 1900;
    const int week = (t->tm_yday - weekday + 10) / 7;
    if (week == 0) {
        --*year;
        return (t->tm_yday + days_in_year(*year) - weekday + 10) / 7;
    }
    const int thursday = t->tm_yday - weekday + 3;
    if (thursday < days_in_year(*year)) return week;
    ++*year;
    return 1;
}

static int hour_of_twelve(const struct tm *t) { return t->tm_hour % 12 == 0 ? 12 : t->tm_hour % 12; }

// What one conversion stands for, in `piece`.
static void convert(char piece[64], char letter, const struct tm *t) {
    const int year = t->tm_year + 1900;
    int iso_year;
    switch (letter) {
        case 'a': sprintf(piece, "%.3s", days[t->tm_wday]); break;
        case 'A': strcpy(piece, days[t->tm_wday]); break;
        case 'b':
        case 'h': sprintf(piece, "%.3s", months[t->tm_mon]); break;
        case 'B': strcpy(piece, months[t->tm_mon]); break;
        case 'c': strftime(piece, 64, "%a %b %e %H:%M:%S %Y", t); break;
        case 'C': sprintf(piece, "%02d", year / 100); break;
        case 'd': sprintf(piece, "%02d", t->tm_mday); break;
        case 'D':
        case 'x': strftime(piece, 64, "%m/%d/%y", t); break;
        case 'e': sprintf(piece, "%2d", t->tm_mday); break;
        case 'F': strftime(piece, 64, "%Y-%m-%d", t); break;
        case 'G': iso_week(t, &iso_year), sprintf(piece, "%d", iso_year); break;
        case 'g': iso_week(t, &iso_year), sprintf(piece, "%02d", iso_year % 100); break;
        case 'H': sprintf(piece, "%02d", t->tm_hour); break;
        case 'I': sprintf(piece, "%02d", hour_of_twelve(t)); break;
        case 'j': sprintf(piece, "%03d", t->tm_yday + 1); break;
        case 'm': sprintf(piece, "%02d", t->tm_mon + 1); break;
        case 'M': sprintf(piece, "%02d", t->tm_min); break;
        case 'n': strcpy(piece, "\n"); break;
        case 'p': strcpy(piece, t->tm_hour < 12 ? "AM" : "PM"); break;
        case 'r': strftime(piece, 64, "%I:%M:%S %p", t); break;
        case 'R': strftime(piece, 64, "%H:%M", t); break;
        case 's': {
            struct tm copy = *t;
            sprintf(piece, "%ld", mktime(&copy));
            break;
        }
        case 'S': sprintf(piece, "%02d", t->tm_sec); break;
        case 't': strcpy(piece, "\t"); break;
        case 'T':
        case 'X': strftime(piece, 64, "%H:%M:%S", t); break;
        case 'u': sprintf(piece, "%d", t->tm_wday == 0 ? 7 : t->tm_wday); break;
        case 'U': sprintf(piece, "%02d", week_of_year(t, 0)); break;
        case 'V': sprintf(piece, "%02d", iso_week(t, &iso_year)); break;
        case 'w': sprintf(piece, "%d", t->tm_wday); break;
        case 'W': sprintf(piece, "%02d", week_of_year(t, 1)); break;
        case 'y': sprintf(piece, "%02d", year % 100); break;
        case 'Y': sprintf(piece, "%d", year); break;
        case 'z': strcpy(piece, "+0000"); break;
        case 'Z': strcpy(piece, "UTC"); break;
        default: sprintf(piece, letter == '%' ? "%%" : "%%%c", letter);
    }
}

size_t strftime(char *restrict text, size_t size, const char *restrict format, const struct tm *restrict t) {
    size_t length = 0;
    for (; *format; ++format) {
        char piece[64] = {*format, '\0'};
        if (*format == '%' && format[1] != '\0') convert(piece, *++format, t);
        const size_t more = strlen(piece);
        if (length + more >= size) return 0;
        memcpy(text + length, piece, more);
        length += more;
    }
    if (size > 0) text[length] = '\0';
    return length;
}
