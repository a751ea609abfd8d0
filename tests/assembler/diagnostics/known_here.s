_start:
    ret
    .data
    .space later
    .space -1
    .space 0x7FFFFFFF
    .equ later, 4
