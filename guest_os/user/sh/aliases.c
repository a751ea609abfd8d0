// Aliases: a name for the beginning of a command, as text. The parser puts the text in its place (replace_alias).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtins.h"
#include "shell.h"

struct alias {
    struct alias *next;
    char *name, *value;
};

static struct alias *aliases;

static struct alias **find_alias(const char *name) {
    struct alias **link = &aliases;
    while (*link != NULL && strcmp((*link)->name, name) != 0) link = &(*link)->next;
    return link;
}

const char *value_of_alias(const char *name) {
    const struct alias *alias = *find_alias(name);
    return alias != NULL ? alias->value : NULL;
}

static void remove_alias(struct alias **link) {
    struct alias *gone = *link;
    *link = gone->next;
    free(gone->name);
    free(gone->value);
    free(gone);
}

static void define_alias(char *name, const char *value) {
    struct alias **link = find_alias(name);
    if (*link != NULL) remove_alias(link);
    struct alias *alias = must_have(malloc(sizeof *alias));
    *alias = (struct alias){*link, must_have(strdup(name)), must_have(strdup(value))};
    *link = alias;
}

static void print_alias(const char *name, const char *value) {
    printf("%s=", name);
    print_value(value);
}

int builtin_alias(int argc, char **argv) {
    int status = 0;
    for (const struct alias *alias = aliases; argc == 1 && alias != NULL; alias = alias->next) {
        print_alias(alias->name, alias->value);
    }
    for (int i = 1; i < argc; ++i) {
        char *value = strchr(argv[i] + (argv[i][0] != '\0'), '=');  // a name is not empty
        if (value != NULL) {
            *value = '\0';
            define_alias(argv[i], value + 1);
        } else if (value_of_alias(argv[i]) != NULL) {
            print_alias(argv[i], value_of_alias(argv[i]));
        } else {
            complain("alias: %s: not found", argv[i]);
            status = 1;
        }
    }
    return status;
}

int builtin_unalias(int argc, char **argv) {
    int status = 0;
    const bool all = argc > 1 && strcmp(argv[1], "-a") == 0;
    while (all && aliases != NULL) remove_alias(&aliases);
    for (int i = all ? 2 : 1; i < argc; ++i) {
        struct alias **link = find_alias(argv[i]);
        if (*link != NULL) {
            remove_alias(link);
            continue;
        }
        complain("unalias: %s: not found", argv[i]);
        status = 1;
    }
    return status;
}
