// Words looked for in a text, by Horspool's method: bytes, a table of shifts, loops that end early.
#include "report.h"

enum { TEXT = 1 << 16, WORDS = 64, LONGEST = 12, ROUNDS = 8 };

static uint8_t text[TEXT];

static uint32_t random_state = 1;

static uint32_t next_random(void) {
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 16;
}

static uint32_t occurrences(const uint8_t *word, uint32_t length) {
    uint8_t shift[256];
    for (uint32_t i = 0; i < sizeof shift; ++i) shift[i] = (uint8_t)length;
    for (uint32_t i = 0; i + 1 < length; ++i) shift[word[i]] = (uint8_t)(length - 1 - i);
    uint32_t found = 0;
    for (uint32_t at = 0; at + length <= TEXT;) {
        uint32_t same = length;
        while (same > 0 && text[at + same - 1] == word[same - 1]) --same;
        if (same == 0) ++found;
        at += shift[text[at + length - 1]];
    }
    return found;
}

int main(void) {
    for (uint32_t i = 0; i < TEXT; ++i) text[i] = (uint8_t)("etaoinsh"[next_random() & 7]);
    uint32_t checksum = 0;
    for (uint32_t round = 0; round < ROUNDS; ++round) {
        for (uint32_t word = 0; word < WORDS; ++word) {
            const uint32_t at = (next_random() << 8 ^ next_random()) % (TEXT - LONGEST);
            checksum = checksum * 31 + occurrences(text + at, 2 + word % (LONGEST - 1));
        }
    }
    return report("search", checksum, 0x2d5b5e8c);
}
