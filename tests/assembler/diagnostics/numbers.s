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
