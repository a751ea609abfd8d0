// cat [file...]: copies files, or its input, to its output. "-" is the input.

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int copy(int from, const char *name) {
    char buffer[4096];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0) {
        if (write(STDOUT_FILENO, buffer, (size_t)count) != count) {
            perror("cat: write error");
            return 1;
        }
    }
    if (count == 0) return 0;
    fprintf(stderr, "cat: ");
    perror(name);
    return 1;
}

int main(int argc, char *argv[]) {
    if (argc == 1) return copy(STDIN_FILENO, "-");
    int status = 0;
    for (int i = 1; i < argc; ++i) {
        if (strcmp(argv[i], "-") == 0) {
            status |= copy(STDIN_FILENO, "-");
            continue;
        }
        const int file = open(argv[i], O_RDONLY);
        if (file < 0) {
            fprintf(stderr, "cat: ");
            perror(argv[i]);
            status = 1;
            continue;
        }
        status |= copy(file, argv[i]);
        close(file);
    }
    return status;
}
