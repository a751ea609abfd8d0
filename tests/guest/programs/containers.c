// Lists by macros, tables and trees, and small headers that old programs ask for.

#include <byteswap.h>
#include <endian.h>
#include <error.h>
#include <search.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/errno.h>
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <time.h>

#ifndef TAILQ_FOREACH_SAFE  // not everywhere
#define SAFELY(element, first, next, following) \
    for ((element) = (first); (element) != NULL && ((following) = (next), true); (element) = (following))
#define SLIST_FOREACH_SAFE(e, head, field, n) SAFELY(e, SLIST_FIRST(head), SLIST_NEXT(e, field), n)
#define STAILQ_FOREACH_SAFE(e, head, field, n) SAFELY(e, STAILQ_FIRST(head), STAILQ_NEXT(e, field), n)
#define LIST_FOREACH_SAFE(e, head, field, n) SAFELY(e, LIST_FIRST(head), LIST_NEXT(e, field), n)
#define TAILQ_FOREACH_SAFE(e, head, field, n) SAFELY(e, TAILQ_FIRST(head), TAILQ_NEXT(e, field), n)
#endif

struct item {
    int number;
    SLIST_ENTRY(item) single;
    STAILQ_ENTRY(item) queued;
    LIST_ENTRY(item) listed;
    TAILQ_ENTRY(item) both_ways;
};

static struct item items[8], *item, *next;

static void singles(void) {
    SLIST_HEAD(, item) head = SLIST_HEAD_INITIALIZER(head);
    printf("%d", SLIST_EMPTY(&head));
    for (int i = 0; i < 6; ++i) SLIST_INSERT_HEAD(&head, &items[i], single);
    SLIST_INSERT_AFTER(&items[3], &items[6], single);
    SLIST_REMOVE(&head, &items[5], item, single);
    SLIST_REMOVE(&head, &items[0], item, single);
    SLIST_REMOVE_HEAD(&head, single);
    SLIST_FOREACH(item, &head, single) printf(" %d", item->number);
    SLIST_FOREACH_SAFE(item, &head, single, next) SLIST_REMOVE(&head, item, item, single);
    printf(" %d\n", SLIST_EMPTY(&head));
}

static void queues(void) {
    STAILQ_HEAD(queue, item) head, other = STAILQ_HEAD_INITIALIZER(other);
    STAILQ_INIT(&head);
    for (int i = 0; i < 4; ++i) STAILQ_INSERT_TAIL(&head, &items[i], queued);
    STAILQ_INSERT_HEAD(&other, &items[4], queued);
    STAILQ_INSERT_AFTER(&other, &items[4], &items[5], queued);
    STAILQ_REMOVE(&head, &items[3], item, queued);
    STAILQ_CONCAT(&head, &other);
    STAILQ_REMOVE_HEAD(&head, queued);
    STAILQ_INSERT_TAIL(&head, &items[6], queued);
    STAILQ_FOREACH(item, &head, queued) printf("%d ", item->number);
    STAILQ_FOREACH_SAFE(item, &head, queued, next) STAILQ_REMOVE(&head, item, item, queued);
    STAILQ_INSERT_TAIL(&head, &items[7], queued);
    printf("%d %d\n", STAILQ_FIRST(&head)->number, STAILQ_EMPTY(&other));
}

static void lists(void) {
    LIST_HEAD(, item) head = LIST_HEAD_INITIALIZER(head);
    for (int i = 0; i < 5; ++i) LIST_INSERT_HEAD(&head, &items[i], listed);
    LIST_INSERT_BEFORE(&items[4], &items[5], listed);
    LIST_INSERT_AFTER(&items[0], &items[6], listed);
    LIST_REMOVE(&items[2], listed);
    LIST_FOREACH(item, &head, listed) printf("%d ", item->number);
    LIST_FOREACH_SAFE(item, &head, listed, next) LIST_REMOVE(item, listed);
    printf("%d\n", LIST_EMPTY(&head));
}

