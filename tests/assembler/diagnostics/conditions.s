_start: ret
        .else
        .endif
        .elseif 1
        .if     later
        nonsense
        .else
        nonsense
        .endif
        .if     1
        .else
        .else
        .elseif 2
        .endif
        .if     0
        .elseif later
        .endif
        .ifc    a
        .endif
        .if     1, 2
        .endif
        .ifdef  3
        .endif
        .macro  half
        .if     1
        .endm
        half
        .if     1
later:
