    .wrod 1
    .gobl _start
_start:
    ret
