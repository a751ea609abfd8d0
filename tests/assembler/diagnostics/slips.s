_start: sw      (sp), a0
        lw      4(sp), a0
        li      zero, 5
        la      zero, f
        mv      zero, a0
        nop
        call    f
f:      addi    sp, sp, -6
        call    g
        addi    sp, sp, 6
        ret
g:      addi    sp, sp, -8
        call    f
        addi    sp, sp, 8
        beqz    a0, g
