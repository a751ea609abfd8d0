_start:
    .byte 1
    ret
    .p2align 40
    .balign 3
    .p2align 2
    ret
