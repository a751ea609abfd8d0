# void swtch(struct context *from, const struct context *to)
#
# The context switch itself. To the process that calls it, this is a function like any other: it returns after a
# while. But in between `to` returns from a call of swtch() that it made earlier, on its own stack, and others may
# run, until one of them calls swtch() with our context as its `to`.
#
# Offsets of struct context in cpu.h.
        .equ    CONTEXT_RA, 0
        .equ    CONTEXT_SP, 4
        .equ    CONTEXT_FP, 8
        .equ    CONTEXT_S1, 12
        .equ    CONTEXT_TP, 16

        .text
        .globl  swtch
swtch:
        sw      ra, CONTEXT_RA(a0)      # where the old one goes on
        sw      sp, CONTEXT_SP(a0)      # and on which stack
        sw      fp, CONTEXT_FP(a0)
        sw      s1, CONTEXT_S1(a0)
        sw      tp, CONTEXT_TP(a0)

        lw      ra, CONTEXT_RA(a1)
        lw      sp, CONTEXT_SP(a1)      # here one stack is left and the other entered
        lw      fp, CONTEXT_FP(a1)
        lw      s1, CONTEXT_S1(a1)
        lw      tp, CONTEXT_TP(a1)
        ret                             # not to our caller, but to the new one's
