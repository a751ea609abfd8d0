// pwd: prints the current directory.

#include <stdio.h>
#include <unistd.h>

int main(void) {
    char path[256];
    if (getcwd(path, sizeof path) == NULL) {
        perror("pwd");
        return 1;
    }
    puts(path);
    return 0;
}
