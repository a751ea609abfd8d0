# A repetition that is only very long.
_start:
    ret
    .rept 1000000000
    .word 1, 2, 3
    .endr
