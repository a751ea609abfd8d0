// date [+format]: the time. The machine has no calendar: 1970 begins when it is switched on.

#include <stdio.h>
#include <time.h>

int main(int argc, char *argv[]) {
    if (argc > 2 || (argc == 2 && argv[1][0] != '+')) {
        fprintf(stderr, "usage: date [+format]\n");
        return 1;
    }
    char text[256];
    const time_t now = time(NULL);
    strftime(text, sizeof text, argc == 2 ? argv[1] + 1 : "%a %b %e %H:%M:%S UTC %Y", gmtime(&now));
    puts(text);
    return 0;
}
