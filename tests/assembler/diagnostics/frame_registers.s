_start:
    .cfi_startproc
    .cfi_offset
    .cfi_offset later, 4
    .cfi_def_cfa_register 99
    ret
    .cfi_endproc
