.set big, 0x123456789
.set middling, 0x100010000
_start:
    la      a0, 0x123456789
    li      a1, forward
    lui     a2, %hi(0x1ffffffff)
    addi    a2, a2, %lo(0x1ffffffff)
    auipc   a3, %pcrel_hi(big)
    lw      a0, big
    sw      a0, big, t0
    beq     a0, a1, middling
    j       middling
    call    big
    tail    _start - 0x100000000
    la      a0, 0xffffffff
    la      a0, -0x80000000
.set forward, big
    ret
