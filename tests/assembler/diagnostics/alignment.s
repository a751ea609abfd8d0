_start:
    .byte 1
    ret
    .p2align 40
    .balign 3
    .p2align 2
    .byte 1
    .balignw 4, 0x1234
    .p2align 2
    ret
