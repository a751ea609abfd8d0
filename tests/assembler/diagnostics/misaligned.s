_start: call    f
        .ascii  "abc"                   # said once for each such place
        nop
        nop
        nop
        .byte   1
        nop
        nop
f:      ret
