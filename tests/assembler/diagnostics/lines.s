_start:
    .loc 3 1 1
    .file 1 "a.c"
    .loc 1 1 1 nonsense 4
    .file 2 "b.c" md5 0x12
    ret
