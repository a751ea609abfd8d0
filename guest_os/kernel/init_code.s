# The first program, so small that the kernel carries it along: it asks to be replaced by /bin/init. The kernel
# copies it to USER_START of process 1, so it must not depend on where it was assembled.
        .equ    USER_START, 0x10000
        .equ    SYSTEM_EXIT, 1
        .equ    SYSTEM_EXECVE, 3

        .section .text.init_code, "ax"
        .globl  init_code
        .globl  ecall_instruction       # for slice_end_if_due()
        .globl  init_code_end
        .balign 64
init_code:
        li      a0, USER_START + 0x40   # path
        li      a1, USER_START + 0x4C   # argv
        li      a2, 0
        li      a5, SYSTEM_EXECVE
ecall_instruction:
        ecall
        li      a5, SYSTEM_EXIT         # only if that failed; a0 says why
        ecall
        .balign 64
        .asciz  "/bin/init"             # at 0x40
        .balign 4
        .word   USER_START + 0x40, 0    # at 0x4C
init_code_end:
