# 1 "original.S"
_start:
# 40 "original.S"
    nop
    adi a0, a0, 1
# 7 "header.h"
    lww a0, 0(sp)
# 0 "" 2
    sww a0, 0(sp)
# 3 "prog.c" 1
    nop
    swh a0, 0(sp)
# 0 "" 2
.rept 2
    lhx a0, 0(sp)
.endr
