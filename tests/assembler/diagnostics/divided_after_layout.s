_start:
    la a0, quotient
    ret
begin:
    call _start             # of one instruction or two: the layout decides
end:
    ret
    .data
quotient:
    .word 1 + 7 % (end - begin - 4)
