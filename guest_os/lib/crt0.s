# Where a program begins. The kernel leaves at the top of the stack, as the ABI says:
#
#       sp -> argc
#             argv[0] ... argv[argc-1], 0
#             envp[0] ... , 0
#             the strings themselves
#
    .file "crt0.s"
    .section .text.start, "ax", @progbits
    .globl _start
    .type _start, @function
_start:
    lw a0, 0(sp)            # argc
    addi a1, sp, 4          # argv
    addi a2, a0, 1          # envp begins after argv's final 0
    slli a2, a2, 2
    add a2, a1, a2
    la tp, __first_thread
    la t0, environ
    sw a2, 0(t0)
    la t0, __arguments
    sw a1, 0(t0)
    li fp, 0                # the outermost frame: a backtrace ends here
    li ra, 0
    call __run_constructors
    lw a0, 0(sp)
    addi a1, sp, 4
    la t0, environ
    lw a2, 0(t0)
    call main
    call exit               # flushes files, then ends the process with main's result
    .size _start, .-_start
