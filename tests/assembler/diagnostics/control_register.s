_start:
    csrr a0, epcc
    csrw 200, a0
