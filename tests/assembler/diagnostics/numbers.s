_start:
    ret
    .data
    .word 0x
    .word 12monkeys
    .word 089
    .word 99999999999999999999999
    .word '
    .word 1 +
    .word (1 + 2
    .word 1 / 0
    .octa 99999999999999999999999
    .octa 0x123456789012345678901234567890123
    .dcb.b -1, 2
    .dcb.b 1, 256
    .dcb.s 1
