_start: ret
        .cfi_startproc
        .cfi_offset ra, 3000000000
        .cfi_offset ra, -6
        .cfi_def_cfa_offset 0x7fffffff
        .cfi_adjust_cfa_offset 1
        .cfi_adjust_cfa_offset 0x7fffffffffffffff
        .cfi_def_cfa sp, -0x80000001
        .cfi_rel_offset ra, -0x7fffffff
        .cfi_endproc
