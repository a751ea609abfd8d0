# 1 "original.S"
_start:
# 40 "original.S"
    nop
    adi a0, a0, 1
# 7 "header.h"
    lww a0, 0(sp)
