// dmesg: what the kernel has reported: programs that it had to end, memory that ran out.

#include <stdio.h>
#include <unistd.h>

int main(void) {
    static char text[4096];
    const int length = kernel_log(text, sizeof text);
    if (length < 0) {
        perror("dmesg");
        return 1;
    }
    fwrite(text, 1, (size_t)length, stdout);
    return 0;
}
