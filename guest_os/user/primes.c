// primes [limit]: prints the primes up to a limit (100), by the sieve of Eratosthenes.

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    const int limit = argc > 1 ? atoi(argv[1]) : 100;
    if (limit < 0) {
        fprintf(stderr, "usage: primes [limit]\n");
        return 1;
    }
    char *crossed_out = calloc((size_t)limit + 1, 1);
    if (crossed_out == NULL) {
        perror("primes");
        return 1;
    }
    for (int n = 2; n <= limit; ++n) {
        if (crossed_out[n]) continue;
        printf("%d\n", n);
        for (long long multiple = (long long)n * n; multiple <= limit; multiple += n) crossed_out[multiple] = 1;
    }
    free(crossed_out);
    return 0;
}
