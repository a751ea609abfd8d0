#pragma once
// The machine has no calendar: time starts at 0 when it is switched on, and a million cycles count as a second.

#include <stddef.h>
#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_MONOTONIC_RAW 4  // as CLOCK_MONOTONIC

time_t time(time_t *seconds);
clock_t clock(void);
int clock_gettime(clockid_t clock, struct timespec *now);
int clock_getres(clockid_t clock, struct timespec *resolution);
int timespec_get(struct timespec *now, int base);
#define TIME_UTC 1
int nanosleep(const struct timespec *duration, struct timespec *left);
#define TIMER_ABSTIME 1
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left);  // 0 or an errno
void tzset(void);  // there is one time zone

struct tm {
    int tm_sec, tm_min, tm_hour;
    int tm_mday, tm_mon, tm_year;  // day from 1, month from 0, year from 1900
    int tm_wday, tm_yday;          // from Sunday, from the 1st of January
    int tm_isdst;                  // always 0
};

struct tm *gmtime(const time_t *seconds);
struct tm *localtime(const time_t *seconds);
struct tm *gmtime_r(const time_t *seconds, struct tm *result);
struct tm *localtime_r(const time_t *seconds, struct tm *result);
time_t mktime(struct tm *t);
time_t timegm(struct tm *t);
double difftime(time_t end, time_t start);
// Reads what strftime writes; returns where it stopped, NULL if the text is something else. Fields that the format does not
// name stay, but the days of the week and of the year follow from a date.
char *strptime(const char *__restrict text, const char *__restrict format, struct tm *__restrict t);
size_t strftime(char *__restrict text, size_t size, const char *__restrict format, const struct tm *__restrict t);
char *asctime(const struct tm *t);
char *asctime_r(const struct tm *t, char *text);
char *ctime(const time_t *seconds);
char *ctime_r(const time_t *seconds, char *text);
