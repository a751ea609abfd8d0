        .data
_start: .word 0
