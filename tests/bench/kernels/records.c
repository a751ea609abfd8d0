// Structures and strings: words are made, hashed into a table of chained records, compared and counted.
#include "report.h"

enum { BUCKETS = 512, MOST_RECORDS = 4096, NAME_SIZE = 12, WORDS = 1000000 };

struct record {
    struct record *next;
    uint32_t count;
    uint16_t length;
    char name[NAME_SIZE];
};

static struct record records[MOST_RECORDS];
static struct record *buckets[BUCKETS];
static uint32_t record_count;

static uint32_t make_word(char *word, uint32_t seed) {
    const uint32_t length = 3 + seed % 7;
    for (uint32_t i = 0; i < length; ++i) {
        word[i] = (char)('a' + seed % 3);
        seed = seed / 3 + i;
    }
    word[length] = 0;
    return length;
}

static uint32_t hash_word(const char *word) {
    uint32_t hash = 2166136261u;
    for (; *word != 0; ++word) hash = (hash ^ (uint8_t)*word) * 16777619u;
    return hash;
}

static int same_word(const char *left, const char *right) {
    while (*left != 0 && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

static struct record *find_or_add(const char *word, uint32_t length) {
    struct record **bucket = &buckets[hash_word(word) % BUCKETS];
    for (struct record *found = *bucket; found != 0; found = found->next) {
        if (found->length == length && same_word(found->name, word)) return found;
    }
    if (record_count == MOST_RECORDS) return 0;
    struct record *fresh = &records[record_count++];
    for (uint32_t i = 0; i <= length; ++i) fresh->name[i] = word[i];
    fresh->length = (uint16_t)length;
    fresh->next = *bucket;
    *bucket = fresh;
    return fresh;
}

int main(void) {
    uint32_t random = 99;
    for (uint32_t i = 0; i < WORDS; ++i) {
        char word[NAME_SIZE];
        random = random * 1664525 + 1013904223;
        const uint32_t length = make_word(word, random >> 20);
        struct record *found = find_or_add(word, length);
        if (found == 0) return report("records", 0, 1);
        ++found->count;
    }
    uint32_t checksum = record_count;
    for (uint32_t i = 0; i < record_count; ++i) checksum = checksum * 31 + records[i].count + (uint8_t)records[i].name[1];
    return report("records", checksum, 0x657a1d07);
}
