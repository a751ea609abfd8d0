_start:
    call prnt_line
    la a0, mesage
    j nowhere_at_all
print_line:
    ret
    .data
message: .asciz "hello"
