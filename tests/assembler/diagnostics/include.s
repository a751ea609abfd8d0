_start: ret
        .include "include.inc"
        .include "missing.inc"
        .include missing
        .incbin "missing.bin"
        .incbin "include.inc", 4000
