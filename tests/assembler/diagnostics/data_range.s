_start:
    la a0, datum
    .data
    .byte 256, -129
    .half 65536
    .word 0x100000000
    .byte late
datum:
    .equ late, 300