static void tails(void) {
    TAILQ_HEAD(tail, item) head = TAILQ_HEAD_INITIALIZER(head), other;
    TAILQ_INIT(&other);
    for (int i = 0; i < 3; ++i) TAILQ_INSERT_TAIL(&head, &items[i], both_ways);
    TAILQ_INSERT_HEAD(&other, &items[3], both_ways);
    TAILQ_INSERT_AFTER(&other, &items[3], &items[4], both_ways);
    TAILQ_INSERT_BEFORE(&items[3], &items[5], both_ways);
    TAILQ_INSERT_HEAD(&other, &items[6], both_ways);
    TAILQ_CONCAT(&head, &other, both_ways);
    TAILQ_REMOVE(&head, &items[1], both_ways);
    TAILQ_FOREACH(item, &head, both_ways) printf("%d ", item->number);
    TAILQ_FOREACH_REVERSE(item, &head, tail, both_ways) printf("%d ", item->number);
    printf("%d %d ", TAILQ_LAST(&head, tail)->number, TAILQ_PREV(&items[3], tail, both_ways)->number);
    TAILQ_FOREACH_SAFE(item, &head, both_ways, next) TAILQ_REMOVE(&head, item, both_ways);
    printf("%d\n", TAILQ_EMPTY(&head));
}

static void hashes(void) {
    static char words[50][8];
    hcreate(50);
    for (int i = 0; i < 50; ++i) {
        sprintf(words[i], "word%d", i);
        hsearch((ENTRY){words[i], &items[i % 8]}, ENTER);
    }
    int found = 0;
    for (int i = 0; i < 60; ++i) {
        char word[8];
        sprintf(word, "word%d", i);
        const ENTRY *entry = hsearch((ENTRY){.key = word}, FIND);
        if (entry != NULL) found += entry->data == &items[i % 8];
    }
    printf("%d\n", found);
    hdestroy();
}

static int by_number(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void show(const void *node, VISIT when, int depth) {
    if (when == postorder || when == leaf) printf("%d ", **(int *const *)node);
    if (depth > 100) puts("deep");
}
static void keep(void *key) { (void)key; }

static void trees(void) {
    static int numbers[20];
    void *root = NULL;
    for (int i = 0; i < 20; ++i) {
        numbers[i] = i * 7 % 20;
        tsearch(&numbers[i], &root, by_number);
    }
    const int copy = 14, missing = 77;
    printf("%d %d ", *(int **)tsearch(&copy, &root, by_number) == &numbers[2], tfind(&missing, &root, by_number) == NULL);
    for (int i = 0; i < 20; i += 3) tdelete(&i, &root, by_number);
    printf("%d ", tdelete(&missing, &root, by_number) == NULL);
    twalk(root, show);
    tdestroy(root, keep);
    size_t count = 3;
    int array[5] = {5, 3, 9};
    printf("| %d", lfind(&missing, array, &count, sizeof array[0], by_number) == NULL);
    printf(" %d", *(int *)lsearch(&missing, array, &count, sizeof array[0], by_number));
    printf(" %d %d\n", (int)count, *(int *)lfind(&missing, array, &count, sizeof array[0], by_number));
}

static void small_ones(void) {
    printf("%d %d %d %d %d\n", MIN(3, 4), MAX(3, 4), (int)howmany(17, 8), (int)roundup(17, 8), powerof2(64));
    printf("%x %x %llx %x\n", htobe16(0x1234), be32toh(0x12345678), (unsigned long long)htobe64(0x123456789ABCDEF0),
           bswap_32(htole32(0x01020304)));
    printf("%d %d\n", BYTE_ORDER == LITTLE_ENDIAN, SEGV_MAPERR != SEGV_ACCERR);
    struct timespec now;
    printf("%d\n", clock_gettime(CLOCK_MONOTONIC_RAW, &now));
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    printf("%d\n", memory != MAP_FAILED);
}

static void errors(void) {
    char line[200];
    fflush(stdout);
    if (freopen("errors.txt", "w", stderr) == NULL) exit(1);
    error(0, ENOENT, "file %d", 1);
    error(0, 0, "no reason");
    fflush(stderr);
    FILE *file = fopen("errors.txt", "r");
    while (fgets(line, sizeof line, file) != NULL) printf("%s", strchr(line, ':'));
    printf("%u\n", error_message_count);
    fclose(file);
    remove("errors.txt");
    error(7, EACCES, "the end");
}

int main(void) {
    for (int i = 0; i < 8; ++i) items[i].number = i;
    singles();
    queues();
    lists();
    tails();
    hashes();
    trees();
    small_ones();
    errors();
    return 0;
}
