_start:
    adi a0, a0, 1
    mvv a0, a1
    frobnicate
