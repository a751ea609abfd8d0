_start: la      a0, w
        ret
        .section .rodata.w, "a"
w:      .word   2
        .section .rodata.w, "a", @nobits
        .section .rodata.x, "a"
v:      .uleb128 e - v
        .section .rodata.x, "a", @nobits
        .space  1000000
        .p2align 4
e:
