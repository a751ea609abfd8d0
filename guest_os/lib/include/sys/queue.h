#pragma once
// Lists whose links are members of their elements, as BSD has them: a head, and in each element an ENTRY.
//
//   SLIST   single links                            removes elements in front, or any slowly
//   STAILQ  single links, the head knows the end    appends, too
//   LIST    double links                            removes any element
//   TAILQ   double links, the head knows the end    all that, and goes backwards
//
// In FOREACH the element must stay; in FOREACH_SAFE it may be removed: `next` is where the loop goes on.

#include <stddef.h>

// ---- SLIST

#define SLIST_HEAD(name, type) \
    struct name { \
        struct type *slh_first; \
    }
#define SLIST_HEAD_INITIALIZER(head) {NULL}
#define SLIST_ENTRY(type) \
    struct { \
        struct type *sle_next; \
    }
#define SLIST_EMPTY(head) ((head)->slh_first == NULL)
#define SLIST_FIRST(head) ((head)->slh_first)
#define SLIST_NEXT(element, field) ((element)->field.sle_next)
#define SLIST_FOREACH(element, head, field) \
    for ((element) = SLIST_FIRST(head); (element) != NULL; (element) = SLIST_NEXT(element, field))
#define SLIST_FOREACH_SAFE(element, head, field, following) \
    for ((element) = SLIST_FIRST(head); \
         (element) != NULL && ((following) = SLIST_NEXT(element, field), 1); (element) = (following))
#define SLIST_INIT(head) ((head)->slh_first = NULL)
#define SLIST_INSERT_HEAD(head, element, field) \
    do { \
        (element)->field.sle_next = (head)->slh_first; \
        (head)->slh_first = (element); \
    } while (0)
#define SLIST_INSERT_AFTER(place, element, field) \
    do { \
        (element)->field.sle_next = (place)->field.sle_next; \
        (place)->field.sle_next = (element); \
    } while (0)
#define SLIST_REMOVE_HEAD(head, field) ((head)->slh_first = (head)->slh_first->field.sle_next)
#define SLIST_REMOVE_AFTER(place, field) ((place)->field.sle_next = (place)->field.sle_next->field.sle_next)
#define SLIST_REMOVE(head, element, type, field) \
    do { \
        struct type **__link = &(head)->slh_first; \
        while (*__link != (element)) __link = &(*__link)->field.sle_next; \
        *__link = (element)->field.sle_next; \
    } while (0)

// ---- STAILQ

#define STAILQ_HEAD(name, type) \
    struct name { \
        struct type *stqh_first; \
        struct type **stqh_last; \
    }
#define STAILQ_HEAD_INITIALIZER(head) {NULL, &(head).stqh_first}
#define STAILQ_ENTRY(type) \
    struct { \
        struct type *stqe_next; \
    }
#define STAILQ_EMPTY(head) ((head)->stqh_first == NULL)
#define STAILQ_FIRST(head) ((head)->stqh_first)
#define STAILQ_NEXT(element, field) ((element)->field.stqe_next)
#define STAILQ_FOREACH(element, head, field) \
    for ((element) = STAILQ_FIRST(head); (element) != NULL; (element) = STAILQ_NEXT(element, field))
#define STAILQ_FOREACH_SAFE(element, head, field, following) \
    for ((element) = STAILQ_FIRST(head); \
         (element) != NULL && ((following) = STAILQ_NEXT(element, field), 1); (element) = (following))
#define STAILQ_LAST(head, type, field) \
    (STAILQ_EMPTY(head) ? NULL : (struct type *)((char *)(head)->stqh_last - offsetof(struct type, field.stqe_next)))
#define STAILQ_INIT(head) \
    do { \
        (head)->stqh_first = NULL; \
        (head)->stqh_last = &(head)->stqh_first; \
    } while (0)
#define STAILQ_INSERT_HEAD(head, element, field) \
    do { \
        if (((element)->field.stqe_next = (head)->stqh_first) == NULL) (head)->stqh_last = &(element)->field.stqe_next; \
        (head)->stqh_first = (element); \
    } while (0)
