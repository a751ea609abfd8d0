_start:
    ret
_start:
    ret
    .equ size, 4
size:
    .data
value: .word 1
    .equ value, 2
    .comm value, 4
