// The tables of <search.h>.

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

// ---- one table by hash: an entry lies in its place or behind it

static ENTRY *table;
static size_t places;

int hcreate(size_t count) {
    if (table != NULL) return 0;
    places = count + count / 4 + 1;
    table = calloc(places, sizeof *table);
    return table != NULL;
}

void hdestroy(void) {
    free(table);
    table = NULL;
}

static size_t hash(const char *key) {
    size_t sum = 0;
    while (*key) sum = sum * 31 + (unsigned char)*key++;
    return sum;
}

ENTRY *hsearch(ENTRY item, ACTION action) {
    if (table == NULL) {
        errno = ESRCH;
        return NULL;
    }
    size_t place = hash(item.key) % places;
    for (size_t tried = 0; tried < places; ++tried, place = (place + 1) % places) {
        if (table[place].key == NULL && action == ENTER) table[place] = item;
        if (table[place].key == NULL) break;
        if (strcmp(table[place].key, item.key) == 0) return &table[place];
    }
    errno = action == ENTER ? ENOMEM : ESRCH;
    return NULL;
}

// ---- trees

struct node {
    const void *key;
    struct node *less, *more;
};

// Where a node with this key hangs, or would hang.
static struct node **link_of(const void *key, struct node **link, int (*compare)(const void *, const void *)) {
    while (*link != NULL) {
        const int order = compare(key, (*link)->key);
        if (order == 0) break;
        link = order < 0 ? &(*link)->less : &(*link)->more;
    }
    return link;
}

void *tsearch(const void *key, void **root, int (*compare)(const void *a, const void *b)) {
    if (root == NULL) return NULL;
    struct node **link = link_of(key, (struct node **)root, compare);
    if (*link == NULL && (*link = calloc(1, sizeof **link)) != NULL) (*link)->key = key;
    return *link;
}

void *tfind(const void *key, void *const *root, int (*compare)(const void *a, const void *b)) {
    return root == NULL ? NULL : *link_of(key, (struct node **)root, compare);
}

// Returns the node above, or for the root something else that is not null. The place of a node with two others below is
// taken by the next larger one.
void *tdelete(const void *key, void **root, int (*compare)(const void *a, const void *b)) {
    if (root == NULL) return NULL;
    struct node **link = link_of(key, (struct node **)root, compare), *gone = *link;
    if (gone == NULL) return NULL;
    struct node *above = (struct node *)root;
    if (link != (struct node **)root) {
        above = *root;
        while (link != &above->less && link != &above->more) above = compare(key, above->key) < 0 ? above->less : above->more;
    }
    if (gone->less != NULL && gone->more != NULL) {
        struct node **next = &gone->more;
        while ((*next)->less != NULL) next = &(*next)->less;
        gone->key = (*next)->key;
        link = next;
        gone = *link;
    }
    *link = gone->less != NULL ? gone->less : gone->more;
    free(gone);
    return above;
}

static void walk(const struct node *node, void (*visit)(const void *, VISIT, int), int depth) {
    if (node->less == NULL && node->more == NULL) {
        visit(node, leaf, depth);
        return;
    }
    visit(node, preorder, depth);
    if (node->less != NULL) walk(node->less, visit, depth + 1);
    visit(node, postorder, depth);
    if (node->more != NULL) walk(node->more, visit, depth + 1);
    visit(node, endorder, depth);
}

void twalk(const void *root, void (*visit)(const void *node, VISIT when, int depth)) {
    if (root != NULL) walk(root, visit, 0);
}

void tdestroy(void *root, void (*free_key)(void *key)) {
    struct node *node = root;
    if (node == NULL) return;
    tdestroy(node->less, free_key);
    tdestroy(node->more, free_key);
    free_key((void *)node->key);
    free(node);
}

// ---- arrays

void *lfind(const void *key, const void *array, size_t *count, size_t size, int (*compare)(const void *a, const void *b)) {
    for (size_t i = 0; i < *count; ++i) {
        const char *element = (const char *)array + i * size;
        if (compare(key, element) == 0) return (void *)element;
    }
    return NULL;
}

void *lsearch(const void *key, void *array, size_t *count, size_t size, int (*compare)(const void *a, const void *b)) {
    void *found = lfind(key, array, count, size, compare);
    return found != NULL ? found : memcpy((char *)array + (*count)++ * size, key, size);
}

// ---- lists

struct links {
    struct links *next, *previous;
};

void insque(void *element, void *previous) {
    struct links *inserted = element, *before = previous;
    *inserted = (struct links){before != NULL ? before->next : NULL, before};
    if (inserted->next != NULL) inserted->next->previous = inserted;
    if (before != NULL) before->next = inserted;
}

void remque(void *element) {
    const struct links *removed = element;
    if (removed->next != NULL) removed->next->previous = removed->previous;
    if (removed->previous != NULL) removed->previous->next = removed->next;
}
