start:
    ret