#define STAILQ_INSERT_TAIL(head, element, field) \
    do { \
        (element)->field.stqe_next = NULL; \
        *(head)->stqh_last = (element); \
        (head)->stqh_last = &(element)->field.stqe_next; \
    } while (0)
#define STAILQ_INSERT_AFTER(head, place, element, field) \
    do { \
        if (((element)->field.stqe_next = (place)->field.stqe_next) == NULL) (head)->stqh_last = &(element)->field.stqe_next; \
        (place)->field.stqe_next = (element); \
    } while (0)
#define STAILQ_REMOVE_HEAD(head, field) \
    do { \
        if (((head)->stqh_first = (head)->stqh_first->field.stqe_next) == NULL) (head)->stqh_last = &(head)->stqh_first; \
    } while (0)
#define STAILQ_REMOVE(head, element, type, field) \
    do { \
        struct type **__link = &(head)->stqh_first; \
        while (*__link != (element)) __link = &(*__link)->field.stqe_next; \
        if ((*__link = (element)->field.stqe_next) == NULL) (head)->stqh_last = __link; \
    } while (0)
#define STAILQ_CONCAT(head, other) \
    do { \
        if (!STAILQ_EMPTY(other)) { \
            *(head)->stqh_last = (other)->stqh_first; \
            (head)->stqh_last = (other)->stqh_last; \
            STAILQ_INIT(other); \
        } \
    } while (0)

// ---- LIST

#define LIST_HEAD(name, type) \
    struct name { \
        struct type *lh_first; \
    }
#define LIST_HEAD_INITIALIZER(head) {NULL}
#define LIST_ENTRY(type) \
    struct { \
        struct type *le_next; \
        struct type **le_prev; \
    }
#define LIST_EMPTY(head) ((head)->lh_first == NULL)
#define LIST_FIRST(head) ((head)->lh_first)
#define LIST_NEXT(element, field) ((element)->field.le_next)
#define LIST_FOREACH(element, head, field) \
    for ((element) = LIST_FIRST(head); (element) != NULL; (element) = LIST_NEXT(element, field))
#define LIST_FOREACH_SAFE(element, head, field, following) \
    for ((element) = LIST_FIRST(head); \
         (element) != NULL && ((following) = LIST_NEXT(element, field), 1); (element) = (following))
#define LIST_INIT(head) ((head)->lh_first = NULL)
#define LIST_INSERT_HEAD(head, element, field) \
    do { \
        if (((element)->field.le_next = (head)->lh_first) != NULL) \
            (head)->lh_first->field.le_prev = &(element)->field.le_next; \
        (head)->lh_first = (element); \
        (element)->field.le_prev = &(head)->lh_first; \
    } while (0)
#define LIST_INSERT_AFTER(place, element, field) \
    do { \
        if (((element)->field.le_next = (place)->field.le_next) != NULL) \
            (place)->field.le_next->field.le_prev = &(element)->field.le_next; \
        (place)->field.le_next = (element); \
        (element)->field.le_prev = &(place)->field.le_next; \
    } while (0)
#define LIST_INSERT_BEFORE(place, element, field) \
    do { \
        (element)->field.le_prev = (place)->field.le_prev; \
        (element)->field.le_next = (place); \
        *(place)->field.le_prev = (element); \
        (place)->field.le_prev = &(element)->field.le_next; \
    } while (0)
#define LIST_REMOVE(element, field) \
    do { \
        if ((element)->field.le_next != NULL) (element)->field.le_next->field.le_prev = (element)->field.le_prev; \
        *(element)->field.le_prev = (element)->field.le_next; \
    } while (0)

// ---- TAILQ

#define TAILQ_HEAD(name, type) \
    struct name { \
        struct type *tqh_first; \
        struct type **tqh_last; \
    }
#define TAILQ_HEAD_INITIALIZER(head) {NULL, &(head).tqh_first}
#define TAILQ_ENTRY(type) \
    struct { \
        struct type *tqe_next; \
        struct type **tqe_prev; \
    }
