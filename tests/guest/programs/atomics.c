// Atomic objects, also those that are wider than the machine's words; and names that programs look for on Unix.

#include <malloc.h>
#include <memory.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/cdefs.h>
#include <sys/poll.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { ROUNDS = 500, THREADS = 3 };

static atomic_llong wide = 1LL << 40;
static _Atomic double sum = 0.5;
static atomic_int narrow;

static void *count(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        atomic_fetch_add(&wide, 3);
        atomic_fetch_sub(&wide, 1);
        sum += 0.25;
        narrow++;
    }
    return NULL;
}

static void words_of_words(void) {
    unsigned long long value = 6;
    unsigned long long expected = 5;
    printf("%llu", __atomic_fetch_or(&value, 9, __ATOMIC_SEQ_CST));
    printf(" %llu", __atomic_fetch_and(&value, 12, __ATOMIC_SEQ_CST));
    printf(" %llu", __atomic_fetch_xor(&value, 1, __ATOMIC_SEQ_CST));
    printf(" %d", __atomic_compare_exchange_n(&value, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    printf(" %llu", expected);
    printf(" %d", __atomic_compare_exchange_n(&value, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    printf(" %llu", __atomic_exchange_n(&value, 1ULL << 50, __ATOMIC_SEQ_CST));
    printf(" %llu\n", __atomic_load_n(&value, __ATOMIC_SEQ_CST));
}

static void program_with_its_own_environment(void) {
    char *arguments[] = {"sh", "-c", "echo $FRUIT $PWD_OF_NOBODY.", NULL};
    char *environment[] = {"FRUIT=peach", NULL};
    fflush(stdout);
    if (fork() == 0) {
        execvpe("sh", arguments, environment);
        _exit(EX_OSERR);
    }
    wait(NULL);
}

int main(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    printf("%lld %g %d\n", wide - (1LL << 40), sum, narrow);
    words_of_words();
    program_with_its_own_environment();
    char text[8] = "abcdefg";
    bzero(text + 2, 2);
    printf("%s %d %d\n", index(text, 'b'), rindex(text, 'g') == NULL, get_nprocs() > 0);
#if defined(linux) && defined(__linux__) && defined(__unix__)
    puts("as on Linux");
#endif
    return EX_OK;
}
