#pragma once
// The builtins that stand in the table of builtins.c, by file.

#include <stdbool.h>

int builtin_cd(int argc, char **argv);
int builtin_pwd(int argc, char **argv);
void find_folder(void);  // at the beginning: the current one, and PWD
int builtin_umask(int argc, char **argv);
int builtin_type(int argc, char **argv);
int builtin_command(int argc, char **argv);
int builtin_hash(int argc, char **argv);

int builtin_alias(int argc, char **argv);
int builtin_unalias(int argc, char **argv);

int builtin_ulimit(int argc, char **argv);
int builtin_times(int argc, char **argv);

int builtin_export(int argc, char **argv);
int builtin_readonly(int argc, char **argv);
int builtin_local(int argc, char **argv);
int builtin_unset(int argc, char **argv);
int builtin_set(int argc, char **argv);
int builtin_shift(int argc, char **argv);
int builtin_read(int argc, char **argv);
int builtin_getopts(int argc, char **argv);

// The first of `list` (a:b:c) that has a file of this name that fits, with the name, in scratch memory; or NULL.
const char *search(const char *list, const char *name, bool (*fits)(const char *path));

// In quotes, so that the shell could read it, and a line end.
void print_value(const char *value);

// One option word of `sh` or `set`, such as "-ex" or "-o" with its name; how many words it took, 0 if it is unknown.
int set_option(const char *word, const char *next);