#define TAILQ_EMPTY(head) ((head)->tqh_first == NULL)
#define TAILQ_FIRST(head) ((head)->tqh_first)
#define TAILQ_NEXT(element, field) ((element)->field.tqe_next)
#define TAILQ_FOREACH(element, head, field) \
    for ((element) = TAILQ_FIRST(head); (element) != NULL; (element) = TAILQ_NEXT(element, field))
#define TAILQ_FOREACH_SAFE(element, head, field, following) \
    for ((element) = TAILQ_FIRST(head); \
         (element) != NULL && ((following) = TAILQ_NEXT(element, field), 1); (element) = (following))
// An entry begins as a head does: the link that points to an element is the first member of one of them.
#define TAILQ_LAST(head, head_name) (*((struct head_name *)(head)->tqh_last)->tqh_last)
#define TAILQ_PREV(element, head_name, field) (*((struct head_name *)(element)->field.tqe_prev)->tqh_last)
#define TAILQ_FOREACH_REVERSE(element, head, head_name, field) \
    for ((element) = TAILQ_LAST(head, head_name); (element) != NULL; (element) = TAILQ_PREV(element, head_name, field))
#define TAILQ_FOREACH_REVERSE_SAFE(element, head, head_name, field, following) \
    for ((element) = TAILQ_LAST(head, head_name); \
         (element) != NULL && ((following) = TAILQ_PREV(element, head_name, field), 1); (element) = (following))
#define TAILQ_INIT(head) \
    do { \
        (head)->tqh_first = NULL; \
        (head)->tqh_last = &(head)->tqh_first; \
    } while (0)
#define TAILQ_INSERT_HEAD(head, element, field) \
    do { \
        if (((element)->field.tqe_next = (head)->tqh_first) != NULL) \
            (head)->tqh_first->field.tqe_prev = &(element)->field.tqe_next; \
        else (head)->tqh_last = &(element)->field.tqe_next; \
        (head)->tqh_first = (element); \
        (element)->field.tqe_prev = &(head)->tqh_first; \
    } while (0)
#define TAILQ_INSERT_TAIL(head, element, field) \
    do { \
        (element)->field.tqe_next = NULL; \
        (element)->field.tqe_prev = (head)->tqh_last; \
        *(head)->tqh_last = (element); \
        (head)->tqh_last = &(element)->field.tqe_next; \
    } while (0)
#define TAILQ_INSERT_AFTER(head, place, element, field) \
    do { \
        if (((element)->field.tqe_next = (place)->field.tqe_next) != NULL) \
            (element)->field.tqe_next->field.tqe_prev = &(element)->field.tqe_next; \
        else (head)->tqh_last = &(element)->field.tqe_next; \
        (place)->field.tqe_next = (element); \
        (element)->field.tqe_prev = &(place)->field.tqe_next; \
    } while (0)
#define TAILQ_INSERT_BEFORE(place, element, field) \
    do { \
        (element)->field.tqe_prev = (place)->field.tqe_prev; \
        (element)->field.tqe_next = (place); \
        *(place)->field.tqe_prev = (element); \
        (place)->field.tqe_prev = &(element)->field.tqe_next; \
    } while (0)
#define TAILQ_REMOVE(head, element, field) \
    do { \
        if ((element)->field.tqe_next != NULL) \
            (element)->field.tqe_next->field.tqe_prev = (element)->field.tqe_prev; \
        else (head)->tqh_last = (element)->field.tqe_prev; \
        *(element)->field.tqe_prev = (element)->field.tqe_next; \
    } while (0)
#define TAILQ_CONCAT(head, other, field) \
    do { \
        if (!TAILQ_EMPTY(other)) { \
            *(head)->tqh_last = (other)->tqh_first; \
            (other)->tqh_first->field.tqe_prev = (head)->tqh_last; \
            (head)->tqh_last = (other)->tqh_last; \
            TAILQ_INIT(other); \
        } \
    } while (0)
