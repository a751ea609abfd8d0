// date [-u] [+format]: the time, which is always UTC. The machine has no calendar: 1970 begins when it is switched on.

#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "u")) != -1;) wrong = wrong || option == '?';
    const char *format = optind < argc ? argv[optind] : "+%a %b %e %H:%M:%S UTC %Y";
    if (wrong || argc - optind > 1 || format[0] != '+') {
        fprintf(stderr, "usage: date [-u] [+format]\n");
        return 1;
    }
    char text[256] = "";
    const time_t now = time(NULL);
    strftime(text, sizeof text, format + 1, gmtime(&now));
    puts(text);
    return 0;
}
