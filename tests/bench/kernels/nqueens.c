// How many ways there are to place N queens on a board: recursion with bit masks.
#include "report.h"

enum { N = 13 };

static const uint32_t all = (1u << N) - 1;

static uint32_t place(uint32_t columns, uint32_t left, uint32_t right) {
    if (columns == all) return 1;
    uint32_t found = 0;
    for (uint32_t free = all & ~(columns | left | right); free != 0;) {
        const uint32_t queen = free & -free;
        free ^= queen;
        found += place(columns | queen, (left | queen) << 1, (right | queen) >> 1);
    }
    return found;
}

int main(void) { return report("nqueens", place(0, 0, 0), 73712); }
