_start:
    ret
    .type _start, @banana
    .globl 12
    .set here
    . = 100
    .comm too_big, -4
    .comm skew, 4, 3
"quoted name" ret
    .type _start, @gnu_indirect_function
    .symver _start, start@VERSION_1
    .weakref _start, other
    .weakref alias
    .weakref another, other
another: ret
