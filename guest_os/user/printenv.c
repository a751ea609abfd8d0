// printenv [name...]: the environment, or the values of these variables; 1 if one is not set.

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    int status = 0;
    for (char **entry = environ; argc == 1 && *entry != NULL; ++entry) puts(*entry);
    for (int i = 1; i < argc; ++i) {
        const char *value = getenv(argv[i]);
        if (value != NULL) puts(value);
        else status = 1;
    }
    return status;
}
