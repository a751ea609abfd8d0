_start:
    ret
    .data
    .asciz "never closed
    .asciz "bad \q escape"
    .asciz "bad \x escape"
    .asciz nothing
