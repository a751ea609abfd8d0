_start:
    sw a0, count, 5
    lw a0, 4
    lw a0, 4(
    ret
    .data
count: .word 0
