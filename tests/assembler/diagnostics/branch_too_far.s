_start:
    beqz a0, far
    jal zero, farther
    .space 40000
far:
    bnez a0, _start
    .space 600000
farther:
    j _start
    blt a0, a1, _start
    ret
