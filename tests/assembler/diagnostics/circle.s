_start:
    li a0, one
    .equ one, two + 1
    .equ two, one + 1
