// The environment: an array of "NAME=value" strings that ends with a null pointer, as the kernel passed it.

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *no_variables[] = {NULL};
char **environ = no_variables;  // crt0 sets it

char **__arguments;  // what main gets as argv; crt0 sets it

const char *__program_name(void) {
    const char *name = __arguments[0] != NULL ? __arguments[0] : "";
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

static bool array_is_ours;  // else it lies on the stack, where it cannot grow

static char **find(const char *name, size_t length) {
    for (char **entry = environ; entry != NULL && *entry != NULL; ++entry) {
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') return entry;
    }
    return NULL;
}

static bool is_name(const char *name) { return name != NULL && *name != '\0' && strchr(name, '=') == NULL; }

char *getenv(const char *name) {
    const size_t length = strlen(name);
    char **entry = find(name, length);
    return entry != NULL ? *entry + length + 1 : NULL;
}

static int append(char *assignment) {
    size_t count = 0;
    if (environ == NULL) environ = no_variables, array_is_ours = false;  // as programs do that want none
    while (environ[count] != NULL) ++count;
    char **larger = array_is_ours ? realloc(environ, (count + 2) * sizeof *larger)
                                  : malloc((count + 2) * sizeof *larger);
    if (larger == NULL) return -1;
    if (!array_is_ours) memcpy(larger, environ, count * sizeof *larger);
    larger[count] = assignment;
    larger[count + 1] = NULL;
    environ = larger;
    array_is_ours = true;
    return 0;
}

int putenv(char *assignment) {
    const char *equals = strchr(assignment, '=');
    if (equals == NULL) return unsetenv(assignment);
    char **entry = find(assignment, (size_t)(equals - assignment));
    if (entry == NULL) return append(assignment);
    *entry = assignment;
    return 0;
}

int setenv(const char *name, const char *value, int overwrite) {
    if (!is_name(name)) {
        errno = EINVAL;
        return -1;
    }
    if (!overwrite && getenv(name) != NULL) return 0;
    const size_t name_length = strlen(name);
    char *assignment = malloc(name_length + strlen(value) + 2);
    if (assignment == NULL) return -1;
    strcpy(assignment, name);
    assignment[name_length] = '=';
    strcpy(assignment + name_length + 1, value);
    return putenv(assignment);
}

int unsetenv(const char *name) {
    if (!is_name(name)) {
        errno = EINVAL;
        return -1;
    }
    char **entry = find(name, strlen(name));
    if (entry == NULL) return 0;
    do {
        entry[0] = entry[1];
    } while (*entry++ != NULL);
    return 0;
}
