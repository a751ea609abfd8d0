_start:
    ret
    .data
    .word 1 / (later - later)
later:
