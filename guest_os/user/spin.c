// spin [rounds]: keeps a CPU busy, for ever or for so many rounds of a thousand additions.

#include <stdlib.h>

static volatile unsigned counter;

int main(int argc, char *argv[]) {
    const long rounds = argc > 1 ? atol(argv[1]) : -1;
    for (long round = 0; rounds < 0 || round < rounds; ++round) {
        for (int i = 0; i < 1000; ++i) counter += 1;
    }
    return 0;
}
