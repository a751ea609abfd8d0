// posix_spawn: fork, what has been ordered, and exec.

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct __spawn_action {
    struct __spawn_action *next;
    enum { OPEN, CLOSE, DUPLICATE, CHANGE_DIRECTORY } kind;
    int descriptor, target, flags;
    mode_t mode;
    char path[];
};

// ---- what is ordered

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions) {
    actions->__first = NULL;
    actions->__end = &actions->__first;
    return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
    while (actions->__first != NULL) {
        struct __spawn_action *gone = actions->__first;
        actions->__first = gone->next;
        free(gone);
    }
    return 0;
}

static int add(posix_spawn_file_actions_t *actions, const struct __spawn_action *action, const char *path) {
    struct __spawn_action *added = malloc(sizeof *added + strlen(path) + 1);
    if (added == NULL) return ENOMEM;
    *added = *action;
    strcpy(added->path, path);
    if (actions->__first == NULL) actions->__end = &actions->__first;  // the actions may have been copied meanwhile
    *actions->__end = added;
    actions->__end = &added->next;
    return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int descriptor, const char *path, int flags,
                                     mode_t mode) {
    if (descriptor < 0) return EBADF;
    return add(actions, &(struct __spawn_action){.kind = OPEN, .descriptor = descriptor, .flags = flags, .mode = mode}, path);
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int descriptor) {
    return descriptor < 0 ? EBADF : add(actions, &(struct __spawn_action){.kind = CLOSE, .descriptor = descriptor}, "");
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int descriptor, int target) {
    if (descriptor < 0 || target < 0) return EBADF;
    return add(actions, &(struct __spawn_action){.kind = DUPLICATE, .descriptor = descriptor, .target = target}, "");
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path) {
    return add(actions, &(struct __spawn_action){.kind = CHANGE_DIRECTORY}, path);
}

int posix_spawnattr_init(posix_spawnattr_t *attributes) {
    *attributes = (posix_spawnattr_t){0};
    return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes) {
    (void)attributes;
    return 0;
}

#define ATTRIBUTE(name, type, parameter, member) \
    int posix_spawnattr_set##name(posix_spawnattr_t *attributes, parameter) { \
        attributes->member = value; \
        return 0; \
    } \
    int posix_spawnattr_get##name(const posix_spawnattr_t *attributes, type *result) { \
        *result = attributes->member; \
        return 0; \
    }
ATTRIBUTE(flags, short, short value, __flags)
ATTRIBUTE(pgroup, pid_t, pid_t value, __group)
#undef ATTRIBUTE

#define SET_ATTRIBUTE(name, member) \
    int posix_spawnattr_set##name(posix_spawnattr_t *attributes, const sigset_t *set) { \
        attributes->member = *set; \
        return 0; \
    } \
    int posix_spawnattr_get##name(const posix_spawnattr_t *attributes, sigset_t *set) { \
        *set = attributes->member; \
        return 0; \
    }
SET_ATTRIBUTE(sigmask, __mask)
SET_ATTRIBUTE(sigdefault, __defaults)
#undef SET_ATTRIBUTE

// ---- in the new process

static bool move_to(int descriptor, int target) {
    if (descriptor < 0) return false;
    if (descriptor == target) return true;
    const bool moved = dup2(descriptor, target) >= 0;
    close(descriptor);
    return moved;
}

static bool act(const struct __spawn_action *action) {
    switch (action->kind) {
        case OPEN: return move_to(open(action->path, action->flags, action->mode), action->descriptor);
        case CLOSE: return close(action->descriptor) == 0 || errno == EBADF;
        case DUPLICATE:
            if (action->descriptor == action->target) return fcntl(action->target, F_SETFD, 0) == 0;
            return dup2(action->descriptor, action->target) >= 0;
        default: return chdir(action->path) == 0;
    }
}

static bool prepare(const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes) {
    const short flags = attributes != NULL ? attributes->__flags : 0;
    if (flags & POSIX_SPAWN_SETPGROUP && setpgid(0, attributes->__group) < 0) return false;
    if (flags & POSIX_SPAWN_RESETIDS && (setgid(getgid()) < 0 || setuid(getuid()) < 0)) return false;
    for (int s = 1; s < NSIG && flags & POSIX_SPAWN_SETSIGDEF; ++s) {
        if (sigismember(&attributes->__defaults, s)) signal(s, SIG_DFL);
    }
    if (flags & POSIX_SPAWN_SETSIGMASK) sigprocmask(SIG_SETMASK, &attributes->__mask, NULL);
    const struct __spawn_action *action = actions != NULL ? actions->__first : NULL;
    while (action != NULL && act(action)) action = action->next;
    return action == NULL;
}

// The error of a child that could not begin comes through a pipe, which the program, when it begins, closes. It is out of
// the way of the descriptors that the actions name.
static int spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const argv[], char *const environment[],
                 int (*run)(const char *, char *const[], char *const[])) {
    int ends[2], error = 0;
    if (pipe2(ends, O_CLOEXEC) < 0) return errno;
    const int high = fcntl(ends[1], F_DUPFD_CLOEXEC, OPEN_MAX / 2), writer = high >= 0 ? high : ends[1];
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        if (prepare(actions, attributes)) run(path, argv, environment);
        error = errno;
        write(writer, &error, sizeof error);
        _exit(127);
    }
    if (child < 0) error = errno;
    close(ends[1]);
    if (high >= 0) close(high);
    ssize_t told = 0;
    if (child > 0) {
        do told = read(ends[0], &error, sizeof error);
        while (told < 0 && errno == EINTR);
    }
    if (told > 0) waitpid(child, NULL, 0);
    close(ends[0]);
    if (error == 0 && pid != NULL) *pid = child;
    return error;
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
    return spawn(pid, path, actions, attributes, argv, environment, execve);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
    return spawn(pid, file, actions, attributes, argv, environment, execvpe);
}
