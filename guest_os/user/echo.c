// echo [-n] [word...]: prints its words; -n leaves out the line end.

#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    const int no_line_end = argc > 1 && strcmp(argv[1], "-n") == 0;
    for (int i = 1 + no_line_end; i < argc; ++i) {
        printf("%s%s", argv[i], i + 1 < argc ? " " : "");
    }
    if (!no_line_end) printf("\n");
    return 0;
}
