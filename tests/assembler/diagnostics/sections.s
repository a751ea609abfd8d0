_start:
    ret
    .data
    addi a0, a0, 1
    .bss
    .word 7
    ret
    .section .custom, "aq"
    .section
    .section .other, ax
    .popsection
