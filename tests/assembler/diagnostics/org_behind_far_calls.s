_start: call    f
        call    f
        .org    12
        .space  12 - (. - _start)
        .p2align 2
        j       _start
        .space  600000
f:      ret
