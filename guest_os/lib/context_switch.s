# Contexts are saved as by setjmp; what else belongs to one is seen to in ucontext.c.
    .file "context_switch.s"
    .section .text.getcontext, "ax", @progbits
    .globl getcontext
    .type getcontext, @function
getcontext:
    sw ra, 0(a0)
    sw sp, 4(a0)
    sw fp, 8(a0)
    sw s1, 12(a0)
    tail __save_context_mask  # (context), which returns 0
    .size getcontext, .-getcontext

    .section .text.swapcontext, "ax", @progbits
    .globl swapcontext
    .type swapcontext, @function
swapcontext:
    sw ra, 0(a0)
    sw sp, 4(a0)
    sw fp, 8(a0)
    sw s1, 12(a0)
    tail __leave_context    # (old, new)
    .size swapcontext, .-swapcontext

    .section .text.__go_on, "ax", @progbits
    .globl __go_on
    .type __go_on, @function
__go_on:
    lw ra, 0(a0)
    lw sp, 4(a0)
    lw fp, 8(a0)
    lw s1, 12(a0)
    li a0, 0
    ret
    .size __go_on, .-__go_on

# Where a new context goes on, with itself in s1.
    .section .text.__begin_context, "ax", @progbits
    .globl __begin_context
    .type __begin_context, @function
__begin_context:
    mv a0, s1
    li ra, 0                # here every backtrace ends
    tail __run_context
    .size __begin_context, .-__begin_context
