_start:
    ret
    .org 0x20
    ret
    .org 0x10
    .option rvc
    .error "as I was told"
    .fill 1, 9
