# Each definition is twice as long as the one before.
_start:
    nop
    ret
    .data
    .set power, _start * _start
    .rept 8
    .set power, power * power
    .endr
