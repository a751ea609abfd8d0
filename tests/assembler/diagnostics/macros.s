_start: ret
        .macro  push reg, size:req, rest:vararg
        addi    sp, sp, -\size
        sw      \reg, (sp
        .endm
        push    a0, 4
        push    a0
        .macro  one a
        push    \a, 70000
        .endm
        one     a1
        one     a1, a2
        pusch   a0
        .macro  one
        .endm
        .macro  addi2 a, a
        .endm
        .macro  late a:required
        .endm
        .macro  rest a:vararg, b
        .endm
        .macro  .word a
        .endm
        .purgem nothing
        .exitm
        .endm
        .endr
        .irp    x, 1, zz
        .byte   \x + 255
        li      a0, \x.
        .endr
        .rept   2
        adi
        .endr
        .rept   later
        .endr
        .macro  open
