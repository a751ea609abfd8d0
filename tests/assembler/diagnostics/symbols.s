_start:
    ret
    .type _start, @banana
    .globl 12
    .set here
    . = 100
    .comm too_big, -4
    .comm skew, 4, 3
"quoted name" ret
