_start:
    lui a0, %lo(_start)
    addi a0, a0, %hi(_start)
    addi a0, a0, %middle(_start)
    addi a0, a0, %pcrel_lo(_start)
    lr.w a0, 4(a1)
