        .text
        .rept 50
        adi     a0, a0, 1
        .endr
