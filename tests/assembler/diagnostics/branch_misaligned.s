_start:
    beqz a0, odd
    call odd
    ret
    .byte 1
odd:
