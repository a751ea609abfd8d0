// sync: returns when all that was written is on the disk, safe from a power cut.

#include <unistd.h>

int main(void) {
    sync();
    return 0;
}
