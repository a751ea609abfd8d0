_start:
    adi a0, a0, 1
    mvv a0, a1
    frobnicate
    mret
    jmp _start
    ADD a0, a0, a1
text .asciz "no colon"
    addi a0, a0, a1
    call man
