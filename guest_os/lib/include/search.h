#pragma once
// Tables of several kinds. The trees are not balanced: words that come in order make lists of them.

#include <stddef.h>

typedef enum { FIND, ENTER } ACTION;
typedef enum { preorder, postorder, endorder, leaf } VISIT;

typedef struct entry {
    char *key;
    void *data;
} ENTRY;

// The table of hsearch, of which there is one at a time. It does not grow beyond its size.
int hcreate(size_t count);
void hdestroy(void);
ENTRY *hsearch(ENTRY item, ACTION action);

// A node of a tree begins with a pointer to what was put in.
void *tsearch(const void *key, void **root, int (*compare)(const void *a, const void *b));
void *tfind(const void *key, void *const *root, int (*compare)(const void *a, const void *b));
void *tdelete(const void *key, void **root, int (*compare)(const void *a, const void *b));
void twalk(const void *root, void (*visit)(const void *node, VISIT when, int depth));
void tdestroy(void *root, void (*free_key)(void *key));

// An array of which not all need to be in use.
void *lfind(const void *key, const void *array, size_t *count, size_t size, int (*compare)(const void *a, const void *b));
void *lsearch(const void *key, void *array, size_t *count, size_t size, int (*compare)(const void *a, const void *b));

// Lists of whatever begins with a pointer to the next and one to the previous element.
void insque(void *element, void *previous);
void remque(void *element);
