// malloc and its relatives, mappings, the end of the heap, limits, and a null pointer.

#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    int* a = malloc(100 * sizeof(int));
    for (int i = 0; i < 100; i++) a[i] = i * i;
    a = realloc(a, 200 * sizeof(int));
    printf("%d %d\n", a[10], a[99]);
    free(a);
    int* z = calloc(50, 4);
    int s = 0;
    for (int i = 0; i < 50; i++) s += z[i];
    printf("calloc %d\n", s);
    free(z);
    void* p = NULL;
    int r = posix_memalign(&p, 64, 1000);
    printf("memalign %d %d\n", r, (int)((uintptr_t)p % 64));
    free(p);
    char* m = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("mmap %d first %d\n", m != MAP_FAILED, m[5000]);
    m[5000] = 'x';
    int* shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        printf("shared: %s\n", strerror(errno));
    else {
        *shared = 1;
        if (fork() == 0) {
            *shared = 42;
            m[5000] = 'y';
            _exit(0);
        }
        wait(NULL);
        printf("shared %d private %c\n", *shared, m[5000]);
    }
    printf("mprotect %d\n", mprotect(m, 4096, PROT_READ));
    munmap(m, 3 * 4096);
    void* b = sbrk(0);
    sbrk(4096);
    printf("brk moved %d\n", (int)((char*)sbrk(0) - (char*)b));
    fflush(stdout);
    if (fork() == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_DATA, &none);
        printf("heap at its limit: %s\n", sbrk(1 << 20) == (void*)-1 ? strerror(errno) : "grows");
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    struct rlimit rl;
    getrlimit(RLIMIT_STACK, &rl);
    printf("stack limited %d\n", rl.rlim_cur != 0);
    struct rusage ru;
    getrusage(RUSAGE_SELF, &ru);
    printf("faults %d\n", ru.ru_minflt > 0);

    printf("page %ld\n", sysconf(_SC_PAGESIZE));
    char* volatile big = malloc((size_t)-1 / 2);
    printf("too big: %s\n", big ? "got" : strerror(errno));
    char* d = strdup("duplicate");
    printf("%s %zu\n", d, strlen(d));
    free(d);
    if (fork() == 0) {
        volatile char* n = NULL;
        *n = 1;
        _exit(0);
    }
    int st;
    wait(&st);
    printf("null: signal %d\n", WTERMSIG(st));
    return 0;
}
