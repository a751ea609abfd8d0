// Redirections: what a command's descriptors stand for.

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jobs.h"
#include "shell.h"

// What a descriptor stood for, to be put back.
struct saved_descriptors {
    struct saved_descriptors *next;
    int descriptor;
    int copy;  // -1: it was closed
};

// The shell's own descriptors are high, where no script looks.
enum { FIRST_OWN = 10 };
static bool own[OPEN_MAX];

int move_out_of_the_way(int descriptor) {
    for (int place = OPEN_MAX - 1; place >= FIRST_OWN; --place) {
        if (own[place] || place == descriptor || dup2(descriptor, place) != place) continue;
        own[place] = true;
        return place;
    }
    return -1;
}

static void close_own(int descriptor) {
    own[descriptor] = false;
    close(descriptor);
}

void close_saved_descriptors(void) {
    for (int i = FIRST_OWN; i < OPEN_MAX; ++i) {
        if (own[i]) close_own(i);
    }
}

static struct saved_descriptors *all_saved;  // the newest first

struct saved_descriptors *saved_descriptors(void) { return all_saved; }

static void save(int descriptor, int copy) {
    struct saved_descriptors *saved = must_have(malloc(sizeof *saved));
    *saved = (struct saved_descriptors){all_saved, descriptor, copy};
    all_saved = saved;
}

void restore_descriptors(const struct saved_descriptors *until) {
    if (all_saved != until) fflush(stdout);
    while (all_saved != until) {
        struct saved_descriptors *saved = all_saved;
        all_saved = saved->next;
        if (saved->copy < 0) {
            close(saved->descriptor);
        } else {
            dup2(saved->copy, saved->descriptor);
            close_own(saved->copy);
        }
        free(saved);
    }
}

// The text comes through a pipe: one that it fits into is filled at once, otherwise a child fills it.
static int open_here_document(const struct redirection *r) {
    const char *text = expand_string(r->target);
    const size_t length = strlen(text);
    int ends[2];
    if (pipe(ends) < 0) return -1;
    if (length <= PIPE_BUF) {
        write(ends[1], text, length);
    } else if (start_child(make_helper(), BEHIND) == 0) {
        close(ends[0]);
        size_t done = 0;
        for (ssize_t count; done < length && (count = write(ends[1], text + done, length - done)) > 0;) {
            done += (size_t)count;
        }
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

// set -C: what a regular file holds is not lost.
static bool must_stay(const char *path) {
    struct stat status;
    if (!shell.no_clobber || stat(path, &status) < 0 || !S_ISREG(status.st_mode)) return false;
    errno = EEXIST;
    return true;
}

static int open_file(enum redirection_kind kind, const char *path) {
    switch (kind) {
        case FROM_FILE: return open(path, O_RDONLY);
        case BOTH_WAYS: return open(path, O_RDWR | O_CREAT, 0666);
        case TO_END: return open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
        case TO_FILE:
            if (must_stay(path)) return -1;  // fall through
        default: return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    }
}

static bool copy_descriptor(const struct redirection *r, const char *source) {
    if (strcmp(source, "-") == 0) {
        close(r->descriptor);
        return true;
    }
    const bool number = isdigit((unsigned char)source[0]) && source[1] == '\0';
    if (number && (source[0] - '0' == r->descriptor || dup2(source[0] - '0', r->descriptor) >= 0)) return true;
    complain("%s: bad file descriptor", source);
    return false;
}

static bool redirect_one(const struct redirection *r, enum duration duration) {
    const char *target = r->kind == FROM_HERE ? "" : expand_string(r->target);
    int descriptor = -1;
    if (r->kind == FROM_HERE) descriptor = open_here_document(r);
    else if (r->kind != FROM_DESCRIPTOR && r->kind != TO_DESCRIPTOR) descriptor = open_file(r->kind, target);
    else {
        if (duration == FOR_NOW) save(r->descriptor, move_out_of_the_way(r->descriptor));
        return copy_descriptor(r, target);
    }
    if (descriptor < 0) {
        complain("cannot %s %s: %s", r->kind == FROM_FILE ? "open" : "create", target, strerror(errno));
        return false;
    }
    if (descriptor == r->descriptor) {  // it was closed before
        if (duration == FOR_NOW) save(descriptor, -1);
        return true;
    }
    if (duration == FOR_NOW) save(r->descriptor, move_out_of_the_way(r->descriptor));
    dup2(descriptor, r->descriptor);
    close(descriptor);
    return true;
}

bool redirect(const struct redirection *r, enum duration duration) {
    if (r != NULL) fflush(stdout);
    for (; r != NULL; r = r->next) {
        if (!redirect_one(r, duration)) return false;
    }
    return true;
}
