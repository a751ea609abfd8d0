_start:
    12 add
    )
    ret ]
    lw a0, 4(sp
    add a0 a1, a2
    fence q, w
