_start: ret
        .size   _start, . - missing
        .size   other, missing2
        .set    around, around2 + 1
        .set    around2, around + 1
        .size   f, around
f:      ret
