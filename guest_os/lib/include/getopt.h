#pragma once

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *options);

// An option with a name: --name, --name=argument, --name argument. The name may be cut short.
struct option {
    const char *name;  // null: the end of the table
    int has_arg;
    int *flag;  // not null: set to `val`, and 0 is returned instead of `val`
    int val;
};
enum { no_argument, required_argument, optional_argument };

int getopt_long(int argc, char *const argv[], const char *options, const struct option *known, int *index);
int getopt_long_only(int argc, char *const argv[], const char *options, const struct option *known, int *index);
