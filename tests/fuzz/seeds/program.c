// A little of everything that debug information tells: types that refer to themselves, bit fields, arrays, inlined calls,
// variables in registers, in the stack and nowhere.
enum colour { RED, GREEN = 7, BLUE };

union word {
    unsigned all;
    struct {
        unsigned low : 5, high : 11;
        signed char rest[2];
    } parts;
};

typedef struct node {
    struct node *next;
    const char *name;
    int (*compare)(const struct node *, const struct node *);
    union word word;
    enum colour colour;
    _Bool is_last;
    long long total;
} node;

static node nodes[3];
static const char *const names[] = {"one", "two", "three"};

static int by_total(const node *a, const node *b) { return a->total < b->total; }

static inline int longest(const node *list) {
    int length = 0;
    for (const node *n = list; n != 0; n = n->next) {
        int here = 0;
        while (n->name[here] != 0) here++;
        if (here > length) length = here;
    }
    return length;
}

int _start(int count) {
    volatile int doubled = count * 2;
    for (int i = 0; i < 3; i++) {
        node *n = &nodes[i];
        n->name = names[i];
        n->compare = by_total;
        n->next = i < 2 ? n + 1 : 0;
        n->word.parts.high = (unsigned)i;
        n->total = (long long)doubled << i;
    }
    return longest(nodes) + nodes[0].compare(&nodes[0], &nodes[1]);
}
