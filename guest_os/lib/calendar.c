// Calendar arithmetic. There is one time zone, UTC.

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

// ---- strptime

struct reading {
    const char *at;
    struct tm *t;
    int century;    // -1: not named
    bool has_date;  // year, month and day of the month are known
    bool is_afternoon, has_half;
};

static bool read_number(struct reading *r, int most_digits, int least, int most, int *number) {
    while (isspace((unsigned char)*r->at)) ++r->at;
    if (!isdigit((unsigned char)*r->at)) return false;
    int value = 0;
    for (; most_digits > 0 && isdigit((unsigned char)*r->at); --most_digits) value = value * 10 + *r->at++ - '0';
    *number = value;
    return value >= least && value <= most;
}

// A whole name or its first three letters.
static bool read_name(struct reading *r, const char *const names[], int count, int *number) {
    for (*number = 0; *number < count; ++*number) {
        const size_t length = strlen(names[*number]);
        const bool is_long = strncasecmp(r->at, names[*number], length) == 0;
        if (!is_long && strncasecmp(r->at, names[*number], 3) != 0) continue;
        r->at += is_long ? length : 3;
        return true;
    }
    return false;
}

static bool read_all(struct reading *r, const char *format);

static bool read_year(struct reading *r, int year) {
    r->t->tm_year = year - 1900;
    return r->has_date = true;
}

static bool read_half(struct reading *r) {
    static const char *const halves[] = {"AM ", "PM "};
    r->has_half = true;
    r->is_afternoon = strncasecmp(r->at, halves[1], 2) == 0;
    if (strncasecmp(r->at, halves[r->is_afternoon], 2) != 0) return false;
    r->at += 2;
    return true;
}

static bool read_zone(struct reading *r) {
    int minutes;
    if (*r->at == 'Z') return ++r->at, true;
    if (*r->at != '+' && *r->at != '-') return false;
    ++r->at;
    return read_number(r, 4, 0, 1400, &minutes);  // there is only one zone
}

static bool read_seconds_of_epoch(struct reading *r) {
    char *end;
    const time_t seconds = strtol(r->at, &end, 10);
    if (end == r->at) return false;
    r->at = end;
    gmtime_r(&seconds, r->t);
    return true;
}

static bool read_one(struct reading *r, char letter) {
    struct tm *t = r->t;
    int number;
    switch (letter) {
        case 'a':
        case 'A': return read_name(r, days, 7, &t->tm_wday);
        case 'b':
        case 'B':
        case 'h': return read_name(r, months, 12, &t->tm_mon) && (r->has_date = true);
        case 'c': return read_all(r, "%a %b %e %H:%M:%S %Y");
        case 'C': return read_number(r, 2, 0, 99, &r->century);
        case 'd':
        case 'e': return read_number(r, 2, 1, 31, &t->tm_mday) && (r->has_date = true);
        case 'D':
        case 'x': return read_all(r, "%m/%d/%y");
        case 'F': return read_all(r, "%Y-%m-%d");
        case 'H': return r->has_half = false, read_number(r, 2, 0, 23, &t->tm_hour);
        case 'I':
            if (!read_number(r, 2, 1, 12, &number)) return false;
            t->tm_hour = number % 12;
            return true;
        case 'j':
            if (!read_number(r, 3, 1, 366, &number)) return false;
            t->tm_yday = number - 1;
            return true;
        case 'm':
            if (!read_number(r, 2, 1, 12, &number)) return false;
            t->tm_mon = number - 1;
            return r->has_date = true;
        case 'M': return read_number(r, 2, 0, 59, &t->tm_min);
        case 'n':
        case 't': return read_all(r, " ");
        case 'p': return read_half(r);
        case 'r': return read_all(r, "%I:%M:%S %p");
        case 'R': return read_all(r, "%H:%M");
        case 's': return read_seconds_of_epoch(r);
        case 'S': return read_number(r, 2, 0, 60, &t->tm_sec);
        case 'T':
        case 'X': return read_all(r, "%H:%M:%S");
        case 'u':
            if (!read_number(r, 1, 1, 7, &number)) return false;
            t->tm_wday = number % 7;
            return true;
        case 'U':
        case 'V':
        case 'W': return read_number(r, 2, 0, 53, &number);
        case 'w': return read_number(r, 1, 0, 6, &t->tm_wday);
        case 'y': return read_number(r, 2, 0, 99, &number) && read_year(r, number + (number < 69 ? 2000 : 1900));
        case 'Y': return read_number(r, 4, 0, 9999, &number) && read_year(r, number);
        case 'z': return read_zone(r);
        case '%': return *r->at++ == '%';
        default: return false;
    }
}

static bool read_all(struct reading *r, const char *format) {
    for (; *format; ++format) {
        if (isspace((unsigned char)*format)) {
            while (isspace((unsigned char)*r->at)) ++r->at;
        } else if (*format != '%') {
            if (*r->at++ != *format) return false;
        } else if (!read_one(r, *++format)) {
            return false;
        }
    }
    return true;
}

char *strptime(const char *restrict text, const char *restrict format, struct tm *restrict t) {
    struct reading r = {.at = text, .t = t, .century = -1};
    if (!read_all(&r, format)) return NULL;
    if (r.has_half && r.is_afternoon) t->tm_hour += 12;
    if (r.century >= 0) t->tm_year = (r.century - 19) * 100 + (t->tm_year + 1900) % 100;
    if (r.has_date && t->tm_mday > 0) {
        struct tm date = {.tm_year = t->tm_year, .tm_mon = t->tm_mon, .tm_mday = t->tm_mday};
        mktime(&date);
        t->tm_wday = date.tm_wday;
        t->tm_yday = date.tm_yday;
    }
    return (char *)r.at;
}
