// POSIX getopt: options first, then operands.

#include <getopt.h>
#include <stdio.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static int complain(const char *program, const char *options, const char *what) {
    if (opterr && options[0] != ':') fprintf(stderr, "%s: %s -- '%c'\n", program, what, optopt);
    return '?';
}

int getopt(int argc, char *const argv[], const char *options) {
    static int letter = 1;  // position inside a group such as -la
    if (optind == 0) optind = letter = 1;
    if (optind >= argc || argv[optind][0] != '-' || argv[optind][1] == '\0') return -1;
    if (strcmp(argv[optind], "--") == 0) {
        ++optind;
        return -1;
    }
    optopt = argv[optind][letter++];
    char *rest = &argv[optind][letter];
    const char *known = optopt == ':' ? NULL : strchr(options, optopt);
    if (*rest == '\0' || (known && known[1] == ':')) {
        ++optind;
        letter = 1;
    }
    if (known == NULL) return complain(argv[0], options, "invalid option");
    if (known[1] != ':') return optopt;
    if (*rest != '\0') {
        optarg = rest;
    } else if (optind < argc) {
        optarg = argv[optind++];
    } else {
        const int result = complain(argv[0], options, "option requires an argument");
        return options[0] == ':' ? ':' : result;
    }
    return optopt;
}
