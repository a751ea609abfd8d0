// hello: the first program.

#include <stdio.h>

int main(void) {
    printf("Hello from PeachOS!\n");
    return 0;
}
