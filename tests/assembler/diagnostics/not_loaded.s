_start: call    g
        la      a0, x
        la      a1, y
        li      a2, later - x           # a distance is a number
        ret
        .section .init
g:      ret
        .section my-data
x:      .word   1
later:
        .set    y, x + 4
