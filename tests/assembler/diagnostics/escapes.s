_start:
    ret
    .data
    .ascii "\xg"
    .ascii "\q"
    .globl ""
    .section .tdata, "awT", @progbits
    .section .m, "aMS", @progbits, x
    .macro
    .endm
    .macro m 1
    .endm
    .purgem
    .purgem nobody
