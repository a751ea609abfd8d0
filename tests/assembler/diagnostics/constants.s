# Numbers that directives want to know at once.
_start:
    ret
    .data
    .zero
    .zero -1
    .space 4, later
    .fill -2
    .fill 2, 1, "x"
    .align
    .align x
    .balign 3
    .align 2, later
    .align 2, 0, later
    .org later
    .org 64, later
    .comm
    .comm shared, later
    .comm shared, 4, later
    .byte 300
    .word 0x10000000000000000
    .ascii "\x"
    .incbin "include.inc", later
    .incbin "include.inc", 0, later
