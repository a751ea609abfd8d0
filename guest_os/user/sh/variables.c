// Variables, and their way into and out of the environment.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parser.h"
#include "shell.h"

enum { BUCKETS = 64 };
static struct variable *buckets[BUCKETS];

static struct variable **bucket_of(const char *name) {
    unsigned hash = 0;
    while (*name) hash = hash * 31 + (unsigned char)*name++;
    return &buckets[hash % BUCKETS];
}

struct variable *find_variable(const char *name) {
    struct variable *v = *bucket_of(name);
    while (v != NULL && strcmp(v->name, name) != 0) v = v->next;
    return v;
}

struct variable *declare(const char *name) {
    struct variable *v = find_variable(name);
    if (v != NULL) return v;
    struct variable **bucket = bucket_of(name);
    v = must_have(calloc(1, sizeof *v));
    v->name = must_have(strdup(name));
    v->next = *bucket;
    *bucket = v;
    return v;
}

const char *value_of(const char *name) {
    const struct variable *v = find_variable(name);
    return v != NULL ? v->value : NULL;
}

void set_variable(const char *name, const char *value) {
    struct variable *v = declare(name);
    if (v->read_only) fail(2, "%s: is read only", name);
    char *copy = must_have(strdup(value));
    free(v->value);
    v->value = copy;
    if (shell.export_all) v->exported = true;
}

void unset_variable(const char *name) {
    struct variable **link = bucket_of(name);
    while (*link != NULL && strcmp((*link)->name, name) != 0) link = &(*link)->next;
    struct variable *gone = *link;
    if (gone == NULL) return;
    if (gone->read_only) fail(2, "unset: %s: is read only", name);
    *link = gone->next;
    free(gone->name);
    free(gone->value);
    free(gone);
}

void import_environment(void) {
    for (char **entry = environ; *entry != NULL; ++entry) {
        const int length = name_length(*entry);
        if (length == 0 || (*entry)[length] != '=') continue;
        char *name = must_have(strndup(*entry, (size_t)length));
        set_variable(name, *entry + length + 1);
        declare(name)->exported = true;
        free(name);
    }
}

void for_each_variable(void (*visit)(const struct variable *variable)) {
    for (int i = 0; i < BUCKETS; ++i) {
        for (const struct variable *v = buckets[i]; v != NULL; v = v->next) visit(v);
    }
}

static void export_one(const struct variable *v) {
    if (v->exported && v->value != NULL) setenv(v->name, v->value, 1);
    else unsetenv(v->name);
}

void export_environment(void) { for_each_variable(export_one); }

struct saved_variable {
    struct saved_variable *next;
    char *name;
    bool existed;
    struct variable was;  // its value belongs to this
};

static struct saved_variable *all_saved;  // the newest first

struct saved_variable *saved_variables(void) { return all_saved; }

void save_variable(const char *name) {
    struct saved_variable *saved = must_have(calloc(1, sizeof *saved));
    const struct variable *v = find_variable(name);
    saved->name = must_have(strdup(name));
    saved->existed = v != NULL;
    if (v != NULL) {
        saved->was = *v;
        if (v->value != NULL) saved->was.value = must_have(strdup(v->value));
    }
    saved->next = all_saved;
    all_saved = saved;
}

void restore_variables(const struct saved_variable *until) {
    while (all_saved != until) {
        struct saved_variable *saved = all_saved;
        all_saved = saved->next;
        if (saved->existed) {
            struct variable *v = declare(saved->name);
            free(v->value);
            v->value = saved->was.value;
            v->exported = saved->was.exported;
            v->read_only = saved->was.read_only;
        } else {
            struct variable *v = find_variable(saved->name);
            if (v != NULL) v->read_only = false;
            unset_variable(saved->name);
        }
        free(saved->name);
        free(saved);
    }
}
