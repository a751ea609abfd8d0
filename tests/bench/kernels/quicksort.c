// Quicksort of pseudo-random words: unpredictable branches, swaps.
#include "report.h"

enum { COUNT = 200000, ROUNDS = 5 };

static uint32_t values[COUNT];

static void sort(int32_t first, int32_t last) {
    while (first < last) {
        const uint32_t pivot = values[first + (last - first) / 2];
        int32_t left = first;
        int32_t right = last;
        while (left <= right) {
            while (values[left] < pivot) ++left;
            while (values[right] > pivot) --right;
            if (left > right) break;
            const uint32_t swapped = values[left];
            values[left++] = values[right];
            values[right--] = swapped;
        }
        sort(first, right);
        first = left;
    }
}

int main(void) {
    uint32_t checksum = 0;
    uint32_t random = 12345;
    for (uint32_t round = 0; round < ROUNDS; ++round) {
        for (uint32_t i = 0; i < COUNT; ++i) {
            random = random * 1664525 + 1013904223;
            values[i] = random >> 4;
        }
        sort(0, COUNT - 1);
        for (uint32_t i = 1; i < COUNT; ++i) {
            if (values[i - 1] > values[i]) return report("quicksort", 0, 1);
            checksum = checksum * 31 + values[i];
        }
    }
    return report("quicksort", checksum, 0x65baf603);
}
