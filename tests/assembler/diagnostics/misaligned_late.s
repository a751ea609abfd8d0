_start: ret
        .uleb128 end - f                # from here on only the layout can tell
        nop
        nop
        .p2align 2
        nop
        .byte   1
        nop
f:      ret
end:
