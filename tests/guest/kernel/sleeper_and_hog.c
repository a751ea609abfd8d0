// One that computes and one that sleeps and wakes, on two CPUs: must the first make room for the second?

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    long woken = 0;
    struct rusage usage;
    const int hog = fork();
    if (hog == 0) {
        for (volatile int i = 0; i < 300000; i++) {
        }
        _exit(0);
    }
    while (waitpid(hog, NULL, WNOHANG) == 0) {
        usleep(3000);
        woken++;
    }
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%s: taken away %ld times, woken %ld times\n", usage.ru_nivcsw < woken / 10 ? "hardly" : "often",
           usage.ru_nivcsw, woken);
    return 0;
}
