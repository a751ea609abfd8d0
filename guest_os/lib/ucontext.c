// The parts of contexts that need no registers: the mask of blocked signals, and what a new one calls.

#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>

_Noreturn void __go_on(const ucontext_t *context);
void __begin_context(void);

int __save_context_mask(ucontext_t *context) { return sigprocmask(SIG_BLOCK, NULL, &context->uc_sigmask); }

int setcontext(const ucontext_t *context) {
    sigprocmask(SIG_SETMASK, &context->uc_sigmask, NULL);
    __go_on(context);
}

int __leave_context(ucontext_t *old_context, const ucontext_t *context) {
    __save_context_mask(old_context);
    return setcontext(context);
}

void makecontext(ucontext_t *context, void (*function)(void), int count, ...) {
    enum { REGISTER_RA, REGISTER_SP, REGISTER_FP, REGISTER_S1 };
    va_list arguments;
    va_start(arguments, count);
    for (int i = 0; i < count && i < 8; ++i) context->__arguments[i] = va_arg(arguments, int);
    va_end(arguments);
    context->__function = function;
    context->uc_mcontext[REGISTER_RA] = (uintptr_t)__begin_context;
    context->uc_mcontext[REGISTER_SP] = ((uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size) & ~15u;
    context->uc_mcontext[REGISTER_FP] = 0;
    context->uc_mcontext[REGISTER_S1] = (uintptr_t)context;
}

// A function with fewer parameters does not look at the rest.
_Noreturn void __run_context(const ucontext_t *context) {
    const int *const a = context->__arguments;
    ((void (*)(int, int, int, int, int, int, int, int))context->__function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    if (context->uc_link != NULL) setcontext(context->uc_link);
    exit(0);
}
