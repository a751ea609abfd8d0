_start:
    add a0, a1, q2
    add a0, ao, a1
    addi x16, a0, 1
    mv a6, a0
    add a0, 3, a1
