// tee [-a] [file...]: copies its input to its output and to the files (-a: to their ends).

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "common/lines.h"

enum { MOST_FILES = 8 };

int main(int argc, char *argv[]) {
    int mode = O_TRUNC, outputs[MOST_FILES + 1] = {STDOUT_FILENO}, count = 1, status = 0;
    for (int option; (option = getopt(argc, argv, "a")) != -1;) {
        if (option == '?') {
            fprintf(stderr, "usage: tee [-a] [file...]\n");
            return 1;
        }
        mode = O_APPEND;
    }
    for (int i = optind; i < argc && count <= MOST_FILES; ++i) {
        const int file = open(argv[i], O_WRONLY | O_CREAT | mode, 0666);
        if (file >= 0) outputs[count++] = file;
        else status = report("tee", argv[i]);
    }
    char buffer[2048];
    for (ssize_t size; (size = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;) {
        for (int i = 0; i < count; ++i) {
            if (write(outputs[i], buffer, (size_t)size) != size) status = report("tee", "write error");
        }
    }
    return status;
}
