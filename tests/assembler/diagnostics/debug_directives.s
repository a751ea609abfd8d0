_start:
    .file
    .file 70000 "a.c"
    .file x "a.c"
    .file 1
    .file 1 "here" "a.c" md5 0x12
    .file 1 "here" "a.c" source int
    .file 1 "here" "a.c" source "int x;"
    .loc
    .loc 1
    .loc 1 -4
    .loc 1 99999999999
    .loc 1 1 1 discriminator x
    .loc 1 1 1 42
    ret
