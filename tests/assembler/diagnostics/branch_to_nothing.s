.weak nothing
_start:
    beqz    a0, nothing
    j       nothing
    call    nothing
    .space  600000
    beqz    a0, nothing
    j       nothing
