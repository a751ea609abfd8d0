_start: ret
        .cfi_endproc
        .cfi_offset ra, -4
        .cfi_startproc complex
        .cfi_startproc
        .cfi_startproc
        .cfi_offset ra, -3
        .cfi_offset rx, -4
        .cfi_offset 9000, -4
        .cfi_offset ra
        .cfi_restore_state
        .data
        .cfi_def_cfa_offset 16
        .text
        .cfi_def_cfa_offset later
