# setjmp keeps what the caller of a function may rely on; longjmp brings it back and returns a second time from there.
    .file "setjmp.s"
    .section .text.setjmp, "ax", @progbits
    .globl setjmp
    .type setjmp, @function
setjmp:
    sw ra, 0(a0)
    sw sp, 4(a0)
    sw fp, 8(a0)
    sw s1, 12(a0)
    li a0, 0
    ret
    .size setjmp, .-setjmp

    .section .text.longjmp, "ax", @progbits
    .globl longjmp
    .type longjmp, @function
longjmp:
    lw ra, 0(a0)
    lw sp, 4(a0)
    lw fp, 8(a0)
    lw s1, 12(a0)
    mv a0, a1
    bnez a0, .Lreturn
    li a0, 1                # setjmp never seems to return 0 twice
.Lreturn:
    ret
    .size longjmp, .-longjmp

    .section .text.sigsetjmp, "ax", @progbits
    .globl sigsetjmp
    .type sigsetjmp, @function
sigsetjmp:
    sw ra, 0(a0)
    sw sp, 4(a0)
    sw fp, 8(a0)
    sw s1, 12(a0)
    tail __save_mask        # (place, save_mask), which returns 0
    .size sigsetjmp, .-sigsetjmp
