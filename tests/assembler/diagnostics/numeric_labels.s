_start:
    j 1b
    j 2f
1:
    j 1b
