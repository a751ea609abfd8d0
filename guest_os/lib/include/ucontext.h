#pragma once
// Several flows of control in one thread, which hand over to each other: each has a stack and a place to go on.

#include <stddef.h>
#include <sys/types.h>

typedef unsigned mcontext_t[4];  // ra, sp, fp, s1: what a function must give back as it found it

typedef struct {
    void *ss_sp;
    int ss_flags;
    size_t ss_size;
} stack_t;

typedef struct ucontext {
    mcontext_t uc_mcontext;  // first: context_switch.s knows where
    struct ucontext *uc_link;  // goes on when the function of makecontext returns; NULL: the program ends
    sigset_t uc_sigmask;
    stack_t uc_stack;
    void (*__function)(void);
    int __arguments[8];
} ucontext_t;

int getcontext(ucontext_t *context) __attribute__((returns_twice));
int setcontext(const ucontext_t *context);
int swapcontext(ucontext_t *old_context, const ucontext_t *context) __attribute__((returns_twice));
// The context, from getcontext, will call this function, with up to 8 arguments, on the stack in uc_stack.
void makecontext(ucontext_t *context, void (*function)(void), int count, ...);
