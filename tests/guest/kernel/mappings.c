// mmap, munmap and mprotect.

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define FLAGS (MAP_PRIVATE | MAP_ANONYMOUS)

static char *map(size_t pages) { return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, FLAGS, -1, 0); }

// Does a child that does this die of a fault?
static int faults(volatile char *address, int store) {
    const int pid = fork();
    if (pid == 0) {
        if (store) *address = 1;
        else (void)*address;
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status);
}

int main(void) {
    char *a = map(5), *b = map(3);
    int zeros = a != MAP_FAILED && b != MAP_FAILED;
    for (int i = 0; zeros && i < 5 * PAGE; i++) zeros = a[i] == 0;
    printf("zeros %d\n", zeros);
    memset(a, 'a', 5 * PAGE);
    memset(b, 'b', 3 * PAGE);
    printf("separate %d\n", a[0] == 'a' && a[5 * PAGE - 1] == 'a' && b[0] == 'b' && (b + 3 * PAGE <= a || a + 5 * PAGE <= b));

    munmap(a + 2 * PAGE, PAGE);
    printf("hole faults %d\n", faults(a + 2 * PAGE, 0) && !faults(a + PAGE, 1) && !faults(a + 3 * PAGE, 1));
    mprotect(b, PAGE, PROT_READ);
    printf("read-only faults %d\n", faults(b, 1) && !faults(b, 0) && !faults(b + PAGE, 1));
    mprotect(b, PAGE, PROT_READ | PROT_WRITE);
    b[0] = 'c';
    printf("writable again %d\n", b[0] == 'c' && b[1] == 'b');

    const int pid = fork();
    if (pid == 0) {
        b[0] = 'x';
        _exit(b[0] == 'x' && b[PAGE] == 'b' ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    printf("fork is private %d\n", status == 0 && b[0] == 'c');

    char *fixed = mmap(a + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE, FLAGS | MAP_FIXED, -1, 0);
    printf("fixed %d\n", fixed == a + 2 * PAGE && fixed[0] == 0 && a[0] == 'a');
    const int refused = mmap(NULL, 0, PROT_READ, FLAGS, -1, 0) == MAP_FAILED && errno == EINVAL &&
                        munmap(a + 1, PAGE) == -1 && errno == EINVAL && munmap((void *)0x80000000u, PAGE) == -1 &&
                        mprotect(sbrk(0), PAGE, PROT_READ) == -1 && errno == ENOMEM &&
                        mmap(NULL, 0x7FFFFFFF, PROT_READ, FLAGS, -1, 0) == MAP_FAILED && errno == ENOMEM;
    printf("refused %d\n", refused);
    // b is the lower one.
    printf("heap stops at a mapping %d\n", sbrk(b - PAGE - (char *)sbrk(0)) != (void *)-1 && sbrk(2 * PAGE) == (void *)-1 && errno == ENOMEM);
    return 0;
}
