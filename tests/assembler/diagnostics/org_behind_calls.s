_start: call    f
        call    f
        .org    4
        .space  4 - (. - _start)
        .space  . - _start
        .org    later
        .org    0x7FFFFFFFFFFFFFFF
later:  ret
f:      ret
