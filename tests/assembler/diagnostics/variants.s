_start: jalr
        jr      a0, a1, a2
        jr      a0, 4, 5
        jalr    a0, 4, b
        lw      a0, value
        lw      zero, value
        sw      a0, value, zero
        sw      a0, value, 4
        sub     a0, a0, 4
        add     a0, a0, 70000
        ret
value:
